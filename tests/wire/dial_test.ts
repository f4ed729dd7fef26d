import { assert, assertEquals, assertRejects } from "@std/assert";
import { AmiConnectionError } from "../../src/errors.ts";
import { dial, type DialOptions } from "../../src/wire/dial.ts";
import { socketsTo } from "../_open_sockets.ts";

function optionsOf(port: number): DialOptions {
  return { hostname: "127.0.0.1", port, tls: undefined };
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

/** A port that nothing listens on. */
function closedPort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

Deno.test("dial() says that a connection is refused", async () => {
  const options = optionsOf(closedPort());
  const error = await assertRejects(
    () => dial(options, neverAborted()),
    AmiConnectionError,
    `Cannot connect to 127.0.0.1:${options.port}`,
  );
  assertEquals(error.failure, "refused");
  assertEquals(error.outcome, "not-sent");
  assert(error.cause instanceof Deno.errors.ConnectionRefused);
});

Deno.test({
  name: "dial() says which permission is missing",
  permissions: { net: false },
  // Deno 2.7 itself leaves something behind where it refuses.
  sanitizeResources: !Deno.version.deno.startsWith("2.7."),
  async fn() {
    const options = optionsOf(5038);
    const error = await assertRejects(
      () => dial(options, neverAborted()),
      AmiConnectionError,
      "--allow-net=127.0.0.1:5038",
    );
    assertEquals(error.failure, "not-permitted");
  },
});

Deno.test("dial() rejects with the signal's reason", async () => {
  const reason = new Error("Enough");
  const signal = AbortSignal.abort(reason);
  const options = optionsOf(closedPort());
  assertEquals(
    await dial(options, signal).catch((error: unknown) => error),
    reason,
  );
});

Deno.test({
  name: "dial() keeps no connection that completes when it is given up",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    const accepted: Deno.Conn[] = [];
    const accepting = (async () => {
      for await (const conn of listener) accepted.push(conn);
    })();
    // A connection completes within a millisecond, so that some of these moments are that one.
    const attempt = async () => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), Math.random() * 2);
      try {
        (await dial(optionsOf(port), controller.signal)).close();
      } catch (error) {
        if (!controller.signal.aborted) throw error;
      } finally {
        clearTimeout(timer);
      }
    };
    for (let round = 0; round < 50; round++) {
      await Promise.all(Array.from({ length: 30 }, attempt));
    }
    assertEquals(socketsTo(port), 0);
    listener.close();
    await accepting;
    for (const conn of accepted) conn.close();
  },
});

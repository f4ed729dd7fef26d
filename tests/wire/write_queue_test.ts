import { assertEquals } from "@std/assert";
import { WriteQueue } from "../../src/wire/write_queue.ts";
import { ScriptedServer } from "../_scripted_server.ts";
import { until, within } from "../_waiting.ts";

/** A queue whose failures fail the test. */
function queueFor(conn: Deno.TcpConn): WriteQueue {
  return new WriteQueue(conn, {
    encoding: "utf-8",
    onTraffic: () => {},
    onFailure: (error) => {
      throw error;
    },
  });
}

Deno.test("WriteQueue writes in order, and all that is written in one turn at once", async () => {
  const received = Promise.withResolvers<string>();
  await using server = ScriptedServer.start(async (peer) => {
    const actions = [await peer.next(), await peer.next(), await peer.next()];
    received.resolve(actions.map((action) => action?.name).join(" "));
  });
  using conn = await Deno.connect(server);
  const queue = queueFor(conn);
  const writes = ["A", "B", "C"].map((name) =>
    queue.write(`Action: ${name}\r\n\r\n`)
  );
  assertEquals(writes.map((write) => write.started), [false, false, false]);
  assertEquals(await within(received.promise), "A B C");
  assertEquals(writes.map((write) => write.started), [true, true, true]);
});

Deno.test("WriteQueue begins to write a long burst before its end", async () => {
  const received: string[] = [];
  await using server = ScriptedServer.start(async (peer) => {
    while (received.length < 50) received.push((await peer.next())?.name ?? "");
  });
  using conn = await Deno.connect(server);
  const queue = queueFor(conn);
  const names = Array.from({ length: 50 }, (_, index) => `Action${index}`);
  const writes = names.map((name) =>
    queue.write(`Action: ${name}\r\nText: ${"x".repeat(80)}\r\n\r\n`)
  );
  // So many have 4,096 characters or more.
  assertEquals(writes.findIndex(({ started }) => !started), 39);
  await until(() => received.length === 50);
  assertEquals(received, names);
  assertEquals(writes.every(({ started }) => started), true);
});

Deno.test("WriteQueue does not write what was cancelled in time", async () => {
  const received = Promise.withResolvers<string>();
  await using server = ScriptedServer.start(async (peer) => {
    const actions = [await peer.next(), await peer.next()];
    received.resolve(actions.map((action) => action?.name).join(" "));
  });
  using conn = await Deno.connect(server);
  const queue = queueFor(conn);
  queue.write("Action: A\r\n\r\n");
  const cancelled = queue.write("Action: B\r\n\r\n");
  queue.write("Action: C\r\n\r\n");
  cancelled.cancel();
  assertEquals(await within(received.promise), "A C");
  assertEquals(cancelled.started, false);
});

Deno.test("WriteQueue keeps what is written behind a stalled peer, in order", async () => {
  const go = Promise.withResolvers<void>();
  const received: string[] = [];
  await using server = ScriptedServer.start(async (peer) => {
    await go.promise;
    for (let count = 0; count < 3; count++) {
      received.push((await peer.next())?.name ?? "");
    }
  });
  using conn = await Deno.connect(server);
  const queue = queueFor(conn);
  const huge = "x".repeat(8_000_000);
  const first = queue.write(`Action: A\r\nHuge: ${huge}\r\n\r\n`);
  await until(() => first.started);
  const second = queue.write("Action: B\r\n\r\n");
  const third = queue.write("Action: C\r\n\r\n");
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals([second.started, third.started], [false, false]);
  go.resolve();
  await until(() => received.length === 3, 20_000);
  assertEquals(received, ["A", "B", "C"]);
});

import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import {
  Connection,
  type ConnectionOptions,
  type ConnectionReceiver,
  cutLines,
} from "../../src/wire/connection.ts";
import { AmiConnectionError, AmiLimitError } from "../../src/errors.ts";
import { LineGuard } from "../../src/wire/line_guard.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { ScriptedServer } from "../_scripted_server.ts";
import { until, within } from "../_waiting.ts";
import { connOf } from "../_wire.ts";

function open(
  options: ConnectionOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<Connection> {
  return Connection.open(options, () => {}, signal);
}

function optionsOf(
  server: { hostname: string; port: number },
  options: Partial<ConnectionOptions> = {},
): ConnectionOptions {
  const { hostname, port } = server;
  return {
    hostname,
    port,
    tls: undefined,
    encoding: "utf-8",
    ...DEFAULT_LIMITS,
    ...options,
  };
}

/** Takes what a connection reads as a list of short texts. */
class Recorder implements ConnectionReceiver {
  readonly records: string[] = [];
  readonly lines: string[] = [];

  line(line: string): void {
    this.lines.push(line);
  }

  greeting(line: string): void {
    this.records.push(`greeting ${line}`);
  }

  frame({ kind, name }: { kind: string; name: string }): void {
    this.records.push(`${kind} ${name}`);
  }

  unread(count: number): void {
    this.records.push(`unread ${count}`);
  }

  cutOff(lines: readonly string[]): void {
    this.records.push(`cut off ${lines.join("|")}`);
  }
}

/** A port that nothing listens on. */
function closedPort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

Deno.test("Connection.open() says that a connection is refused", async () => {
  const options = optionsOf({ hostname: "127.0.0.1", port: closedPort() });
  const error = await assertRejects(
    () => open(options),
    AmiConnectionError,
    `Cannot connect to 127.0.0.1:${options.port}`,
  );
  assertEquals(error.failure, "refused");
  assertEquals(error.outcome, "not-sent");
  assert(error.cause instanceof Deno.errors.ConnectionRefused);
});

Deno.test({
  name: "Connection.open() says which permission is missing",
  permissions: { net: false },
  async fn() {
    const options = optionsOf({ hostname: "127.0.0.1", port: 5038 });
    const error = await assertRejects(
      () => open(options),
      AmiConnectionError,
      "--allow-net=127.0.0.1:5038",
    );
    assertEquals(error.failure, "not-permitted");
  },
});

Deno.test("Connection.open() rejects with the signal's reason", async () => {
  const reason = new Error("Enough");
  const signal = AbortSignal.abort(reason);
  const options = optionsOf({ hostname: "127.0.0.1", port: closedPort() });
  assertEquals(
    await open(options, signal).catch((error: unknown) => error),
    reason,
  );
});

Deno.test("Connection reads the greeting, the frames and what the end cut off", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    await peer.frame("Event: X", "A: b");
    await peer.write("Response: Success\r\n\r\nEvent: Y\r\nA: ");
  });
  const connection = await open(optionsOf(server));
  const recorder = new Recorder();
  await within(connection.read(recorder));
  connection.close();
  assertEquals(recorder.records, [
    "greeting Asterisk Call Manager/11.0.0",
    "event X",
    "response Success",
    "cut off Event: Y|A: ",
  ]);
  assertEquals(recorder.lines, [
    "Asterisk Call Manager/11.0.0",
    "Event: X",
    "A: b",
    "",
    "Response: Success",
    "",
    "Event: Y",
    "A: ",
  ]);
});

Deno.test("Connection writes in order, and all that is written in one turn at once", async () => {
  const received = Promise.withResolvers<string>();
  await using server = ScriptedServer.start(async (peer) => {
    const actions = [await peer.next(), await peer.next(), await peer.next()];
    received.resolve(actions.map((action) => action?.name).join(" "));
  });
  const connection = await open(optionsOf(server));
  const writes = ["A", "B", "C"].map((name) =>
    connection.write(`Action: ${name}\r\n\r\n`)
  );
  assertEquals(writes.map((write) => write.started), [false, false, false]);
  assertEquals(await within(received.promise), "A B C");
  assertEquals(writes.map((write) => write.started), [true, true, true]);
  connection.close();
});

Deno.test("Connection does not write what was cancelled in time", async () => {
  const received = Promise.withResolvers<string>();
  await using server = ScriptedServer.start(async (peer) => {
    const actions = [await peer.next(), await peer.next()];
    received.resolve(actions.map((action) => action?.name).join(" "));
  });
  const connection = await open(optionsOf(server));
  connection.write("Action: A\r\n\r\n");
  const cancelled = connection.write("Action: B\r\n\r\n");
  connection.write("Action: C\r\n\r\n");
  cancelled.cancel();
  assertEquals(await within(received.promise), "A C");
  assertEquals(cancelled.started, false);
  connection.close();
});

Deno.test("Connection keeps what is written behind a stalled peer, in order", async () => {
  const go = Promise.withResolvers<void>();
  const received: string[] = [];
  await using server = ScriptedServer.start(async (peer) => {
    await go.promise;
    for (let count = 0; count < 3; count++) {
      received.push((await peer.next())?.name ?? "");
    }
  });
  const connection = await open(optionsOf(server));
  const huge = "x".repeat(8_000_000);
  const first = connection.write(`Action: A\r\nHuge: ${huge}\r\n\r\n`);
  await until(() => first.started);
  const second = connection.write("Action: B\r\n\r\n");
  const third = connection.write("Action: C\r\n\r\n");
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals([second.started, third.started], [false, false]);
  go.resolve();
  await until(() => received.length === 3, 20_000);
  assertEquals(received, ["A", "B", "C"]);
  connection.close();
});

Deno.test("Connection writes in the encoding that it reads", async () => {
  const received = Promise.withResolvers<Uint8Array>();
  await using server = ScriptedServer.start(async ({ conn }) => {
    const buffer = new Uint8Array(100);
    const length = await conn.read(buffer) ?? 0;
    received.resolve(buffer.slice(0, length));
    await conn.write(Uint8Array.of(0x4a, 0xe9, 0x80, 0x0d, 0x0a));
  });
  const connection = await open(optionsOf(server, { encoding: "latin1" }));
  connection.write("é€");
  assertEquals([...await within(received.promise)], [0xe9, 0x80]);
  const recorder = new Recorder();
  await within(connection.read(recorder));
  assertEquals(recorder.lines, ["Jé€"]);
  connection.close();
});

Deno.test("Connection.close() ends reading, and may be called again", async () => {
  await using server = ScriptedServer.start((peer) => peer.closed());
  const connection = await open(optionsOf(server));
  const reading = connection.read(new Recorder());
  connection.close();
  connection.close();
  await within(reading);
  assertEquals(connection.write("Action: A\r\n\r\n").started, false);
});

Deno.test("Connection.close() is possible after the peer has closed", async () => {
  await using server = ScriptedServer.start(() => Promise.resolve());
  const connection = await open(optionsOf(server));
  await within(connection.read(new Recorder()));
  connection.close();
});

Deno.test("Connection.read() rejects on a line that is too long", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("x".repeat(200_000));
    await peer.closed();
  });
  const connection = await open(optionsOf(server, { maxLineLength: 100_000 }));
  await assertRejects(
    () => within(connection.read(new Recorder())),
    AmiLimitError,
  );
  connection.close();
});

Deno.test("cutLines() gives all that came before the connection broke", async () => {
  const reset = new Deno.errors.ConnectionReset("Reset");
  const text = "Greeting\r\n" + "a\r\n".repeat(99);
  const received = connOf([new TextEncoder().encode(text)]);
  const conn = {
    async read(buffer: Uint8Array): Promise<number> {
      const length = await received.read(buffer);
      if (length === null) throw reset;
      return length;
    },
  };
  const failures: unknown[] = [];
  const lines = cutLines(conn, {
    encoding: "utf-8",
    guard: new LineGuard({ maxLineLength: 1_000 }),
    onFailure: (error) => failures.push(error),
  });
  const read: string[] = [];
  for await (const line of lines) {
    read.push(line);
    // Whatever is under way behind the first lines goes wrong before the last is read.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  assertEquals(read, ["Greeting", ...Array(99).fill("a")]);
  assertEquals(failures, [reset]);
});

Deno.test("cutLines() ends a line that never ends without holding more than its limit", async () => {
  let received = 0;
  const conn = {
    read(buffer: Uint8Array): Promise<number> {
      buffer.fill(0x78);
      received += buffer.length;
      return Promise.resolve(buffer.length);
    },
  };
  const failure = Promise.withResolvers<unknown>();
  const lines = cutLines(conn, {
    encoding: "utf-8",
    guard: new LineGuard({ maxLineLength: 1_000_000 }),
    onFailure: failure.resolve,
  });
  await Array.fromAsync(lines);
  const error = await failure.promise;
  assert(error instanceof AmiLimitError);
  assertEquals(error.limit, "maxLineLength");
  assertLess(received, 1_200_000);
});

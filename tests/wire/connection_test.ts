import { assertEquals, assertRejects } from "@std/assert";
import {
  Connection,
  type ConnectionOptions,
} from "../../src/wire/connection.ts";
import { DataParser } from "../../src/wire/data_parser.ts";
import type { FrameReceiver } from "../../src/wire/frame_reader.ts";
import { AmiLimitError } from "../../src/errors.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { ScriptedServer } from "../_scripted_server.ts";
import { within } from "../_waiting.ts";

function open(options: ConnectionOptions): Promise<Connection> {
  return Connection.open(options, () => {}, new AbortController().signal);
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
    parser: new DataParser("catalog"),
    readsLines: true,
    ...DEFAULT_LIMITS,
    ...options,
  };
}

/** Takes what a connection reads as a list of short texts. */
class Recorder implements FrameReceiver {
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

  wants(): boolean {
    return true;
  }

  awaitsAnswers(): boolean {
    return true;
  }

  unread(count: number): void {
    this.records.push(`unread ${count}`);
  }

  cutOff(lines: readonly string[]): void {
    this.records.push(`cut off ${lines.join("|")}`);
  }
}

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

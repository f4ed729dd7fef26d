import { assert, assertEquals } from "@std/assert";
import { EventQueue } from "../../src/events/event_queue.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { DataParser } from "../../src/wire/data_parser.ts";
import { FrameReader } from "../../src/wire/frame_reader.ts";
import { LineGuard } from "../../src/wire/line_guard.ts";
import { cutLines } from "../../src/wire/lines.ts";
import { Turns } from "../../src/wire/turns.ts";

Deno.test("a turn is over after an amount, and begins anew", async () => {
  const turns = new Turns();
  assertEquals(turns.isOver, false);
  turns.count(65_535, 0);
  assertEquals(turns.isOver, false);
  turns.count(1, 0);
  assertEquals(turns.isOver, true);
  let others = 0;
  setTimeout(() => others++, 0);
  const begin = performance.now();
  while (others === 0) {
    assert(performance.now() - begin < 5_000, "timers never run");
    turns.count(65_536, 0);
    await turns.next();
    assertEquals(turns.isOver, false);
  }
});

Deno.test("a read that had to wait begins a turn anew, as everything else had its own", () => {
  const turns = new Turns();
  turns.count(65_535, 0);
  turns.count(65_535, 1);
  assertEquals(turns.isOver, false);
  turns.count(1, 0);
  assertEquals(turns.isOver, true);
});

Deno.test("a program that reads events one by one keeps up with a connection that always has data", async () => {
  const events = new TextEncoder().encode(
    `Event: Newexten\r\nPrivilege: dialplan,all\r\n${
      "Header: value\r\n".repeat(15)
    }\r\n`.repeat(1_000),
  );
  const greeting = new TextEncoder().encode("Asterisk Call Manager/11.0.0\r\n");
  let rest = greeting;
  let reads = 0;
  const conn = {
    read(buffer: Uint8Array): Promise<number | null> {
      if (reads++ > 1_000) return Promise.resolve(null);
      const piece = rest.subarray(0, buffer.length);
      buffer.set(piece);
      rest = piece.length < rest.length ? rest.subarray(piece.length) : events;
      return Promise.resolve(piece.length);
    },
  };
  const parser = new DataParser("catalog");
  const reader = new FrameReader(
    conn,
    { ...DEFAULT_LIMITS, encoding: "utf-8", parser, readsLines: false },
    {
      onFailure(error) {
        throw error;
      },
    },
  );
  // Twice as many as one read brings.
  const queue = new EventQueue<string>({
    maxQueue: 500,
    overflow: "error",
    onEnd() {},
  });
  let sent = 0;
  const ended = reader.read({
    line: undefined,
    greeting() {},
    frame({ name }) {
      sent++;
      queue.push(name);
    },
    wants: () => true,
    awaitsAnswers: () => false,
    unread() {},
    cutOff() {},
  }).finally(() => queue.close());
  let taken = 0;
  for await (const name of queue) {
    assertEquals(name, "Newexten");
    taken++;
  }
  await ended;
  assertEquals(taken, sent);
  assert(taken > 100_000, `${taken} events`);
});

Deno.test("a connection that always has data lets timers run", async () => {
  const line = new TextEncoder().encode("Header: value\r\n".repeat(4_000));
  let reads = 0;
  const lines = cutLines({
    read(buffer) {
      reads++;
      const piece = line.subarray(0, buffer.length);
      buffer.set(piece);
      return Promise.resolve(piece.length);
    },
  }, {
    encoding: "utf-8",
    guard: new LineGuard({ maxLineLength: 1_000 }),
    onFailure: () => {},
  });
  let fired = false;
  const timer = setTimeout(() => {
    fired = true;
  }, 1);
  const reader = lines.getReader();
  const begin = performance.now();
  while (!fired && performance.now() - begin < 5_000) await reader.read();
  clearTimeout(timer);
  assert(fired, `${reads} reads, and no timer`);
  await reader.cancel();
});

import { assert, assertEquals } from "@std/assert";
import { LineGuard } from "../../src/wire/line_guard.ts";
import { cutLines } from "../../src/wire/lines.ts";
import { Turns } from "../../src/wire/turns.ts";

Deno.test("a turn is over after a time and an amount, and begins anew", async () => {
  const turns = new Turns();
  assertEquals(turns.isOver, false);
  turns.count(65_535);
  assertEquals(turns.isOver, false);
  turns.count(1);
  await turns.next();
  assertEquals(turns.isOver, false);
  // It has just begun.
  turns.count(1_000_000);
  assertEquals(turns.isOver, false);
  const begin = performance.now();
  while (!turns.isOver) assert(performance.now() - begin < 1_000);
  assert(performance.now() - begin >= 15);
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

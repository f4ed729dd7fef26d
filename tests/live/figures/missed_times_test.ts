import { assertEquals } from "@std/assert";
import { MissedTimes } from "../../../src/live/figures/missed_times.ts";

Deno.test("intervals that follow one another are one", () => {
  const missed = new MissedTimes();
  missed.add(10, 20);
  missed.add(20, 25);
  missed.add(24, 30);
  missed.add(40, 50);
  missed.add(60, 60);
  assertEquals(missed.since(0), [{ from: 10, to: 30 }, { from: 40, to: 50 }]);
  assertEquals(missed.since(20), [{ from: 20, to: 30 }, { from: 40, to: 50 }]);
  missed.forget(30);
  assertEquals(missed.since(0), [{ from: 40, to: 50 }]);
});

Deno.test("too many intervals become longer ones, and none is lost", () => {
  const missed = new MissedTimes();
  for (let at = 0; at < 1_000; at += 2) missed.add(at, at + 1);
  const all = missed.since(0);
  assertEquals(all.length, 100);
  assertEquals(all.at(-1)?.to, 999);
});

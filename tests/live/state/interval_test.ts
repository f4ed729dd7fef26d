import { assertEquals } from "@std/assert";
import type { DAMIData } from "../../../mod.ts";
import { type Interval, Intervals } from "../../../src/live/state/interval.ts";
import { AT, event } from "../_frames.ts";

const SHOWN = new Set(["One", "Two", "Three"]);

function add(intervals: Intervals, name: string, at = AT): void {
  intervals.add(name, event(name), at);
}

function names({ events }: Interval): DAMIData[string][] {
  return events.map(({ event }) => event.Event ?? "");
}

Deno.test("Intervals keeps the events from the beginning of an interval to its end", () => {
  const intervals = new Intervals();
  assertEquals(intervals.isIdle, true);
  add(intervals, "One");
  const interval = intervals.open(SHOWN);
  assertEquals(intervals.isIdle, false);
  add(intervals, "One", AT + 1);
  add(intervals, "Two", AT + 2);
  interval[Symbol.dispose]();
  add(intervals, "Three", AT + 3);
  assertEquals(intervals.isIdle, true);
  assertEquals(
    interval.events.map(({ event, at }) => [event.Event, at]),
    [["One", AT + 1], ["Two", AT + 2]],
  );
});

Deno.test("Intervals keeps several intervals apart", () => {
  const intervals = new Intervals();
  using one = intervals.open(SHOWN);
  add(intervals, "One");
  const two = intervals.open(SHOWN);
  add(intervals, "Two");
  two[Symbol.dispose]();
  two[Symbol.dispose]();
  add(intervals, "Three");
  assertEquals(names(one), ["One", "Two", "Three"]);
  assertEquals(names(two), ["Two"]);
  assertEquals(intervals.isIdle, false);
});

Deno.test("Intervals keeps only the events that the snapshots show", () => {
  const intervals = new Intervals();
  using interval = intervals.open(new Set(["Two"]));
  add(intervals, "One");
  add(intervals, "Two");
  assertEquals(names(interval), ["Two"]);
});

Deno.test("Intervals keeps no more of an interval than a bound, and nothing of one that has passed it", () => {
  const intervals = new Intervals();
  using interval = intervals.open(SHOWN);
  for (let count = 0; count < 20_000; count++) add(intervals, "One");
  assertEquals([interval.events.length, interval.hasOverflowed], [
    20_000,
    false,
  ]);
  add(intervals, "One");
  assertEquals([interval.events.length, interval.hasOverflowed], [0, true]);
  assertEquals(intervals.isIdle, true);
});

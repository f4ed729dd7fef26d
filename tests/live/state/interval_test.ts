import { assertEquals } from "@std/assert";
import { Intervals } from "../../../src/live/state/interval.ts";
import { AT, event } from "../_frames.ts";

Deno.test("Intervals keeps the events from the beginning of an interval to its end", () => {
  const intervals = new Intervals();
  assertEquals(intervals.isIdle, true);
  intervals.add(event("Early"), AT);
  const interval = intervals.open();
  assertEquals(intervals.isIdle, false);
  intervals.add(event("One"), AT + 1);
  intervals.add(event("Two"), AT + 2);
  interval[Symbol.dispose]();
  intervals.add(event("Late"), AT + 3);
  assertEquals(intervals.isIdle, true);
  assertEquals(
    interval.events.map(({ event, at }) => [event.Event, at]),
    [["One", AT + 1], ["Two", AT + 2]],
  );
});

Deno.test("Intervals keeps several intervals apart", () => {
  const intervals = new Intervals();
  using one = intervals.open();
  intervals.add(event("One"), AT);
  const two = intervals.open();
  intervals.add(event("Two"), AT);
  two[Symbol.dispose]();
  two[Symbol.dispose]();
  intervals.add(event("Three"), AT);
  assertEquals(one.events.map(({ event }) => event.Event), [
    "One",
    "Two",
    "Three",
  ]);
  assertEquals(two.events.map(({ event }) => event.Event), ["Two"]);
  assertEquals(intervals.isIdle, false);
});

import { assertEquals } from "@std/assert";
import { Recordings } from "../../../src/live/state/recording.ts";
import { AT, event } from "../_frames.ts";

Deno.test("Recordings keeps the events from the beginning of a recording to its end", () => {
  const recordings = new Recordings();
  assertEquals(recordings.isIdle, true);
  recordings.add(event("Early"), AT);
  const recording = recordings.open();
  assertEquals(recordings.isIdle, false);
  recordings.add(event("One"), AT + 1);
  recordings.add(event("Two"), AT + 2);
  recording[Symbol.dispose]();
  recordings.add(event("Late"), AT + 3);
  assertEquals(recordings.isIdle, true);
  assertEquals(
    recording.events.map(({ event, at }) => [event.Event, at]),
    [["One", AT + 1], ["Two", AT + 2]],
  );
});

Deno.test("Recordings keeps several recordings apart", () => {
  const recordings = new Recordings();
  using one = recordings.open();
  recordings.add(event("One"), AT);
  const two = recordings.open();
  recordings.add(event("Two"), AT);
  two[Symbol.dispose]();
  two[Symbol.dispose]();
  recordings.add(event("Three"), AT);
  assertEquals(one.events.map(({ event }) => event.Event), [
    "One",
    "Two",
    "Three",
  ]);
  assertEquals(two.events.map(({ event }) => event.Event), ["Two"]);
  assertEquals(recordings.isIdle, false);
});

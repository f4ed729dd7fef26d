import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { addTimes, ListenerClock } from "../src/listener_times.ts";

Deno.test("a clock measures one event each time that it is armed", () => {
  const clock = new ListenerClock();
  assertEquals(clock.begin(), undefined);
  clock.arm();
  clock.arm();
  const begin = clock.begin();
  assert(begin !== undefined);
  assertEquals(clock.begin(), undefined);
  clock.end(begin);
  assertEquals(clock.snapshot().events, 1);
});

Deno.test("each time is in the range that it is named by the end of", () => {
  const clock = new ListenerClock();
  for (const time of [0, 1, 1.1, 10, 11, 100, 1_000, 1_000.5, 60_000]) {
    clock.add(time);
  }
  assertEquals(clock.snapshot().ranges, {
    "1ms": 2,
    "10ms": 2,
    "100ms": 2,
    "1s": 1,
    longer: 2,
  });
});

Deno.test("the sum of two clocks is what one clock would have counted", () => {
  const times = fc.array(fc.nat(5_000));
  fc.assert(fc.property(times, times, (some, others) => {
    const [one, other, both] = [1, 2, 3].map(() => new ListenerClock());
    assert(one && other && both);
    for (const time of some) one.add(time);
    for (const time of others) other.add(time);
    for (const time of [...some, ...others]) both.add(time);
    assertEquals(addTimes(one.snapshot(), other.snapshot()), both.snapshot());
  }));
});

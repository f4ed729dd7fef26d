import { assert, assertEquals } from "@std/assert";
import { Alarm } from "../../src/actions/alarm.ts";
import { LONGEST_TIMEOUT } from "../../src/deadline.ts";
import { until } from "../_waiting.ts";

Deno.test("Alarm rings at the earliest time, and not before", async () => {
  let rangAt: number | undefined;
  const alarm = new Alarm(() => {
    rangAt ??= performance.now();
    return Infinity;
  });
  const begin = performance.now();
  alarm.ringBy(begin + 10_000);
  alarm.ringBy(begin + 30);
  alarm.ringBy(begin + 20_000);
  await until(() => rangAt !== undefined);
  assert((rangAt ?? 0) >= begin + 30, `${rangAt}`);
});

Deno.test("Alarm rings again when asked to", async () => {
  let rings = 0;
  const alarm = new Alarm(() => ++rings < 3 ? performance.now() + 1 : Infinity);
  alarm.ringBy(performance.now());
  await until(() => rings === 3);
});

Deno.test("Alarm never rings by Infinity, nor after stop()", async () => {
  let rings = 0;
  const alarm = new Alarm(() => {
    rings++;
    return Infinity;
  });
  alarm.ringBy(Infinity);
  alarm.ringBy(performance.now() + 1);
  alarm.stop();
  const other = new Alarm(() => {
    rings += 10;
    return Infinity;
  });
  other.ringBy(performance.now() + 5);
  await until(() => rings >= 10);
  assertEquals(rings, 10);
});

Deno.test("Alarm takes a time that is farther away than any timer reaches", () => {
  const alarm = new Alarm(() => Infinity);
  alarm.ringBy(performance.now() + 3 * LONGEST_TIMEOUT);
  alarm.stop();
});

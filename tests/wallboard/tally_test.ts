import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  CHART_MINUTES,
  RateMeter,
  Tally,
} from "../../examples/wallboard/tally.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A noon, of days that begin where days of UTC do. */
const NOON = 20_000 * DAY + DAY / 2;

function dayStart(now: number): number {
  return now - now % DAY;
}

Deno.test("Tally counts today's callers, in all and by queue", () => {
  const tally = new Tally({ now: NOON, dayStart });
  tally.count("answered", "support", NOON);
  tally.count("answered", "sales", NOON + MINUTE);
  tally.count("lost", "support", NOON + MINUTE);
  const now = NOON + 2 * MINUTE;
  assertEquals(tally.today(now), { answered: 2, lost: 1, since: NOON });
  assertEquals(tally.queue("support", now), { answered: 1, lost: 1 });
  assertEquals(tally.queue("sales", now), { answered: 1, lost: 0 });
  assertEquals(tally.queue("billing", now), { answered: 0, lost: 0 });
});

Deno.test("Tally begins anew at midnight, and the last hour goes on", () => {
  const midnight = dayStart(NOON) + DAY;
  const tally = new Tally({ now: NOON, dayStart });
  tally.count("answered", "support", midnight - MINUTE);
  tally.count("lost", "support", midnight - 1);
  assertEquals(tally.today(midnight - 1), {
    answered: 1,
    lost: 1,
    since: NOON,
  });
  assertEquals(tally.today(midnight), {
    answered: 0,
    lost: 0,
    since: midnight,
  });
  assertEquals(tally.queue("support", midnight), { answered: 0, lost: 0 });
  tally.count("answered", "support", midnight + 1);
  assertEquals(tally.today(midnight + 1).answered, 1);
  const { answered, lost } = tally.hour(midnight + 1);
  assertEquals(answered.slice(-2), [1, 1]);
  assertEquals(lost.slice(-2), [1, 0]);
});

Deno.test("Tally takes callers of before its beginning, and of yesterday for the chart alone", () => {
  const morning = dayStart(NOON) + 10 * MINUTE;
  const tally = new Tally({ now: morning, dayStart });
  tally.count("answered", "support", morning - 5 * MINUTE);
  tally.count("lost", "support", morning - 20 * MINUTE);
  assertEquals(tally.today(morning), {
    answered: 1,
    lost: 0,
    since: morning - 5 * MINUTE,
  });
  const { lost } = tally.hour(morning);
  assertEquals(lost.at(-21), 1);
});

Deno.test("Tally does not bring yesterday back when the clock is set back", () => {
  const midnight = dayStart(NOON) + DAY;
  const tally = new Tally({ now: midnight, dayStart });
  tally.count("answered", "support", midnight);
  assertEquals(tally.today(midnight - MINUTE).answered, 1);
  assertEquals(tally.today(midnight).answered, 1);
});

Deno.test("Tally takes the midnight of this machine", () => {
  const noon = new Date(2026, 5, 1, 12).getTime();
  const midnight = new Date(2026, 5, 2).getTime();
  const tally = new Tally({ now: noon });
  tally.count("answered", "support", noon);
  assertEquals(tally.today(midnight - 1).answered, 1);
  assertEquals(tally.today(midnight), {
    answered: 0,
    lost: 0,
    since: midnight,
  });
});

Deno.test("Tally shows each caller in the minute of the call, and no longer than an hour", () => {
  fc.assert(fc.property(
    fc.array(fc.record({
      ago: fc.integer({ min: 0, max: 90 * MINUTE }),
      outcome: fc.constantFrom<"answered" | "lost">("answered", "lost"),
    })),
    (callers) => {
      const tally = new Tally({ now: NOON - 2 * 60 * MINUTE, dayStart });
      for (const { ago, outcome } of callers) {
        tally.count(outcome, "support", NOON - ago);
      }
      const { start, answered, lost } = tally.hour(NOON);
      assertEquals(answered.length, CHART_MINUTES);
      for (const [index, value] of answered.entries()) {
        const from = start + index * MINUTE;
        const inMinute = callers.filter(({ ago }) =>
          NOON - ago >= from && NOON - ago < from + MINUTE
        );
        const count = (outcome: string) =>
          inMinute.filter((caller) => caller.outcome === outcome).length;
        assertEquals(value, count("answered"));
        assertEquals(lost[index], count("lost"));
      }
      const later = tally.hour(NOON + 2 * 60 * MINUTE);
      assertEquals(later.answered, new Array(CHART_MINUTES).fill(0));
    },
  ));
});

Deno.test("RateMeter tells how much a counter grows by in a second", () => {
  const meter = new RateMeter();
  assertEquals(meter.sample(1_000, 0), 0);
  assertEquals(meter.sample(1_000, 0), 0);
  assertEquals(meter.sample(1_500, 500), 1_000);
  for (let at = 1_000; at <= 20_000; at += 250) {
    assertEquals(meter.sample(1_000 + at, at), 1_000);
  }
  // Nothing comes any more: after the few seconds it is 0.
  for (let at = 20_250; at <= 25_000; at += 250) meter.sample(21_000, at);
  assertEquals(meter.sample(21_000, 25_250), 0);
});

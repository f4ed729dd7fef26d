import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  CHART_MINUTES,
  MAX_LEVEL,
  type Outcome,
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

/** The callers of all queues today. */
function today(tally: Tally, now: number) {
  const all = tally.names(now).map((name) => tally.today(name, now));
  return {
    answered: all.reduce((sum, { answered }) => sum + answered, 0),
    lost: all.reduce((sum, { lost }) => sum + lost, 0),
    since: tally.since(now),
  };
}

const ANSWERED = { answeredAfter: 3 };

Deno.test("Tally counts today's callers by queue, and their waits", () => {
  const tally = new Tally({ now: NOON, dayStart });
  tally.count({ answeredAfter: 12 }, "support", NOON);
  tally.count({ answeredAfter: 3 }, "support", NOON);
  tally.count({ answeredAfter: 12 }, "support", NOON);
  tally.count({ answeredAfter: 5_000 }, "sales", NOON + MINUTE);
  tally.count("lost", "support", NOON + MINUTE);
  const now = NOON + 2 * MINUTE;
  assertEquals(today(tally, now), { answered: 4, lost: 1, since: NOON });
  assertEquals(tally.names(now), ["support", "sales"]);
  assertEquals(tally.today("support", now), {
    answered: 3,
    lost: 1,
    waits: [[3, 1], [12, 2]],
  });
  // Waits beyond any level are one.
  assertEquals(tally.today("sales", now).waits, [[MAX_LEVEL + 1, 1]]);
  assertEquals(tally.today("billing", now), {
    answered: 0,
    lost: 0,
    waits: [],
  });
});

Deno.test("Tally begins anew at midnight, and the last hour goes on", () => {
  const midnight = dayStart(NOON) + DAY;
  const tally = new Tally({ now: NOON, dayStart });
  tally.count(ANSWERED, "support", midnight - MINUTE);
  tally.count("lost", "support", midnight - 1);
  const before = { answered: 1, lost: 1, since: NOON };
  assertEquals(today(tally, midnight - 1), before);
  const after = { answered: 0, lost: 0, since: midnight };
  assertEquals(today(tally, midnight), after);
  assertEquals(tally.today("support", midnight).waits, []);
  tally.count(ANSWERED, "support", midnight + 1);
  assertEquals(today(tally, midnight + 1).answered, 1);
  assertEquals(
    tally.hour("support", midnight + 1).map(([, ...rest]) => rest),
    [[1, 1], [1, 0]],
  );
  // Nothing is kept of a queue without callers.
  assertEquals(tally.names(midnight + 3 * DAY), []);
});

Deno.test("Tally takes callers of before its beginning, and of yesterday for the chart alone", () => {
  const morning = dayStart(NOON) + 10 * MINUTE;
  const tally = new Tally({ now: morning, dayStart });
  tally.count(ANSWERED, "support", morning - 5 * MINUTE);
  tally.count("lost", "support", morning - 20 * MINUTE);
  assertEquals(today(tally, morning), {
    answered: 1,
    lost: 0,
    since: morning - 5 * MINUTE,
  });
  assertEquals(
    tally.hour("support", morning).map(([minute]) => morning / MINUTE - minute),
    [20, 5],
  );
});

Deno.test("Tally does not bring yesterday back when the clock is set back", () => {
  const midnight = dayStart(NOON) + DAY;
  const tally = new Tally({ now: midnight, dayStart });
  tally.count(ANSWERED, "support", midnight);
  assertEquals(today(tally, midnight - MINUTE).answered, 1);
  assertEquals(today(tally, midnight).answered, 1);
});

Deno.test("Tally takes the midnight of this machine", () => {
  const noon = new Date(2026, 5, 1, 12).getTime();
  const midnight = new Date(2026, 5, 2).getTime();
  const tally = new Tally({ now: noon });
  tally.count(ANSWERED, "support", noon);
  assertEquals(today(tally, midnight - 1).answered, 1);
  assertEquals(today(tally, midnight), {
    answered: 0,
    lost: 0,
    since: midnight,
  });
});

Deno.test("Tally keeps each caller in the minute of the call, and no longer than an hour", () => {
  fc.assert(fc.property(
    fc.array(fc.record({
      ago: fc.integer({ min: 0, max: 90 * MINUTE }),
      outcome: fc.constantFrom<Outcome>(ANSWERED, "lost"),
    })),
    (callers) => {
      const tally = new Tally({ now: NOON - 2 * 60 * MINUTE, dayStart });
      for (const { ago, outcome } of callers) {
        tally.count(outcome, "support", NOON - ago);
      }
      const hour = new Map(
        tally.hour("support", NOON)
          .map(([minute, ...counts]) => [minute, counts] as const),
      );
      const last = NOON / MINUTE;
      for (let minute = last - 95; minute <= last; minute++) {
        const inMinute = callers.filter(({ ago }) =>
          Math.floor((NOON - ago) / MINUTE) === minute
        );
        const lost = inMinute.filter(({ outcome }) => outcome === "lost");
        const isKept = minute > last - CHART_MINUTES && inMinute.length > 0;
        assertEquals(
          hour.get(minute),
          isKept ? [inMinute.length - lost.length, lost.length] : undefined,
        );
      }
      const later = NOON + 2 * 60 * MINUTE;
      assertEquals(tally.hour("support", later), []);
    },
  ));
});

Deno.test("RateMeter measures how much a counter grows by in a second", () => {
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

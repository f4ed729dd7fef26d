import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  alarmOf,
  byAttention,
  CHART_MINUTES,
  inTime,
  lastHour,
} from "../../examples/wallboard/page/figures.js";
import { share } from "../../examples/wallboard/page/format.js";
import type {
  QueueOutcomes,
  QueueShown,
} from "../../examples/wallboard/shown.ts";

const NOW = 60_000 * 1_000_000;

function queue(name: string, fields: Partial<QueueShown> = {}): QueueShown {
  return {
    key: `pbx/${name}`,
    pbx: "pbx",
    name,
    waiting: 0,
    longestSince: null,
    agents: 2,
    free: 1,
    present: 2,
    answered: 0,
    lost: 0,
    waits: [],
    hour: [],
    ...fields,
  };
}

Deno.test("inTime() is the share of all callers who were answered within the level", () => {
  const queues: QueueOutcomes[] = [
    { answered: 3, lost: 1, waits: [[5, 2], [21, 1]] },
    { answered: 1, lost: 0, waits: [[20, 1]] },
  ];
  assertEquals(inTime(queues, 20), 3 / 5);
  assertEquals(inTime(queues, 4), 0);
  assertEquals(inTime(queues, 21), 4 / 5);
  assertEquals(inTime([], 20), undefined);
});

Deno.test("share() leaves nothing measured empty, and rounds nothing up to all", () => {
  assertEquals(share(undefined), "–");
  assertEquals(share(0.999).replace(/\s/, ""), "99%");
  assertEquals(share(1).replace(/\s/, ""), "100%");
});

Deno.test("alarmOf() turns a queue amber and red by its longest wait, and red if nobody is there", () => {
  const choice = { amber: 60, red: 120 };
  const alarm = (seconds: number, present = 1) =>
    alarmOf(
      { waiting: 1, longestSince: NOW - seconds * 1_000, present },
      choice,
      NOW,
    );
  assertEquals([59, 60, 119, 120].map((wait) => alarm(wait)), [
    "",
    "amber",
    "amber",
    "red",
  ]);
  assertEquals(alarm(1, 0), "red");
  const nobody = { waiting: 0, longestSince: null, present: 0 };
  assertEquals(alarmOf(nobody, choice, NOW), "");
});

Deno.test("byAttention() puts the longest wait first, then waiting, then lost callers", () => {
  const queues = [
    queue("q10", { lost: 2 }),
    queue("q9", { lost: 2 }),
    queue("calm"),
    queue("new", { waiting: 5, longestSince: NOW }),
    queue("fuller", { waiting: 6, longestSince: NOW }),
    queue("long", { waiting: 1, longestSince: NOW - 1 }),
  ];
  assertEquals(queues.toSorted(byAttention).map(({ name }) => name), [
    "long",
    "fuller",
    "new",
    "q9",
    "q10",
    "calm",
  ]);
});

Deno.test("lastHour() adds up the minutes of all queues, up to the present one", () => {
  const last = NOW / 60_000;
  const row = fc.tuple(
    fc.integer({ min: last - 70, max: last }),
    fc.nat(9),
    fc.nat(9),
  );
  fc.assert(fc.property(fc.array(fc.array(row)), (hours) => {
    const { start, answered, lost } = lastHour(
      hours.map((hour) => ({ hour })),
      NOW,
    );
    assertEquals(start, (last - CHART_MINUTES + 1) * 60_000);
    for (const [index, value] of answered.entries()) {
      const inMinute = hours.flat().filter(([minute]) =>
        minute === last - CHART_MINUTES + 1 + index
      );
      const sum = (part: 1 | 2) =>
        inMinute.reduce((total, each) => total + each[part], 0);
      assertEquals([value, lost[index]], [sum(1), sum(2)]);
    }
  }));
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type {
  CallLeg,
  CallRecord,
  QueueVisit,
} from "../../src/live/live_pbx.ts";
import { endedRecord } from "../../src/live/records/ended_record.ts";
import { newRecord } from "../../src/live/records/growing_record.ts";
import { phasesOf } from "../../src/telemetry/call_phases.ts";

const END = 100;

function leg(fields: Partial<CallLeg> = {}): CallLeg {
  return {
    uniqueid: "1.1",
    channel: "PJSIP/6001-00000001",
    device: "PJSIP/6001",
    number: "6001",
    name: "Alice",
    isCalled: true,
    calledBy: "1.0",
    startedAt: 10,
    ringingAt: 11,
    answeredAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    cause: 0,
    hungUp: false,
    lost: false,
    ...fields,
  };
}

function visit(fields: Partial<QueueVisit> = {}): QueueVisit {
  return {
    queue: "sales",
    leg: "1.0",
    joinedAt: 5,
    leftAt: 40,
    position: 1,
    lastPosition: 1,
    outcome: "connected",
    members: [],
    member: undefined,
    talkTime: undefined,
    ...fields,
  };
}

/** The parts of a call with these fields. */
function phases(fields: Partial<CallRecord>) {
  const record = { ...newRecord("1.0"), startedAt: 0, ...fields };
  return phasesOf(endedRecord(record, { at: END, cause: 16, lost: false }));
}

Deno.test("a call in which nothing happened has no parts", () => {
  assertEquals(phases({ legs: [leg({ isCalled: false })] }), []);
});

Deno.test("each telephone that rings has a ring, until it is answered or gone", () => {
  assertEquals(
    phases({
      legs: [
        leg({ isCalled: false, ringingAt: undefined }),
        leg({ ringingAt: 12, endedAt: 30, outcome: "no-answer" }),
        leg({
          ringingAt: 14,
          answeredAt: 20,
          endedAt: 90,
          outcome: "answered",
        }),
        leg({ ringingAt: 16 }),
        // It never said that it rings.
        leg({ ringingAt: undefined, endedAt: 30, outcome: "failed" }),
      ],
    }),
    [
      { name: "ring", begin: 12, end: 30, outcome: "no-answer" },
      { name: "ring", begin: 14, end: 20, outcome: "answered" },
      { name: "ring", begin: 16, end: END, outcome: undefined },
    ],
  );
});

Deno.test("a wait has its queue, and what became of it", () => {
  assertEquals(
    phases({
      queues: [
        visit(),
        visit({ joinedAt: 50, leftAt: undefined, outcome: undefined }),
      ],
    }),
    [
      { name: "wait", begin: 5, end: 40, queue: "sales", outcome: "connected" },
      { name: "wait", begin: 50, end: END, queue: "sales", outcome: undefined },
    ],
  );
});

Deno.test("talks, holds, parking and transfers have their times, the earliest first", () => {
  assertEquals(
    phases({
      transfers: [{ kind: "blind", by: "PJSIP/6001-1", to: "7@x", at: 60 }],
      parkings: [{
        from: 61,
        to: 80,
        leg: "1.0",
        lot: "default",
        space: "701",
      }],
      holds: [{ from: 30, to: 40, leg: "1.0" }, {
        from: 90,
        to: undefined,
        leg: "1.0",
      }],
      talks: [{
        from: 20,
        to: 60,
        parties: ["1.0", "1.1"],
        conference: undefined,
      }],
    }),
    [
      { name: "talk", begin: 20, end: 60 },
      { name: "hold", begin: 30, end: 40 },
      { name: "transfer", begin: 60, end: 60, kind: "blind" },
      { name: "park", begin: 61, end: 80, lot: "default" },
      { name: "hold", begin: 90, end: END },
    ],
  );
});

const time = fc.nat(200);
const end = fc.option(time, { nil: undefined });

Deno.test("no part ends before it begins, and the parts are in order", () => {
  const stretches = fc.array(fc.record({ from: time, to: end }));
  fc.assert(fc.property(
    fc.array(fc.record({ ringingAt: end, answeredAt: end, endedAt: end })),
    fc.array(fc.record({ joinedAt: time, leftAt: end })),
    stretches,
    stretches,
    (rings, waits, talks, holds) => {
      const all = phases({
        legs: rings.map((fields) => leg(fields)),
        queues: waits.map((fields) => visit(fields)),
        talks: talks.map((each) => ({
          ...each,
          parties: [],
          conference: undefined,
        })),
        holds: holds.map((each) => ({ ...each, leg: "1.0" })),
      });
      const rung = rings.filter(({ ringingAt }) => ringingAt !== undefined);
      assertEquals(
        all.length,
        rung.length + waits.length + talks.length + holds.length,
      );
      let before = 0;
      for (const { begin, end } of all) {
        assert(before <= begin && begin <= end);
        before = begin;
      }
    },
  ));
});

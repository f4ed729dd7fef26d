import { assertEquals } from "@std/assert";
import type {
  GrowingLeg,
  LegOutcome,
} from "../../../src/live/records/call_leg.ts";
import type { CallRecord } from "../../../src/live/records/call_record.ts";
import {
  type Disposition,
  dispositionOf,
} from "../../../src/live/records/disposition.ts";
import { newRecord } from "../../../src/live/records/growing_record.ts";
import type { LeaveReason } from "../../../src/live/records/queue_caller.ts";
import type { GrowingVisit } from "../../../src/live/records/queue_visit.ts";

function leg(startedAt: number, fields: Partial<GrowingLeg> = {}): GrowingLeg {
  return {
    uniqueid: `1.${startedAt}`,
    channel: "",
    device: "",
    number: "",
    name: "",
    isCalled: false,
    calledBy: undefined,
    startedAt,
    ringingAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    cause: 0,
    hungUp: false,
    lost: false,
    ...fields,
  };
}

const rung = (
  startedAt: number,
  outcome: LegOutcome,
  endedAt = startedAt + 5,
) => leg(startedAt, { isCalled: true, calledBy: "1.0", outcome, endedAt });

function visit(joinedAt: number, outcome?: LeaveReason): GrowingVisit {
  return {
    queue: "sales",
    leg: "1.0",
    joinedAt,
    leftAt: joinedAt + 20,
    position: 1,
    lastPosition: 1,
    outcome,
    members: [],
    member: undefined,
    talkTime: undefined,
  };
}

/** A call of these legs, the first of which is the caller. */
function call(
  legs: GrowingLeg[],
  fields: Partial<CallRecord> = {},
): CallRecord {
  return { ...newRecord("1.0"), legs, caller: legs[0], ...fields };
}

function of(record: CallRecord, cause = 0, lost = false): Disposition {
  return dispositionOf(record, { cause, lost });
}

const CALLER = leg(0);
const UP = leg(0, { answeredAt: 1 });
const GAP = { gaps: [{ from: 1, to: 2 }] };
const TALK = {
  talks: [{ parties: ["1.0", "1.5"], conference: undefined, from: 5, to: 9 }],
};

Deno.test("dispositionOf() is sure of a talk, whatever was missed besides", () => {
  assertEquals(of(call([CALLER], { ...TALK, ...GAP }), 0, true), "connected");
  const visited = { queues: [visit(1, "connected")] };
  assertEquals(of(call([UP], visited)), "connected");
});

Deno.test("dispositionOf() knows nothing else of a call of which events were missed", () => {
  assertEquals(of(call([CALLER]), 17, true), "unknown");
  assertEquals(of(call([CALLER, rung(1, "busy")], GAP)), "unknown");
});

Deno.test("dispositionOf() takes the answer of a group that tells most", () => {
  const group = (...outcomes: LegOutcome[]) =>
    of(call([CALLER, ...outcomes.map((outcome) => rung(1, outcome))]));
  assertEquals(group("busy", "no-answer"), "no-answer");
  assertEquals(group("unavailable", "busy"), "busy");
  assertEquals(group("unavailable", "rejected"), "rejected");
  assertEquals(group("unavailable", "congested"), "congested");
  assertEquals(group("unavailable"), "failed");
  assertEquals(group("failed"), "failed");
});

Deno.test("dispositionOf() looks at those who were called last, and at the PBX if it answered after them", () => {
  const first = rung(1, "no-answer");
  assertEquals(of(call([CALLER, first, rung(10, "busy")])), "busy");
  const answered = leg(0, { answeredAt: 8 });
  assertEquals(of(call([answered, first])), "answered-by-pbx");
  assertEquals(of(call([UP, first])), "no-answer");
});

Deno.test("dispositionOf() tells a caller who gave up from one who heard that nobody is there", () => {
  const gaveUp = { hungUpBy: CALLER };
  assertEquals(of(call([CALLER, rung(1, "cancelled")], gaveUp)), "cancelled");
  assertEquals(of(call([CALLER, rung(1, "busy")], gaveUp)), "busy");
  assertEquals(of(call([CALLER], gaveUp)), "cancelled");
});

Deno.test("dispositionOf() follows the last queue", () => {
  const of1 = (outcome?: LeaveReason, ...legs: GrowingLeg[]) =>
    of(call([UP, ...legs], { queues: [visit(2, outcome)] }));
  assertEquals(of1("abandoned"), "abandoned");
  assertEquals(of1("abandoned", rung(5, "no-answer")), "abandoned");
  for (
    const outcome of ["timeout", "no-members", "key", "continued"] as const
  ) {
    assertEquals(of1(outcome), "no-answer");
    assertEquals(of1(outcome, rung(5, "busy")), "no-answer");
  }
  assertEquals(of1(), "unknown");
  assertEquals(of1(undefined, rung(5, "no-answer")), "unknown");
  assertEquals(of1("timeout", rung(30, "busy")), "busy");
});

Deno.test("dispositionOf() goes by the cause where nobody was called", () => {
  const causes: [number, Disposition][] = [
    [17, "busy"],
    [19, "no-answer"],
    [16, "no-answer"],
    [21, "rejected"],
    [34, "congested"],
    [1, "failed"],
    [0, "failed"],
  ];
  for (const [cause, expected] of causes) {
    assertEquals([cause, of(call([CALLER]), cause)], [cause, expected]);
  }
  assertEquals(of(call([UP]), 16), "answered-by-pbx");
});

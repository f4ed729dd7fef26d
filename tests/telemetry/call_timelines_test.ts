import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Call, Change } from "../../src/live/live_pbx.ts";
import { CallTimelines } from "../../src/telemetry/call_timelines.ts";
import { call, changed, channel, ended, left } from "./_calls.ts";

const ALICE = channel("6001");
const BOB = channel("6002");

/** Applies changes; gives the calls that have ended. */
function endedBy(changes: readonly Change[], pbx?: string) {
  const timelines = new CallTimelines(pbx);
  return changes.flatMap((change) => timelines.apply(change) ?? []);
}

/** The parts of the only call that ends by these changes. */
function phasesOf(...changes: Change[]) {
  const [first, ...more] = endedBy(changes);
  assert(first !== undefined && more.length === 0);
  return first.phases;
}

Deno.test("a call that rings, is answered and ends has a ring and a talk", () => {
  const ringing = call("1", [ALICE, BOB], { state: "ringing" });
  const talking = call("1", [ALICE, BOB], {
    state: "talking",
    talks: [{ parties: ["6001", "6002"], since: 30 }],
  });
  const phases = phasesOf(
    { type: "call-started", at: 0, call: call("1", [ALICE]) },
    changed(ringing, 10),
    { type: "call-connected", at: 30, call: talking },
    changed(call("1", [BOB]), 90),
    ended(talking, 100),
  );
  assertEquals(phases, [
    { name: "ring", begin: 10, end: 30 },
    { name: "talk", begin: 30, end: 90 },
  ]);
});

Deno.test("whatever still goes on at the end ends with the call", () => {
  const held = call("1", [ALICE, channel("6002", { heldSince: 40 })], {
    state: "held",
    talks: [{ parties: ["6001", "6002"], since: 30 }],
  });
  assertEquals(
    phasesOf({ type: "call-held", at: 40, call: held }, ended(held, 100)),
    [
      { name: "talk", begin: 30, end: 100 },
      { name: "hold", begin: 40, end: 100 },
    ],
  );
});

Deno.test("a telephone that rings twice, and a hold that is taken back, are parts each", () => {
  const ringing = call("1", [ALICE], { state: "ringing" });
  const up = call("1", [ALICE]);
  const held = call("1", [channel("6001", { heldSince: 50 })]);
  assertEquals(
    phasesOf(
      changed(ringing, 10),
      changed(up, 20),
      changed(ringing, 30),
      changed(up, 40),
      { type: "call-held", at: 50, call: held },
      { type: "call-resumed", at: 60, call: up },
      ended(up, 70),
    ).map(({ name, begin, end }) => `${name} ${begin}-${end}`),
    ["ring 10-20", "ring 30-40", "hold 50-60"],
  );
});

Deno.test("parking has its lot, and a transfer takes no time", () => {
  const parked = call("1", [
    channel("6001", { parking: { lot: "default", space: "701", since: 20 } }),
  ], { state: "parked" });
  const last = call("1", [ALICE], {
    transfers: [{ kind: "blind", by: "PJSIP/6001-1", to: "7@x", at: 15 }],
  });
  assertEquals(
    phasesOf(
      { type: "call-parked", at: 21, call: parked },
      { type: "call-unparked", at: 60, call: last },
      ended(last, 70),
    ),
    [
      { name: "transfer", begin: 15, end: 15, kind: "blind" },
      { name: "park", begin: 20, end: 60, lot: "default" },
    ],
  );
});

Deno.test("a wait in a queue belongs to the call of its channel", () => {
  const one = call("1", [ALICE]);
  const other = call("2", [BOB]);
  const all = endedBy([
    { type: "call-started", at: 0, call: one },
    { type: "call-started", at: 0, call: other },
    left("6001", 10, 40),
    left("6001", 50, 60, { reason: "timeout" }),
    left("6001", 70, 80, { lost: true, reason: undefined }),
    left("9999", 10, 40),
    ended(one, 100),
    ended(other, 100),
  ], "berlin");
  assertEquals(all.map(({ pbx, phases }) => [pbx, phases]), [
    ["berlin", [
      { name: "wait", begin: 10, end: 40, queue: "sales", reason: "connected" },
      { name: "wait", begin: 50, end: 60, queue: "sales", reason: "timeout" },
    ]],
    ["berlin", []],
  ]);
});

Deno.test("a call that was there before has the parts of what goes on", () => {
  const timelines = new CallTimelines(undefined);
  const talking = call("1", [ALICE, BOB], {
    talks: [{ parties: ["6001", "6002"], since: 30 }],
  });
  timelines.update(talking, 500);
  timelines.apply(left("6001", 5, 20));
  assertEquals(timelines.apply(ended(talking, 900))?.phases, [
    { name: "wait", begin: 5, end: 20, queue: "sales", reason: "connected" },
    { name: "talk", begin: 30, end: 900 },
  ]);
});

Deno.test("a call that becomes part of another brings its parts and parties along", () => {
  const one = call("1", [ALICE], { state: "ringing" });
  const two = call("2", [BOB], { state: "ringing" });
  const both = call("1", [ALICE, BOB], {
    talks: [{ parties: ["6001", "6002"], since: 40 }],
  });
  const timelines = new CallTimelines(undefined);
  timelines.update(one, 10);
  timelines.update(two, 20);
  timelines.apply({ type: "call-merged", at: 40, call: two, into: both });
  assertEquals(timelines.size, 1);
  // The channel that came along waits for the call that goes on.
  timelines.apply(left("6002", 45, 50));
  const end = timelines.apply(ended(both, 90));
  assertEquals(
    end?.phases.map(({ name, begin, end }) => `${name} ${begin}-${end}`),
    ["ring 10-40", "ring 20-40", "talk 40-90", "wait 45-50"],
  );
  assertEquals(end?.parties, [
    { callerIdNum: "6001", callerIdName: "Name 6001", name: ALICE.name },
    { callerIdNum: "6002", callerIdName: "Name 6002", name: BOB.name },
  ]);
});

Deno.test("other changes end no call", () => {
  const timelines = new CallTimelines(undefined);
  for (
    const change of [
      { type: "stale", at: 1 },
      { type: "snapshot-begin", at: 1, reason: "gap" },
      { type: "channel-started", at: 1, channel: ALICE },
    ] satisfies Change[]
  ) {
    assertEquals(timelines.apply(change), undefined);
  }
  assertEquals(timelines.size, 0);
});

const STATES = [
  "dialing",
  "ringing",
  "up",
  "talking",
  "held",
  "parked",
] as const;

/** Any version of a call: who is there, and what they do. */
const version = fc.record({
  id: fc.constantFrom("1", "2", "3"),
  party: fc.constantFrom("a", "b", "c"),
  state: fc.constantFrom(...STATES),
  talks: fc.boolean(),
  holds: fc.boolean(),
  parks: fc.boolean(),
  kind: fc.constantFrom("change", "end", "leave", "merge"),
});

Deno.test("whatever happens, parts lie within their call, and nothing is kept of calls that have ended", () => {
  fc.assert(fc.property(fc.array(version, { maxLength: 60 }), (versions) => {
    const timelines = new CallTimelines(undefined);
    const running = new Map<string, Call>();
    let at = 1_000;
    for (const { id, party, state, kind, ...is } of versions) {
      at += 10;
      const known = running.get(id);
      const next = call(id, [
        channel(`${id}${party}`, {
          heldSince: is.holds ? at : undefined,
          parking: is.parks
            ? { lot: "default", space: "701", since: at }
            : undefined,
        }),
      ], {
        state,
        startedAt: known?.startedAt ?? at,
        talks: is.talks ? [{ parties: [`${id}${party}`], since: at }] : [],
      });
      const other = [...running.values()].find((each) => each.id !== id);
      let end;
      if (kind === "end" && known) {
        running.delete(id);
        end = timelines.apply(ended(known, at));
      } else if (kind === "leave") {
        timelines.apply(left(`${id}${party}`, at - 5, at));
      } else if (kind === "merge" && known && other) {
        running.delete(id);
        timelines.apply({ type: "call-merged", at, call: known, into: other });
      } else {
        running.set(id, next);
        timelines.apply(changed(next, at));
      }
      assertEquals(timelines.size, running.size);
      for (const { begin, end: until } of end?.phases ?? []) {
        assert(begin <= until && until <= at && begin >= 1_000);
      }
    }
    for (const last of running.values()) timelines.apply(ended(last, at));
    assertEquals(timelines.size, 0);
    // A channel of a call that has ended has no call any more.
    timelines.apply(left("1a", 1, 2));
    assertEquals(timelines.size, 0);
  }));
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Change } from "../../../src/live/change.ts";
import type { IntervalEvent } from "../../../src/live/state/interval.ts";
import { PbxState, type Snapshots } from "../../../src/live/state/pbx_state.ts";
import { Simulator, type Step, STEPS } from "../_simulator.ts";

const STEP: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...STEPS),
  choice: fc.nat(1_000),
});

/** A state, and the changes that it has reported. */
class Witness {
  readonly changes: Change[] = [];
  readonly state = new PbxState({
    dialplan: false,
    onStaleQueue: () => {},
    onLeft: () => {},
    onSeveralCalls: () => {},
  });

  sync(
    snapshots: Snapshots,
    events: readonly IntervalEvent[] = [],
  ): void {
    this.changes.push(...this.state.sync(snapshots, events, true));
  }

  hear(simulator: Simulator, count?: number): void {
    for (const event of simulator.take(count)) {
      const name = String(event.Event);
      this.changes.push(...this.state.apply(name, event));
    }
  }
}

/** Returns the state in the form of the simulator. */
function held({ state }: Witness): unknown {
  const { channels, bridges, calls } = state.switchboard;
  const desk = state.queues.queues.get("desk");
  return {
    channels: [...channels.values()].map((channel) =>
      [
        channel.uniqueid,
        channel.linkedid,
        channel.name,
        channel.state,
        channel.bridgeId,
        channel.parking?.space ?? "",
      ].join(" ")
    ).toSorted(),
    bridges: [...bridges.values()].map(({ id, channels }) =>
      [id, ...channels.toSorted()].join(" ")
    ).toSorted(),
    calls: [...calls.values()].map(({ id, channels }) =>
      [id, ...channels.toSorted()].join(" ")
    ).toSorted(),
    callers: desk?.callers.map(({ uniqueid, position }) =>
      `${position} ${uniqueid}`
    ),
    members: [...desk?.members.values() ?? []].map(({ name, isPaused }) =>
      `${name} ${isPaused}`
    ).toSorted(),
  };
}

/** The calls, as a snapshot shows them as well. */
function calls({ state }: Witness): unknown {
  return [...state.switchboard.calls.values()].map((call) => ({
    id: call.id,
    // No snapshot holds who has whom on hold.
    state: call.state === "held" ? "talking" : call.state,
    parties: call.parties.map(({ uniqueid }) => uniqueid).toSorted(),
    talks: call.talks.map(({ parties }) => parties.toSorted().join())
      .toSorted(),
  })).sort((one, two) => one.id < two.id ? -1 : 1);
}

/** The same of the simulator. */
function own(simulator: Simulator): unknown {
  const legs = [...simulator.legs.values()];
  const calls = new Map<string, string[]>();
  for (const { uniqueid, linkedid } of legs) {
    calls.set(linkedid, [...calls.get(linkedid) ?? [], uniqueid]);
  }
  return {
    channels: legs.map((leg) =>
      [
        leg.uniqueid,
        leg.linkedid,
        leg.name,
        leg.state,
        leg.bridge,
        leg.parked,
      ].join(" ")
    ).toSorted(),
    bridges: [...simulator.bridges].map(([id, ids]) =>
      [id, ...[...ids].toSorted()].join(" ")
    ).toSorted(),
    calls: [...calls].map(([id, ids]) => [id, ...ids.toSorted()].join(" "))
      .toSorted(),
    callers: simulator.callers.map((uniqueid, index) =>
      `${index + 1} ${uniqueid}`
    ),
    members: [...simulator.members.values()].map(({ name, paused }) =>
      `${name} ${paused}`
    ).toSorted(),
  };
}

/** Follows nothing but the changes, and asserts that none comes twice or without its beginning. */
function assertFollows(
  { changes, state }: Witness,
  calls: Set<string>,
  channels: Set<string>,
): void {
  for (const change of changes) {
    if (change.type === "call-started") {
      assert(!calls.has(change.call.id), `${change.call.id} began twice`);
      calls.add(change.call.id);
    } else if (change.type === "call-ended") {
      assert(calls.delete(change.call.id), `${change.call.id} never began`);
    } else if (change.type === "call-merged") {
      assert(calls.delete(change.call.id), `${change.call.id} never began`);
      assert(calls.has(change.into.id), `${change.into.id} never began`);
    } else if (change.type === "channel-started") {
      assert(!channels.has(change.channel.uniqueid));
      channels.add(change.channel.uniqueid);
    } else if (change.type === "channel-ended") {
      assert(channels.delete(change.channel.uniqueid));
    }
  }
  assertEquals(
    [...calls].toSorted(),
    [...state.switchboard.calls.keys()].toSorted(),
  );
  assertEquals(
    [...channels].toSorted(),
    [...state.switchboard.channels.keys()].toSorted(),
  );
}

Deno.test("events keep the state true, whatever happens", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 120, size: "max" }), (steps) => {
      const simulator = new Simulator();
      const witness = new Witness();
      witness.sync(simulator.snapshots());
      for (const step of steps) {
        simulator.do(step);
        witness.hear(simulator);
      }
      assertEquals(held(witness), own(simulator));
      const fresh = new Witness();
      fresh.sync(simulator.snapshots());
      assertEquals(calls(witness), calls(fresh));
      assertFollows(witness, new Set(), new Set());
    }),
  );
});

Deno.test("no event is lost or doubled around a snapshot, however late events are", () => {
  fc.assert(
    fc.property(
      fc.array(STEP, { maxLength: 60, size: "max" }),
      fc.array(STEP, { maxLength: 30, size: "max" }),
      fc.array(STEP, { maxLength: 60, size: "max" }),
      fc.nat(60),
      fc.nat(60),
      (before, meanwhile, after, heard, heardMeanwhile) => {
        const simulator = new Simulator();
        const witness = new Witness();
        for (const step of before) simulator.do(step);
        // Some were sent before anybody listened, others are still under way.
        simulator.take(heard);
        {
          using recording = witness.state.record();
          witness.hear(simulator, heardMeanwhile);
          const snapshots = simulator.snapshots();
          for (const step of meanwhile) simulator.do(step);
          // The answer is read, and events after it, before it is taken.
          witness.hear(simulator, heardMeanwhile);
          witness.sync(snapshots, recording.events);
        }
        for (const step of after) simulator.do(step);
        witness.hear(simulator);
        assertEquals(held(witness), own(simulator));
        assertFollows(witness, new Set(), new Set());
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("after a gap nothing old remains, and what was missed is reported", () => {
  fc.assert(
    fc.property(
      fc.array(STEP, { maxLength: 60, size: "max" }),
      fc.array(STEP, { maxLength: 60, size: "max" }),
      fc.boolean(),
      (before, missed, isRestart) => {
        const witness = new Witness();
        let simulator = new Simulator();
        for (const step of before) simulator.do(step);
        witness.hear(simulator);
        if (isRestart) simulator = new Simulator(2);
        for (const step of missed) simulator.do(step);
        simulator.take();
        witness.sync(simulator.snapshots());
        assertEquals(held(witness), own(simulator));
        assertFollows(witness, new Set(), new Set());
      },
    ),
  );
});

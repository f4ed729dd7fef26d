import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { CallRecord } from "../../../src/live/records/call_record.ts";
import type { EndedCallRecord } from "../../../src/live/records/ended_record.ts";
import { PbxState } from "../../../src/live/state/pbx_state.ts";
import { AT } from "../_frames.ts";
import { Simulator, type Step, STEPS } from "../_simulator.ts";

const STEP: fc.Arbitrary<Step> = fc.record({
  // In a conference, everybody who was in it counts as heard.
  kind: fc.constantFrom(
    ...STEPS.filter((kind) => kind !== "confer"),
    // Talks need several of these.
    ...Array<"leg" | "bridge">(6).fill("bridge").fill("leg", 4),
  ),
  choice: fc.nat(1_000),
});

const LOCAL = /^Local\/(.*);[12]$/;

/** The legs that hear another one, by the simulator's own state. */
function hearing({ legs, bridges }: Simulator): string[] {
  /** The room that each bridge belongs to: Local channels join bridges. */
  const rooms = new Map([...bridges.keys()].map((id) => [id, id]));
  const wires = Map.groupBy(
    [...legs.values()].filter(({ name, bridge }) =>
      LOCAL.test(name) && bridge !== "" && bridge !== "wait"
    ),
    ({ name }) => LOCAL.exec(name)?.[1],
  );
  for (const [one, two] of wires.values()) {
    if (one === undefined || two === undefined) continue;
    const [from, to] = [rooms.get(one.bridge), rooms.get(two.bridge)];
    for (const [id, room] of rooms) {
      if (room === from && to !== undefined) rooms.set(id, to);
    }
  }
  const phones = [...legs.values()].filter(({ name, bridge }) =>
    !LOCAL.test(name) && bridge !== "" && bridge !== "wait"
  );
  const byRoom = Map.groupBy(phones, ({ bridge }) => rooms.get(bridge));
  return [...byRoom.values()].filter((all) => all.length > 1).flat()
    .map(({ uniqueid }) => uniqueid);
}

/** A simulator that is recorded, and what was true at each step. */
class Trial {
  readonly simulator = new Simulator();
  readonly records: EndedCallRecord[] = [];
  readonly state = new PbxState({
    dialplan: false,
    onStaleQueue: () => {},
    onLeft: () => {},
    onSeveralCalls: () => {},
  });
  /** Each step that was heard: its time, and who heard somebody from then on. */
  readonly truth: { at: number; hearing: string[] }[] = [];
  #at = AT;

  constructor() {
    this.#sync();
  }

  #sync(): void {
    for (
      const change of this.state.sync(this.simulator.snapshots(), [], true)
    ) if (change.type === "call-ended") this.records.push(change.record);
  }

  do(step: Step): void {
    this.#at += 1_000;
    this.simulator.do(step);
    for (const event of this.simulator.take()) {
      const Timestamp = (this.#at / 1_000).toFixed(3);
      const heard = this.state.apply(String(event.Event), {
        ...event,
        Timestamp,
      });
      for (const change of heard) {
        if (change.type === "call-ended") this.records.push(change.record);
      }
    }
    this.truth.push({ at: this.#at, hearing: hearing(this.simulator) });
  }

  /** Does something that nobody hears of. */
  miss(steps: readonly Step[]): void {
    this.#at += 1_000;
    this.state.miss(this.#at);
    for (const step of steps) this.simulator.do(step);
    this.simulator.take();
    this.#sync();
    // Snapshots are of the present.
    this.#at = Date.now() + 3_600_000;
  }

  /** All records, also of calls that last. */
  get all(): CallRecord[] {
    const lasting = [...this.state.switchboard.calls.values()];
    return [...this.records, ...lasting.map(({ record }) => record)];
  }

  /** Returns the channels that heard somebody at a time, by the records; except those that say that they do not know. */
  told(at: number): string[] {
    const told = this.all.flatMap(({ talks, gaps }) => {
      if (gaps.some(({ from, to }) => from <= at && at <= to)) return [];
      return talks.filter(({ from, to = Infinity }) => from <= at && at < to)
        .flatMap(({ parties }) => parties);
    });
    return [...new Set(told)].toSorted();
  }
}

Deno.test("records show who heard whom at each moment, whatever happens", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 80, size: "max" }), (steps) => {
      const trial = new Trial();
      for (const step of steps) trial.do(step);
      for (const { at, hearing } of trial.truth) {
        assertEquals(trial.told(at), hearing.toSorted());
      }
    }),
    { numRuns: 400 },
  );
});

Deno.test("records hold every party, each with its beginning and its end", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 80, size: "max" }), (steps) => {
      const trial = new Trial();
      const seen = new Set<string>();
      for (const step of steps) {
        trial.do(step);
        for (const { uniqueid, name } of trial.simulator.legs.values()) {
          if (!LOCAL.test(name)) seen.add(uniqueid);
        }
      }
      const legs = trial.all.flatMap((record) => record.legs);
      for (const uniqueid of seen) {
        const own = legs.filter((leg) => leg.uniqueid === uniqueid);
        assert(own.length > 0, `${uniqueid} is in no record`);
        const isThere = trial.simulator.legs.has(uniqueid);
        assertEquals(
          own.filter(({ endedAt }) => endedAt === undefined).length,
          isThere ? 1 : 0,
        );
      }
      for (const { record } of trial.state.switchboard.calls.values()) {
        const ids = record.legs.map(({ uniqueid }) => uniqueid);
        assertEquals(new Set(ids).size, ids.length);
        assertEquals(record.gaps, []);
      }
    }),
  );
});

Deno.test("cut by a gap anywhere, records invent nothing", () => {
  fc.assert(
    fc.property(
      fc.array(STEP, { maxLength: 40, size: "max" }),
      fc.array(STEP, { maxLength: 40, size: "max" }),
      fc.array(STEP, { maxLength: 40, size: "max" }),
      (before, missed, after) => {
        const trial = new Trial();
        for (const step of before) trial.do(step);
        trial.miss(missed);
        for (const step of after) trial.do(step);
        for (const { at, hearing } of trial.truth) {
          const invented = trial.told(at).filter((each) =>
            !hearing.includes(each)
          );
          assertEquals(invented, []);
        }
        for (
          const { lost, gaps, disposition, cause, endedBy } of trial.records
        ) {
          if (!lost) continue;
          assert(gaps.length > 0, "a lost end that is in no gap");
          assertEquals([cause, endedBy], [0, undefined]);
          assert(disposition === "connected" || disposition === "unknown");
        }
        for (const record of trial.all) {
          for (const { from, to = Infinity } of record.talks) {
            assert(from <= to, "a talk that ends before it begins");
          }
        }
      },
    ),
  );
});

Deno.test("visits to queues are those of the simulator, whatever happens", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 80, size: "max" }), (steps) => {
      const trial = new Trial();
      let joined = 0;
      for (const step of steps) {
        const before = new Set(trial.simulator.callers);
        trial.do(step);
        joined += trial.simulator.callers.filter((id) => !before.has(id))
          .length;
      }
      const visits = trial.all.flatMap(({ queues }) => queues);
      assertEquals(visits.length, joined);
      assertEquals(
        visits.filter(({ leftAt }) => leftAt === undefined)
          .map(({ leg }) => leg).toSorted(),
        trial.simulator.callers.toSorted(),
      );
      const figures = trial.state.figures.queue("desk")?.sinceStart;
      assertEquals(figures?.offered, joined);
      const left = visits.filter(({ outcome }) => outcome === "abandoned");
      assertEquals(figures?.abandoned, left.length);
    }),
  );
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { AgentPeriod } from "../../../src/live/figures/agent_report.ts";
import type { QueuePeriod } from "../../../src/live/figures/queue_report.ts";
import type { QueueCaller } from "../../../src/live/records/queue_caller.ts";
import { PbxState } from "../../../src/live/state/pbx_state.ts";
import {
  agentFigures,
  CallCentre,
  LEVEL,
  queueFigures,
  SHORT,
  type Step,
  STEPS,
} from "./_call_centre.ts";

/** It is noon, and each trial is over before midnight. */
const NOON = Date.UTC(2026, 5, 15, 12);

const STEP: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...STEPS,
    // A talk needs all of these.
    ...Array<"add">(2).fill("add"),
    ...Array<"call">(3).fill("call"),
    ...Array<"ring" | "answer">(8).fill("ring").fill("answer", 4),
  ),
  // All steps together are less than an hour, and none takes no time, so that pauses count.
  after: fc.integer({ min: 1, max: 25 }),
  choice: fc.nat(1_000),
});

const STEPS_OF_DAY = fc.array(STEP, { maxLength: 120, size: "max" });

/** A call centre that is followed. The clock of this machine is its own. */
class Trial implements Disposable {
  readonly centre = new CallCentre(NOON);
  readonly state: PbxState;
  readonly #now = Date.now;
  #left: QueueCaller[] = [];

  constructor() {
    Date.now = () => this.centre.now;
    this.state = new PbxState({
      dialplan: false,
      onStaleQueue: () => {},
      onLeft: (caller) => this.#left.push(caller),
      onSeveralCalls: () => {},
      figures: { timeZone: "UTC", serviceLevel: LEVEL, shortAbandon: SHORT },
    });
    this.#sync();
  }

  #sync(): void {
    this.state.sync(this.centre.snapshots(), [], true);
  }

  do(step: Step): void {
    // The answer to why a caller left is late, but comes before the caller hangs up.
    if (step.kind !== "again") this.#resolve();
    this.centre.do(step);
    for (const event of this.centre.take()) {
      this.state.apply(String(event.Event), event);
    }
  }

  #resolve(): void {
    for (const caller of this.#left.splice(0)) {
      const status = this.centre.statuses.get(caller.uniqueid);
      this.state.resolveLeave(caller, status);
    }
  }

  /** Does something that nobody hears of. */
  miss(steps: readonly Step[]): void {
    this.#resolve();
    this.state.miss(this.centre.now);
    for (const step of steps) this.centre.do(step);
    this.centre.take();
    this.#sync();
  }

  /** The figures as they were counted, by the names of queues and agents. */
  counted() {
    this.#resolve();
    this.centre.wait(1);
    const { queues, agents, incomplete } = this.state.figures.report();
    return { queues, agents, incomplete };
  }

  /** The figures as they are. */
  get true() {
    const { facts, stretches } = this.centre;
    return {
      queue: (queue: string) =>
        queueFigures(facts.filter((fact) => fact.queue === queue)),
      agent: (agent: string) => agentFigures(agent, facts, stretches),
    };
  }

  [Symbol.dispose](): void {
    Date.now = this.#now;
  }
}

function sorted({ pauses, ...period }: AgentPeriod): AgentPeriod {
  const byReason = pauses.toSorted((one, two) =>
    one.reason.localeCompare(two.reason)
  );
  return { ...period, pauses: byReason.filter(({ total }) => total > 0) };
}

Deno.test("figures of queues and agents are those of what happened, whatever happens", () => {
  fc.assert(
    fc.property(STEPS_OF_DAY, (steps) => {
      using trial = new Trial();
      for (const step of steps) trial.do(step);
      const { queues, agents } = trial.counted();
      assertEquals(queues.map(({ queue }) => queue), ["desk", "sales"]);
      for (const { queue, today, sinceStart, lastHour } of queues) {
        const truth = trial.true.queue(queue);
        assertEquals(today, truth);
        assertEquals(sinceStart, truth);
        const sum = (key: "offered" | "answered" | "abandoned") =>
          lastHour.reduce((sum, minute) => sum + minute[key], 0);
        assertEquals(sum("offered"), truth.offered);
        assertEquals(sum("answered"), truth.answered);
        assertEquals(sum("abandoned"), truth.abandoned);
      }
      for (const { interface: location, today, sinceStart } of agents) {
        const truth = trial.true.agent(location);
        assertEquals(sorted(today), truth);
        assertEquals(sorted(sinceStart), truth);
      }
    }),
    { numRuns: 150 },
  );
});

/** The names of what is more than the truth. */
function invented(
  counted: QueuePeriod | AgentPeriod["times"] | AgentPeriod,
  truth: typeof counted,
): string[] {
  const more: string[] = [];
  const known = new Map(Object.entries(truth));
  for (const [key, value] of Object.entries(counted)) {
    // The shares and averages of incomplete figures are of nothing else.
    if (key === "serviceLevel" || key === "average") continue;
    const real: unknown = known.get(key);
    if (typeof value === "number") {
      if (!(typeof real === "number" && value <= real)) more.push(key);
    } else if (key === "pauses" || value === undefined) continue;
    else {more.push(
        ...invented(value, Object(real)).map((name) => `${key}.${name}`),
      );}
  }
  return more;
}

Deno.test("cut by a gap anywhere, figures count nothing that was not, and say what is missing", () => {
  fc.assert(
    fc.property(
      STEPS_OF_DAY,
      fc.array(STEP, { minLength: 1, maxLength: 40, size: "max" }),
      STEPS_OF_DAY,
      (before, missed, after) => {
        using trial = new Trial();
        for (const step of before) trial.do(step);
        const from = trial.centre.now;
        trial.miss(missed);
        const to = trial.centre.now;
        for (const step of after) trial.do(step);
        const { queues, agents, incomplete } = trial.counted();
        assert(
          incomplete.some((each) => each.from <= from && to <= each.to),
          "the gap is not reported",
        );
        for (const { queue, sinceStart } of queues) {
          assertEquals(invented(sinceStart, trial.true.queue(queue)), []);
        }
        for (const { interface: location, sinceStart } of agents) {
          const truth = trial.true.agent(location);
          const { times } = truth;
          // A talk for a queue that the agent has left looks like any other call, if its beginning was missed.
          const busy = times.busy + times.talking;
          const paused = times.paused + times.talking;
          // Nor is the rest after a talk known whose end was missed.
          const ready = times.ready + times.wrapUp;
          const most = { ...truth, times: { ...times, busy, paused, ready } };
          assertEquals(invented(sinceStart, most), []);
          for (const pause of sinceStart.pauses) {
            const real = truth.pauses.find(({ reason }) =>
              reason === pause.reason
            );
            assert(pause.total <= (real?.total ?? 0), "an invented pause");
            assert(pause.longest <= (real?.longest ?? 0), "a pause too long");
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

/**
 * A call centre of two queues that consists only of its state. What is done to
 * it changes the state, raises the events about it, and is noted as a fact. The
 * figures that follow from the facts are worked out the plain way, a sum over
 * all of them, to be compared with those that were counted.
 *
 * @module
 */

import type { DAMIData } from "../../../mod.ts";
import type { AgentPeriod } from "../../../src/live/figures/agent_report.ts";
import type { QueuePeriod } from "../../../src/live/figures/queue_report.ts";
import type { SpanFigures } from "../../../src/live/figures/span.ts";
import type { Snapshots } from "../../../src/live/state/pbx_state.ts";
import { event, hangup, leg } from "../_frames.ts";

/** The steps that are possible. */
export const STEPS = [
  "call",
  "again",
  "ring",
  "miss",
  "answer",
  "hold",
  "resume",
  "complete",
  "abandon",
  "time-out",
  "press",
  "end",
  "add",
  "remove",
  "pause",
  "unpause",
  "phone",
  "unplug",
] as const;

/** One thing to do: when, and whom it is done to. */
export interface Step {
  readonly kind: (typeof STEPS)[number];
  /** The time since the step before (seconds). */
  readonly after: number;
  readonly choice: number;
}

/** Within how long a caller should be answered, and up to when an abandoned wait is a short one (seconds). */
export const LEVEL = 20;
export const SHORT = 5;

/** The time for which a queue does not ring its members (seconds). */
const WRAP_UP: Readonly<Record<string, number>> = { desk: 5, sales: 0 };

const QUEUES = ["desk", "sales"];
const REASONS = ["", "Lunch"];

/** The states of devices by their numbers. */
const STATUS = { free: 1, busy: 2, unplugged: 5, ringing: 6 } as const;

interface Agent {
  readonly location: string;
  readonly queues: string[];
  status: keyof typeof STATUS;
  paused: { reason: string; in: string[] } | undefined;
  ringsFor: Caller | undefined;
  talksTo: Caller | undefined;
}

interface Caller {
  readonly uniqueid: string;
  /** The queue in which it waits or is served. */
  queue: string;
  joinedAt: number;
  isWaiting: boolean;
  agent: Agent | undefined;
  talksSince: number;
  heldSince: number | undefined;
  held: number;
}

type QueueCount = {
  [Key in keyof QueuePeriod]: QueuePeriod[Key] extends number ? Key : never;
}[keyof QueuePeriod];

/** Something that happened in a queue. */
interface Fact {
  readonly queue: string;
  readonly agent?: string;
  readonly at: number;
  readonly kind: QueueCount | "rung";
  readonly wait?: number;
  readonly talk?: number;
  readonly held?: number;
  readonly rest?: number;
}

/** A time in which an agent was in one state. */
interface Stretch {
  readonly agent: string;
  readonly from: number;
  readonly to: number;
  readonly state: keyof AgentPeriod["times"];
  /** Since when, and why, it was paused. */
  readonly pause: Pause | undefined;
}

interface Pause {
  readonly reason: string;
  readonly since: number;
}

/** The call centre. */
export class CallCentre {
  now: number;
  readonly facts: Fact[] = [];
  readonly stretches: Stretch[] = [];
  /** The reasons why callers left their queues, by `Uniqueid`: the variable `QUEUESTATUS`. */
  readonly statuses = new Map<string, string>();
  readonly #agents = ["one", "two", "three"].map((name): Agent => ({
    location: `SIP/${name}`,
    queues: [],
    status: "free",
    paused: undefined,
    ringsFor: undefined,
    talksTo: undefined,
  }));
  readonly #callers = new Set<Caller>();
  readonly #pauses = new Map<Agent, Pause>();
  readonly #rests = new Map<Agent, number>();
  #events: DAMIData[] = [];
  #serial = 0;

  /** @param now The time (milliseconds since 1970). */
  constructor(now: number) {
    this.now = now;
  }

  /** The events that nobody has taken yet. */
  take(): DAMIData[] {
    return this.#events.splice(0);
  }

  /** The items of its lists. */
  snapshots(): Snapshots {
    const callers = [...this.#callers];
    return {
      channels: callers.flatMap((caller) => [
        ...[{ ...channel(caller), Event: "CoreShowChannel" }],
        ...caller.agent === undefined ? [] : [{
          ...line(caller, caller.agent),
          Event: "CoreShowChannel",
        }],
      ]).map((each) => ({ ...each, Duration: "00:00:00", BridgeId: "" })),
      bridges: [],
      parking: [],
      queues: QUEUES.flatMap((queue) => [
        { Event: "QueueParams", Queue: queue },
        ...this.#agents.filter(({ queues }) => queues.includes(queue))
          .map((agent) => ({
            ...member(agent, queue),
            Event: "QueueMember",
            Name: agent.location,
            Location: agent.location,
          })),
        ...callers.filter((each) => each.isWaiting && each.queue === queue)
          .map((each, index) => ({
            ...channel(each),
            Event: "QueueEntry",
            Queue: queue,
            Position: index + 1,
            Wait: (this.now - each.joinedAt) / 1_000,
          })),
      ]),
    };
  }

  /** Does one thing, if it can be done now. */
  do({ kind, after, choice }: Step): void {
    this.wait(after);
    const pick = <Item>(all: readonly Item[]): Item | undefined =>
      all[choice % Math.max(1, all.length)];
    const callers = [...this.#callers];
    const waiting = pick(callers.filter(({ isWaiting }) => isWaiting));
    const talking = pick(callers.filter(isTalking));
    const idle = pick(
      callers.filter((each) => !each.isWaiting && each.agent === undefined),
    );
    const ringing = pick(this.#agents.filter(({ ringsFor }) => ringsFor));
    const agent = this.#agents[choice % this.#agents.length];
    const queue = QUEUES[choice % QUEUES.length] ?? "";
    switch (kind) {
      case "call":
        return this.#call(queue);
      case "again":
        return idle && this.#join(idle, queue);
      case "ring":
        return waiting && this.#ring(waiting, pick);
      case "miss":
        return ringing && this.#miss(ringing);
      case "answer":
        return ringing && this.#answer(ringing);
      case "hold":
        return talking && this.#hold(talking);
      case "resume":
        return talking && this.#resume(talking);
      case "complete":
        return talking && this.#complete(talking);
      case "abandon":
        return waiting && this.#abandon(waiting);
      case "time-out":
        return waiting && this.#expel(waiting, "timedOut", "TIMEOUT");
      case "press":
        return waiting && this.#expel(waiting, "leftByKey", "");
      case "end":
        return idle && this.#hangUp(idle);
    }
    if (agent === undefined) return;
    switch (kind) {
      case "add":
        return this.#add(agent, queue);
      case "remove":
        return this.#remove(agent, queue);
      case "pause":
        return this.#pause(agent, REASONS[choice % REASONS.length] ?? "");
      case "unpause":
        return this.#unpause(agent);
      case "phone":
      case "unplug": {
        const other = kind === "phone" ? "busy" : "unplugged";
        if (agent.ringsFor !== undefined || agent.talksTo !== undefined) return;
        return this.#setStatus(agent, agent.status === "free" ? other : "free");
      }
    }
  }

  /** Lets some seconds go by, and notes what the agents did in them. */
  wait(seconds: number): void {
    const [from, to] = [this.now, this.now + seconds * 1_000];
    this.now = to;
    for (const agent of this.#agents) {
      const state = stateOf(agent);
      if (state === undefined) continue;
      const pause = this.#pauses.get(agent);
      const rest = state === "ready" ? this.#rests.get(agent) ?? from : from;
      const middle = Math.min(to, Math.max(from, rest));
      const { location } = agent;
      this.stretches.push(
        { agent: location, from, to: middle, state: "wrapUp", pause },
        { agent: location, from: middle, to, state, pause },
      );
    }
  }

  #call(queue: string): void {
    const caller: Caller = {
      uniqueid: `1.${++this.#serial}`,
      queue,
      joinedAt: this.now,
      isWaiting: false,
      agent: undefined,
      talksSince: 0,
      heldSince: undefined,
      held: 0,
    };
    this.#callers.add(caller);
    this.#raise("Newchannel", channel(caller));
    this.#join(caller, queue);
  }

  #join(caller: Caller, queue: string): void {
    Object.assign(caller, { queue, joinedAt: this.now, isWaiting: true });
    this.facts.push({ queue, at: this.now, kind: "offered" });
    this.#raise("QueueCallerJoin", channel(caller), {
      Queue: queue,
      Position: 1,
    });
  }

  #ring(
    caller: Caller,
    pick: <Item>(all: readonly Item[]) => Item | undefined,
  ): void {
    const { queue } = caller;
    const agent = pick(
      this.#agents.filter((each) =>
        each.queues.includes(queue) && each.status === "free" &&
        !each.paused?.in.includes(queue) && caller.agent === undefined
      ),
    );
    if (agent === undefined) return;
    agent.ringsFor = caller;
    caller.agent = agent;
    this.#raise("Newchannel", line(caller, agent, "Ringing"));
    this.facts.push(this.#fact(caller, agent, "rung"));
    this.#raise("AgentCalled", ...about(caller, agent));
    this.#setStatus(agent, "ringing");
  }

  #stopRinging(agent: Agent, caller: Caller): void {
    agent.ringsFor = undefined;
    caller.agent = undefined;
    this.#raise("Hangup", hangup(line(caller, agent), 19));
    this.#setStatus(agent, "free");
  }

  #miss(agent: Agent): void {
    const caller = agent.ringsFor;
    if (caller === undefined) return;
    this.facts.push(this.#fact(caller, agent, "missed"));
    this.#raise("AgentRingNoAnswer", ...about(caller, agent));
    this.#stopRinging(agent, caller);
  }

  #answer(agent: Agent): void {
    const caller = agent.ringsFor;
    if (caller === undefined) return;
    agent.ringsFor = undefined;
    agent.talksTo = caller;
    caller.isWaiting = false;
    Object.assign(caller, {
      talksSince: this.now,
      held: 0,
      heldSince: undefined,
    });
    const wait = this.now - caller.joinedAt;
    this.#raise("Newstate", line(caller, agent));
    this.#raise("QueueCallerLeave", channel(caller), { Queue: caller.queue });
    this.facts.push({ ...this.#fact(caller, agent, "answered"), wait });
    this.#raise("AgentConnect", ...about(caller, agent), {
      HoldTime: wait / 1_000,
    });
    this.#setStatus(agent, "busy");
  }

  #hold(caller: Caller): void {
    if (caller.heldSince !== undefined || caller.agent === undefined) return;
    caller.heldSince = this.now;
    this.#raise("Hold", line(caller, caller.agent));
  }

  #resume(caller: Caller): void {
    if (caller.heldSince === undefined || caller.agent === undefined) return;
    caller.held += this.now - caller.heldSince;
    caller.heldSince = undefined;
    this.#raise("Unhold", line(caller, caller.agent));
  }

  #complete(caller: Caller): void {
    const { agent, queue } = caller;
    if (agent === undefined) return;
    const talk = this.now - caller.talksSince;
    const held = caller.held + this.now - (caller.heldSince ?? this.now);
    const isMember = agent.queues.includes(queue);
    const rest = isMember ? (WRAP_UP[queue] ?? 0) * 1_000 : 0;
    this.facts.push({
      ...this.#fact(caller, agent, "completed"),
      talk,
      held,
      rest,
    });
    this.#raise("AgentComplete", ...about(caller, agent), {
      TalkTime: talk / 1_000,
    });
    if (rest > 0) {
      const known = this.#rests.get(agent) ?? 0;
      this.#rests.set(agent, Math.max(known, this.now + rest));
    }
    agent.talksTo = undefined;
    caller.agent = undefined;
    this.#raise("Hangup", hangup(line(caller, agent)));
    this.#setStatus(agent, "free");
    this.#hangUp(caller);
  }

  #abandon(caller: Caller): void {
    const wait = this.now - caller.joinedAt;
    const { queue, agent } = caller;
    this.facts.push({ queue, at: this.now, kind: "abandoned", wait });
    this.#raise("HangupRequest", channel(caller), { Cause: 16 });
    this.#raise("QueueCallerAbandon", channel(caller), { Queue: queue });
    this.#raise("QueueCallerLeave", channel(caller), { Queue: queue });
    if (agent !== undefined) this.#stopRinging(agent, caller);
    this.#hangUp(caller);
  }

  /** Lets a caller leave a queue and stay on the line. */
  #expel(
    caller: Caller,
    kind: "timedOut" | "leftByKey",
    status: string,
  ): void {
    const wait = this.now - caller.joinedAt;
    const { queue, agent } = caller;
    if (agent !== undefined) this.#stopRinging(agent, caller);
    this.facts.push({ queue, at: this.now, kind, wait });
    if (status !== "") {
      this.#raise("QueueCallerAbandon", channel(caller), { Queue: queue });
    }
    this.#raise("QueueCallerLeave", channel(caller), { Queue: queue });
    this.statuses.set(caller.uniqueid, status);
    caller.isWaiting = false;
  }

  #hangUp(caller: Caller): void {
    this.#callers.delete(caller);
    this.#raise("Hangup", hangup(channel(caller)));
  }

  #add(agent: Agent, queue: string): void {
    if (agent.queues.includes(queue)) return;
    agent.queues.push(queue);
    this.#raise("QueueMemberAdded", member(agent, queue));
  }

  #remove(agent: Agent, queue: string): void {
    const index = agent.queues.indexOf(queue);
    if (index === -1) return;
    agent.queues.splice(index, 1);
    if (agent.paused !== undefined) {
      const rest = agent.paused.in.filter((each) => each !== queue);
      agent.paused = rest.length > 0
        ? { ...agent.paused, in: rest }
        : undefined;
    }
    if (agent.paused === undefined) this.#pauses.delete(agent);
    this.#raise("QueueMemberRemoved", member(agent, queue));
  }

  #pause(agent: Agent, reason: string): void {
    if (agent.paused !== undefined || agent.queues.length === 0) return;
    agent.paused = { reason, in: [...agent.queues] };
    this.#pauses.set(agent, { reason, since: this.now });
    for (const queue of agent.queues) {
      this.#raise("QueueMemberPause", member(agent, queue));
    }
  }

  #unpause(agent: Agent): void {
    if (agent.paused === undefined) return;
    const { paused } = agent;
    agent.paused = undefined;
    this.#pauses.delete(agent);
    for (const queue of paused.in) {
      this.#raise("QueueMemberPause", member(agent, queue));
    }
  }

  #setStatus(agent: Agent, status: Agent["status"]): void {
    agent.status = status;
    for (const queue of agent.queues) {
      this.#raise("QueueMemberStatus", member(agent, queue));
    }
  }

  #fact({ queue }: Caller, { location }: Agent, kind: Fact["kind"]): Fact {
    return { queue, agent: location, at: this.now, kind };
  }

  #raise(name: string, ...parts: Record<string, string | number>[]): void {
    this.#events.push(event(name, ...parts, { Event: name }));
  }
}

function isTalking({ agent, isWaiting }: Caller): boolean {
  return agent !== undefined && !isWaiting;
}

/** Returns the state of an agent; `undefined` if it is in no queue. */
function stateOf(agent: Agent): Stretch["state"] | undefined {
  if (agent.queues.length === 0) return undefined;
  if (agent.talksTo !== undefined) return "talking";
  if (agent.status === "ringing") return "ringing";
  if (agent.paused !== undefined) return "paused";
  if (agent.status === "unplugged") return "unavailable";
  return agent.status === "busy" ? "busy" : "ready";
}

function channel({ uniqueid }: Caller) {
  return leg(uniqueid);
}

/** The channel of an agent in the call of a caller. */
function line({ uniqueid }: Caller, { location }: Agent, state = "Up") {
  return leg(`${uniqueid}${location.length}9`, {
    Channel: `${location}-00000001`,
    ChannelStateDesc: state,
    Linkedid: uniqueid,
  });
}

function about(caller: Caller, { location }: Agent) {
  return [channel(caller), {
    Queue: caller.queue,
    Interface: location,
    MemberName: location,
  }];
}

function member({ location, status, paused, talksTo }: Agent, queue: string) {
  return {
    Queue: queue,
    Interface: location,
    MemberName: location,
    Status: STATUS[status],
    InCall: talksTo?.queue === queue ? 1 : 0,
    Paused: paused?.in.includes(queue) ? 1 : 0,
    PausedReason: paused?.in.includes(queue) ? paused.reason : "",
    Wrapuptime: WRAP_UP[queue] ?? 0,
  };
}

/** Works out the figures of a queue from all that happened in it. */
export function queueFigures(all: readonly Fact[]): QueuePeriod {
  const of = (kind: Fact["kind"]) => all.filter((fact) => fact.kind === kind);
  const count = (kind: Fact["kind"]) => of(kind).length;
  const inTime = of("answered").filter(({ wait = 0 }) => wait <= LEVEL * 1_000);
  const short = of("abandoned").filter(({ wait = 0 }) => wait <= SHORT * 1_000);
  const judged = count("answered") + count("abandoned") - short.length;
  const seconds = of("answered").map(({ wait = 0 }) =>
    Math.min(wait / 1_000, 601)
  );
  return {
    offered: count("offered"),
    answered: count("answered"),
    answeredInTime: inTime.length,
    answeredAfter: Array.from(
      { length: Math.max(0, ...seconds.map((each) => each + 1)) },
      (_, second) => seconds.filter((each) => each === second).length,
    ),
    completed: count("completed"),
    abandoned: count("abandoned"),
    abandonedShort: short.length,
    timedOut: count("timedOut"),
    leftByKey: count("leftByKey"),
    leftEmpty: 0,
    leftOtherwise: 0,
    missed: count("missed"),
    serviceLevel: judged === 0 ? undefined : inTime.length / judged,
    wait: spanOf(all.map(({ wait }) => wait)),
    talk: spanOf(all.map(({ talk }) => talk)),
    hold: spanOf(all.map(({ held }) => held), true),
    wrapUp: spanOf(all.map(({ rest }) => rest), true),
  };
}

/** Works out the figures of an agent from all that happened to it. */
export function agentFigures(
  agent: string,
  facts: readonly Fact[],
  stretches: readonly Stretch[],
): AgentPeriod {
  const all = facts.filter((fact) => fact.agent === agent);
  const own = stretches.filter((stretch) => stretch.agent === agent);
  const count = (kind: Fact["kind"]) =>
    all.filter((fact) => fact.kind === kind).length;
  const time = (state?: Stretch["state"]) =>
    own.filter((each) => state === undefined || each.state === state)
      .reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    rung: count("rung"),
    answered: count("answered"),
    missed: count("missed"),
    talk: spanOf(all.map(({ talk }) => talk)),
    hold: spanOf(all.map(({ held }) => held), true),
    pauses: REASONS.map((reason) => ({ reason, ...pausesFor(reason, own) }))
      .filter((each) => each.count > 0),
    times: {
      loggedIn: time(),
      ready: time("ready"),
      ringing: time("ringing"),
      talking: time("talking"),
      wrapUp: time("wrapUp"),
      paused: time("paused"),
      busy: time("busy"),
      unavailable: time("unavailable"),
    },
  };
}

/** Adds up the pauses for a reason. One that is over at once does not count, as no time is spent in it. */
function pausesFor(reason: string, own: readonly Stretch[]): SpanFigures {
  const lengths = new Map<Pause, number>();
  for (const { pause, from, to } of own) {
    if (pause?.reason !== reason) continue;
    lengths.set(pause, (lengths.get(pause) ?? 0) + to - from);
  }
  return spanOf([...lengths.values()]);
}

function spanOf(
  times: readonly (number | undefined)[],
  isOfSome = false,
): SpanFigures {
  const all = times.filter((time) => time !== undefined)
    .filter((time) => !isOfSome || time > 0);
  const total = all.reduce((sum, time) => sum + time, 0);
  return {
    count: all.length,
    total,
    longest: Math.max(0, ...all),
    average: all.length === 0 ? undefined : total / all.length,
  };
}

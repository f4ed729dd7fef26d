import type {
  Call,
  Channel,
  Queue,
  QueueCaller,
  QueueMember,
} from "@dami/dami/live";
import type {
  AgentShown,
  AgentsShown,
  AgentState,
  CallShown,
  CallsShown,
  QueueShown,
  QueuesShown,
} from "./shown.ts";
import type { Outcomes } from "./tally.ts";

/** How many rows the lists of the page have at most. */
export interface Limits {
  calls: number;
  queues: number;
  agents: number;
}

/** As many as a wall has room for. */
export const LIMITS: Readonly<Limits> = { calls: 12, queues: 6, agents: 12 };

/** What is shown of a PBX. */
export interface Pbx {
  /** The channels by their `Uniqueid`. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** The calls. */
  readonly calls: ReadonlyMap<string, Call>;
  /** The queues by name. */
  readonly queues: ReadonlyMap<string, Queue>;
}

/** Compares names as people do, also those with numbers. */
const byName = new Intl.Collator(undefined, { numeric: true });

/**
 * The calls, the newest first.
 *
 * @param pbx The PBX.
 * @param limit The most rows.
 * @returns What is shown of them.
 */
export function callsOf(pbx: Pbx, limit = LIMITS.calls): CallsShown {
  const calls = [...pbx.calls.values()];
  const waiting = waitingOf(pbx);
  const newest = calls.toSorted((one, other) =>
    other.startedAt - one.startedAt || byName.compare(other.id, one.id)
  );
  return {
    total: calls.length,
    talking: calls.filter(({ state }) => state === "talking").length,
    rows: newest.slice(0, limit).map((call) => callOf(pbx, call, waiting)),
  };
}

/**
 * The queues by name; if there are too many, those with the most callers first.
 *
 * @param pbx The PBX.
 * @param outcomes What became of the callers of a queue.
 * @param limit The most rows.
 * @returns What is shown of them.
 */
export function queuesOf(
  pbx: Pbx,
  outcomes: (queue: string) => Outcomes,
  limit = LIMITS.queues,
): QueuesShown {
  const queues = [...pbx.queues.values()];
  const sorted = queues.toSorted((one, other) =>
    (queues.length > limit ? other.callers.length - one.callers.length : 0) ||
    byName.compare(one.name, other.name)
  );
  const joined = queues.map(longestSinceOf).filter((since) => since !== null);
  return {
    total: queues.length,
    waiting: queues.reduce((sum, { callers }) => sum + callers.length, 0),
    longestSince: earliest(joined),
    rows: sorted.slice(0, limit).map((queue): QueueShown => ({
      name: queue.name,
      waiting: queue.callers.length,
      longestSince: longestSinceOf(queue),
      free: [...queue.members.values()].filter(isFree).length,
      agents: queue.members.size,
      ...outcomes(queue.name),
    })),
  };
}

/**
 * The agents by name: who is a member of several queues is one agent.
 *
 * @param pbx The PBX.
 * @param limit The most rows.
 * @returns What is shown of them.
 */
export function agentsOf(pbx: Pbx, limit = LIMITS.agents): AgentsShown {
  const members = new Map<string, QueueMember[]>();
  for (const queue of pbx.queues.values()) {
    for (const member of queue.members.values()) {
      const known = members.get(member.interface);
      if (known === undefined) members.set(member.interface, [member]);
      else known.push(member);
    }
  }
  const legs = legsOf(pbx);
  const agents = [...members].map(([name, memberships]) =>
    agentOf(memberships, legs.get(name))
  );
  const states = { free: 0, ringing: 0, talking: 0, paused: 0, away: 0 };
  for (const { state } of agents) states[state]++;
  const sorted = agents.toSorted((one, other) =>
    byName.compare(one.name, other.name) ||
    byName.compare(one.interface, other.interface)
  );
  return { total: agents.length, states, rows: sorted.slice(0, limit) };
}

/** Those who wait, by the `Uniqueid` of their channels. */
function waitingOf({ queues }: Pbx): ReadonlyMap<string, QueueCaller> {
  const waiting = new Map<string, QueueCaller>();
  for (const { callers } of queues.values()) {
    for (const caller of callers) waiting.set(caller.uniqueid, caller);
  }
  return waiting;
}

function callOf(
  pbx: Pbx,
  call: Call,
  waiting: ReadonlyMap<string, QueueCaller>,
): CallShown {
  const { id, state } = call;
  const [first, second] = partiesOf(pbx, call);
  const from = first === undefined ? "" : partyName(first);
  const queued = call.channels.map((uniqueid) => waiting.get(uniqueid))
    .find((caller) => caller !== undefined);
  if (queued !== undefined && state !== "talking") {
    const { queue, joinedAt } = queued;
    return { id, from, to: queue, state: "waiting", since: joinedAt };
  }
  return {
    id,
    from,
    to: second === undefined ? first?.exten ?? "" : partyName(second),
    state,
    since: stateSince(call),
  };
}

/** Who takes part; where that is nobody but Local channels, the first of them. */
function partiesOf({ channels }: Pbx, call: Call): readonly Channel[] {
  if (call.parties.length > 0) return call.parties;
  const [id = ""] = call.channels;
  const local = channels.get(id);
  return local === undefined ? [] : [local];
}

/** Since when a call is as it is; since its beginning, if that was not heard. */
function stateSince({ talks, parties, answeredAt, startedAt }: Call): number {
  const [talk] = talks;
  if (talk === undefined) return answeredAt ?? startedAt;
  return parties.some((channel) => isKnown(channel)) ? talk.since : startedAt;
}

/** Whether it was heard that the channel was answered: else it was up before. */
function isKnown({ answeredAt }: Channel): boolean {
  return answeredAt !== undefined;
}

/** Whom a channel belongs to: a name, a number or a device. */
function partyName({ callerIdName, callerIdNum, name }: Channel): string {
  return callerIdName || callerIdNum || deviceOf(name);
}

/** The device of a channel: `PJSIP/6001` of `PJSIP/6001-0000002a`. */
function deviceOf(channel: string): string {
  return channel.replace(/-[^-]*$/, "");
}

/** A channel and the call it is in. */
interface Leg {
  channel: Channel;
  call: Call;
}

/** The channel of each device; if it has several, the one that talks. */
function legsOf({ calls }: Pbx): ReadonlyMap<string, Leg> {
  const legs = new Map<string, Leg>();
  for (const call of calls.values()) {
    for (const channel of call.parties) {
      const device = deviceOf(channel.name);
      if (channel.state === "Up" || !legs.has(device)) {
        legs.set(device, { channel, call });
      }
    }
  }
  return legs;
}

function agentOf(
  memberships: readonly QueueMember[],
  leg: Leg | undefined,
): AgentShown {
  const [member] = memberships;
  if (member === undefined) throw new Error("An agent is in no queue");
  const isPaused = memberships.some((each) => each.isPaused);
  const state = stateOf(memberships, isPaused);
  const reason = memberships.find((each) => each.isPaused)?.pausedReason ?? "";
  return {
    interface: member.interface,
    name: member.name || member.interface,
    state,
    reason,
    isPaused,
    since: sinceOf(state, memberships, leg),
  };
}

function stateOf(
  memberships: readonly QueueMember[],
  isPaused: boolean,
): AgentState {
  const [member] = memberships;
  switch (member?.state) {
    case "INUSE":
    case "BUSY":
    case "RINGINUSE":
    case "ONHOLD":
      return "talking";
    case "RINGING":
      return "ringing";
  }
  if (memberships.some(({ isInCall }) => isInCall)) return "talking";
  if (isPaused) return "paused";
  const isAway = member?.state === "UNAVAILABLE" || member?.state === "INVALID";
  return isAway ? "away" : "free";
}

function sinceOf(
  state: AgentState,
  memberships: readonly QueueMember[],
  leg: Leg | undefined,
): number | null {
  switch (state) {
    case "talking": {
      if (leg === undefined) return null;
      const { channel, call } = leg;
      if (!isKnown(channel)) return channel.createdAt;
      const talk = call.talks.find(({ parties }) =>
        parties.includes(channel.uniqueid)
      );
      return talk?.since ?? channel.createdAt;
    }
    case "ringing":
      return leg?.channel.createdAt ?? null;
    case "paused":
      return latest(memberships.map(({ lastPauseAt }) => lastPauseAt));
    case "free":
      return latest(
        memberships.flatMap(({ lastCallAt, lastPauseAt, loginAt }) => [
          lastCallAt,
          lastPauseAt,
          loginAt,
        ]),
      );
    case "away":
      return null;
  }
}

/** Whether a queue would ring the member. */
function isFree(member: QueueMember): boolean {
  return stateOf([member], member.isPaused) === "free";
}

function longestSinceOf({ callers }: Queue): number | null {
  return earliest(callers.map(({ joinedAt }) => joinedAt));
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0
    ? null
    : times.reduce((one, two) => Math.min(one, two));
}

function latest(times: readonly (number | undefined)[]): number | null {
  return times.reduce<number | null>(
    (last, time) => time === undefined ? last : Math.max(last ?? time, time),
    null,
  );
}

import type { Call, Channel, QueueMember } from "@dami/dami/live";
import { keyOf, latest, type Pbx } from "./pbx.ts";
import type { AgentShown, AgentState } from "./shown.ts";

/** Compares names as people do, also those with numbers. */
const byName = new Intl.Collator(undefined, { numeric: true });

/** A channel and the call it is in. */
interface Leg {
  readonly channel: Channel;
  readonly call: Call;
}

/**
 * Returns the rows of the agents. A member of several queues is one agent.
 *
 * @param pbxs The PBXs.
 * @returns The rows, by name.
 */
export function agentRows(pbxs: readonly Pbx[]): AgentShown[] {
  const rows = pbxs.flatMap((pbx) => {
    const legs = legsOf(pbx);
    return [...membershipsOf(pbx).values()].map((memberships) =>
      agentRow(pbx, memberships, legs)
    );
  });
  tellApart(rows);
  return rows.toSorted((one, other) =>
    byName.compare(one.name, other.name) || byName.compare(one.key, other.key)
  );
}

/**
 * Returns the state of an agent.
 *
 * @param memberships The agent in each queue; at least one.
 * @returns The state.
 */
export function stateOf(memberships: readonly QueueMember[]): AgentState {
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
  if (memberships.some(({ isPaused }) => isPaused)) return "paused";
  const isAway = member?.state === "UNAVAILABLE" || member?.state === "INVALID";
  return isAway ? "away" : "free";
}

/** Returns the queue members of each interface. */
function membershipsOf({ queues }: Pbx): Map<string, QueueMember[]> {
  const memberships = new Map<string, QueueMember[]>();
  for (const { members } of queues.values()) {
    for (const member of members.values()) {
      const known = memberships.get(member.interface);
      if (known === undefined) memberships.set(member.interface, [member]);
      else known.push(member);
    }
  }
  return memberships;
}

/** Returns the channel of each device; if it has several, the one that talks. */
function legsOf({ calls }: Pbx): ReadonlyMap<string, Leg> {
  const legs = new Map<string, Leg>();
  for (const call of calls.values()) {
    for (const channel of call.parties) {
      if (channel.state === "Up" || !legs.has(channel.device)) {
        legs.set(channel.device, { channel, call });
      }
    }
  }
  return legs;
}

function agentRow(
  pbx: Pbx,
  memberships: readonly QueueMember[],
  legs: ReadonlyMap<string, Leg>,
): AgentShown {
  const [member] = memberships;
  if (member === undefined) throw new Error("An agent is in no queue");
  const { name, interface: location, stateInterface } = member;
  const pause = memberships.find(({ isPaused }) => isPaused);
  const state = stateOf(memberships);
  const leg = legs.get(location) ?? legs.get(stateInterface);
  return {
    key: keyOf(pbx, location),
    pbx: pbx.name,
    interface: location,
    name: name || location,
    detail: "",
    state,
    reason: pause?.pausedReason ?? "",
    isPaused: pause !== undefined,
    since: sinceOf(state, memberships, leg),
    queues: memberships.map(({ queue }) => keyOf(pbx, queue)),
  };
}

/** Gives agents of one name in one PBX a detail: the number, or the whole interface where numbers are the same as well. */
function tellApart(rows: readonly AgentShown[]): void {
  for (const namesakes of Map.groupBy(rows, keyOfName).values()) {
    if (namesakes.length === 1) continue;
    const numbers = namesakes.map(({ interface: location }) =>
      location.replace(/^[^/]*\//, "")
    );
    for (const [index, row] of namesakes.entries()) {
      const number = numbers[index] ?? "";
      const isUnique = numbers.indexOf(number) === numbers.lastIndexOf(number);
      row.detail = isUnique ? number : row.interface;
    }
  }
}

function keyOfName({ pbx, name }: AgentShown): string {
  return `${pbx}/${name}`;
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
      // A talk that is older than the wallboard counts from its beginning.
      if (channel.answeredAt === undefined) return channel.createdAt;
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

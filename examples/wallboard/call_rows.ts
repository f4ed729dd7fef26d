import type { Call, Channel, QueueCaller } from "@dami/dami/live";
import { keyOf, type Pbx } from "./pbx.ts";
import type { CallShown, PartyShown } from "./shown.ts";

/** The most calls that are sent to a page. */
export const MAX_CALLS = 500;

/**
 * Returns the queue that a channel has joined, if it has joined one.
 *
 * @param key The key of the channel.
 * @returns The name of the queue.
 */
export type QueueOfChannel = (key: string) => string | undefined;

/** Tables for looking things up for each call of a PBX. */
interface Context {
  readonly pbx: Pbx;
  /** The callers who wait, by the `Uniqueid` of their channels. */
  readonly waiting: ReadonlyMap<string, QueueCaller>;
  /** The names of agents by their devices. */
  readonly agents: ReadonlyMap<string, string>;
  readonly queueOf: QueueOfChannel;
}

/**
 * Returns the rows of the calls: those that wait, the longest first, then the
 * others, the newest first.
 *
 * @param pbxs The PBXs.
 * @param queueOf Returns the queue that a channel has joined.
 * @returns The first {@linkcode MAX_CALLS} rows.
 */
export function callRows(
  pbxs: readonly Pbx[],
  queueOf: QueueOfChannel,
): CallShown[] {
  const rows = pbxs.flatMap((pbx) => {
    const context = { ...lookUp(pbx), pbx, queueOf };
    return [...pbx.calls.values()].map((call) => callRow(call, context));
  });
  return rows.toSorted((one, other) => {
    const isWaiting = one.state === "waiting";
    if (isWaiting !== (other.state === "waiting")) return isWaiting ? -1 : 1;
    const age = one.since - other.since || one.key.localeCompare(other.key);
    return isWaiting ? age : -age;
  }).slice(0, MAX_CALLS);
}

function lookUp({ queues }: Pbx): Pick<Context, "waiting" | "agents"> {
  const waiting = new Map<string, QueueCaller>();
  const agents = new Map<string, string>();
  for (const { callers, members } of queues.values()) {
    for (const caller of callers) waiting.set(caller.uniqueid, caller);
    for (const member of members.values()) {
      agents.set(member.interface, member.name);
    }
  }
  return { waiting, agents };
}

function callRow(call: Call, context: Context): CallShown {
  const { pbx, waiting, queueOf } = context;
  const { id, state, channels } = call;
  const [first, second] = partiesOf(pbx, call);
  const queued = channels.map((uniqueid) => waiting.get(uniqueid))
    .find((caller) => caller !== undefined);
  const isWaiting = queued !== undefined && state !== "talking";
  const joined = queued?.queue ??
    channels.map((uniqueid) => queueOf(keyOf(pbx, uniqueid)))
      .find((queue) => queue !== undefined);
  return {
    key: keyOf(pbx, id),
    pbx: pbx.name,
    from: first === undefined
      ? { name: "", number: "" }
      : partyOf(first, context),
    to: isWaiting
      ? { name: queued.queue, number: "" }
      : second === undefined
      ? { name: "", number: first?.exten ?? "" }
      : partyOf(second, context),
    state: isWaiting ? "waiting" : state,
    since: isWaiting ? queued.joinedAt : stateSince(call),
    queue: joined === undefined ? "" : keyOf(pbx, joined),
  };
}

/** Returns the parties; of a call among Local channels alone, the first channel. */
function partiesOf({ channels }: Pbx, call: Call): readonly Channel[] {
  if (call.parties.length > 0) return call.parties;
  const [id = ""] = call.channels;
  const local = channels.get(id);
  return local === undefined ? [] : [local];
}

/** Returns the start of the state of a call; of the call itself, if that was not heard. */
function stateSince({ talks, parties, answeredAt, startedAt }: Call): number {
  const [talk] = talks;
  if (talk === undefined) return answeredAt ?? startedAt;
  const isHeard = parties.some((channel) => channel.answeredAt !== undefined);
  return isHeard ? talk.since : startedAt;
}

function partyOf(
  { callerIdName, callerIdNum, device }: Channel,
  { agents }: Context,
): PartyShown {
  const number = callerIdNum || device;
  const name = agents.get(device) || callerIdName;
  return { name: name === number ? "" : name, number };
}

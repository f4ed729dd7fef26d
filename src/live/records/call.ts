import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { type Channel, isLocal, otherHalf } from "./channel.ts";
import { kept, text } from "./fields.ts";

/**
 * Where a call is.
 *
 * - `"dialing"`: nobody rings yet, and nobody has answered.
 * - `"ringing"`: a phone rings, and no two parties talk.
 * - `"up"`: somebody has answered, and no two parties talk: a voice menu, a
 *   queue, a conference with nobody else.
 * - `"talking"`: two or more parties hear each other.
 * - `"held"`: the same, and one of them has the others on hold.
 * - `"parked"`: a party is parked, and no two talk.
 */
export type CallState =
  | "dialing"
  | "ringing"
  | "up"
  | "talking"
  | "held"
  | "parked";

/** Parties that hear each other. */
export interface Talk {
  /** The `Uniqueid` of each, in the order of {@linkcode Call.parties}. */
  readonly parties: readonly string[];
  /** Since when these and no others do, or since when that is known (milliseconds since 1970). */
  readonly since: number;
}

/** A transfer of a call. */
export interface Transfer {
  /** Whether the transferer spoke to the target before. */
  readonly kind: "blind" | "attended";
  /** The name of the channel that transferred. */
  readonly by: string;
  /** Where to: `exten@context`, or the name of a channel; empty if not known. */
  readonly to: string;
  /** When (milliseconds since 1970). */
  readonly at: number;
}

/**
 * A call: all channels of one `Linkedid`. A record is never changed, it is
 * replaced.
 *
 * A Local channel is a wire and no party: it is not counted, and those at its
 * two ends talk to each other.
 */
export interface Call {
  /** The `Linkedid`. When calls become one, one of them goes on. */
  readonly id: string;
  /** Where it is. */
  readonly state: CallState;
  /** The channels that take part, in the order in which they came. Halves of Local channels are none. */
  readonly parties: readonly Channel[];
  /** Who talks to whom. */
  readonly talks: readonly Talk[];
  /** The transfers so far, the oldest first. */
  readonly transfers: readonly Transfer[];
  /** The `Uniqueid` of every channel, halves of Local channels too. */
  readonly channels: readonly string[];
  /** When it began (milliseconds since 1970). */
  readonly startedAt: number;
  /** When the first party was up (`undefined`: not yet); what was answered before the first snapshot counts from there. */
  readonly answeredAt: number | undefined;
  /** When two parties talked first (`undefined`: not yet). */
  readonly connectedAt: number | undefined;
  /** The hang-up cause of the channel that it began with, or else of the last one that told any; 0 if none did. */
  readonly cause: number;
  /** The cause in words. */
  readonly causeText: string;
}

/** The changes of a call. */
export interface CallChanges {
  /** A call has begun. */
  "call-started": { readonly call: Call };
  /** A party of a call is up, the first one. */
  "call-answered": { readonly call: Call };
  /** Two parties of a call talk, for the first time. */
  "call-connected": { readonly call: Call };
  /** A party has put the others on hold. */
  "call-held": { readonly call: Call };
  /** Nobody has the others on hold any more. */
  "call-resumed": { readonly call: Call };
  /** A party of a call is parked. */
  "call-parked": { readonly call: Call };
  /** No party of a call is parked any more. */
  "call-unparked": { readonly call: Call };
  /** A call was transferred. */
  "call-transferred": { readonly call: Call; readonly transfer: Transfer };
  /** Two calls have become one: `from` is no more, and did not end. */
  "call-merged": { readonly call: Call; readonly from: Call };
  /** Anything else about a call is new: its parties, its state, who talks to whom. */
  "call-changed": { readonly call: Call; readonly before: Call };
  /** A call is over. */
  "call-ended": {
    /** The call as it was last. */
    readonly call: Call;
    /** The hang-up cause (Q.850); 0 if none is known. */
    readonly cause: number;
    /** The cause in words. */
    readonly causeText: string;
    /** Whether anybody had answered. */
    readonly answered: boolean;
    /** Whether its end was missed, as the connection was lost: then the cause is not known. */
    readonly lost: boolean;
  };
}

/** The events that tell of transfers. */
export const TRANSFER_EVENTS = ["BlindTransfer", "AttendedTransfer"] as const;

/** What has to be known besides the channels to make a call of them. */
export interface CallContext {
  /** When it came to be so. */
  readonly at: number;
  /** The call before, if there was one. */
  readonly previous: Call | undefined;
}

/**
 * A call as its channels make it.
 *
 * @param id Its `Linkedid`.
 * @param channels Its channels, in the order in which they came; at least one.
 * @param context The call before, and the time.
 * @returns The call.
 */
export function callOf(
  id: string,
  channels: readonly Channel[],
  { at, previous }: CallContext,
): Call {
  // The copies have no room to spare, which arrays that have grown have.
  const parties = channels.some(isLocal)
    ? channels.filter((channel) => !isLocal(channel)).slice()
    : channels.slice();
  const talks = talksOf(channels, parties, previous?.talks ?? NONE, at);
  // A call among Local channels alone is answered when one of them is.
  const answering = parties.length > 0 ? parties : channels;
  const upAt = answering.find(({ state }) => state === "Up")?.answeredAt;
  const isUp = answering.some(({ state }) => state === "Up");
  return {
    id,
    state: stateOf(answering, talks, isUp),
    parties,
    talks,
    transfers: previous?.transfers ?? NONE,
    channels: idsOf(channels, previous?.channels),
    startedAt: previous?.startedAt ??
      channels.reduce((min, each) => Math.min(min, each.createdAt), Infinity),
    answeredAt: previous?.answeredAt ?? (isUp ? upAt ?? at : undefined),
    connectedAt: previous?.connectedAt ?? talks[0]?.since,
    cause: previous?.cause ?? 0,
    causeText: previous?.causeText ?? "",
  };
}

/** Shared by all that have none. */
const NONE: readonly never[] = [];

/** The ids of channels; the same array as before if they are the same. */
function idsOf(
  channels: readonly Channel[],
  previous: readonly string[] = NONE,
): readonly string[] {
  const isSame = previous.length === channels.length &&
    channels.every(({ uniqueid }, index) => uniqueid === previous[index]);
  return isSame ? previous : channels.map(({ uniqueid }) => uniqueid);
}

function stateOf(
  parties: readonly Channel[],
  talks: readonly Talk[],
  isUp: boolean,
): CallState {
  if (talks.length > 0) {
    return parties.some(({ heldSince }) => heldSince !== undefined)
      ? "held"
      : "talking";
  }
  if (parties.some(({ parking }) => parking !== undefined)) return "parked";
  if (parties.some(({ state }) => state === "Ringing")) return "ringing";
  return isUp ? "up" : "dialing";
}

/** Who hears whom: channels in one bridge, and through Local channels those in the next. */
function talksOf(
  channels: readonly Channel[],
  parties: readonly Channel[],
  previous: readonly Talk[],
  at: number,
): readonly Talk[] {
  if (parties.length < 2) return NONE;
  const [one, two] = parties;
  // Almost every call is one of two channels.
  if (channels.length === 2 && one !== undefined && two !== undefined) {
    if (one.bridgeId === "" || one.bridgeId !== two.bridgeId) return NONE;
    const [talk] = previous;
    const isSame = talk?.parties[0] === one.uniqueid &&
      talk.parties[1] === two.uniqueid;
    return isSame
      ? previous
      : [{ parties: [one.uniqueid, two.uniqueid], since: at }];
  }
  const bridgeOf = joinedBridges(channels, parties.length);
  const groups = new Map<string, string[]>();
  for (const { uniqueid, bridgeId } of parties) {
    if (bridgeId === "") continue;
    const bridge = bridgeOf(bridgeId);
    const group = groups.get(bridge);
    if (group === undefined) groups.set(bridge, [uniqueid]);
    else group.push(uniqueid);
  }
  const talks: Talk[] = [];
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    talks.push(
      previous.find((talk) => isSameGroup(talk.parties, group)) ??
        { parties: group.slice(), since: at },
    );
  }
  const isSame = talks.length === previous.length &&
    talks.every((talk, index) => talk === previous[index]);
  return isSame ? previous : talks.slice();
}

function isSameGroup(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length &&
    one.every((uniqueid, index) => uniqueid === two[index]);
}

/** Which bridge stands for a bridge and all that Local channels join to it. */
function joinedBridges(
  channels: readonly Channel[],
  parties: number,
): (bridgeId: string) => string {
  if (channels.length === parties) return (bridgeId) => bridgeId;
  const joined = new Map<string, string>();
  const find = (bridgeId: string): string => {
    const next = joined.get(bridgeId);
    return next === undefined ? bridgeId : find(next);
  };
  const halves = new Map(
    channels.filter(isLocal).map((half) => [half.name, half]),
  );
  for (const [name, { bridgeId }] of halves) {
    if (!name.endsWith(";1")) continue;
    const other = halves.get(otherHalf(name))?.bridgeId ?? "";
    if (bridgeId === "" || other === "") continue;
    const [one, two] = [find(bridgeId), find(other)];
    if (one !== two) joined.set(one, two);
  }
  return find;
}

/**
 * A call after one of its channels was hung up.
 *
 * @param call The call.
 * @param uniqueid The channel.
 * @param event `Hangup`.
 * @returns The call.
 */
export function withCause(
  call: Call,
  uniqueid: string,
  event: DAMIData,
): Call {
  const cause = Number(event.Cause ?? 0);
  if (!(cause > 0)) return call;
  // The channel that it began with has the last word.
  const isOverruled = call.cause !== 0 && uniqueid !== call.id &&
    !call.channels.includes(call.id);
  if (isOverruled) return call;
  return { ...call, cause, causeText: kept(text(event["Cause-txt"])) };
}

/**
 * What a call takes over from another that becomes one with it.
 *
 * @param call The one that goes on.
 * @param other The one that does not.
 * @returns The call.
 */
export function merged(call: Call, other: Call): Call {
  return {
    ...call,
    startedAt: Math.min(call.startedAt, other.startedAt),
    answeredAt: earlier(call.answeredAt, other.answeredAt),
    connectedAt: earlier(call.connectedAt, other.connectedAt),
    transfers: [...call.transfers, ...other.transfers]
      .sort((one, two) => one.at - two.at),
  };
}

function earlier(
  one: number | undefined,
  two: number | undefined,
): number | undefined {
  if (one === undefined || two === undefined) return one ?? two;
  return Math.min(one, two);
}

/**
 * The transfer that an event tells of.
 *
 * @param event One of {@linkcode TRANSFER_EVENTS}.
 * @param at When it was raised.
 * @returns The transfer; `undefined` if it failed.
 */
export function transferOf(
  event: DAMIData,
  at: number,
): Transfer | undefined {
  if (event.Result !== "Success") return undefined;
  if (event.Event === "BlindTransfer") {
    return {
      kind: "blind",
      by: kept(text(event.TransfererChannel)),
      to: kept(`${text(event.Extension)}@${text(event.Context)}`),
      at,
    };
  }
  const target = event.TransferTargetChannel ?? event.DestApp ??
    event.SecondTransfererConnectedLineNum;
  return {
    kind: "attended",
    by: kept(text(event.OrigTransfererChannel)),
    to: kept(text(target)),
    at,
  };
}

/** How a call came to be no more, or another. */
export interface CallChangeOptions {
  /** When it came to be so. */
  readonly at: number;
  /** Whether its end was missed. */
  readonly lost?: boolean;
}

/**
 * What the difference between two records of a call means.
 *
 * @param before The call before; `undefined` if there was none.
 * @param after The call after; `undefined` if it is over.
 * @param options When and how it came to be so.
 * @returns The changes.
 */
export function callChanges(
  before: Call | undefined,
  after: Call | undefined,
  { at, lost = false }: CallChangeOptions,
): ChangeOf<CallChanges>[] {
  if (before === after) return [];
  if (after === undefined) {
    return before === undefined ? [] : [{
      type: "call-ended",
      at,
      call: before,
      cause: lost ? 0 : before.cause,
      causeText: lost ? "" : before.causeText,
      answered: before.answeredAt !== undefined,
      lost,
    }];
  }
  const call = after;
  const changes: ChangeOf<CallChanges>[] = [];
  if (before === undefined) changes.push({ type: "call-started", at, call });
  if (before?.answeredAt === undefined && call.answeredAt !== undefined) {
    changes.push({ type: "call-answered", at, call });
  }
  if (before?.connectedAt === undefined && call.connectedAt !== undefined) {
    changes.push({ type: "call-connected", at, call });
  }
  if (before?.state !== "held" && call.state === "held") {
    changes.push({ type: "call-held", at, call });
  }
  if (before?.state === "held" && call.state === "talking") {
    changes.push({ type: "call-resumed", at, call });
  }
  const wasParked = before !== undefined && isParked(before);
  if (!wasParked && isParked(call)) {
    changes.push({ type: "call-parked", at, call });
  }
  if (wasParked && !isParked(call)) {
    changes.push({ type: "call-unparked", at, call });
  }
  const known = before?.transfers ?? NONE;
  if (known !== call.transfers) {
    for (const transfer of call.transfers) {
      if (known.includes(transfer)) continue;
      changes.push({ type: "call-transferred", at, call, transfer });
    }
  }
  if (before !== undefined && changes.length === 0) {
    changes.push({ type: "call-changed", at, call, before });
  }
  return changes;
}

function isParked({ parties }: Call): boolean {
  return parties.some(({ parking }) => parking !== undefined);
}

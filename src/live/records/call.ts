import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { type Channel, isLocal } from "./channel.ts";
import type { CallRecord } from "./call_record.ts";
import type { EndedCallRecord } from "./ended_record.ts";
import { number, text } from "./fields.ts";
import { type Surroundings, type Talk, talksOf } from "./talk.ts";
import type { Transfer } from "./transfer.ts";
import { earlier } from "./earlier.ts";

/**
 * The state of a call.
 *
 * - `"dialing"`: nobody rings yet, and nobody has answered.
 * - `"ringing"`: a phone rings, and no two parties talk.
 * - `"up"`: somebody has answered, and no party hears another: a voice menu, a
 *   queue, a conference with nobody else.
 * - `"talking"`: a party hears another, of this call or of another one in the
 *   same conference.
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

/**
 * A call: all channels of one `Linkedid`, except those that Asterisk makes for
 * itself. A record is never changed, it is replaced.
 *
 * A Local channel is a wire and not a party: it is not counted, and the parties
 * at its two ends talk to each other.
 */
export interface Call {
  /** The `Linkedid`. When calls become one, one of them goes on. */
  readonly id: string;
  /** Its state. */
  readonly state: CallState;
  /** The channels that take part, in the order in which they came, without halves of Local channels. */
  readonly parties: readonly Channel[];
  /** The groups of parties that hear each other. */
  readonly talks: readonly Talk[];
  /** The transfers so far, the oldest first. */
  readonly transfers: readonly Transfer[];
  /** The `Uniqueid` of every channel, halves of Local channels too. */
  readonly channels: readonly string[];
  /** The time at which it began (milliseconds since 1970). */
  readonly startedAt: number;
  /** The time at which the first party was up (`undefined`: not yet); what was answered before the first snapshot counts from there. */
  readonly answeredAt: number | undefined;
  /** The time at which a party first heard another (`undefined`: not yet). */
  readonly connectedAt: number | undefined;
  /**
   * The hang-up cause; 0 while the call lasts, and if no channel had any: that
   * of the channel that the call began with, or of the last one if that
   * left before, such as by a transfer.
   */
  readonly cause: number;
  /** The cause in words. */
  readonly causeText: string;
  /** Its story so far. It grows: it is the same object in all records of one call, and that of `call-ended` is complete. */
  readonly record: CallRecord;
}

/** The changes of a call. */
export interface CallChanges {
  /** A call has begun. */
  "call-started": { readonly call: Call };
  /** A party of a call is up, the first one. */
  "call-answered": { readonly call: Call };
  /** A party of a call hears another, for the first time. */
  "call-connected": { readonly call: Call };
  /** A party has put the others on hold, the first one. */
  "call-held": { readonly call: Call };
  /** No party has others on hold any more. Each `call-held` is followed by this, or by the end of the call. */
  "call-resumed": { readonly call: Call };
  /** A party of a call is parked. */
  "call-parked": { readonly call: Call };
  /** No party of a call is parked any more. */
  "call-unparked": { readonly call: Call };
  /** A call was transferred. */
  "call-transferred": { readonly call: Call; readonly transfer: Transfer };
  /** A call has become part of another one, which survives. No `call-ended` follows. */
  "call-merged": {
    /** The call that is gone, as it was last. */
    readonly call: Call;
    /** The call that goes on with its channels. */
    readonly into: Call;
  };
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
    /** `true` if anything had answered, even a menu or voicemail; `disposition` in `record` has the outcome of the call. */
    readonly answered: boolean;
    /** `true` if its end was missed because the connection was lost: then the cause is unknown. */
    readonly lost: boolean;
    /** Its story: who rang, talked and waited, for how long, and what became of it. */
    readonly record: EndedCallRecord;
  };
}

/** The circumstances in which channels make a call. */
export interface CallContext {
  /** The time at which they do. */
  readonly at: number;
  /** The call before, if there was one. */
  readonly previous: Call | undefined;
  /** Everything that it can be connected with. */
  readonly surroundings: Surroundings;
  /** Its story. */
  readonly record: CallRecord;
}

/**
 * Makes a call of its channels.
 *
 * @param id Its `Linkedid`.
 * @param channels Its channels, in the order in which they came; at least one. It keeps the array.
 * @param context The call before, and the time.
 * @returns The call.
 */
export function callOf(
  id: string,
  channels: readonly Channel[],
  { at, previous, surroundings, record }: CallContext,
): Call {
  // Arrays that have grown have spare capacity; copies of them have none.
  const parties = channels.some(isLocal)
    ? channels.filter((channel) => !isLocal(channel)).slice()
    : channels;
  const talks = talksOf(parties, {
    surroundings,
    previous: previous?.talks ?? NONE,
    at,
  });
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
    cause: 0,
    causeText: "",
    record,
  };
}

/** Shared by all calls that have none of something. */
const NONE: readonly never[] = [];

/** Returns the ids of channels; the same array as before if they are the same. */
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

/** A hang-up cause. */
export interface Cause {
  /** Its number (Q.850). */
  readonly cause: number;
  /** The cause in words. */
  readonly causeText: string;
}

/** The cause of a channel whose own phone hung up (`AST_CAUSE_NORMAL_CLEARING`). */
const NORMAL_CLEARING: Cause = {
  cause: 16,
  causeText: "Normal Clearing",
};

/** The cause of a SIP phone that cancels its call (`AST_CAUSE_INTERWORKING`). */
const INTERWORKING = 127;

/** The causes for which a call is not answered: a party that is up has them of whom it called before. */
const OF_OTHERS: ReadonlySet<number> = new Set([3, 17, 18, 19, 20, 21, 34]);

/**
 * Returns the cause of a channel that was hung up.
 *
 * Asterisk copies the cause of whom it called to the caller's channel: of a
 * caller who hung up while agents were busy it says "User busy". A phone that
 * hung up by itself has its own cause.
 *
 * @param event `Hangup`.
 * @param request The cause in the `HangupRequest` of the channel; `undefined` if there was none.
 * @returns The cause; `undefined` if there is none.
 */
export function causeOf(
  event: DAMIData,
  request: number | undefined,
): Cause | undefined {
  const cause = number(event.Cause);
  const isOwn = request === cause && cause > 0 && cause !== INTERWORKING &&
    !(event.ChannelStateDesc === "Up" && OF_OTHERS.has(cause));
  if (request !== undefined && !isOwn) {
    return NORMAL_CLEARING;
  }
  if (cause <= 0) return undefined;
  return { cause, causeText: text(event["Cause-txt"]) };
}

/**
 * Adds what a call takes over from another that is merged into it.
 *
 * @param call The call that goes on.
 * @param other The call that does not.
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

/**
 * Returns the changes between two records of a call.
 *
 * @param before The call before; `undefined` if it is new.
 * @param call The call after.
 * @param at When it changed.
 * @returns The changes.
 */
export function callChanges(
  before: Call | undefined,
  call: Call,
  at: number,
): ChangeOf<CallChanges>[] {
  if (before === call) return [];
  const wasHeld = before !== undefined && isHeld(before);
  const held = isHeld(call);
  const wasParked = before !== undefined && isParked(before);
  const parked = isParked(call);
  const known = before?.transfers ?? NONE;
  const transfers = known === call.transfers
    ? NONE
    : call.transfers.filter((transfer) => !known.includes(transfer));
  const isAnswered = call.answeredAt !== undefined &&
    before?.answeredAt === undefined;
  const isConnected = call.connectedAt !== undefined &&
    before?.connectedAt === undefined;
  const isStep = isAnswered || isConnected || held !== wasHeld ||
    parked !== wasParked || transfers.length > 0;
  if (before !== undefined && !isStep) {
    return [{ type: "call-changed", at, call, before }];
  }
  const changes: ChangeOf<CallChanges>[] = [];
  if (before === undefined) changes.push({ type: "call-started", at, call });
  if (isAnswered) changes.push({ type: "call-answered", at, call });
  if (isConnected) changes.push({ type: "call-connected", at, call });
  // Who is held is not always talked to: the holder calls somebody else.
  if (held && !wasHeld) changes.push({ type: "call-held", at, call });
  if (wasHeld && !held) changes.push({ type: "call-resumed", at, call });
  if (parked && !wasParked) changes.push({ type: "call-parked", at, call });
  if (wasParked && !parked) changes.push({ type: "call-unparked", at, call });
  for (const transfer of transfers) {
    changes.push({ type: "call-transferred", at, call, transfer });
  }
  return changes;
}

/**
 * Returns the change that reports the end of a call.
 *
 * @param call The call as it was last.
 * @param record Its story.
 * @param at The time of the change (milliseconds since 1970).
 * @returns The change.
 */
export function callEnded(
  call: Call,
  record: EndedCallRecord,
  at: number,
): ChangeOf<CallChanges, "call-ended"> {
  const { lost } = record;
  return {
    type: "call-ended",
    at,
    call,
    cause: lost ? 0 : call.cause,
    causeText: lost ? "" : call.causeText,
    answered: call.answeredAt !== undefined,
    lost,
    record,
  };
}

function isHeld({ parties }: Call): boolean {
  return parties.some(({ heldSince }) => heldSince !== undefined);
}

function isParked({ parties }: Call): boolean {
  return parties.some(({ parking }) => parking !== undefined);
}

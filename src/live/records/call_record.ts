import type { CallLeg } from "./call_leg.ts";
import type { CallDirection } from "./direction.ts";
import type { QueueVisit } from "./queue_visit.ts";
import type { Transfer } from "./transfer.ts";

/** A stretch of time within a call. */
export interface Stretch {
  /** Its beginning (milliseconds since 1970). */
  readonly from: number;
  /** Its end (milliseconds since 1970); `undefined` while it lasts. Where the end was missed, the time at which it was last known. */
  readonly to: number | undefined;
}

/** Parties that heard each other. */
export interface RecordedTalk extends Stretch {
  /** The `Uniqueid` of each, those of other calls too. Of a conference, everybody who was in it meanwhile, at most 50. */
  readonly parties: readonly string[];
  /** The name of the conference; `undefined` if it was none. */
  readonly conference: string | undefined;
}

/** A party that had others on hold. */
export interface RecordedHold extends Stretch {
  /** The `Uniqueid` of the party that held. */
  readonly leg: string;
}

/** A party that was parked. */
export interface RecordedParking extends Stretch {
  /** The `Uniqueid` of the party that was parked. */
  readonly leg: string;
  /** The parking lot. */
  readonly lot: string;
  /** The space in it. */
  readonly space: string;
}

/** The stay of a party in a conference, alone or with others. */
export interface RecordedConference extends Stretch {
  /** The `Uniqueid` of the party. */
  readonly leg: string;
  /** The name of the conference. */
  readonly name: string;
}

/** A recording by `MixMonitor`. No event reports its file. */
export interface Recording extends Stretch {
  /** The `Uniqueid` of the channel that was recorded. */
  readonly leg: string;
}

/** A visit to voicemail. */
export interface VoicemailVisit {
  /** The mailbox, such as `6001@default`. */
  readonly mailbox: string;
  /** The time at which it took the call (milliseconds since 1970). */
  readonly at: number;
}

/**
 * A `Dial()` that made no channel: nobody of whom it named could be reached, such
 * as a phone that is not registered.
 */
export interface UnreachedDial {
  /** The `Uniqueid` of the channel that dialled. Half of a Local channel is not among the legs. */
  readonly by: string;
  /** The devices as they were dialled, such as `PJSIP/6001`; several are joined by `&`. */
  readonly to: string;
  /** The time at which the dialplan went on (milliseconds since 1970). */
  readonly at: number;
  /** `true` if the call had been answered by then, such as by a menu. */
  readonly wasAnswered: boolean;
}

/** A call that became part of another one, such as a consultation. */
export interface MergedCall {
  /** Its `Linkedid`. */
  readonly id: string;
  /** The extension that was dialled; empty if unknown. */
  readonly dialed: string;
  /** The time at which it became part of the other (milliseconds since 1970). */
  readonly at: number;
}

/** An interval in which events of a call were missed: of what happened in it, the record knows nothing. */
export interface RecordGap {
  /** The time at which everything was last known (milliseconds since 1970). */
  readonly from: number;
  /** The time from which everything is known again; the end of the call, if that was missed. */
  readonly to: number;
}

/**
 * The story of a call. Unlike other records it grows: it stays the same object
 * while the call lasts, and is changed as things happen. Times are milliseconds
 * since 1970.
 *
 * Of legs, talks and everything else that is listed the record keeps 100 of
 * each at most, so that a call to a queue that rings for hours stays small.
 * What is left out first are legs that rang unanswered.
 */
export interface CallRecord {
  /** The `Linkedid`. */
  readonly id: string;
  /** The time at which it began. */
  readonly startedAt: number;
  /** The time at which the first party was up; `undefined` if none is, or it was before the first snapshot. */
  readonly answeredAt: number | undefined;
  /** The party that called. Of a call that an action makes, the first phone that it rings. */
  readonly caller: CallLeg | undefined;
  /** The extension that was dialled: the first one in which the caller is; empty if unknown. */
  readonly dialed: string;
  /** The direction of the call; `undefined` without the option `trunks`. */
  readonly direction: CallDirection | undefined;
  /**
   * The legs, in the order in which they came. Halves of Local channels are
   * left out, unless the call has nothing else.
   */
  readonly legs: readonly CallLeg[];
  /** Number of legs that were left out because there were too many. */
  readonly omittedLegs: number;
  /** The party that was rung and answered, the first one; `undefined` if none did. */
  readonly answeredBy: CallLeg | undefined;
  /** The talks: who heard whom. */
  readonly talks: readonly RecordedTalk[];
  /** The holds: who had the others on hold. No snapshot shows them, so holds that began before the first one are unknown. */
  readonly holds: readonly RecordedHold[];
  /** The parked parties, and where each was parked. */
  readonly parkings: readonly RecordedParking[];
  /** The conferences, and who was in them. */
  readonly conferences: readonly RecordedConference[];
  /** The queues in which a party waited. */
  readonly queues: readonly QueueVisit[];
  /** The transfers. */
  readonly transfers: readonly Transfer[];
  /** The calls that became part of this one. */
  readonly merged: readonly MergedCall[];
  /** The recordings by `MixMonitor`, as of Asterisk 16.17 and 18.3. */
  readonly recordings: readonly Recording[];
  /** The visits to voicemail; always empty without the option `dialplan`. */
  readonly voicemails: readonly VoicemailVisit[];
  /** The devices that were dialled and could not be reached; always empty without the option `dialplan`. Of a group of which others rang, no event reports them. */
  readonly unreached: readonly UnreachedDial[];
  /** The party that hung up by itself last, and did not only leave the others to each other; `undefined` if none did. */
  readonly hungUpBy: CallLeg | undefined;
  /** The intervals in which events of the call were missed. */
  readonly gaps: readonly RecordGap[];
}

/** A stretch of which some fields can be set. */
export type Growing<
  Type extends Stretch,
  Keys extends keyof Type = "to",
> = Omit<Type, Keys> & { -readonly [Key in Keys]: Type[Key] };

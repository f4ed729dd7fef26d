import { type Bridge, isMerging, isMixing } from "../records/bridge.ts";
import type { Growing, Stretch } from "../records/call_record.ts";
import type { Channel } from "../records/channel.ts";
import { extended, type GrowingRecord } from "../records/growing_record.ts";

/** The stay of a leg somewhere. */
type Stay = Growing<Stretch & { readonly leg: string }>;

/** The circumstances of a new stay. */
export interface StayContext {
  /** The time (milliseconds since 1970). */
  readonly at: number;
  /** All bridges by id. */
  readonly bridges: ReadonlyMap<string, Bridge>;
}

/** The applications that take messages, in lower case. */
const VOICEMAIL: ReadonlySet<string> = new Set(["voicemail", "minivmrecord"]);

/**
 * Notes that a leg holds, is parked, or is in a conference or in voicemail, or
 * no longer is.
 *
 * @param record The record of its call.
 * @param before The channel before; `undefined` if it is new.
 * @param after The channel after.
 * @param context When, and the bridges.
 */
export function beginStay(
  record: GrowingRecord,
  before: Channel | undefined,
  after: Channel,
  { at, bridges }: StayContext,
): void {
  const { uniqueid: leg, heldSince, parking, bridgeId } = after;
  if (before?.heldSince !== heldSince) {
    // One that was cut by a gap goes on as the channel's, and not as known.
    const isOpen = heldSince !== undefined &&
      (isIn(record.holds, leg) ||
        (before === undefined && hasBegun(record.holds, leg, heldSince)));
    if (!isOpen) close(record.holds, leg, at);
    if (heldSince !== undefined && !isOpen) {
      record.holds = extended(record.holds, {
        leg,
        from: heldSince,
        to: undefined,
      });
    }
  }
  if (before?.parking !== parking) {
    const isOpen = parking !== undefined &&
      record.parkings.some((each) =>
        each.leg === leg && each.to === undefined &&
        each.lot === parking.lot && each.space === parking.space
      );
    if (!isOpen) close(record.parkings, leg, at);
    if (parking !== undefined && !isOpen) {
      const { lot, space, since: from } = parking;
      const stay = { leg, lot, space, from, to: undefined };
      record.parkings = extended(record.parkings, stay);
    }
  }
  if (before?.bridgeId !== bridgeId) {
    const bridge = bridges.get(bridgeId);
    const isConference = bridge !== undefined && isConferenceRoom(bridge);
    const { name = "" } = bridge ?? {};
    const isOpen = isConference &&
      record.conferences.some((each) =>
        each.leg === leg && each.to === undefined && each.name === name
      );
    if (!isOpen) close(record.conferences, leg, at);
    if (isConference && !isOpen) {
      const stay = { leg, name, from: at, to: undefined };
      record.conferences = extended(record.conferences, stay);
    }
  }
  const { application, applicationData } = after;
  const isVoicemail = application !== before?.application &&
    VOICEMAIL.has(application.toLowerCase());
  if (isVoicemail) {
    const [mailbox = ""] = applicationData.split(",");
    const isKnown = record.voicemails.some((each) => each.mailbox === mailbox);
    if (isKnown) return;
    record.voicemails = extended(record.voicemails, { mailbox, at });
  }
}

/**
 * Notes that a leg is recorded.
 *
 * @param record The record of its call.
 * @param leg Its `Uniqueid`.
 * @param at When (milliseconds since 1970).
 */
export function beginRecording(
  record: GrowingRecord,
  leg: string,
  at: number,
): void {
  // It may be reported once more, after a snapshot.
  if (record.recordings.some(({ from }) => from === at)) return;
  const begun = { leg, from: at, to: undefined };
  record.recordings = extended(record.recordings, begun);
}

/**
 * Notes that a recording of a leg is over.
 *
 * @param record The record of its call.
 * @param leg Its `Uniqueid`.
 * @param at When (milliseconds since 1970).
 */
export function endRecording(
  record: GrowingRecord,
  leg: string,
  at: number,
): void {
  const open = record.recordings.find((each) =>
    each.leg === leg && each.to === undefined
  );
  if (open !== undefined) open.to = at;
}

/**
 * Ends the hold of a leg.
 *
 * @param record The record of its call.
 * @param leg Its `Uniqueid`.
 * @param at When (milliseconds since 1970).
 */
export function endHold(record: GrowingRecord, leg: string, at: number): void {
  close(record.holds, leg, at);
}

/**
 * Ends the stays of a leg that is gone.
 *
 * @param record The record of its call.
 * @param leg Its `Uniqueid`.
 * @param at When (milliseconds since 1970).
 */
export function endStays(
  record: GrowingRecord,
  leg: string,
  at: number,
): void {
  endHold(record, leg, at);
  close(record.parkings, leg, at);
  close(record.conferences, leg, at);
  close(record.recordings, leg, at);
}

/**
 * Reports whether a bridge is a conference room: channels hear each other in
 * it, and their calls stay their own.
 *
 * @param bridge The bridge.
 */
export function isConferenceRoom(bridge: Bridge): boolean {
  return isMixing(bridge) && !isMerging(bridge);
}

/**
 * Ends all holds: no snapshot says whether they go on.
 *
 * @param record The record of a call.
 * @param at The time at which they were last known (milliseconds since 1970).
 */
export function cutHolds(record: GrowingRecord, at: number): void {
  for (const { leg } of record.holds) close(record.holds, leg, at);
}

function hasBegun(stays: readonly Stay[], leg: string, from: number): boolean {
  return stays.some((stay) => stay.leg === leg && stay.from === from);
}

function isIn(stays: readonly Stay[], leg: string): boolean {
  return stays.some((stay) => stay.leg === leg && stay.to === undefined);
}

function close(stays: readonly Stay[], leg: string, at: number): void {
  for (const stay of stays) {
    if (stay.leg !== leg || stay.to !== undefined) continue;
    stay.to = Math.max(at, stay.from);
  }
}

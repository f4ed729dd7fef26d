import type { DAMIData } from "../../data.ts";
import { type DeviceState, deviceState } from "./device.ts";
import { isTrue, number, text, timeAt } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";

/** A member of a queue. A record is never changed, it is replaced. */
export interface QueueMember {
  /** The queue. */
  readonly queue: string;
  /** The interface that is called, by which members are told apart, such as `PJSIP/6001`. */
  readonly interface: string;
  /** Its name. */
  readonly name: string;
  /** The device whose state counts. */
  readonly stateInterface: string;
  /** Its kind of membership: `static`, `dynamic` or `realtime`. */
  readonly membership: string;
  /** Its penalty: those with less are called first. */
  readonly penalty: number;
  /** Number of calls that it has taken. */
  readonly callsTaken: number;
  /** The end of its last call (milliseconds since 1970); `undefined` if it has taken none. */
  readonly lastCallAt: number | undefined;
  /** The time at which it was paused or unpaused last (milliseconds since 1970). */
  readonly lastPauseAt: number | undefined;
  /** The time at which it joined the queue (milliseconds since 1970). */
  readonly loginAt: number | undefined;
  /** `true` while it is in a call of the queue. */
  readonly isInCall: boolean;
  /** The state of its device. */
  readonly state: DeviceState;
  /** `true` while it is paused. */
  readonly isPaused: boolean;
  /** The reason why it is paused; empty if none was given. */
  readonly pausedReason: string;
  /** Time that it is left alone after a call (seconds). */
  readonly wrapupTime: number;
}

/** The events of a member, each with all about it. */
export const MEMBER_EVENTS = [
  "QueueMemberAdded",
  "QueueMemberPause",
  "QueueMemberPenalty",
  "QueueMemberRinginuse",
  "QueueMemberStatus",
  "QueueMemberRemoved",
] as const;

/**
 * Applies an event to a member.
 *
 * Only `QueueMemberAdded` makes a member.
 *
 * @param member The member before, if there was one.
 * @param event One of {@linkcode MEMBER_EVENTS}.
 * @param context The texts in common.
 * @returns The member after it, `undefined` if it has left; the same record if nothing is new.
 */
export function reduceMember(
  member: QueueMember | undefined,
  event: DAMIData,
  context: FrameContext,
): QueueMember | undefined {
  if (event.Event === "QueueMemberRemoved") return undefined;
  if (member === undefined && event.Event !== "QueueMemberAdded") {
    return undefined;
  }
  return memberOf(event, member, context);
}

/**
 * Makes a member of a frame.
 *
 * @param frame One of {@linkcode MEMBER_EVENTS}, or `QueueMember`, the item of `QueueStatus`.
 * @param previous The member before, if there was one.
 * @param context The texts in common.
 * @returns The member; the same record if nothing is new.
 */
export function memberOf(
  frame: DAMIData,
  previous: QueueMember | undefined,
  { texts }: FrameContext,
): QueueMember {
  const next: QueueMember = {
    queue: texts.common(text(frame.Queue)),
    // The item has other names than the events (apps/app_queue.c).
    interface: texts.common(text(frame.Interface ?? frame.Location)),
    name: texts.common(text(frame.MemberName ?? frame.Name)),
    stateInterface: texts.common(text(frame.StateInterface)),
    membership: texts.common(text(frame.Membership)),
    penalty: number(frame.Penalty),
    callsTaken: number(frame.CallsTaken),
    lastCallAt: timeAt(frame.LastCall),
    lastPauseAt: timeAt(frame.LastPause),
    loginAt: timeAt(frame.LoginTime),
    isInCall: isTrue(frame.InCall),
    state: deviceState(number(frame.Status)),
    isPaused: isTrue(frame.Paused),
    pausedReason: texts.common(text(frame.PausedReason)),
    wrapupTime: number(frame.Wrapuptime),
  };
  return previous !== undefined && isSameMember(previous, next)
    ? previous
    : next;
}

/**
 * Reports whether two records of a member hold the same.
 *
 * @param one The one.
 * @param two The other.
 * @returns Whether they do.
 */
export function isSameMember(one: QueueMember, two: QueueMember): boolean {
  return one.name === two.name && one.stateInterface === two.stateInterface &&
    one.membership === two.membership && one.penalty === two.penalty &&
    one.callsTaken === two.callsTaken && one.lastCallAt === two.lastCallAt &&
    one.lastPauseAt === two.lastPauseAt && one.loginAt === two.loginAt &&
    one.isInCall === two.isInCall && one.state === two.state &&
    one.isPaused === two.isPaused && one.pausedReason === two.pausedReason &&
    one.wrapupTime === two.wrapupTime;
}

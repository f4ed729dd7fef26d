import type { DAMIData } from "../../data.ts";
import type { Channel } from "../records/channel.ts";
import { text } from "../records/fields.ts";
import {
  type LeaveReason,
  leaveReason,
  type QueueCaller,
} from "../records/queue_caller.ts";
import type { QueueMember } from "../records/queue_member.ts";

/** The precision of the times of `Queue()`, which counts in seconds (milliseconds). */
const EXACTNESS = 1_000;

/** A caller who has left a queue and for whom the reason is not known yet. */
export interface Leave {
  /** The caller, as the queue had it last. */
  readonly caller: QueueCaller;
  /** `true` if Asterisk has counted the caller as one who was not answered. */
  readonly isAbandon: boolean;
  /** `true` if the caller waited as long as the dialplan allows; `undefined` if that is not known. */
  readonly isLate: boolean | undefined;
  /** `true` if a member could be rung: the queue is not left as an empty one then. */
  readonly isServed: boolean;
  /** The place of the channel in the dialplan. */
  readonly place: string;
  /** `true` if the caller is known to have been on the line, as the dialplan went on after the queue. */
  wentOn: boolean;
}

/** The facts known when a caller leaves. */
export interface LeaveContext {
  /** The time (milliseconds since 1970). */
  readonly at: number;
  /** `true` if `QueueCallerAbandon` came before. */
  readonly isAbandon: boolean;
  /** The longest time that the caller may wait (milliseconds); `undefined` if that is not known. */
  readonly limit: number | undefined;
  /** The members of the queue. */
  readonly members: Iterable<QueueMember>;
}

/** The states of the devices of members who can be rung, or are. */
const FREE: ReadonlySet<string> = new Set(["NOT_INUSE", "RINGING"]);

/**
 * Makes a leave.
 *
 * @param caller The caller.
 * @param event `QueueCallerLeave`.
 * @param context What is known besides.
 */
export function leaveOf(
  caller: QueueCaller,
  event: DAMIData,
  { at, isAbandon, limit, members }: LeaveContext,
): Leave {
  return {
    caller,
    isAbandon,
    isLate: limit === undefined
      ? undefined
      : at - caller.joinedAt >= limit - EXACTNESS,
    isServed: [...members].some(({ state, isPaused }) =>
      FREE.has(state) && !isPaused
    ),
    place: placeOf(event),
    wentOn: false,
  };
}

/**
 * Notes where a channel is that is hung up. A caller who hangs up in a queue
 * goes no further: Asterisk leaves the dialplan at `Queue()`, for `h` at most.
 *
 * @param leave The leave of its caller.
 * @param event `SoftHangupRequest` or `Hangup`.
 */
export function notePlace(leave: Leave, event: DAMIData): void {
  if (event.Exten !== "h") leave.wentOn ||= placeOf(event) !== leave.place;
}

/**
 * Returns why a caller left whose channel is gone, so that it cannot be asked.
 *
 * @param leave The leave.
 * @returns The reason; `undefined` if it is not known.
 */
export function reasonWithoutStatus(
  { isAbandon, isLate, isServed, wentOn }: Leave,
): LeaveReason | undefined {
  if (!isAbandon || !wentOn) return leaveReason(isAbandon, undefined);
  if (isLate !== undefined) return isLate ? "timeout" : "no-members";
  return isServed ? "timeout" : undefined;
}

/**
 * Returns how long a channel may wait in a queue, by the `Queue()` that it runs.
 *
 * @param channel The channel.
 * @param queue The queue.
 * @returns The time (milliseconds); `undefined` if it is not known.
 */
export function waitLimit(
  channel: Channel | undefined,
  queue: string,
): number | undefined {
  if (channel?.application !== "Queue") return undefined;
  const [name, , , , seconds = ""] = channel.applicationData.split(",");
  if (name !== queue) return undefined;
  const limit = Number(seconds);
  return limit > 0 ? limit * 1_000 : Infinity;
}

function placeOf({ Context, Exten, Priority }: DAMIData): string {
  return `${text(Context)},${text(Exten)},${text(Priority)}`;
}

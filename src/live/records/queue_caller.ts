import type { DAMIData } from "../../data.ts";
import { knownText, number, text, unescaped } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";
import { copied } from "../../detached.ts";

/** A caller who waits in a queue. A record is never changed, it is replaced. */
export interface QueueCaller {
  /** The queue. */
  readonly queue: string;
  /** The `Uniqueid` of the channel that waits. */
  readonly uniqueid: string;
  /** The name of that channel. */
  readonly channel: string;
  /** The caller's number; empty if unknown. */
  readonly callerIdNum: string;
  /** The caller's name; empty if unknown. */
  readonly callerIdName: string;
  /** The place in the queue, from 1 on. */
  readonly position: number;
  /** Since when the caller waits (milliseconds since 1970). From a snapshot, exact to a second. */
  readonly joinedAt: number;
}

/** The events of callers. */
export const CALLER_EVENTS = [
  "QueueCallerJoin",
  "QueueCallerLeave",
] as const;

/**
 * The way in which a caller stopped waiting.
 *
 * - `"connected"`: a member has answered.
 * - `"abandoned"`: the caller hung up.
 * - `"timeout"`: the caller waited as long as the dialplan allows.
 * - `"key"`: the caller pressed a key that leaves the queue.
 * - `"no-members"`: no member is left who could answer.
 * - `"continued"`: no member answered, and the dialplan goes on after one round.
 * - `"withdrawn"`: a manager or the dialplan took the caller out.
 *
 * In all but the first two the caller is still on the line. A queue that is
 * full takes no caller, so that none leaves it.
 */
export type LeaveReason =
  | "connected"
  | "abandoned"
  | "timeout"
  | "key"
  | "no-members"
  | "continued"
  | "withdrawn";

/** The reasons by the values of `QUEUESTATUS` (apps/app_queue.c). */
const REASONS: ReadonlyMap<string, LeaveReason> = new Map([
  ["TIMEOUT", "timeout"],
  ["JOINEMPTY", "no-members"],
  ["JOINUNAVAIL", "no-members"],
  ["LEAVEEMPTY", "no-members"],
  ["LEAVEUNAVAIL", "no-members"],
  ["CONTINUE", "continued"],
  ["WITHDRAW", "withdrawn"],
]);

/** The reasons for which Asterisk raises {@linkcode ABANDON_EVENT}, besides the caller's own. */
const UNANSWERED: ReadonlySet<LeaveReason | undefined> = new Set([
  "timeout",
  "no-members",
]);

/**
 * Returns the reason why a caller left whom no member is known to have answered.
 *
 * @param isAbandon Whether {@linkcode ABANDON_EVENT} came before.
 * @param status The variable `QUEUESTATUS` of the caller's channel; `undefined` if it could not be read.
 * @returns The reason; `undefined` if it is not known.
 */
export function leaveReason(
  isAbandon: boolean,
  status: string | undefined,
): LeaveReason | undefined {
  const reason = REASONS.get(status ?? "");
  if (isAbandon) return UNANSWERED.has(reason) ? reason : "abandoned";
  if (status === undefined) return undefined;
  // A key sets no status: the one that is there is of an earlier queue.
  return reason === undefined || UNANSWERED.has(reason) ? "key" : reason;
}

/** The event that comes before `QueueCallerLeave` where no member has answered. */
export const ABANDON_EVENT = "QueueCallerAbandon";

/**
 * Applies an event to the callers of a queue.
 *
 * @param callers The callers before, in the order of their positions.
 * @param event One of {@linkcode CALLER_EVENTS}.
 * @param context Its time, and the texts in common.
 * @returns The callers after it; the same array if nothing is new.
 */
export function reduceCallers(
  callers: readonly QueueCaller[],
  event: DAMIData,
  context: FrameContext,
): readonly QueueCaller[] {
  const uniqueid = text(event.Uniqueid);
  const index = callers.findIndex((caller) => caller.uniqueid === uniqueid);
  if (event.Event === "QueueCallerLeave") {
    return index === -1 ? callers : numbered(callers.toSpliced(index, 1));
  }
  if (index !== -1) return callers;
  const place = Math.max(0, number(event.Position) - 1);
  const caller = callerOf(event, undefined, context);
  return numbered(callers.toSpliced(place, 0, caller));
}

/**
 * Makes a caller of a frame.
 *
 * @param frame `QueueCallerJoin`, or `QueueEntry`, the item of `QueueStatus`.
 * @param previous The record before.
 * @param context Its time, and the texts in common.
 * @returns The caller; the same record if nothing is new.
 */
export function callerOf(
  frame: DAMIData,
  previous: QueueCaller | undefined,
  { at, texts }: FrameContext,
): QueueCaller {
  const position = number(frame.Position);
  if (previous?.position === position) return previous;
  if (previous !== undefined) return { ...previous, position };
  // The item is not escaped, the event is (apps/app_queue.c).
  const isItem = frame.Event === "QueueEntry";
  return {
    queue: texts.common(text(frame.Queue)),
    uniqueid: copied(text(frame.Uniqueid)),
    channel: copied(text(frame.Channel)),
    callerIdNum: copied(knownText(frame.CallerIDNum)),
    callerIdName: copied(
      isItem ? knownText(frame.CallerIDName) : unescaped(frame.CallerIDName),
    ),
    position,
    joinedAt: at - number(frame.Wait) * 1_000,
  };
}

/**
 * Reports whether two records are of one caller's one wait. The same caller can
 * have left and joined again unseen.
 *
 * @param one The one.
 * @param two The other.
 * @returns Whether they are.
 */
export function isSameCaller(one: QueueCaller, two: QueueCaller): boolean {
  return one.uniqueid === two.uniqueid && one.joinedAt === two.joinedAt;
}

/** Sets each position to the place in the list. */
function numbered(callers: readonly QueueCaller[]): readonly QueueCaller[] {
  return callers.map((caller, index) =>
    caller.position === index + 1 ? caller : { ...caller, position: index + 1 }
  );
}

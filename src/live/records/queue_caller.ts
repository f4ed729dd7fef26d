import type { DAMIData } from "../../data.ts";
import { kept, known, number, shared, text, unescaped } from "./fields.ts";

/** Somebody who waits in a queue. A record is never changed, it is replaced. */
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

/** The events that tell of those who wait. */
export const CALLER_EVENTS = [
  "QueueCallerJoin",
  "QueueCallerLeave",
] as const;

/** The one that tells, before `QueueCallerLeave`, that the caller gave up. */
export const ABANDON_EVENT = "QueueCallerAbandon";

/**
 * Those who wait, after an event.
 *
 * @param callers Those before, in the order of their positions.
 * @param event One of {@linkcode CALLER_EVENTS}.
 * @param at When it was raised.
 * @returns Those after it; the same array if nothing is new.
 */
export function reduceCallers(
  callers: readonly QueueCaller[],
  event: DAMIData,
  at: number,
): readonly QueueCaller[] {
  const uniqueid = text(event.Uniqueid);
  const index = callers.findIndex((caller) => caller.uniqueid === uniqueid);
  if (event.Event === "QueueCallerLeave") {
    return index === -1 ? callers : numbered(callers.toSpliced(index, 1));
  }
  if (index !== -1) return callers;
  const place = Math.max(0, number(event.Position) - 1);
  return numbered(callers.toSpliced(place, 0, callerOf(event, undefined, at)));
}

/**
 * Somebody who waits, as a frame tells of them.
 *
 * @param frame `QueueCallerJoin`, or `QueueEntry`, the item of `QueueStatus`.
 * @param previous What was known of them.
 * @param at When it was.
 * @returns The caller; the same record if nothing is new.
 */
export function callerOf(
  frame: DAMIData,
  previous: QueueCaller | undefined,
  at: number,
): QueueCaller {
  const position = number(frame.Position);
  if (previous?.position === position) return previous;
  if (previous !== undefined) return { ...previous, position };
  // The item is not escaped, the event is (apps/app_queue.c).
  const isItem = frame.Event === "QueueEntry";
  return {
    queue: shared(text(frame.Queue)),
    uniqueid: kept(text(frame.Uniqueid)),
    channel: kept(text(frame.Channel)),
    callerIdNum: kept(known(frame.CallerIDNum)),
    callerIdName: kept(
      isItem ? known(frame.CallerIDName) : unescaped(frame.CallerIDName),
    ),
    position,
    joinedAt: at - number(frame.Wait) * 1_000,
  };
}

/** Gives each the position that its place means. */
function numbered(callers: readonly QueueCaller[]): readonly QueueCaller[] {
  return callers.map((caller, index) =>
    caller.position === index + 1 ? caller : { ...caller, position: index + 1 }
  );
}

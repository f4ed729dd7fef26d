import type { LeaveReason } from "./queue_caller.ts";

/** A member of a queue that rang for a caller. */
export interface RungMember {
  /** The interface that rang, such as `PJSIP/6001`. */
  readonly interface: string;
  /** The name of the member. */
  readonly name: string;
  /** Number of times that it rang. */
  readonly rings: number;
  /** Number of times that it rang unanswered until the queue stopped it, or the member declined. */
  readonly missed: number;
  /** `true` if it answered. */
  readonly answered: boolean;
}

/**
 * The way in which a visit to a queue ended: the reason why the caller
 * stopped waiting, or `"refused"` if the queue took no caller, as it is full or
 * has no members. No event reports that: it follows from the dialplan, if the
 * option `dialplan` is set.
 */
export type VisitOutcome = LeaveReason | "refused";

/** The stay of a caller in a queue. Times are milliseconds since 1970. */
export interface QueueVisit {
  /** The name of the queue. */
  readonly queue: string;
  /** The `Uniqueid` of the channel that waited. */
  readonly leg: string;
  /** The time at which the caller joined. From a snapshot, exact to a second. */
  readonly joinedAt: number;
  /** The time at which the caller stopped waiting; `undefined` while the caller waits. */
  readonly leftAt: number | undefined;
  /** The place in the queue at the beginning, from 1 on; 0 if it was refused. */
  readonly position: number;
  /** The place in the queue at the end of the wait. */
  readonly lastPosition: number;
  /**
   * The reason why the caller stopped waiting; `undefined` while the
   * caller waits, and where it is not known: it was missed, or the user may not
   * run `Getvar`.
   */
  readonly outcome: VisitOutcome | undefined;
  /** The members that rang, at most 100. */
  readonly members: readonly RungMember[];
  /** The interface of the member who answered. */
  readonly member: string | undefined;
  /** Duration of the talk with the member (seconds), as the queue counts it; `undefined` if it has not ended, or there was none. */
  readonly talkTime: number | undefined;
}

/** A member that is still rung. */
export type GrowingMember = {
  -readonly [Key in keyof RungMember]: RungMember[Key];
};

/** A stay that is not over. */
export type GrowingVisit =
  & {
    -readonly [Key in keyof Omit<QueueVisit, "members">]: QueueVisit[Key];
  }
  & { members: GrowingMember[] };

/**
 * Makes a visit.
 *
 * @param fields Its queue, its channel, and what else is known of it.
 * @returns The visit.
 */
export function newVisit(
  fields:
    & Pick<GrowingVisit, "queue" | "leg" | "joinedAt">
    & Partial<GrowingVisit>,
): GrowingVisit {
  return {
    leftAt: undefined,
    position: 0,
    lastPosition: 0,
    outcome: undefined,
    members: [],
    member: undefined,
    talkTime: undefined,
    ...fields,
  };
}

import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { number, text } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";
import {
  callerOf,
  type LeaveReason,
  type QueueCaller,
} from "./queue_caller.ts";
import { isSameMember, memberOf, type QueueMember } from "./queue_member.ts";

/** The figures of a queue, as the PBX counts them. */
export interface QueueFigures {
  /** The strategy that chooses members, such as `ringall`. */
  readonly strategy: string;
  /** The most callers that can wait; 0 means no limit. */
  readonly max: number;
  /** Its weight among queues that share members. */
  readonly weight: number;
  /** Moving average of the time that callers wait (seconds). */
  readonly holdTime: number;
  /** Moving average of the time that calls take (seconds). */
  readonly talkTime: number;
  /** Number of completed calls. */
  readonly completed: number;
  /** Number of callers who gave up. */
  readonly abandoned: number;
  /** Time within which a call should be answered (seconds); 0 if nothing is set. */
  readonly serviceLevel: number;
  /** Share of the completed calls that were (percent). */
  readonly serviceLevelPerf: number;
  /** The same, among all calls. */
  readonly serviceLevelPerf2: number;
}

/**
 * A queue. A record is never changed, it is replaced; but its members are a
 * view that stays and always shows the current ones.
 *
 * No event carries the figures. The queue is read again when a member takes or
 * ends a call, or a caller leaves.
 */
export interface Queue extends QueueFigures {
  /** Its name. */
  readonly name: string;
  /** Its members, by their interface. */
  readonly members: ReadonlyMap<string, QueueMember>;
  /** The waiting callers, in the order of their positions. */
  readonly callers: readonly QueueCaller[];
}

/** The changes of a queue, its members and its callers. */
export interface QueueChanges {
  /** A queue is new. */
  "queue-added": { readonly queue: Queue };
  /** The figures of a queue are new. */
  "queue-changed": { readonly queue: Queue; readonly before: Queue };
  /** A queue is gone. */
  "queue-removed": { readonly queue: Queue };
  /** A caller waits in a queue. */
  "caller-joined": { readonly queue: Queue; readonly caller: QueueCaller };
  /** A caller has another position. */
  "caller-moved": { readonly queue: Queue; readonly caller: QueueCaller };
  /** A member and a caller talk. It follows `caller-left`, in the order of Asterisk's events. */
  "caller-connected": {
    /** The queue. */
    readonly queue: Queue;
    /** The `Uniqueid` of the caller's channel. */
    readonly uniqueid: string;
    /** The member; `undefined` if it has left the queue. */
    readonly member: QueueMember | undefined;
    /** Time that the caller waited (seconds). */
    readonly holdTime: number;
    /** Time that the member's phone rang (seconds). */
    readonly ringTime: number;
  };
  /** A caller no longer waits. */
  "caller-left": {
    /** The queue. */
    readonly queue: Queue;
    /** The caller. */
    readonly caller: QueueCaller;
    /** The reason; `undefined` if it is not known. `caller-connected` follows where it is `"connected"`. */
    readonly reason: LeaveReason | undefined;
    /** `true` if the caller hung up: the same as the reason `"abandoned"`. */
    readonly abandoned: boolean;
    /** `true` if the end of the wait was missed. */
    readonly lost: boolean;
  };
  /** A queue has one more member. */
  "member-added": { readonly queue: Queue; readonly member: QueueMember };
  /** A queue has one member less. */
  "member-removed": { readonly queue: Queue; readonly member: QueueMember };
  /** A member is paused, or paused for another reason. */
  "member-paused": { readonly queue: Queue; readonly member: QueueMember };
  /** A member is no longer paused. */
  "member-unpaused": { readonly queue: Queue; readonly member: QueueMember };
  /** The device of a member has another state. */
  "member-state-changed": {
    /** The queue. */
    readonly queue: Queue;
    /** The member. */
    readonly member: QueueMember;
    /** The member before. */
    readonly before: QueueMember;
  };
  /** Anything else about a member is new, such as its penalty or its calls. */
  "member-changed": {
    /** The queue. */
    readonly queue: Queue;
    /** The member. */
    readonly member: QueueMember;
    /** The member before. */
    readonly before: QueueMember;
  };
}

/** A queue in a snapshot. */
export interface QueueSnapshot {
  /** Its figures. */
  readonly figures: DAMIData;
  /** Its members. */
  readonly members: readonly DAMIData[];
  /** Its callers. */
  readonly callers: readonly DAMIData[];
}

/**
 * Groups the items of a snapshot by queue.
 *
 * @param items The items of `QueueStatus`, one queue after the other.
 * @returns The queues by name.
 */
export function queuesOf(
  items: readonly DAMIData[],
): Map<string, QueueSnapshot> {
  const queues = new Map<
    string,
    { figures: DAMIData; members: DAMIData[]; callers: DAMIData[] }
  >();
  for (const item of items) {
    const name = text(item.Queue);
    if (item.Event === "QueueParams") {
      queues.set(name, { figures: item, members: [], callers: [] });
    }
    const queue = queues.get(name);
    if (item.Event === "QueueMember") queue?.members.push(item);
    else if (item.Event === "QueueEntry") queue?.callers.push(item);
  }
  return queues;
}

/**
 * Returns the figures in a snapshot.
 *
 * @param item `QueueParams`.
 * @param context The texts in common.
 * @returns The figures.
 */
export function figuresOf(
  item: DAMIData,
  { texts }: FrameContext,
): QueueFigures {
  return {
    strategy: texts.common(text(item.Strategy)),
    max: number(item.Max),
    weight: number(item.Weight),
    holdTime: number(item.Holdtime),
    talkTime: number(item.TalkTime),
    completed: number(item.Completed),
    abandoned: number(item.Abandoned),
    serviceLevel: number(item.ServiceLevel),
    serviceLevelPerf: number(item.ServicelevelPerf),
    serviceLevelPerf2: number(item.ServicelevelPerf2),
  };
}

/**
 * Reports whether two have the same figures.
 *
 * @param one The one.
 * @param two The other.
 * @returns Whether they do.
 */
export function hasSameFigures(one: QueueFigures, two: QueueFigures): boolean {
  return one.strategy === two.strategy && one.max === two.max &&
    one.weight === two.weight && one.holdTime === two.holdTime &&
    one.talkTime === two.talkTime && one.completed === two.completed &&
    one.abandoned === two.abandoned &&
    one.serviceLevel === two.serviceLevel &&
    one.serviceLevelPerf === two.serviceLevelPerf &&
    one.serviceLevelPerf2 === two.serviceLevelPerf2;
}

/**
 * Returns the members in a snapshot.
 *
 * @param snapshot The snapshot.
 * @param previous The members before.
 * @param context The texts in common.
 * @returns The members by interface.
 */
export function membersOf(
  { members }: QueueSnapshot,
  previous: ReadonlyMap<string, QueueMember> | undefined,
  context: FrameContext,
): Map<string, QueueMember> {
  return new Map(members.map((item) => {
    const member = memberOf(
      item,
      previous?.get(text(item.Location)),
      context,
    );
    return [member.interface, member];
  }));
}

/** The longest delay between the beginning of a wait and the beginning that lists show, as they come late and count whole seconds (milliseconds). */
const SLACK = 5_000;

/**
 * Returns the callers in a snapshot.
 *
 * @param snapshot The snapshot.
 * @param previous The callers before.
 * @param context The time of the snapshot, and the texts in common.
 * @returns The callers, in the order of their positions.
 */
export function callersOf(
  { callers }: QueueSnapshot,
  previous: readonly QueueCaller[],
  context: FrameContext & { readonly missedSince?: number | undefined },
): readonly QueueCaller[] {
  const { missedSince = Infinity } = context;
  return callers.map((item) => {
    const uniqueid = text(item.Uniqueid);
    const known = previous.find((caller) => caller.uniqueid === uniqueid);
    const caller = callerOf(item, undefined, context);
    const isBack = known !== undefined &&
      caller.joinedAt > Math.max(missedSince, known.joinedAt) + SLACK;
    return isBack ? caller : callerOf(item, known, context);
  }).sort((one, two) => one.position - two.position);
}

/**
 * Returns the changes between two records of a member.
 *
 * @param queue The queue as it is now.
 * @param before The member before; `undefined` if it is new.
 * @param after The member after; `undefined` if it has left.
 * @param at When it changed.
 * @returns The changes.
 */
export function memberChanges(
  queue: Queue,
  before: QueueMember | undefined,
  after: QueueMember | undefined,
  at: number,
): ChangeOf<QueueChanges>[] {
  if (before === after) return [];
  if (after === undefined) {
    return before === undefined
      ? []
      : [{ type: "member-removed", at, queue, member: before }];
  }
  const member = after;
  if (before === undefined) {
    return [{ type: "member-added", at, queue, member }];
  }
  // Events applied to a snapshot again make new records of the same contents.
  if (isSameMember(before, member)) return [];
  const changes: ChangeOf<QueueChanges>[] = [];
  const isRepaused = member.isPaused &&
    before.pausedReason !== member.pausedReason;
  if (member.isPaused && (!before.isPaused || isRepaused)) {
    changes.push({ type: "member-paused", at, queue, member });
  }
  if (before.isPaused && !member.isPaused) {
    changes.push({ type: "member-unpaused", at, queue, member });
  }
  if (before.state !== member.state) {
    changes.push({ type: "member-state-changed", at, queue, member, before });
  }
  if (changes.length === 0) {
    changes.push({ type: "member-changed", at, queue, member, before });
  }
  return changes;
}

import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import { number, text } from "../records/fields.ts";
import type { FrameContext } from "../records/frame_context.ts";
import {
  callersOf,
  figuresOf,
  hasSameFigures,
  memberChanges,
  membersOf,
  type Queue,
  type QueueSnapshot,
} from "../records/queue.ts";
import {
  ABANDON_EVENT,
  CALLER_EVENTS,
  isSameCaller,
  type LeaveReason,
  leaveReason,
  type QueueCaller,
  reduceCallers,
} from "../records/queue_caller.ts";
import {
  MEMBER_EVENTS,
  type QueueMember,
  reduceMember,
} from "../records/queue_member.ts";
import {
  type Leave,
  leaveOf,
  notePlace,
  reasonWithoutStatus,
} from "./leave.ts";
import type { LineStatus } from "./line_status.ts";
import { type Handler, type Handlers, NO_CHANGES } from "./handler.ts";
import type { IntervalEvent } from "./interval.ts";

/** The events after which the figures of a queue are others. */
const FIGURE_EVENTS = ["AgentConnect", "AgentComplete"] as const;

/** The names of the events of what `QueueStatus` shows. */
export const SHOWN_BY_QUEUES: readonly string[] = [
  ...MEMBER_EVENTS,
  ...CALLER_EVENTS,
];

const IS_MEMBER_EVENT: ReadonlySet<string> = new Set(MEMBER_EVENTS);
const IS_CALLER_EVENT: ReadonlySet<string> = new Set(CALLER_EVENTS);

/** A queue whose members can be changed. */
interface Entry {
  queue: Queue;
  readonly members: Map<string, QueueMember>;
}

/** The events of a channel that is about to be hung up, by its own end or by another. */
const HANGUP_REQUESTS = ["HangupRequest", "SoftHangupRequest"] as const;

/** The subject of snapshots of queues. */
export interface SyncedPart {
  /** The one queue that they are about; all if not given. */
  readonly only?: string | undefined;
  /** The time since which events were missed (milliseconds since 1970), if any were. */
  readonly missedSince?: number | undefined;
}

/** Options of {@linkcode QueueState}. */
export interface QueueStateOptions {
  /** Takes the name of a queue to be read again: its figures are old, or it is not known. */
  readonly onStale: (queue: string) => void;
  /** Takes a caller who left for a reason that no event holds: {@linkcode QueueState.resolveLeave} takes the answer. */
  readonly onLeft: (caller: QueueCaller) => void;
  /** Returns whether another channel of a caller's call is up; `undefined` if the caller's channel is not known. */
  readonly statusOf: (uniqueid: string) => LineStatus | undefined;
  /** Returns how long a caller may wait (milliseconds); `undefined` if that is not known. */
  readonly limitOf: (caller: QueueCaller) => number | undefined;
}

/** The queues with their members and callers. */
export class QueueState {
  readonly #options: QueueStateOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #queues = new Map<string, Queue>();
  /** The queue in which each channel waits, by its `Uniqueid`. */
  readonly #waiting = new Map<string, string>();
  /** The `Uniqueid` of callers who are about to leave without having been answered. */
  readonly #abandoned = new Set<string>();
  /** The `Uniqueid` of callers who are about to be hung up. */
  readonly #hangups = new Set<string>();
  /** The callers who have left for a reason that is asked for, by their `Uniqueid`. */
  readonly #leaves = new Map<string, Leave>();

  /** @param options Takes what has to be asked for. */
  constructor(options: QueueStateOptions) {
    this.#options = options;
  }

  /** The queues by name. */
  get queues(): ReadonlyMap<string, Queue> {
    return this.#queues;
  }

  /**
   * Reports whether a channel waits in a queue.
   *
   * @param uniqueid The channel.
   */
  isWaiting(uniqueid: string): boolean {
    return this.#waiting.has(uniqueid);
  }

  /** Returns the handlers of the events. */
  handlers(): Handlers {
    const handlers = new Map<string, Handler>();
    for (const name of MEMBER_EVENTS) {
      handlers.set(name, (event, context) => this.#onMember(event, context));
    }
    for (const name of CALLER_EVENTS) {
      handlers.set(name, (event, context) => this.#onCaller(event, context));
    }
    handlers.set(ABANDON_EVENT, (event) => {
      this.#abandoned.add(text(event.Uniqueid));
      return NO_CHANGES;
    });
    for (const name of FIGURE_EVENTS) {
      handlers.set(name, (event, { at }) => this.#onAgent(event, at));
    }
    for (const name of HANGUP_REQUESTS) {
      handlers.set(name, (event) => {
        const uniqueid = text(event.Uniqueid);
        if (this.#waiting.has(uniqueid)) this.#hangups.add(uniqueid);
        const leave = this.#leaves.get(uniqueid);
        if (leave !== undefined) notePlace(leave, event);
        return NO_CHANGES;
      });
    }
    handlers.set("Hangup", (event, { at }) => this.#onHangup(event, at));
    return handlers;
  }

  /**
   * Adopts a snapshot.
   *
   * @param snapshots The queues in it.
   * @param events The events that came while it was under way.
   * @param context Its time, and the texts in common.
   * @param part What it is about.
   * @returns The differences from before.
   */
  sync(
    snapshots: ReadonlyMap<string, QueueSnapshot>,
    events: readonly IntervalEvent[],
    context: FrameContext,
    { only, missedSince }: SyncedPart = {},
  ): Change[] {
    const before = new Map<string, Queue>();
    for (const [name, { queue, members }] of this.#entries) {
      if (only !== undefined && name !== only) continue;
      before.set(name, { ...queue, members: new Map(members) });
      if (!snapshots.has(name)) this.#remove(name);
    }
    for (const [name, snapshot] of snapshots) {
      this.#replace(name, snapshot, context, missedSince);
    }
    // What these change is part of the difference.
    for (const { event, at } of events) {
      const entry = this.#entries.get(text(event.Queue));
      if (entry === undefined) continue;
      if (only !== undefined && entry.queue.name !== only) continue;
      const then = { at, texts: context.texts };
      this.#applyMember(entry, event, then);
      this.#applyCaller(entry, event, then);
    }
    return this.#differences(before, snapshots.keys(), context.at);
  }

  #differences(
    before: ReadonlyMap<string, Queue>,
    names: Iterable<string>,
    at: number,
  ): Change[] {
    const changes: Change[] = [];
    for (const [name, known] of before) {
      const queue = this.#queues.get(name);
      if (queue === undefined) {
        changes.push({ type: "queue-removed", at, queue: known });
      } else changes.push(...this.#difference(known, queue, at));
    }
    for (const name of names) {
      const queue = this.#queues.get(name);
      if (queue === undefined || before.has(name)) continue;
      changes.push({ type: "queue-added", at, queue });
    }
    return changes;
  }

  #remove(name: string): void {
    const callers = this.#queues.get(name)?.callers ?? [];
    for (const { uniqueid } of callers) this.#waiting.delete(uniqueid);
    this.#entries.delete(name);
    this.#queues.delete(name);
  }

  #replace(
    name: string,
    snapshot: QueueSnapshot,
    context: FrameContext,
    missedSince?: number,
  ): void {
    const known = this.#entries.get(name);
    const members = membersOf(snapshot, known?.members, context);
    const before = known?.queue.callers ?? [];
    const callers = callersOf(snapshot, before, { ...context, missedSince });
    const entry = known ?? this.#add(context.texts.common(name), context);
    // The view stays the same.
    for (const key of [...entry.members.keys()]) {
      if (!members.has(key)) entry.members.delete(key);
    }
    for (const [key, member] of members) entry.members.set(key, member);
    this.#put(entry, {
      name: entry.queue.name,
      members: entry.members,
      callers,
      ...figuresOf(snapshot.figures, context),
    });
  }

  #add(name: string, context: FrameContext): Entry {
    const members = new Map<string, QueueMember>();
    const queue = { name, members, callers: [], ...figuresOf({}, context) };
    const entry = { queue, members };
    this.#entries.set(name, entry);
    this.#queues.set(name, queue);
    return entry;
  }

  #put(entry: Entry, queue: Queue): void {
    const { callers } = entry.queue;
    entry.queue = queue;
    this.#queues.set(queue.name, queue);
    if (callers === queue.callers) return;
    for (const { uniqueid } of callers) this.#waiting.delete(uniqueid);
    for (const { uniqueid } of queue.callers) {
      this.#waiting.set(uniqueid, queue.name);
    }
  }

  #difference(before: Queue, queue: Queue, at: number): Change[] {
    const changes: Change[] = [];
    for (const [key, member] of before.members) {
      if (queue.members.has(key)) continue;
      changes.push(...memberChanges(queue, member, undefined, at));
    }
    for (const [key, member] of queue.members) {
      changes.push(
        ...memberChanges(queue, before.members.get(key), member, at),
      );
    }
    for (const caller of before.callers) {
      if (isIn(queue.callers, caller)) continue;
      const reason = this.#abandoned.delete(caller.uniqueid)
        ? "abandoned"
        : undefined;
      changes.push(left(queue, caller, { at, reason, lost: true }));
    }
    changes.push(...callerChanges(before.callers, queue, at));
    if (!hasSameFigures(before, queue)) {
      changes.push({ type: "queue-changed", at, queue, before });
    }
    return changes;
  }

  #onMember(event: DAMIData, context: FrameContext): readonly Change[] {
    const entry = this.#entry(event);
    if (entry === undefined) return NO_CHANGES;
    const before = entry.members.get(text(event.Interface));
    const after = this.#applyMember(entry, event, context);
    return memberChanges(entry.queue, before, after, context.at);
  }

  /** Applies an event, if it is one of a member. */
  #applyMember(
    entry: Entry,
    event: DAMIData,
    context: FrameContext,
  ): QueueMember | undefined {
    if (!IS_MEMBER_EVENT.has(text(event.Event))) return undefined;
    const key = text(event.Interface);
    const before = entry.members.get(key);
    const after = reduceMember(before, event, context);
    if (before === after) return after;
    if (after === undefined) entry.members.delete(key);
    else entry.members.set(after.interface, after);
    return after;
  }

  #onCaller(event: DAMIData, context: FrameContext): readonly Change[] {
    const entry = this.#entry(event);
    if (entry === undefined) return NO_CHANGES;
    const before = entry.queue.callers;
    const uniqueid = text(event.Uniqueid);
    const caller = before.find((each) => each.uniqueid === uniqueid);
    this.#applyCaller(entry, event, context);
    const changes: Change[] = [];
    if (event.Event === "QueueCallerLeave") {
      this.#options.onStale(entry.queue.name);
      const isAbandon = this.#abandoned.delete(uniqueid);
      const isHangup = this.#hangups.delete(uniqueid);
      if (caller !== undefined) {
        const limit = this.#options.limitOf(caller);
        const { at } = context;
        const { members } = entry;
        const leave = leaveOf(caller, event, {
          at,
          isAbandon,
          limit,
          members: members.values(),
        });
        changes.push(...this.#leave(leave, isHangup, at));
      }
    }
    changes.push(...callerChanges(before, entry.queue, context.at));
    return changes;
  }

  /** Applies an event, if it is one of a caller. */
  #applyCaller(entry: Entry, event: DAMIData, context: FrameContext): void {
    if (!IS_CALLER_EVENT.has(text(event.Event))) return;
    const { queue } = entry;
    const callers = reduceCallers(queue.callers, event, context);
    if (callers !== queue.callers) this.#put(entry, { ...queue, callers });
  }

  /**
   * Reports why a caller left, or has it asked for. Asterisk raises
   * `QueueCallerAbandon` for callers who are still on the line, too, after a
   * timeout or where no member is left (apps/app_queue.c).
   */
  #leave(leave: Leave, isHangup: boolean, at: number): readonly Change[] {
    const { caller, isAbandon } = leave;
    const status = this.#options.statusOf(caller.uniqueid);
    const isAnswered = !isAbandon && status === "answered";
    if (isAnswered || (isAbandon && isHangup)) {
      const reason = isAnswered ? "connected" : "abandoned";
      return this.#left(caller, { at, reason, lost: false });
    }
    this.#leaves.set(caller.uniqueid, leave);
    this.#options.onLeft(caller);
    return NO_CHANGES;
  }

  /**
   * Reports a caller whose reason to leave was asked for.
   *
   * @param caller The caller.
   * @param status The variable `QUEUESTATUS` of the channel; `undefined` if it could not be read.
   * @param isStillThere Whether the channel would have been reported if it were gone.
   * @returns The change; none if an event has reported the reason meanwhile.
   */
  resolveLeave(
    caller: QueueCaller,
    status: string | undefined,
    isStillThere = false,
  ): readonly Change[] {
    const leave = this.#leaves.get(caller.uniqueid);
    if (leave?.caller !== caller) return NO_CHANGES;
    this.#leaves.delete(caller.uniqueid);
    const isKnown = this.#options.statusOf(caller.uniqueid) !== undefined;
    leave.wentOn ||= isStillThere && isKnown;
    const reason = status === undefined
      ? reasonWithoutStatus(leave)
      : leaveReason(leave.isAbandon, status);
    return this.#left(caller, {
      at: Date.now(),
      // Without channels it is not known whether a member is about to answer.
      reason: reason === "key" && !isKnown ? undefined : reason,
      lost: false,
    });
  }

  #left(caller: QueueCaller, how: How): readonly Change[] {
    const queue = this.#queues.get(caller.queue);
    return queue === undefined ? NO_CHANGES : [left(queue, caller, how)];
  }

  /**
   * A channel that is hung up waits nowhere. Where Asterisk did not say so, the
   * caller was transferred into the queue, and another channel has taken the
   * place of the one that joined.
   */
  #onHangup(event: DAMIData, at: number): readonly Change[] {
    const uniqueid = text(event.Uniqueid);
    this.#hangups.delete(uniqueid);
    const queue = this.#waiting.get(uniqueid);
    if (queue !== undefined) this.#options.onStale(queue);
    const leave = this.#leaves.get(uniqueid);
    if (leave === undefined) return NO_CHANGES;
    this.#leaves.delete(uniqueid);
    notePlace(leave, event);
    const reason = reasonWithoutStatus(leave);
    return this.#left(leave.caller, { at, reason, lost: false });
  }

  #onAgent(event: DAMIData, at: number): readonly Change[] {
    const entry = this.#entry(event);
    if (entry === undefined) return NO_CHANGES;
    const { queue } = entry;
    this.#options.onStale(queue.name);
    if (event.Event !== "AgentConnect") return NO_CHANGES;
    const uniqueid = text(event.Uniqueid);
    const leave = this.#leaves.get(uniqueid);
    this.#leaves.delete(uniqueid);
    const changes: Change[] = [];
    if (leave !== undefined) {
      const how = { at, reason: "connected", lost: false } as const;
      changes.push(left(queue, leave.caller, how));
    }
    changes.push({
      type: "caller-connected",
      at,
      queue,
      uniqueid,
      member: entry.members.get(text(event.Interface)),
      holdTime: number(event.HoldTime),
      ringTime: number(event.RingTime),
    });
    return changes;
  }

  /** Returns the queue of an event. One that is not known is read. */
  #entry(event: DAMIData): Entry | undefined {
    const name = text(event.Queue);
    const entry = this.#entries.get(name);
    if (entry === undefined) this.#options.onStale(name);
    return entry;
  }
}

/** The circumstances in which a caller left. */
interface How {
  readonly at: number;
  readonly reason: LeaveReason | undefined;
  readonly lost: boolean;
}

function left(queue: Queue, caller: QueueCaller, how: How): Change {
  const { at, reason, lost } = how;
  const abandoned = reason === "abandoned";
  return { type: "caller-left", at, queue, caller, reason, abandoned, lost };
}

function isIn(callers: readonly QueueCaller[], caller: QueueCaller): boolean {
  return callers.some((each) => isSameCaller(each, caller));
}

/** Returns who has joined a queue, and whose position has changed. */
function callerChanges(
  before: readonly QueueCaller[],
  queue: Queue,
  at: number,
): Change[] {
  const changes: Change[] = [];
  for (const caller of queue.callers) {
    const known = before.find((each) => isSameCaller(each, caller));
    if (known === undefined) {
      changes.push({ type: "caller-joined", at, queue, caller });
    } else if (known.position !== caller.position) {
      changes.push({ type: "caller-moved", at, queue, caller });
    }
  }
  return changes;
}

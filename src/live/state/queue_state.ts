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
  type QueueCaller,
  reduceCallers,
} from "../records/queue_caller.ts";
import {
  MEMBER_EVENTS,
  type QueueMember,
  reduceMember,
} from "../records/queue_member.ts";
import { type Handler, type Handlers, NO_CHANGES } from "./handler.ts";
import type { IntervalEvent } from "./interval.ts";

/** The events after which the figures of a queue are others. */
const FIGURE_EVENTS = ["AgentConnect", "AgentComplete"] as const;

/** A queue whose members can be changed. */
interface Entry {
  queue: Queue;
  readonly members: Map<string, QueueMember>;
}

/** The queues with their members and callers. */
export class QueueState {
  /** Takes the name of a queue to be read again: its figures are old, or it is not known. */
  readonly #onStale: (queue: string) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #queues = new Map<string, Queue>();
  /** The `Uniqueid` of callers who gave up and are about to leave. */
  readonly #abandoned = new Set<string>();

  /** @param onStale Takes the name of a queue to be read again. */
  constructor(onStale: (queue: string) => void) {
    this.#onStale = onStale;
  }

  /** The queues by name. */
  get queues(): ReadonlyMap<string, Queue> {
    return this.#queues;
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
    return handlers;
  }

  /**
   * Adopts a snapshot.
   *
   * @param snapshots The queues in it.
   * @param events The events that came while it was under way.
   * @param context Its time, and the texts in common.
   * @param only The one queue that it is about; all if not given.
   * @returns The differences from before.
   */
  sync(
    snapshots: ReadonlyMap<string, QueueSnapshot>,
    events: readonly IntervalEvent[],
    context: FrameContext,
    only?: string,
  ): Change[] {
    const before = new Map<string, Queue>();
    for (const [name, { queue, members }] of this.#entries) {
      if (only !== undefined && name !== only) continue;
      before.set(name, { ...queue, members: new Map(members) });
      if (!snapshots.has(name)) this.#remove(name);
    }
    for (const [name, snapshot] of snapshots) {
      this.#replace(name, snapshot, context);
    }
    const handlers = this.handlers();
    // What these return is part of the difference.
    for (const { event, at } of events) {
      if (only !== undefined && text(event.Queue) !== only) continue;
      handlers.get(text(event.Event))?.(event, { at, texts: context.texts });
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
    this.#entries.delete(name);
    this.#queues.delete(name);
  }

  #replace(
    name: string,
    snapshot: QueueSnapshot,
    context: FrameContext,
  ): void {
    const known = this.#entries.get(name);
    const members = membersOf(snapshot, known?.members, context);
    const callers = callersOf(snapshot, known?.queue.callers ?? [], context);
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
    entry.queue = queue;
    this.#queues.set(queue.name, queue);
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
    changes.push(...this.#callerChanges(before.callers, queue, at, true));
    if (!hasSameFigures(before, queue)) {
      changes.push({ type: "queue-changed", at, queue, before });
    }
    return changes;
  }

  #callerChanges(
    before: readonly QueueCaller[],
    queue: Queue,
    at: number,
    lost: boolean,
  ): Change[] {
    const { callers } = queue;
    const changes: Change[] = [];
    for (const caller of before) {
      if (callers.some(({ uniqueid }) => uniqueid === caller.uniqueid)) {
        continue;
      }
      const abandoned = this.#abandoned.delete(caller.uniqueid);
      changes.push({ type: "caller-left", at, queue, caller, abandoned, lost });
    }
    for (const caller of callers) {
      const known = before.find(({ uniqueid }) => uniqueid === caller.uniqueid);
      if (known === undefined) {
        changes.push({ type: "caller-joined", at, queue, caller });
      } else if (known.position !== caller.position) {
        changes.push({ type: "caller-moved", at, queue, caller });
      }
    }
    return changes;
  }

  #onMember(event: DAMIData, context: FrameContext): readonly Change[] {
    const entry = this.#entry(event);
    if (entry === undefined) return NO_CHANGES;
    const key = text(event.Interface);
    const before = entry.members.get(key);
    const after = reduceMember(before, event, context);
    if (before === after) return NO_CHANGES;
    if (after === undefined) entry.members.delete(key);
    else entry.members.set(after.interface, after);
    return memberChanges(entry.queue, before, after, context.at);
  }

  #onCaller(event: DAMIData, context: FrameContext): readonly Change[] {
    const entry = this.#entry(event);
    if (entry === undefined) return NO_CHANGES;
    const { queue } = entry;
    const callers = reduceCallers(queue.callers, event, context);
    if (event.Event === "QueueCallerLeave") this.#onStale(queue.name);
    if (callers === queue.callers) {
      this.#abandoned.delete(text(event.Uniqueid));
      return NO_CHANGES;
    }
    const next = { ...queue, callers };
    this.#put(entry, next);
    return this.#callerChanges(queue.callers, next, context.at, false);
  }

  #onAgent(event: DAMIData, at: number): readonly Change[] {
    const entry = this.#entry(event);
    if (entry === undefined) return NO_CHANGES;
    const { queue } = entry;
    this.#onStale(queue.name);
    if (event.Event !== "AgentConnect") return NO_CHANGES;
    return [{
      type: "caller-connected",
      at,
      queue,
      uniqueid: text(event.Uniqueid),
      member: entry.members.get(text(event.Interface)),
      holdTime: number(event.HoldTime),
      ringTime: number(event.RingTime),
    }];
  }

  /** Returns the queue of an event. One that is not known is read. */
  #entry(event: DAMIData): Entry | undefined {
    const name = text(event.Queue);
    const entry = this.#entries.get(name);
    if (entry === undefined) this.#onStale(name);
    return entry;
  }
}

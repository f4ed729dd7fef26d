import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import { number, shared, text } from "../records/fields.ts";
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
import type { Recorded } from "./recording.ts";

/** The events after which the figures of a queue are others. */
const FIGURE_EVENTS = ["AgentConnect", "AgentComplete"] as const;

/** A queue whose members can be changed. */
interface Entry {
  queue: Queue;
  readonly members: Map<string, QueueMember>;
}

/** What {@linkcode QueueState} tells. */
export interface QueueStateHandlers {
  /** Takes the changes. */
  readonly tell: (change: Change) => void;
  /** A queue has to be asked for: its figures are old, or it is not known. */
  readonly stale: (queue: string) => void;
}

/** The queues with their members and callers. */
export class QueueState {
  readonly #handlers: QueueStateHandlers;
  #tell: (change: Change) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #queues = new Map<string, Queue>();
  /** The `Uniqueid` of those who gave up and are about to leave. */
  readonly #abandoned = new Set<string>();

  constructor(handlers: QueueStateHandlers) {
    this.#handlers = handlers;
    this.#tell = handlers.tell;
  }

  /** The queues by name. */
  get queues(): ReadonlyMap<string, Queue> {
    return this.#queues;
  }

  /** What takes each event. */
  handlers(): Map<string, (event: DAMIData, at: number) => void> {
    const handlers = new Map<string, (event: DAMIData, at: number) => void>();
    for (const name of MEMBER_EVENTS) {
      handlers.set(name, (event, at) => this.#onMember(event, at));
    }
    for (const name of CALLER_EVENTS) {
      handlers.set(name, (event, at) => this.#onCaller(event, at));
    }
    handlers.set(ABANDON_EVENT, (event) => {
      this.#abandoned.add(text(event.Uniqueid));
    });
    for (const name of FIGURE_EVENTS) {
      handlers.set(name, (event, at) => this.#onAgent(event, at));
    }
    return handlers;
  }

  /**
   * Takes a snapshot.
   *
   * @param snapshots The queues in it.
   * @param recorded What came meanwhile.
   * @param at When it is.
   * @param only The one queue that it tells of; all if not given.
   */
  sync(
    snapshots: ReadonlyMap<string, QueueSnapshot>,
    recorded: readonly Recorded[],
    at: number,
    only?: string,
  ): void {
    const before = new Map<string, Queue>();
    for (const [name, { queue, members }] of this.#entries) {
      if (only !== undefined && name !== only) continue;
      before.set(name, { ...queue, members: new Map(members) });
      if (!snapshots.has(name)) this.#remove(name);
    }
    this.#tell = () => {};
    try {
      for (const [name, snapshot] of snapshots) {
        this.#replace(name, snapshot, at);
      }
      const handlers = this.handlers();
      for (const each of recorded) {
        if (only !== undefined && text(each.event.Queue) !== only) continue;
        handlers.get(text(each.event.Event))?.(each.event, each.at);
      }
    } finally {
      this.#tell = this.#handlers.tell;
    }
    for (const [name, known] of before) {
      const queue = this.#queues.get(name);
      if (queue === undefined) {
        this.#tell({ type: "queue-removed", at, queue: known });
      } else this.#tellDifference(known, queue, at);
    }
    for (const name of snapshots.keys()) {
      const queue = this.#queues.get(name);
      if (queue === undefined || before.has(name)) continue;
      this.#tell({ type: "queue-added", at, queue });
    }
  }

  #remove(name: string): void {
    this.#entries.delete(name);
    this.#queues.delete(name);
  }

  #replace(name: string, snapshot: QueueSnapshot, at: number): void {
    const known = this.#entries.get(name);
    const members = membersOf(snapshot, known?.members);
    const callers = callersOf(snapshot, known?.queue.callers ?? [], at);
    const entry = known ?? this.#add(name);
    // The view stays the same.
    for (const key of [...entry.members.keys()]) {
      if (!members.has(key)) entry.members.delete(key);
    }
    for (const [key, member] of members) entry.members.set(key, member);
    this.#put(entry, {
      name: entry.queue.name,
      members: entry.members,
      callers,
      ...figuresOf(snapshot.figures),
    });
  }

  #add(name: string): Entry {
    const members = new Map<string, QueueMember>();
    const queue = {
      name: shared(name),
      members,
      callers: [],
      ...figuresOf({}),
    };
    const entry = { queue, members };
    this.#entries.set(queue.name, entry);
    this.#queues.set(queue.name, queue);
    return entry;
  }

  #put(entry: Entry, queue: Queue): void {
    entry.queue = queue;
    this.#queues.set(queue.name, queue);
  }

  #tellDifference(before: Queue, queue: Queue, at: number): void {
    for (const [key, member] of before.members) {
      if (queue.members.has(key)) continue;
      this.#tellAll(memberChanges(queue, member, undefined, at));
    }
    for (const [key, member] of queue.members) {
      this.#tellAll(memberChanges(queue, before.members.get(key), member, at));
    }
    this.#tellCallers(before.callers, queue, at, true);
    if (!hasSameFigures(before, queue)) {
      this.#tell({ type: "queue-changed", at, queue, before });
    }
  }

  #tellCallers(
    before: readonly QueueCaller[],
    queue: Queue,
    at: number,
    lost: boolean,
  ): void {
    const { callers } = queue;
    for (const caller of before) {
      if (callers.some(({ uniqueid }) => uniqueid === caller.uniqueid)) {
        continue;
      }
      const abandoned = this.#abandoned.delete(caller.uniqueid);
      this.#tell({ type: "caller-left", at, queue, caller, abandoned, lost });
    }
    for (const caller of callers) {
      const known = before.find(({ uniqueid }) => uniqueid === caller.uniqueid);
      if (known === undefined) {
        this.#tell({ type: "caller-joined", at, queue, caller });
      } else if (known.position !== caller.position) {
        this.#tell({ type: "caller-moved", at, queue, caller });
      }
    }
  }

  #tellAll(changes: readonly Change[]): void {
    for (const change of changes) this.#tell(change);
  }

  #onMember(event: DAMIData, at: number): void {
    const entry = this.#entry(event);
    if (entry === undefined) return;
    const key = text(event.Interface);
    const before = entry.members.get(key);
    const after = reduceMember(before, event);
    if (before === after) return;
    if (after === undefined) entry.members.delete(key);
    else entry.members.set(after.interface, after);
    this.#tellAll(memberChanges(entry.queue, before, after, at));
  }

  #onCaller(event: DAMIData, at: number): void {
    const entry = this.#entry(event);
    if (entry === undefined) return;
    const { queue } = entry;
    const callers = reduceCallers(queue.callers, event, at);
    if (event.Event === "QueueCallerLeave") this.#handlers.stale(queue.name);
    if (callers === queue.callers) {
      this.#abandoned.delete(text(event.Uniqueid));
      return;
    }
    const next = { ...queue, callers };
    this.#put(entry, next);
    this.#tellCallers(queue.callers, next, at, false);
  }

  #onAgent(event: DAMIData, at: number): void {
    const entry = this.#entry(event);
    if (entry === undefined) return;
    const { queue } = entry;
    this.#handlers.stale(queue.name);
    if (event.Event !== "AgentConnect") return;
    this.#tell({
      type: "caller-connected",
      at,
      queue,
      uniqueid: text(event.Uniqueid),
      member: entry.members.get(text(event.Interface)),
      holdTime: number(event.HoldTime),
      ringTime: number(event.RingTime),
    });
  }

  /** The queue of an event. One that is not known is asked for. */
  #entry(event: DAMIData): Entry | undefined {
    const name = text(event.Queue);
    const entry = this.#entries.get(name);
    if (entry === undefined) this.#handlers.stale(name);
    return entry;
  }
}

import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import type { CallRecord } from "../records/call_record.ts";
import { covered } from "../records/call_times.ts";
import { number, text } from "../records/fields.ts";
import type { Queue } from "../records/queue.ts";
import type { LeaveReason } from "../records/queue_caller.ts";
import type { QueueMember } from "../records/queue_member.ts";
import { copied } from "../../detached.ts";
import { type Handlers, NO_CHANGES } from "../state/handler.ts";
import type { AgentBook } from "./agent_report.ts";
import { FigureBook } from "./figure_book.ts";
import type { Figures, FiguresOptions } from "./figures.ts";
import { countAnswer, type QueueCounts } from "./queue_report.ts";
import { readSaved } from "./saved_figures.ts";
import { addTime } from "./span.ts";

/** The most talks and waits that are followed. */
const MAX_FOLLOWED = 20_000;

/** The count that each reason to leave adds to, except an answer, which `AgentConnect` reports. */
const LEAVES: Readonly<
  Record<
    Exclude<LeaveReason, "connected" | "abandoned">,
    "timedOut" | "leftByKey" | "leftEmpty" | "leftOtherwise"
  >
> = {
  "timeout": "timedOut",
  "key": "leftByKey",
  "no-members": "leftEmpty",
  "continued": "leftOtherwise",
  "withdrawn": "leftOtherwise",
};

/** A talk of an agent with a caller. */
interface OpenTalk {
  readonly queue: string;
  readonly agent: string;
  /** The time at which it began. */
  readonly since: number;
}

/** A wait that is over. */
interface Wait {
  readonly joinedAt: number;
  readonly leftAt: number;
}

/** Options of {@linkcode FigureRecorder}. */
export interface FigureRecorderOptions {
  /** The rules by which figures are counted. */
  readonly options: FiguresOptions;
  /** Returns the record of the call of a channel, by its `Uniqueid`. */
  readonly recordOf: (uniqueid: string) => CallRecord | undefined;
  /** The queues by name. */
  readonly queues: ReadonlyMap<string, Queue>;
}

/** Takes an event about an agent and a caller. */
type Take = (event: DAMIData, at: number) => void;

/** Counts what happens in queues. */
export class FigureRecorder {
  readonly #book: FigureBook;
  readonly #serviceLevel: number;
  readonly #shortAbandon: number;
  readonly #recordOf: FigureRecorderOptions["recordOf"];
  readonly #queues: ReadonlyMap<string, Queue>;
  /** The talks by the `Uniqueid` of the caller. */
  readonly #talks = new Map<string, OpenTalk>();
  /** The waits that are over, of callers for whom the reason is not known yet. */
  readonly #waits = new Map<string, Wait>();
  #changedQueues = new Set<string>();
  #changedAgents = new Set<string>();
  #knownAt: number | undefined;

  /**
   * Begins to count.
   *
   * @param options The rules, and the sources of what is counted.
   * @throws {TypeError | RangeError} If an option is wrong.
   */
  constructor({ options, recordOf, queues }: FigureRecorderOptions) {
    const { timeZone, serviceLevel = 20, shortAbandon = 5 } = options;
    checkSeconds("serviceLevel", serviceLevel);
    checkSeconds("shortAbandon", shortAbandon);
    const saved = options.saved === undefined
      ? undefined
      : readSaved(options.saved);
    this.#book = new FigureBook({ timeZone, saved, now: Date.now() });
    this.#serviceLevel = serviceLevel * 1_000;
    this.#shortAbandon = shortAbandon * 1_000;
    this.#recordOf = recordOf;
    this.#queues = queues;
    this.#knownAt = saved?.at;
  }

  /** The figures. */
  get figures(): Figures {
    return this.#book;
  }

  /** Returns the handlers of the events that are counted. */
  handlers(): Handlers {
    const counting: [string, Take][] = [
      ["AgentCalled", (event, at) => this.#onCalled(event, at)],
      ["AgentRingNoAnswer", (event, at) => this.#onMissed(event, at)],
      ["AgentConnect", (event, at) => this.#onConnect(event, at)],
      ["AgentComplete", (event, at) => this.#onComplete(event, at)],
      ["QueueCallerLeave", (event, at) => this.#onLeave(event, at)],
    ];
    return new Map(counting.map(([name, take]) => [name, (event, { at }) => {
      take(event, at);
      return NO_CHANGES;
    }]));
  }

  /**
   * Counts changes of queues.
   *
   * @param changes The changes.
   */
  observe(changes: readonly Change[]): void {
    for (const change of changes) {
      const { at } = change;
      switch (change.type) {
        case "caller-joined":
          this.#join(change.queue.name, change.caller, at);
          break;
        case "caller-left": {
          const { queue, caller, reason, lost } = change;
          this.#left(placeOf(queue.name, caller.uniqueid), {
            queue: queue.name,
            at,
            reason,
            lost,
          });
          break;
        }
        case "member-added":
        case "member-paused":
        case "member-unpaused":
        case "member-state-changed":
        case "member-changed":
          this.#setMember(change.member, at);
          break;
        case "member-removed":
          this.#removeMember(change.queue.name, change.member, at);
          break;
        case "queue-added":
          this.#book.queueBook(change.queue.name);
          for (const member of change.queue.members.values()) {
            this.#setMember(member, at);
          }
          for (const caller of change.queue.callers) {
            this.#join(change.queue.name, caller, at);
          }
          break;
        case "queue-removed":
          for (const member of change.queue.members.values()) {
            this.#removeMember(change.queue.name, member, at);
          }
      }
    }
  }

  /**
   * Notes that the events of a time were missed: it ends with the next snapshot.
   *
   * @param from Its beginning (milliseconds since 1970).
   */
  miss(from: number): void {
    this.#knownAt = from;
  }

  /**
   * Notes a snapshot of the queues, before what differs from it is counted.
   *
   * @param at Its time (milliseconds since 1970).
   * @param isMissing Whether events before it were missed.
   */
  adopt(at: number, isMissing: boolean): void {
    if (isMissing && this.#knownAt !== undefined) {
      this.#book.miss(this.#knownAt, at);
    }
    this.#knownAt = at;
    for (const [uniqueid, talk] of this.#talks) {
      const { queue, agent } = talk;
      const member = this.#queues.get(queue)?.members.get(agent);
      const isOver = this.#recordOf(uniqueid) === undefined ||
        member?.isInCall === false;
      if (isMissing && isOver) this.#endTalk(uniqueid, talk, at);
    }
  }

  /**
   * Notes the talks that a snapshot shows and no event has reported, once the
   * differences from it are counted.
   *
   * @param at Its time (milliseconds since 1970).
   */
  findTalks(at: number): void {
    for (const { clock } of this.#book.agents.values()) clock.findTalk(at);
  }

  /**
   * Returns the change that sums up the counting since the last call.
   *
   * @param at The time (milliseconds since 1970).
   */
  takeChanges(at: number): readonly Change[] {
    if (this.#changedQueues.size === 0 && this.#changedAgents.size === 0) {
      return NO_CHANGES;
    }
    const queues = [...this.#changedQueues];
    const agents = [...this.#changedAgents];
    this.#changedQueues = new Set();
    this.#changedAgents = new Set();
    return [{ type: "figures-changed", at, queues, agents }];
  }

  #join(
    queue: string,
    { uniqueid, joinedAt }: { uniqueid: string; joinedAt: number },
    at: number,
  ): void {
    const place = placeOf(queue, uniqueid);
    const { waiting } = this.#book;
    if (waiting.has(place)) return;
    makeRoom(waiting);
    waiting.set(place, joinedAt);
    this.#count(queue, at, (counts) => {
      counts.offered++;
    }).minutes.of(at).offered++;
  }

  #onLeave(event: DAMIData, at: number): void {
    const place = placeOf(text(event.Queue), text(event.Uniqueid));
    const { waiting } = this.#book;
    const joinedAt = waiting.get(place);
    if (joinedAt === undefined) return;
    // The caller can join again before the reason is known.
    waiting.delete(place);
    makeRoom(this.#waits);
    this.#waits.set(place, { joinedAt, leftAt: at });
  }

  /** Ends a wait, if it is known. */
  #endWait(place: string, at: number): Wait | undefined {
    const wait = this.#waits.get(place);
    if (this.#waits.delete(place)) return wait;
    const { waiting } = this.#book;
    const joinedAt = waiting.get(place);
    waiting.delete(place);
    return joinedAt === undefined ? undefined : { joinedAt, leftAt: at };
  }

  #left(
    place: string,
    { queue, at, reason, lost }: {
      queue: string;
      at: number;
      reason: LeaveReason | undefined;
      lost: boolean;
    },
  ): void {
    // An answer is counted by the event of the agent, which follows.
    if (reason === "connected" && !lost) return;
    const ended = this.#endWait(place, at);
    // How a lost wait ended is unknown.
    if (ended === undefined || lost) return;
    const { joinedAt, leftAt } = ended;
    const wait = leftAt - joinedAt;
    const isAbandoned = reason === "abandoned";
    const isShort = isAbandoned && wait <= this.#shortAbandon;
    const book = this.#count(queue, leftAt, (counts) => {
      addTime(counts.wait, wait);
      if (isShort) counts.abandonedShort++;
      if (isAbandoned) counts.abandoned++;
      else if (reason === undefined) counts.leftOtherwise++;
      else count(counts, reason);
    });
    if (!isAbandoned) return;
    const minute = book.minutes.of(leftAt);
    minute.abandoned++;
    if (isShort) minute.abandonedShort++;
  }

  #onCalled(event: DAMIData, at: number): void {
    this.#countAgent(event, at, (counts) => {
      counts.rung++;
    });
  }

  #onMissed(event: DAMIData, at: number): void {
    this.#count(text(event.Queue), at, (counts) => {
      counts.missed++;
    });
    this.#countAgent(event, at, (counts) => {
      counts.missed++;
    }).minutes.of(at).missed++;
  }

  #onConnect(event: DAMIData, at: number): void {
    const queue = copied(text(event.Queue));
    const uniqueid = copied(text(event.Uniqueid));
    const agent = copied(text(event.Interface));
    const ended = this.#endWait(placeOf(queue, uniqueid), at);
    const wait = ended === undefined
      ? number(event.HoldTime) * 1_000
      : ended.leftAt - ended.joinedAt;
    const isInTime = wait <= this.#serviceLevel;
    const minute = this.#count(
      queue,
      at,
      (counts) => countAnswer(counts, wait, isInTime),
    ).minutes.of(at);
    minute.answered++;
    if (isInTime) minute.answeredInTime++;
    const book = this.#countAgent(event, at, (counts) => {
      counts.answered++;
    });
    book.minutes.of(at).answered++;
    makeRoom(this.#talks);
    this.#talks.set(uniqueid, { queue, agent, since: at });
    book.clock.setTalks(this.#talksOf(agent), at);
  }

  #onComplete(event: DAMIData, at: number): void {
    const uniqueid = text(event.Uniqueid);
    const queue = text(event.Queue);
    const agent = text(event.Interface);
    const talk = this.#talks.get(uniqueid);
    const time = talk === undefined
      ? number(event.TalkTime) * 1_000
      : at - talk.since;
    const held = this.#heldIn(uniqueid, at - time, at);
    const member = this.#queues.get(queue)?.members.get(agent);
    const rest = (member?.wrapupTime ?? 0) * 1_000;
    this.#count(queue, at, (counts) => {
      counts.completed++;
      addTime(counts.talk, time);
      if (held > 0) addTime(counts.hold, held);
      if (rest > 0) addTime(counts.wrapUp, rest);
    });
    const book = this.#countAgent(event, at, (counts) => {
      addTime(counts.talk, time);
      if (held > 0) addTime(counts.hold, held);
    });
    this.#talks.delete(uniqueid);
    book.clock.setTalks(this.#talksOf(agent), at, rest);
  }

  #endTalk(uniqueid: string, { agent }: OpenTalk, at: number): void {
    this.#talks.delete(uniqueid);
    this.#book.agentBook(agent).clock.setTalks(this.#talksOf(agent), at);
  }

  #talksOf(agent: string): number {
    let count = 0;
    for (const talk of this.#talks.values()) if (talk.agent === agent) count++;
    return count;
  }

  /** Returns how long somebody was on hold in a talk. */
  #heldIn(uniqueid: string, from: number, to: number): number {
    const { holds = [] } = this.#recordOf(uniqueid) ?? {};
    const within = holds.map((hold) => ({
      from: Math.max(from, hold.from),
      to: Math.min(to, hold.to ?? to),
    }));
    return covered(within.filter((each) => each.to > each.from), to);
  }

  #setMember(member: QueueMember, at: number): void {
    const book = this.#book.agentBook(member.interface);
    book.name = member.name;
    this.#book.turn(at);
    const { pause } = book.clock;
    book.clock.setMember(member.queue, member, at);
    if (pause !== book.clock.pause) this.#changedAgents.add(member.interface);
  }

  #removeMember(queue: string, member: QueueMember, at: number): void {
    this.#book.turn(at);
    this.#book.agentBook(member.interface).clock.setMember(
      queue,
      undefined,
      at,
    );
    this.#changedAgents.add(member.interface);
  }

  #count(queue: string, at: number, count: (counts: QueueCounts) => void) {
    this.#changedQueues.add(queue);
    return this.#book.countQueue(queue, at, count);
  }

  #countAgent(
    event: DAMIData,
    at: number,
    count: Parameters<FigureBook["countAgent"]>[2],
  ): AgentBook {
    const agent = copied(text(event.Interface));
    this.#changedAgents.add(agent);
    const book = this.#book.countAgent(agent, at, count);
    if (book.name === "") book.name = copied(text(event.MemberName));
    return book;
  }
}

/** Returns the key of somebody's wait in a queue. */
function placeOf(queue: string, uniqueid: string): string {
  return `${uniqueid} ${queue}`;
}

function count(
  counts: QueueCounts,
  reason: keyof typeof LEAVES | "connected" | "abandoned",
): void {
  if (reason === "connected" || reason === "abandoned") return;
  const key = LEAVES[reason];
  counts[key]++;
}

/** Leaves room for one more entry, so that entries that never end take no memory for ever. */
function makeRoom(entries: Map<string, unknown>): void {
  const [oldest] = entries.keys();
  if (entries.size >= MAX_FOLLOWED && oldest !== undefined) {
    entries.delete(oldest);
  }
}

function checkSeconds(option: string, value: number): void {
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot use option '${option}' as it must be a number: current value is ${value}`,
    );
  }
  if (!(value >= 0)) {
    throw new RangeError(
      `Cannot use option '${option}' as it must be at least 0: current value is ${value}`,
    );
  }
}

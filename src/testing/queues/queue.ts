import { chooseMembers } from "./member_choice.ts";
import type { QueueCaller } from "./queue_caller.ts";
import type { QueueEvents } from "./queue_events.ts";
import { QueueMember, seconds } from "./queue_member.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { AmiQueue } from "../server_options.ts";

/** The defaults of app_queue.c (seconds). */
const DEFAULT_TIMEOUT = 15;
const DEFAULT_RETRY = 5;

/** A queue: its members, its callers, its figures. */
export class Queue {
  readonly name: string;
  readonly members: QueueMember[] = [];
  /** The waiting callers, the first one first. */
  readonly callers: QueueCaller[] = [];
  #options: AmiQueue;
  readonly #events: QueueEvents;
  #position = 0;
  #completed = 0;
  #abandoned = 0;
  #completedInLevel = 0;
  #abandonedInLevel = 0;
  #holdTime = 0;
  #talkTime = 0;

  constructor(options: AmiQueue, events: QueueEvents, bootedAt: number) {
    this.#options = options;
    this.#events = events;
    this.name = options.name;
    for (const member of options.members ?? []) {
      this.members.push(new QueueMember(options, member, "static", bootedAt));
    }
  }

  get strategy(): string {
    return (this.#options.strategy ?? "ringall").toLowerCase();
  }

  /** The time a member is rung (milliseconds). */
  get timeout(): number {
    return (this.#options.timeout ?? DEFAULT_TIMEOUT) * 1_000;
  }

  /** The time until members are rung again (milliseconds). */
  get retry(): number {
    return (this.#options.retry ?? DEFAULT_RETRY) * 1_000;
  }

  /** Takes over what its configuration says now; dynamic members stay. */
  configure(options: AmiQueue): void {
    this.#options = options;
    const wanted = options.members ?? [];
    for (const member of [...this.members]) {
      const isKept = member.membership === "dynamic" ||
        wanted.some((each) => each.interface === member.interface);
      if (!isKept) this.removeMember(member);
    }
    for (const each of wanted) {
      const member = this.findMember(each.interface);
      if (member !== undefined) member.penalty = each.penalty ?? 0;
      else {this.members.push(
          new QueueMember(options, each, "static", Date.now()),
        );}
    }
  }

  get isFull(): boolean {
    const { maxLength = 0 } = this.#options;
    return maxLength > 0 && this.callers.length >= maxLength;
  }

  /** Reports whether callers may not join, as no member is there to answer. */
  get isClosed(): boolean {
    return !(this.#options.joinEmpty ?? true) && this.#isEmpty;
  }

  /** Reports whether callers must leave, as no member is there to answer. */
  get isDeserted(): boolean {
    return (this.#options.leaveWhenEmpty ?? false) && this.#isEmpty;
  }

  get #isEmpty(): boolean {
    return this.members.every(({ isPaused, status }) =>
      isPaused || status === 4
    );
  }

  findMember(interfaceName: string): QueueMember | undefined {
    return this.members.find((member) => member.interface === interfaceName);
  }

  /** Adds a dynamic member; returns it. */
  addMember(
    member: { interface: string; name: string; stateInterface: string },
    penalty: number,
  ): QueueMember {
    const { interface: location, name, stateInterface } = member;
    const added = new QueueMember(
      this.#options,
      {
        interface: location,
        name: name === "" ? location : name,
        stateInterface: stateInterface === "" ? location : stateInterface,
        penalty,
      },
      "dynamic",
      Date.now(),
    );
    this.members.push(added);
    return added;
  }

  removeMember(member: QueueMember): void {
    const index = this.members.indexOf(member);
    if (index !== -1) this.members.splice(index, 1);
  }

  join(caller: QueueCaller): void {
    this.callers.push(caller);
    const { length } = this.callers;
    if (length === 1) this.#events.deviceState(this.name, "RINGING");
    this.#events.callerJoin(this, caller, length);
  }

  /** Takes a caller out of the queue. */
  leave(caller: QueueCaller): void {
    const index = this.callers.indexOf(caller);
    if (index === -1) return;
    this.callers.splice(index, 1);
    if (this.callers.length === 0) {
      this.#events.deviceState(this.name, "NOT_INUSE");
    }
    this.#events.callerLeave(this, caller, index + 1);
  }

  /** Returns the position of a caller, from 1 on. */
  positionOf(caller: QueueCaller): number {
    return this.callers.indexOf(caller) + 1;
  }

  /** Rings members for the callers, in order, as long as some are available. */
  dispatch(random: () => number): void {
    for (const caller of [...this.callers]) {
      if (!caller.isIdle) continue;
      const members = this.choose(caller, [], random);
      if (members.length === 0) return;
      caller.ring(members);
    }
  }

  /** Chooses the members to ring for a caller, and passes the turn on. */
  choose(
    caller: QueueCaller,
    tried: readonly QueueMember[],
    random: () => number,
  ): QueueMember[] {
    const now = Date.now();
    const isLinear = this.strategy === "linear";
    const chosen = chooseMembers({
      strategy: this.strategy,
      members: this.members,
      available: this.members.filter((member) =>
        member.isAvailable(now) && !tried.includes(member)
      ),
      position: isLinear ? caller.linearPosition : this.#position,
      random,
    });
    const [first] = chosen;
    if (first === undefined) return chosen;
    const next = (this.members.indexOf(first) + 1) % this.members.length;
    if (isLinear) caller.linearPosition = next;
    else this.#position = next;
    return chosen;
  }

  /** Counts an answered caller (`recalc_holdtime()`, apps/app_queue.c). */
  countAnswer(holdTime: number): void {
    this.#holdTime = (this.#holdTime * 3 + holdTime) >> 2;
  }

  /** Counts a finished call (`update_queue()`, apps/app_queue.c). */
  countCompletion(holdTime: number, talkTime: number): void {
    this.#completed++;
    const { serviceLevel = 0 } = this.#options;
    if (holdTime <= serviceLevel) this.#completedInLevel++;
    this.#talkTime = this.#completed === 1
      ? talkTime
      : (this.#talkTime * 3 + talkTime) >> 2;
  }

  /** Counts a caller that was not answered. */
  countAbandon(holdTime: number): void {
    this.#abandoned++;
    const { serviceLevel = 0 } = this.#options;
    if (holdTime <= serviceLevel) this.#abandonedInLevel++;
  }

  /** Sets its figures and those of its members to 0 (`QueueReset`). */
  reset(): void {
    this.#completed = 0;
    this.#abandoned = 0;
    this.#completedInLevel = 0;
    this.#abandonedInLevel = 0;
    this.#holdTime = 0;
    this.#talkTime = 0;
    for (const member of this.members) {
      member.callsTaken = 0;
      member.lastCall = 0;
    }
  }

  /** Its item in `QueueStatus`. */
  item(): AmiFrame {
    const inLevel = this.#completedInLevel;
    const all = this.#completed + this.#abandoned;
    return {
      Event: "QueueParams",
      Queue: this.name,
      Max: this.#options.maxLength ?? 0,
      Strategy: this.strategy,
      Calls: this.callers.length,
      Holdtime: this.#holdTime,
      TalkTime: this.#talkTime,
      Completed: this.#completed,
      Abandoned: this.#abandoned,
      ServiceLevel: this.#options.serviceLevel ?? 0,
      ServicelevelPerf: percent(inLevel, this.#completed),
      ServicelevelPerf2: percent(inLevel + this.#abandonedInLevel, all),
      Weight: 0,
    };
  }

  /** The items of its callers in `QueueStatus`. */
  callerItems(now: number): AmiFrame[] {
    return this.callers.map(({ channel, joinedAt }, index) => ({
      Event: "QueueEntry",
      Queue: this.name,
      Position: index + 1,
      Channel: channel.name,
      Uniqueid: channel.uniqueid,
      CallerIDNum: channel.callerIdNum,
      CallerIDName: channel.callerIdName,
      ConnectedLineNum: channel.connectedLineNum,
      ConnectedLineName: channel.connectedLineName,
      Wait: seconds(now - joinedAt),
      Priority: 0,
    }));
  }

  /** Its item in `QueueSummary`. */
  summary(now: number): AmiFrame {
    const loggedIn = this.members.filter(({ status }) =>
      status !== 4 && status !== 5
    );
    const free = loggedIn.filter(({ isPaused, status }) =>
      !isPaused && (status === 1 || status === 0)
    );
    const waits = this.callers.map(({ joinedAt }) => now - joinedAt);
    return {
      Event: "QueueSummary",
      Queue: this.name,
      LoggedIn: loggedIn.length,
      Available: free.length,
      Callers: this.callers.length,
      HoldTime: this.#holdTime,
      TalkTime: this.#talkTime,
      LongestHoldTime: seconds(Math.max(0, ...waits)),
    };
  }
}

function percent(part: number, whole: number): string {
  return (whole === 0 ? 0 : 100 * part / whole).toFixed(1);
}

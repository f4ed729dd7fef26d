import type { QueueMember } from "../records/queue_member.ts";
import { newSpan, type Span } from "./span.ts";

/** The time that an agent spent in each state (milliseconds). The states after `loggedIn` add up to it. */
export interface AgentTimes {
  /** A member of a queue. */
  readonly loggedIn: number;
  /** Free to be rung: not paused, not in a call, not wrapping up. */
  readonly ready: number;
  /** Ringing, for a queue or not. */
  readonly ringing: number;
  /** Talking to a caller of a queue. */
  readonly talking: number;
  /** Left alone by the queue after a call (`wrapuptime`). */
  readonly wrapUp: number;
  /** Paused in a queue, and neither ringing nor talking. */
  readonly paused: number;
  /** In a call that is not of a queue. */
  readonly busy: number;
  /** The phone cannot be reached. */
  readonly unavailable: number;
}

/** The states of an agent. */
type AgentState = Exclude<keyof AgentTimes, "loggedIn" | "wrapUp"> | "out";

/** The times of an agent in a period, which grow. */
export interface ClockCounts {
  times: { -readonly [Key in keyof AgentTimes]: AgentTimes[Key] };
  readonly pauses: Map<string, Span>;
}

/** A pause in progress. */
export interface Pause {
  /** Its reason; empty if none was given. */
  readonly reason: string;
  /** Since when. */
  readonly since: number;
}

/** The most reasons of pauses that are told apart. */
const MAX_REASONS = 50;

/** Stands for all further reasons. */
const OTHER_REASONS = "…";

/** Returns empty times. */
export function newClockCounts(): ClockCounts {
  const times = {
    loggedIn: 0,
    ready: 0,
    ringing: 0,
    talking: 0,
    wrapUp: 0,
    paused: 0,
    busy: 0,
    unavailable: 0,
  };
  return { times, pauses: new Map() };
}

/** Measures how long an agent spends in each state. It has no timer: times are added up when they are asked for, or the state changes. */
export class AgentClock {
  /** The times since midnight. */
  today = newClockCounts();
  /** The times since the counting began. */
  readonly sinceStart = newClockCounts();
  readonly #members = new Map<string, QueueMember>();
  #state: AgentState = "out";
  #talks = 0;
  /** `true` if a snapshot has shown a talk that no event has reported. */
  #isFoundTalking = false;
  /** The time up to which times are added up. */
  #until = -Infinity;
  #restsUntil = -Infinity;
  #pause: Pause | undefined;

  /** The present pause. */
  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** The queues of which the agent is a member. */
  get queues(): string[] {
    return [...this.#members.keys()];
  }

  /**
   * Notes the agent as a member of a queue.
   *
   * @param queue The queue.
   * @param member The member; `undefined` if it has left.
   * @param at When (milliseconds since 1970).
   */
  setMember(queue: string, member: QueueMember | undefined, at: number): void {
    this.advance(at);
    if (member === undefined) this.#members.delete(queue);
    else this.#members.set(queue, member);
    this.#isFoundTalking &&= this.isInCall;
    this.#update(at);
  }

  /**
   * Notes the beginning or the end of talks.
   *
   * @param count How many callers the agent talks to.
   * @param at When.
   * @param rest How long the queue leaves the agent alone from then on (milliseconds).
   */
  setTalks(count: number, at: number, rest = 0): void {
    this.advance(at);
    this.#talks = count;
    this.#isFoundTalking = false;
    if (rest > 0) this.#restsUntil = Math.max(this.#restsUntil, at + rest);
    this.#update(at);
  }

  /** `true` if the agent is in a call of a queue, as of the last snapshot or event of a member, which comes after the event of the answer. */
  get isInCall(): boolean {
    for (const { isInCall } of this.#members.values()) {
      if (isInCall) return true;
    }
    return false;
  }

  /**
   * Notes a talk that a snapshot shows, if the agent is in one.
   *
   * @param at When (milliseconds since 1970).
   */
  findTalk(at: number): void {
    if (this.#talks > 0 || !this.isInCall) return;
    this.advance(at);
    this.#isFoundTalking = true;
    this.#update(at);
  }

  /**
   * Adds up the times until now.
   *
   * @param at The time (milliseconds since 1970).
   */
  advance(at: number): void {
    const from = this.#until;
    if (at <= from) return;
    this.#until = at;
    if (from === -Infinity || this.#state === "out") return;
    const rest = this.#state === "ready"
      ? Math.min(at, Math.max(from, this.#restsUntil)) - from
      : 0;
    for (const { times, pauses } of [this.today, this.sinceStart]) {
      times.loggedIn += at - from;
      times[this.#state] += at - from - rest;
      times.wrapUp += rest;
      if (this.#pause === undefined) continue;
      const span = spanOf(pauses, this.#pause.reason);
      if (span.count === 0) span.count = 1;
      span.total += at - from;
      span.longest = Math.max(span.longest, at - this.#pause.since);
    }
  }

  /**
   * Begins another day. A pause that goes on begins anew in it.
   *
   * @param start Its beginning (milliseconds since 1970).
   */
  beginDay(start: number): void {
    this.advance(start);
    this.today = newClockCounts();
    if (this.#pause !== undefined) {
      spanOf(this.today.pauses, this.#pause.reason).count++;
    }
  }

  /**
   * Leaves out an interval for which nothing is known about the agent.
   *
   * @param from Its beginning.
   * @param to Its end.
   */
  skip(from: number, to: number): void {
    this.advance(from);
    this.#until = Math.max(this.#until, to);
    // A pause for the same reason may be another one by now.
    if (this.#pause !== undefined) this.#pause = { ...this.#pause, since: to };
  }

  #update(at: number): void {
    const members = [...this.#members.values()];
    this.#state = stateOf(members, this.#talks > 0 || this.#isFoundTalking);
    const paused = members.find(({ isPaused }) => isPaused);
    const reason = paused?.pausedReason;
    if (reason === this.#pause?.reason) return;
    this.#pause = reason === undefined ? undefined : { reason, since: at };
    if (reason === undefined) return;
    spanOf(this.today.pauses, reason).count++;
    spanOf(this.sinceStart.pauses, reason).count++;
  }
}

function stateOf(
  members: readonly QueueMember[],
  isTalking: boolean,
): AgentState {
  const [first] = members;
  if (first === undefined) return "out";
  if (isTalking) return "talking";
  const isAny = (...states: QueueMember["state"][]) =>
    members.some(({ state }) => states.includes(state));
  if (isAny("RINGING", "RINGINUSE")) return "ringing";
  if (members.some(({ isPaused }) => isPaused)) return "paused";
  if (isAny("UNAVAILABLE", "INVALID")) return "unavailable";
  return isAny("INUSE", "BUSY", "ONHOLD") ? "busy" : "ready";
}

function spanOf(pauses: Map<string, Span>, reason: string): Span {
  const known = pauses.get(reason);
  if (known !== undefined) return known;
  if (pauses.size >= MAX_REASONS && reason !== OTHER_REASONS) {
    return spanOf(pauses, OTHER_REASONS);
  }
  const span = newSpan();
  pauses.set(reason, span);
  return span;
}

import { AgentClock, type ClockCounts } from "./agent_clock.ts";
import {
  type AgentBook,
  type AgentCounts,
  agentPeriod,
  type AgentReport,
  newAgentCounts,
  QUIET_AGENT,
} from "./agent_report.ts";
import { Calendar, type Day } from "./calendar_day.ts";
import type { Figures, FiguresReport } from "./figures.ts";
import { Minutes } from "./minutes.ts";
import { MissedTimes } from "./missed_times.ts";
import {
  newQueueCounts,
  type QueueBook,
  type QueueCounts,
  queuePeriod,
  type QueueReport,
  QUIET_QUEUE,
} from "./queue_report.ts";
import type { SavedClock, SavedFigures } from "./saved_figures.ts";

/** The most queues, and the most agents, that are told apart: the one that has been there longest is forgotten. */
const MAX_BOOKS = 10_000;

/** Options of {@linkcode FigureBook}. */
export interface FigureBookOptions {
  /** The time zone in which a day begins. */
  readonly timeZone: string | undefined;
  /** The figures saved earlier. */
  readonly saved: SavedFigures | undefined;
  /** The start of counting (milliseconds since 1970). */
  readonly now: number;
}

/** Keeps the counts of queues and agents. What is counted is up to others. */
export class FigureBook implements Figures {
  readonly #calendar: Calendar;
  readonly #queues = new Map<string, QueueBook>();
  readonly #agents = new Map<string, AgentBook>();
  readonly #missed = new MissedTimes();
  readonly #since: number;
  readonly #waiting: Map<string, number>;
  #day: Day;

  /**
   * Opens the book.
   *
   * @param options The time zone, and what was stored.
   * @throws {RangeError} If there is no such time zone.
   */
  constructor({ timeZone, saved, now }: FigureBookOptions) {
    this.#calendar = new Calendar(timeZone);
    this.#day = this.#calendar.dayOf(now);
    this.#since = saved?.since ?? now;
    this.#waiting = new Map(saved?.waiting);
    if (saved === undefined) this.#missed.add(this.#day.start, now);
    else this.#load(saved);
  }

  /** The waiting callers by place, with the time since when they wait. */
  get waiting(): Map<string, number> {
    return this.#waiting;
  }

  /** All agents by their interface. */
  get agents(): ReadonlyMap<string, AgentBook> {
    return this.#agents;
  }

  /**
   * Counts something of a queue.
   *
   * @param queue The queue.
   * @param at When (milliseconds since 1970).
   * @param count Counts it, for today if it is of today, and in total.
   * @returns The book of the queue.
   */
  countQueue(
    queue: string,
    at: number,
    count: (counts: QueueCounts) => void,
  ): QueueBook {
    this.turn(at);
    const book = this.queueBook(queue);
    count(book.sinceStart);
    // Events from before midnight do not count for today.
    if (at >= this.#day.start) count(book.today);
    return book;
  }

  /**
   * Counts something of an agent.
   *
   * @param location The interface.
   * @param at When (milliseconds since 1970).
   * @param count Counts it, for today if it is of today, and in total.
   * @returns The book of the agent.
   */
  countAgent(
    location: string,
    at: number,
    count: (counts: AgentCounts) => void,
  ): AgentBook {
    this.turn(at);
    const book = this.agentBook(location);
    count(book.sinceStart);
    if (at >= this.#day.start) count(book.today);
    return book;
  }

  /**
   * Returns the book of a queue, and opens it on the first call.
   *
   * @param queue The queue.
   */
  queueBook(queue: string): QueueBook {
    const known = this.#queues.get(queue);
    if (known !== undefined) return known;
    const book: QueueBook = {
      today: newQueueCounts(),
      sinceStart: newQueueCounts(),
      minutes: new Minutes(QUIET_QUEUE),
    };
    makeRoom(this.#queues);
    this.#queues.set(queue, book);
    return book;
  }

  /**
   * Returns the book of an agent, and opens it on the first call.
   *
   * @param location The interface.
   */
  agentBook(location: string): AgentBook {
    const known = this.#agents.get(location);
    if (known !== undefined) return known;
    const book: AgentBook = {
      name: "",
      today: newAgentCounts(),
      sinceStart: newAgentCounts(),
      minutes: new Minutes(QUIET_AGENT),
      clock: new AgentClock(),
    };
    makeRoom(this.#agents);
    this.#agents.set(location, book);
    return book;
  }

  /**
   * Notes an interval in which nothing was counted.
   *
   * @param from Its beginning (milliseconds since 1970).
   * @param to Its end (milliseconds since 1970).
   */
  miss(from: number, to: number): void {
    this.turn(to);
    this.#missed.add(from, to);
    for (const { clock } of this.#agents.values()) clock.skip(from, to);
  }

  /**
   * Begins another day if it is time to. A clock that is set back does not
   * bring yesterday back.
   *
   * @param at The time (milliseconds since 1970).
   */
  turn(at: number): void {
    if (at < this.#day.end) return;
    this.#day = this.#calendar.dayOf(at);
    this.#missed.forget(this.#day.start);
    for (const book of this.#queues.values()) book.today = newQueueCounts();
    for (const book of this.#agents.values()) {
      book.today = newAgentCounts();
      book.clock.beginDay(this.#day.start);
    }
  }

  /** @inheritdoc */
  report(now = Date.now()): FiguresReport {
    this.turn(now);
    const { start } = this.#day;
    return {
      at: now,
      dayStart: start,
      since: this.#since,
      incomplete: this.#missed.since(start),
      queues: [...this.#queues].map((each) => queueReport(each, now)),
      agents: [...this.#agents].map((each) => agentReport(each, now)),
    };
  }

  /** @inheritdoc */
  queue(queue: string, now = Date.now()): QueueReport | undefined {
    this.turn(now);
    const book = this.#queues.get(queue);
    return book && queueReport([queue, book], now);
  }

  /** @inheritdoc */
  agent(location: string, now = Date.now()): AgentReport | undefined {
    this.turn(now);
    const book = this.#agents.get(location);
    return book && agentReport([location, book], now);
  }

  /** @inheritdoc */
  save(now = Date.now()): string {
    this.turn(now);
    const saved: SavedFigures = {
      version: 1,
      at: now,
      since: this.#since,
      dayStart: this.#day.start,
      missed: this.#missed.since(this.#day.start),
      waiting: [...this.#waiting],
      queues: [...this.#queues].map((
        [queue, { today, sinceStart, minutes }],
      ) => ({
        queue,
        today,
        sinceStart,
        minutes: minutes.save(),
      })),
      agents: [...this.#agents].map(([location, book]) => {
        const { name, today, sinceStart, minutes, clock } = book;
        clock.advance(now);
        return {
          interface: location,
          name,
          today,
          sinceStart,
          minutes: minutes.save(),
          clockToday: savedClock(clock.today),
          clockSinceStart: savedClock(clock.sinceStart),
        };
      }),
    };
    return JSON.stringify(saved);
  }

  #load(saved: SavedFigures): void {
    const isToday = saved.dayStart === this.#day.start;
    const { missed, queues, agents } = saved;
    for (const { from, to } of missed) this.#missed.add(from, to);
    if (!isToday) this.#missed.forget(this.#day.start);
    for (const { queue, today, sinceStart, minutes } of queues) {
      const book = this.queueBook(queue);
      Object.assign(book.sinceStart, sinceStart);
      if (isToday) Object.assign(book.today, today);
      book.minutes.load(minutes);
    }
    for (const agent of agents) {
      const book = this.agentBook(agent.interface);
      book.name = agent.name;
      Object.assign(book.sinceStart, agent.sinceStart);
      if (isToday) Object.assign(book.today, agent.today);
      book.minutes.load(agent.minutes);
      loadClock(book.clock.sinceStart, agent.clockSinceStart);
      if (isToday) loadClock(book.clock.today, agent.clockToday);
    }
  }
}

function makeRoom(books: Map<string, unknown>): void {
  const [oldest] = books.keys();
  if (books.size >= MAX_BOOKS && oldest !== undefined) books.delete(oldest);
}

function queueReport(
  [queue, { today, sinceStart, minutes }]: [string, QueueBook],
  now: number,
): QueueReport {
  return {
    queue,
    today: queuePeriod(today),
    lastHour: minutes.list(now),
    sinceStart: queuePeriod(sinceStart),
  };
}

function agentReport(
  [location, book]: [string, AgentBook],
  now: number,
): AgentReport {
  const { name, today, sinceStart, minutes, clock } = book;
  clock.advance(now);
  return {
    interface: location,
    name,
    queues: clock.queues,
    today: agentPeriod(today, clock.today),
    lastHour: minutes.list(now),
    sinceStart: agentPeriod(sinceStart, clock.sinceStart),
  };
}

function savedClock({ times, pauses }: ClockCounts): SavedClock {
  return { times, pauses: [...pauses] };
}

function loadClock(counts: ClockCounts, { times, pauses }: SavedClock): void {
  Object.assign(counts.times, times);
  for (const [reason, span] of pauses) counts.pauses.set(reason, span);
}

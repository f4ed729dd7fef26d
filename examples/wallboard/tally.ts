/** The number of minutes that the chart shows. */
export const CHART_MINUTES = 60;

/** The longest wait that a service level can be asked of (seconds). */
export const MAX_LEVEL = 600;

/** The time over which the events per second are averaged (milliseconds). */
const RATE_WINDOW = 5_000;

const MINUTE = 60_000;

/**
 * The way in which a caller stopped waiting: lost, which is to have hung up, or
 * answered after a wait (seconds).
 */
export type Outcome = "lost" | { readonly answeredAfter: number };

/** The callers whom an agent has answered, and those who hung up before. */
export interface Outcomes {
  /** The number of callers that were answered. */
  answered: number;
  /** The number of callers that hung up while they were waiting. */
  lost: number;
}

/** The callers of a queue today. */
export interface QueueOutcomes extends Outcomes {
  /** The number of answered callers by their wait: pairs of seconds and number. */
  waits: [seconds: number, callers: number][];
}

/** The callers of a minute in which there were some. */
export type MinuteOutcomes = [
  /** The number of minutes since 1970. */
  minute: number,
  answered: number,
  lost: number,
];

/** Options of {@linkcode Tally}. */
export interface TallyOptions {
  /**
   * The time at which the counting begins (milliseconds since 1970).
   *
   * @default {Date.now()}
   */
  now?: number;
  /**
   * Returns the time at which the day of a time began (milliseconds since 1970).
   *
   * @default The midnight before it, in the time zone of this machine
   */
  dayStart?: (now: number) => number;
}

/** The counts of one queue. */
interface QueueCounts extends Outcomes {
  /** The answered callers of today by their wait (seconds). */
  readonly waits: Map<number, number>;
  /** The minutes (since 1970) in which something happened. */
  readonly minutes: Map<number, Outcomes>;
}

/** Counts the callers of each queue: today, and in each of the last minutes. */
export class Tally {
  readonly #dayStart: (now: number) => number;
  readonly #queues = new Map<string, QueueCounts>();
  #day: number;
  #since: number;

  /**
   * Begins to count.
   *
   * @param options The beginning, and the length of a day.
   */
  constructor(options: TallyOptions = {}) {
    const { now = Date.now(), dayStart = localDayStart } = options;
    this.#dayStart = dayStart;
    this.#day = dayStart(now);
    this.#since = now;
  }

  /**
   * Counts a caller.
   *
   * @param outcome The way in which the caller stopped waiting.
   * @param queue The queue that the caller waited in.
   * @param now The time (milliseconds since 1970).
   */
  count(outcome: Outcome, queue: string, now: number): void {
    this.#turn(now);
    const counts = this.#counts(queue);
    const minute = Math.floor(now / MINUTE);
    const inMinute = counts.minutes.get(minute) ?? { answered: 0, lost: 0 };
    counts.minutes.set(minute, inMinute);
    const kind = outcome === "lost" ? "lost" : "answered";
    inMinute[kind]++;
    // Callers of the time before midnight belong to the chart alone.
    if (now < this.#day) return;
    this.#since = Math.min(this.#since, now);
    counts[kind]++;
    if (outcome === "lost") return;
    const seconds = Math.min(Math.floor(outcome.answeredAfter), MAX_LEVEL + 1);
    counts.waits.set(seconds, (counts.waits.get(seconds) ?? 0) + 1);
  }

  /**
   * Returns since when the callers of today are counted.
   *
   * @param now The time (milliseconds since 1970).
   * @returns Midnight, or later where the counting began later.
   */
  since(now: number): number {
    this.#turn(now);
    return this.#since;
  }

  /**
   * Returns the queues of which something was counted.
   *
   * @param now The time (milliseconds since 1970).
   * @returns Their names.
   */
  names(now: number): string[] {
    this.#turn(now);
    return [...this.#queues.keys()];
  }

  /**
   * Returns the callers of a queue today.
   *
   * @param queue The name of the queue.
   * @param now The time (milliseconds since 1970).
   * @returns The counts.
   */
  today(queue: string, now: number): QueueOutcomes {
    this.#turn(now);
    const { answered = 0, lost = 0, waits = [] } = this.#queues.get(queue) ??
      {};
    return { answered, lost, waits: [...waits].toSorted(byFirst) };
  }

  /**
   * Returns the callers of a queue in the last hour.
   *
   * @param queue The name of the queue.
   * @param now The time (milliseconds since 1970).
   * @returns The minutes in which there were some, the oldest first.
   */
  hour(queue: string, now: number): MinuteOutcomes[] {
    this.#turn(now);
    const { minutes = [] } = this.#queues.get(queue) ?? {};
    return [...minutes].toSorted(byFirst)
      .map(([minute, { answered, lost }]) => [minute, answered, lost]);
  }

  #counts(queue: string): QueueCounts {
    const counts = this.#queues.get(queue) ??
      { answered: 0, lost: 0, waits: new Map(), minutes: new Map() };
    this.#queues.set(queue, counts);
    return counts;
  }

  /** Leaves yesterday behind, and the minutes that are too old. */
  #turn(now: number): void {
    const day = this.#dayStart(now);
    // A clock that is set back does not bring yesterday back.
    const isNewDay = day > this.#day;
    if (isNewDay) this.#since = this.#day = day;
    const oldest = Math.floor(now / MINUTE) - CHART_MINUTES + 1;
    for (const [name, counts] of this.#queues) {
      const { minutes, waits } = counts;
      for (const minute of minutes.keys()) {
        if (minute < oldest) minutes.delete(minute);
      }
      if (isNewDay) {
        counts.answered = counts.lost = 0;
        waits.clear();
      }
      const isEmpty = counts.answered === 0 && counts.lost === 0;
      if (isEmpty && minutes.size === 0) this.#queues.delete(name);
    }
  }
}

function byFirst([one]: [number, unknown], [two]: [number, unknown]): number {
  return one - two;
}

/** The midnight before a time, where this machine is. */
function localDayStart(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** Measures how fast a counter grows, averaged over a few seconds. */
export class RateMeter {
  readonly #samples: { at: number; total: number }[] = [];

  /**
   * Takes note of the counter.
   *
   * @param total The counter, which only grows.
   * @param now The time (milliseconds, of any clock that only goes on).
   * @returns Its growth in a second.
   */
  sample(total: number, now: number): number {
    this.#samples.push({ at: now, total });
    while (
      this.#samples.length > 2 &&
      (this.#samples[1]?.at ?? now) <= now - RATE_WINDOW
    ) this.#samples.shift();
    const [first] = this.#samples;
    if (first === undefined || first.at >= now) return 0;
    return (total - first.total) * 1_000 / (now - first.at);
  }
}

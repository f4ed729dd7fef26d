/** How many minutes the chart shows. */
export const CHART_MINUTES = 60;

/** Over how long the events per second are averaged (milliseconds). */
const RATE_WINDOW = 5_000;

const MINUTE = 60_000;

/** Calls that an agent has taken, and calls that were given up before. */
export interface Outcomes {
  /** How many an agent has taken. */
  answered: number;
  /** How many callers hung up while they were waiting. */
  lost: number;
}

/** Options of {@linkcode Tally}. */
export interface TallyOptions {
  /**
   * When the counting begins (milliseconds since 1970).
   *
   * @default {Date.now()}
   */
  now?: number;
  /**
   * When the day of a time began (milliseconds since 1970).
   *
   * @default The midnight before it, in the time zone of this machine
   */
  dayStart?: (now: number) => number;
}

/** Counts what became of the callers: today, and in each of the last minutes. */
export class Tally {
  readonly #dayStart: (now: number) => number;
  readonly #byQueue = new Map<string, Outcomes>();
  /** The minutes (since 1970) that something happened in. */
  readonly #byMinute = new Map<number, Outcomes>();
  #day: number;
  #since: number;
  #today: Outcomes = { answered: 0, lost: 0 };

  /**
   * Begins to count.
   *
   * @param options When, and what a day is.
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
   * @param outcome What became of the caller.
   * @param queue The queue that the caller waited in.
   * @param now When (milliseconds since 1970).
   */
  count(outcome: keyof Outcomes, queue: string, now: number): void {
    this.#turn(now);
    const minute = Math.floor(now / MINUTE);
    outcomesOf(this.#byMinute, minute)[outcome]++;
    // What is told of the time before midnight belongs to the chart alone.
    if (now < this.#day) return;
    this.#since = Math.min(this.#since, now);
    this.#today[outcome]++;
    outcomesOf(this.#byQueue, queue)[outcome]++;
  }

  /**
   * What was counted today.
   *
   * @param now The time (milliseconds since 1970).
   * @returns The counts, and since when they are counted: midnight, or later
   * where the counting began later.
   */
  today(now: number): Outcomes & { since: number } {
    this.#turn(now);
    return { ...this.#today, since: this.#since };
  }

  /**
   * What was counted of a queue today.
   *
   * @param queue The name of the queue.
   * @param now The time (milliseconds since 1970).
   * @returns The counts.
   */
  queue(queue: string, now: number): Outcomes {
    this.#turn(now);
    return { ...(this.#byQueue.get(queue) ?? { answered: 0, lost: 0 }) };
  }

  /**
   * The last hour, minute by minute.
   *
   * @param now The time (milliseconds since 1970).
   * @returns When the first minute began, and the counts of each minute up to
   * the present one.
   */
  hour(now: number): { start: number; answered: number[]; lost: number[] } {
    this.#turn(now);
    const first = Math.floor(now / MINUTE) - CHART_MINUTES + 1;
    const minutes = Array.from(
      { length: CHART_MINUTES },
      (_, index) => this.#byMinute.get(first + index),
    );
    return {
      start: first * MINUTE,
      answered: minutes.map((minute) => minute?.answered ?? 0),
      lost: minutes.map((minute) => minute?.lost ?? 0),
    };
  }

  /** Leaves yesterday behind, and the minutes that are too old. */
  #turn(now: number): void {
    const day = this.#dayStart(now);
    // A clock that is set back does not bring yesterday back.
    if (day > this.#day) {
      this.#day = day;
      this.#since = day;
      this.#today = { answered: 0, lost: 0 };
      this.#byQueue.clear();
    }
    const oldest = Math.floor(now / MINUTE) - CHART_MINUTES + 1;
    for (const minute of this.#byMinute.keys()) {
      if (minute < oldest) this.#byMinute.delete(minute);
    }
  }
}

function outcomesOf<Key>(map: Map<Key, Outcomes>, key: Key): Outcomes {
  const outcomes = map.get(key) ?? { answered: 0, lost: 0 };
  map.set(key, outcomes);
  return outcomes;
}

/** The midnight before a time, where this machine is. */
function localDayStart(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** How fast a counter grows, averaged over a few seconds. */
export class RateMeter {
  readonly #samples: { at: number; total: number }[] = [];

  /**
   * Takes note of the counter.
   *
   * @param total The counter, which only grows.
   * @param now The time (milliseconds, of any clock that only goes on).
   * @returns How much it grows by in a second.
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

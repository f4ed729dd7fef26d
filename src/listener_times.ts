/**
 * A range of {@linkcode ListenerTimes.ranges}, named by its upper end: `"1ms"`
 * is up to a millisecond, `"10ms"` from there to ten.
 */
export type ListenerTimeRange = "1ms" | "10ms" | "100ms" | "1s" | "longer";

/**
 * The times that listeners took: one event of each read is measured, from the
 * call of its first listener to the return of its last. Promises that they
 * return are not waited for.
 */
export interface ListenerTimes {
  /** The number of events that were measured. */
  readonly events: number;
  /** The time that the listeners of these events took, all together (milliseconds). */
  readonly total: number;
  /** The number of these events whose listeners took a time in each range. */
  readonly ranges: Readonly<Record<ListenerTimeRange, number>>;
}

/** The upper end of each range (milliseconds), the shortest first. */
export const RANGES: readonly (readonly [ListenerTimeRange, number])[] = [
  ["1ms", 1],
  ["10ms", 10],
  ["100ms", 100],
  ["1s", 1_000],
  ["longer", Infinity],
];

/** The counters behind {@linkcode ListenerTimes}. */
export class ListenerClock {
  #events = 0;
  #total = 0;
  #ranges = { "1ms": 0, "10ms": 0, "100ms": 0, "1s": 0, longer: 0 };
  #isDue = false;

  /** Lets the next event that has a listener be measured. */
  arm(): void {
    this.#isDue = true;
  }

  /**
   * Begins to measure an event, if one is due: reading the clock for each of
   * them would take a tenth of its own time.
   *
   * @returns The time (milliseconds, as of `performance.now()`); `undefined` if it is not measured.
   */
  begin(): number | undefined {
    if (!this.#isDue) return undefined;
    this.#isDue = false;
    return performance.now();
  }

  /**
   * Ends the measurement of an event.
   *
   * @param begin The time at which it began, as {@linkcode ListenerClock.begin} returned it.
   */
  end(begin: number): void {
    this.add(performance.now() - begin);
  }

  /**
   * Counts the time of the listeners of one event.
   *
   * @param time The time (milliseconds).
   */
  add(time: number): void {
    const [range] = RANGES.find(([, end]) => time <= end) ?? ["longer"];
    this.#events++;
    this.#total += time;
    this.#ranges[range]++;
  }

  /**
   * Returns what was counted so far.
   *
   * @returns The times, as they are now.
   */
  snapshot(): ListenerTimes {
    return {
      events: this.#events,
      total: this.#total,
      ranges: { ...this.#ranges },
    };
  }
}

/**
 * Adds up the times of several programs or connections.
 *
 * @param one The one.
 * @param other The other.
 * @returns The sums.
 */
export function addTimes(
  one: ListenerTimes,
  other: ListenerTimes,
): ListenerTimes {
  const ranges = { ...one.ranges };
  for (const [range] of RANGES) ranges[range] += other.ranges[range];
  return {
    events: one.events + other.events,
    total: one.total + other.total,
    ranges,
  };
}

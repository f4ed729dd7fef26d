/** An interval in which events were missed. */
export interface MissedTime {
  /** Its beginning (milliseconds since 1970). */
  readonly from: number;
  /** Its end (milliseconds since 1970). */
  readonly to: number;
}

/** The most intervals that are kept apart. */
const MAX_INTERVALS = 100;

/** The intervals in which events were missed. */
export class MissedTimes {
  #intervals: MissedTime[] = [];

  /**
   * Adds an interval. One that follows the last one at once, or is one too many, is joined with it.
   *
   * @param from Its beginning (milliseconds since 1970).
   * @param to Its end (milliseconds since 1970).
   */
  add(from: number, to: number): void {
    if (!(from < to)) return;
    const last = this.#intervals.at(-1);
    const isJoined = last !== undefined &&
      (from <= last.to || this.#intervals.length >= MAX_INTERVALS);
    if (!isJoined) this.#intervals.push({ from, to });
    else {
      const joined = {
        from: Math.min(last.from, from),
        to: Math.max(last.to, to),
      };
      this.#intervals[this.#intervals.length - 1] = joined;
    }
  }

  /**
   * Forgets what is over.
   *
   * @param before The time before which nothing matters any more.
   */
  forget(before: number): void {
    this.#intervals = this.#intervals.filter(({ to }) => to > before);
  }

  /**
   * Returns the intervals since some time.
   *
   * @param start The time; an interval that began before begins then.
   */
  since(start: number): MissedTime[] {
    return this.#intervals.filter(({ to }) => to > start)
      .map(({ from, to }) => ({ from: Math.max(from, start), to }));
  }
}

/** A day in a time zone. It is not always 24 hours long. */
export interface Day {
  /** Its beginning (milliseconds since 1970). */
  readonly start: number;
  /** The beginning of the next one (milliseconds since 1970). */
  readonly end: number;
}

/** No day is longer than this (milliseconds). */
const LONGEST_DAY = 27 * 3_600_000;

/** The days of a time zone. */
export class Calendar {
  readonly #format: Intl.DateTimeFormat;
  #day: Day = { start: Infinity, end: -Infinity };

  /**
   * Reads the time zone.
   *
   * @param timeZone Its name, such as `Europe/Berlin`; that of this machine if not given.
   * @throws {RangeError} If there is no such time zone.
   */
  constructor(timeZone: string | undefined) {
    try {
      this.#format = new Intl.DateTimeFormat("en-CA", {
        timeZone,
        dateStyle: "short",
      });
    } catch (error) {
      throw new RangeError(
        `Cannot use option 'timeZone' as there is no such time zone: current value is ${timeZone}`,
        { cause: error },
      );
    }
  }

  /**
   * Returns the day of a time.
   *
   * @param at The time (milliseconds since 1970).
   */
  dayOf(at: number): Day {
    if (at >= this.#day.start && at < this.#day.end) return this.#day;
    const date = this.#format.format(at);
    const isSame = (time: number) => this.#format.format(time) === date;
    this.#day = {
      start: firstThat(at - LONGEST_DAY, at, isSame),
      end: firstThat(at, at + LONGEST_DAY, (time) => !isSame(time)),
    };
    return this.#day;
  }
}

/** Returns the first time after `from`, up to `to`, for which something holds; it holds from there on. */
function firstThat(
  from: number,
  to: number,
  holds: (time: number) => boolean,
): number {
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** A minute (milliseconds). */
const MINUTE = 60_000;

/** Number of minutes that are kept. */
const MINUTES = 60;

/** Counts in each of the last 60 minutes. Minutes in which nothing happens take no memory. */
export class Minutes<Counts extends object> {
  readonly #zeros: Readonly<Counts>;
  /** The counts by the number of the minute since 1970. */
  readonly #minutes = new Map<number, Counts>();

  /** @param zeros The counts of a minute in which nothing happens. */
  constructor(zeros: Readonly<Counts>) {
    this.#zeros = zeros;
  }

  /**
   * Returns the counts of a minute, to be counted up.
   *
   * @param at A time in it (milliseconds since 1970).
   */
  of(at: number): Counts {
    const minute = Math.floor(at / MINUTE);
    const known = this.#minutes.get(minute);
    if (known !== undefined) return known;
    // A clock that is set back does not make memory grow, either.
    for (const each of this.#minutes.keys()) {
      if (Math.abs(minute - each) >= MINUTES) this.#minutes.delete(each);
    }
    const counts = { ...this.#zeros };
    this.#minutes.set(minute, counts);
    return counts;
  }

  /**
   * Returns the last 60 minutes, up to the present one.
   *
   * @param now The time (milliseconds since 1970).
   */
  list(now: number): (Readonly<Counts> & { readonly at: number })[] {
    const first = Math.floor(now / MINUTE) - MINUTES + 1;
    return Array.from({ length: MINUTES }, (_, index) => {
      const counts = this.#minutes.get(first + index) ?? this.#zeros;
      return { ...counts, at: (first + index) * MINUTE };
    });
  }

  /** Returns what is kept, to be stored. */
  save(): [minute: number, counts: Counts][] {
    return [...this.#minutes].map(([minute, counts]) => [minute, {
      ...counts,
    }]);
  }

  /**
   * Takes what was stored.
   *
   * @param saved The counts by the numbers of their minutes.
   */
  load(saved: readonly (readonly [number, Counts])[]): void {
    for (const [minute, counts] of saved.slice(-MINUTES)) {
      this.#minutes.set(minute, { ...this.#zeros, ...counts });
    }
  }
}

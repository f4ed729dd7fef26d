/** A minute (milliseconds). */
const MINUTE = 60_000;

/** How many minutes are kept. */
export const MINUTES = 60;

/** Counts of one minute. */
export type Counts<Name extends string> = Record<Name, number>;

/** Counts in each of the last 60 minutes. Minutes in which nothing happens take no memory. */
export class Minutes<Name extends string> {
  readonly #names: readonly Name[];
  /** The counts by the number of the minute since 1970. */
  readonly #minutes = new Map<number, Counts<Name>>();

  /** @param names What is counted. */
  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  /**
   * Counts something.
   *
   * @param name What it is.
   * @param at When (milliseconds since 1970).
   */
  count(name: Name, at: number): void {
    const minute = Math.floor(at / MINUTE);
    let counts = this.#minutes.get(minute);
    if (counts === undefined) {
      this.#forget(minute);
      counts = this.#zeros();
      this.#minutes.set(minute, counts);
    }
    counts[name]++;
  }

  /**
   * Returns the last 60 minutes, up to the present one.
   *
   * @param now The time (milliseconds since 1970).
   */
  list(now: number): (Counts<Name> & { readonly at: number })[] {
    const first = Math.floor(now / MINUTE) - MINUTES + 1;
    return Array.from({ length: MINUTES }, (_, index) => ({
      at: (first + index) * MINUTE,
      ...this.#minutes.get(first + index) ?? this.#zeros(),
    }));
  }

  /** Returns what is kept, to be stored. */
  save(): [minute: number, counts: Counts<Name>][] {
    return [...this.#minutes].map((
      [minute, counts],
    ) => [minute, { ...counts }]);
  }

  /**
   * Takes what was stored.
   *
   * @param saved It.
   */
  load(saved: readonly (readonly [number, Counts<Name>])[]): void {
    for (const [minute, counts] of saved.slice(-MINUTES)) {
      this.#minutes.set(minute, { ...this.#zeros(), ...counts });
    }
  }

  /** Forgets what is too old. A clock that is set back makes no memory grow. */
  #forget(minute: number): void {
    for (const each of this.#minutes.keys()) {
      if (Math.abs(minute - each) >= MINUTES) this.#minutes.delete(each);
    }
  }

  #zeros(): Counts<Name> {
    const counts: Partial<Counts<Name>> = {};
    for (const name of this.#names) counts[name] = 0;
    return { ...this.#blank, ...counts };
  }

  get #blank(): Counts<Name> {
    return Object.fromEntries(this.#names.map((name) => [name, 0])) as Counts<
      Name
    >;
  }
}

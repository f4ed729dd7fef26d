/**
 * Waiting for what comes over the network, with a deadline.
 *
 * @module
 */

/** The longest wait for an answer or an event (milliseconds). */
export const DEADLINE = 20_000;

/** Keeps what came, and lets tests wait for what has not come yet. */
export class Arrivals<T> {
  readonly #items: T[] = [];
  readonly #waiting = new Set<() => void>();
  #over = false;

  /** Everything that came, in order. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** Takes what came. */
  add(...items: T[]): void {
    this.#items.push(...items);
    for (const look of this.#waiting) look();
  }

  /** Takes note that nothing more will come. */
  end(): void {
    this.#over = true;
    for (const look of this.#waiting) look();
  }

  /** Waits for an item, or takes one that came already. */
  async find(matches: (item: T) => boolean, what: string): Promise<T> {
    const found = Promise.withResolvers<T>();
    const look = () => {
      const item = this.#items.find(matches);
      if (item !== undefined) found.resolve(item);
      else if (this.#over) {
        found.reject(new Error(`There will be no ${what}: it is over`));
      }
    };
    const timer = setTimeout(
      () => found.reject(new Error(`Waited in vain for ${what}`)),
      DEADLINE,
    );
    this.#waiting.add(look);
    look();
    try {
      return await found.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(look);
    }
  }
}

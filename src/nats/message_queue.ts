/** Items that have come and were not taken: two lists, so that neither end of a long one moves. */
export class MessageQueue<T> {
  #taking: T[] = [];
  #next = 0;
  #coming: T[] = [];

  /** The number of items. */
  get size(): number {
    return this.#taking.length - this.#next + this.#coming.length;
  }

  /**
   * Adds an item.
   *
   * @param item The item.
   */
  push(item: T): void {
    this.#coming.push(item);
  }

  /**
   * Removes the first item.
   *
   * @returns The item; `undefined` if there is none.
   */
  take(): T | undefined {
    if (this.#next === this.#taking.length) {
      if (this.#coming.length === 0) return undefined;
      this.#taking = this.#coming;
      this.#coming = [];
      this.#next = 0;
    }
    return this.#taking[this.#next++];
  }

  /** Removes all items. */
  clear(): void {
    this.#taking = [];
    this.#coming = [];
    this.#next = 0;
  }
}

/** An entry of a {@linkcode Fifo}. */
interface Entry<T> {
  readonly value: T;
  next: Entry<T> | undefined;
}

/**
 * A queue that takes at one end and gives at the other, each in constant time
 * whatever its length. An array moves everything after the value that it gives.
 */
export class Fifo<T> {
  #first: Entry<T> | undefined;
  #last: Entry<T> | undefined;
  #size = 0;

  /** The number of values in the queue. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a value at the end.
   *
   * @param value The value.
   */
  push(value: T): void {
    const entry: Entry<T> = { value, next: undefined };
    if (this.#last === undefined) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#size++;
  }

  /**
   * Removes the oldest value.
   *
   * @returns The value in an object, as any value may be queued; `undefined` if the queue is empty.
   */
  shift(): { readonly value: T } | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    this.#first = first.next;
    if (first.next === undefined) this.#last = undefined;
    // An entry that is still referenced would keep alive all that came after it.
    first.next = undefined;
    this.#size--;
    return first;
  }

  /** Removes all values. */
  clear(): void {
    this.#first = undefined;
    this.#last = undefined;
    this.#size = 0;
  }
}

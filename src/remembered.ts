/**
 * A memory of earlier results, for keys that come again and again.
 * It is bounded: when it is full it is emptied, and fills again with what is in
 * use now, which is cheaper than noting for each key when it was used last.
 */
export class Remembered<Key, Value> {
  readonly #max: number;
  readonly #values = new Map<Key, Value>();

  /** @param max The most keys that are remembered. */
  constructor(max: number) {
    this.#max = max;
  }

  /**
   * Returns the value of a key, or `undefined` if it is not remembered.
   *
   * @param key The key.
   */
  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  /**
   * Remembers the value of a key that is not remembered yet.
   *
   * @param key The key.
   * @param value The value.
   */
  set(key: Key, value: Value): void {
    if (this.#values.size >= this.#max) this.#values.clear();
    this.#values.set(key, value);
  }

  /** Forgets everything. */
  clear(): void {
    this.#values.clear();
  }
}

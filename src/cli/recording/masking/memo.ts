import { Remembered } from "../../../remembered.ts";

/** The number of values that are kept: far more than are spoken of at a time. */
const MAX_SIZE = 20_000;

/** Longer values are not kept, as they hardly come again (characters). */
const MAX_LENGTH = 200;

/** Keeps results, as the same values come again and again. */
export class Memo {
  readonly #work: (value: string) => string;
  readonly #results = new Remembered<string, string>(MAX_SIZE);

  /** @param work Works a value out; the same one always gives the same. */
  constructor(work: (value: string) => string) {
    this.#work = work;
  }

  /**
   * Works a value out, or remembers it.
   *
   * @param value The value.
   * @returns The result.
   */
  get(value: string): string {
    if (value.length > MAX_LENGTH) return this.#work(value);
    const known = this.#results.get(value);
    if (known !== undefined) return known;
    const result = this.#work(value);
    this.#results.set(value, result);
    return result;
  }
}

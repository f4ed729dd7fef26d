import { copied } from "../detached.ts";
import { Remembered } from "../remembered.ts";

/** The most kinds of items whose values are remembered. Asterisk has some 60. */
const MAX_KINDS = 200;

/**
 * The values of the last item of each kind of list. The items of a list mostly
 * have the same value under the same header: it is kept once, and no value that
 * is kept holds the text of its frame.
 */
export class RepeatedValues {
  readonly #last = new Remembered<readonly string[], string[]>(MAX_KINDS);

  /**
   * Puts the kept texts in the place of equal ones, and remembers all others.
   *
   * @param names The names of the headers: the same array for each item of a kind.
   * @param values The values, in the order of the names.
   * @param from The place of the first one.
   */
  share(names: readonly string[], values: string[], from: number): void {
    let last = this.#last.get(names);
    if (last === undefined) {
      last = [];
      this.#last.set(names, last);
    }
    for (let index = from; index < values.length; index++) {
      const value = values[index] ?? "";
      const known = last[index];
      values[index] = value === known ? known : last[index] = copied(value);
    }
  }
}

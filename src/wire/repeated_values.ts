import { detached } from "../detached.ts";

/** The longest text that V8 copies when it is cut out of another (characters). A longer one keeps all of that other in memory. */
const MAX_COPIED = 12;

/**
 * The values of the last of many frames that are kept together. The items of a
 * list mostly have the same value under the same header: it is kept once, and
 * no value that is kept holds the text of its frame.
 */
export class RepeatedValues {
  readonly #last: string[] = [];

  /**
   * Puts the kept texts in the place of equal ones, and remembers all others.
   *
   * @param values The values, in the order of their headers.
   * @param from The place of the first one.
   */
  share(values: string[], from: number): void {
    const last = this.#last;
    for (let index = from; index < values.length; index++) {
      let value = values[index] ?? "";
      const known = last[index];
      if (value === known) {
        values[index] = known;
        continue;
      }
      if (value.length > MAX_COPIED) value = detached(value);
      values[index] = last[index] = value;
    }
  }
}

import { Memo } from "./memo.ts";
import type { Permutation } from "./permutation.ts";

/**
 * Masks numbers: the same one always becomes the same other one, with as many
 * digits and leading zeros, so that a whole number stays one.
 */
export class NumberMask {
  readonly #memo: Memo;

  /** @param permutation The permutation that exchanges them. */
  constructor(permutation: Permutation) {
    this.#memo = new Memo((digits) => exchange(digits, permutation));
  }

  /**
   * Masks a number.
   *
   * @param digits The number, in digits alone.
   * @returns Another number; the same if it is nothing but zeros.
   */
  mask(digits: string): string {
    return this.#memo.get(digits);
  }
}

function exchange(digits: string, permutation: Permutation): string {
  const [zeros = ""] = /^0*/.exec(digits) ?? [];
  const [first, ...rest] = Array.from(digits.slice(zeros.length), Number);
  if (first === undefined) return digits;
  const radices = [9, ...rest.map(() => 10)];
  const [masked = 0, ...more] = permutation.exchange(
    [first - 1, ...rest],
    radices,
    "number",
  );
  return `${zeros}${masked + 1}${more.join("")}`;
}

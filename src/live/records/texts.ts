import { detached } from "../../detached.ts";
import { Remembered } from "../../remembered.ts";

/** The shortest part that V8 cuts out of a text without a copy (`SlicedString::kMinLength`). */
const MIN_SLICE = 13;

/** The most texts that are remembered of those that repeat everywhere. */
const MAX_COMMON = 5_000;

/** The most texts that are remembered of those that repeat within one call. */
const MAX_RECENT = 1_000;

/**
 * Returns a text that can be kept for long: it keeps nothing else of the
 * received text in memory.
 *
 * @param value The text.
 * @returns The same characters.
 */
export function copied(value: string): string {
  return value.length < MIN_SLICE ? value : detached(value);
}

/**
 * The texts that many records of one PBX have in common. Each is kept once,
 * which is what makes 10,000 calls fit into memory.
 */
export class Texts {
  readonly #common = new Remembered<string, string>(MAX_COMMON);
  readonly #recent = new Remembered<string, string>(MAX_RECENT);

  /**
   * Interns a text that repeats everywhere, such as a context.
   *
   * @param value The text.
   * @returns The same characters.
   */
  common(value: string): string {
    return interned(this.#common, value);
  }

  /**
   * Interns a text that comes again soon, such as the `Linkedid` of a call.
   *
   * @param value The text.
   * @returns The same characters.
   */
  recent(value: string): string {
    return interned(this.#recent, value);
  }
}

function interned(texts: Remembered<string, string>, value: string): string {
  if (value === "") return "";
  const known = texts.get(value);
  if (known !== undefined) return known;
  const copy = copied(value);
  texts.set(copy, copy);
  return copy;
}

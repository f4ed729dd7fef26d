import { copied } from "../../detached.ts";
import { Remembered } from "../../remembered.ts";

/** The most texts that are remembered of those that repeat everywhere. */
const MAX_COMMON = 5_000;

/** The number of places for texts that repeat within one call: a power of two. */
const RECENT_PLACES = 2_048;

/**
 * The texts that many records of one PBX have in common. Each is kept once,
 * which is what makes 10,000 calls fit into memory.
 */
export class Texts {
  readonly #common = new Remembered<string, string>(MAX_COMMON);
  /** Each text has one place, in which it takes that of another: ids are always new, and a map of them would do nothing but grow and be emptied. */
  readonly #recent = new Array<string>(RECENT_PLACES).fill("");

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
    const place = placeOf(value);
    const known = this.#recent[place];
    if (known === value) return known;
    return this.#recent[place] = copied(value);
  }
}

/** Returns the place of a text, by its last letters: ids differ in them. */
function placeOf(value: string): number {
  const end = value.length;
  if (end < 3) return end;
  const code = value.charCodeAt(end - 1) + 37 * value.charCodeAt(end - 2) +
    1_369 * value.charCodeAt(end - 3);
  return code % RECENT_PLACES;
}

function interned(texts: Remembered<string, string>, value: string): string {
  if (value === "") return "";
  const known = texts.get(value);
  if (known !== undefined) return known;
  const copy = copied(value);
  texts.set(copy, copy);
  return copy;
}

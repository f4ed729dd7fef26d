/**
 * The key of an action: the number of an ActionID that DAMI made, or else its
 * text. A `Map` finds a number at once; a text has to be hashed and compared.
 */
export type ActionKey = string | number;

const ZERO = 0x30;

/** The most digits of a number that is certainly exact. */
const MAX_DIGITS = 15;

/** Makes ActionIDs that are used only once. */
export class ActionIds {
  readonly #prefix = unguessablePrefix();
  #count = 0;

  /**
   * Makes the next one.
   *
   * @returns Its key.
   */
  next(): number {
    return ++this.#count;
  }

  /**
   * Returns an ActionID as it is sent.
   *
   * @param key Its key.
   * @returns The text.
   */
  textOf(key: ActionKey): string {
    return typeof key === "number" ? `${this.#prefix}${key}` : key;
  }

  /**
   * Returns the key of an ActionID.
   *
   * @param text The ActionID as it was received, or given by a caller.
   * @returns Its key: no two texts have the same.
   */
  keyOf(text: string): ActionKey {
    const { length } = this.#prefix;
    const isOwn = text.startsWith(this.#prefix) &&
      text.length <= length + MAX_DIGITS;
    return isOwn ? numberAt(text, length) ?? text : text;
  }
}

/** Returns the number that a text ends with; `undefined` where it is not spelled as DAMI does. */
function numberAt(text: string, start: number): number | undefined {
  let number = 0;
  for (let place = start; place < text.length; place++) {
    const digit = text.charCodeAt(place) - ZERO;
    const isFirstZero = number === 0 && digit === 0;
    if (digit < 0 || digit > 9 || isFirstZero) return undefined;
    number = number * 10 + digit;
  }
  return number === 0 ? undefined : number;
}

/** Makes a prefix that other users of the PBX cannot guess: others see an ActionID only once it is in use. */
function unguessablePrefix(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  const digits = Array.from(
    random,
    (part) => part.toString(16).padStart(8, "0"),
  );
  return `dami-${digits.join("")}-`;
}

/** A key that means something while a screen is shown. */
export type Key =
  | "quit"
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "home"
  | "end";

/** The keys by what terminals send for them; arrows, Home and End come in two ways (`man console_codes`). */
const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ["q", "quit"],
  ["Q", "quit"],
  ["\x1b[A", "up"],
  ["\x1bOA", "up"],
  ["\x1b[B", "down"],
  ["\x1bOB", "down"],
  ["\x1b[5~", "page-up"],
  ["\x1b[6~", "page-down"],
  [" ", "page-down"],
  ["\x1b[H", "home"],
  ["\x1bOH", "home"],
  ["\x1b[1~", "home"],
  ["\x1b[F", "end"],
  ["\x1bOF", "end"],
  ["\x1b[4~", "end"],
]);

/** The beginning of an escape sequence at the end of a text, a whole sequence, or one character. */
const SEQUENCE =
  // deno-lint-ignore no-control-regex -- keys begin with ESC
  /(?<open>\x1b(?:\[[\d;]*|O)?$)|\x1b(?:\[[\d;]*[A-Za-z~]|O[A-Za-z]|[^[O\x1b])|[^]/gu;

/** Finds keys in what a terminal sends, however it is cut. */
export class KeyParser {
  #rest = "";

  /**
   * Takes the next characters.
   *
   * @param text The characters.
   * @returns The keys in them, without those that mean nothing.
   */
  take(text: string): Key[] {
    const all = this.#rest + text;
    this.#rest = "";
    const keys: Key[] = [];
    for (const { 0: sequence, groups } of all.matchAll(SEQUENCE)) {
      // One that never ends is no key.
      if (groups?.["open"] !== undefined) this.#rest = sequence.slice(0, 16);
      const key = KEYS.get(sequence);
      if (key !== undefined) keys.push(key);
    }
    return keys;
  }
}

/**
 * Reads keys from the standard input, which is in raw mode, until the program
 * ends: Deno cannot give up the read of a terminal.
 *
 * @param onKey Takes the keys.
 */
export async function readKeys(onKey: (key: Key) => void): Promise<void> {
  const parser = new KeyParser();
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(256);
  try {
    while (true) {
      const count = await Deno.stdin.read(buffer);
      if (count === null) return;
      const text = decoder.decode(buffer.subarray(0, count), { stream: true });
      for (const key of parser.take(text)) onKey(key);
    }
  } catch {
    // The terminal is gone, and no key comes any more.
  }
}

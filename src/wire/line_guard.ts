/**
 * Stands for a line feed inside a value. Decoded text has surrogates only in
 * pairs, so this lone one cannot come from the PBX.
 */
const SHIELD = "\udc0a";

/** Matches a shield, and not the second half of a pair that looks like it. */
const SHIELDS = /\udc0a/gu;

/** Options of {@linkcode LineGuard}. */
export interface LineGuardOptions {
  /** The longest line that is let through (characters). */
  maxLineLength: number;
}

/**
 * Makes received text safe for `TextLineStream`, which splits at every line
 * feed and buffers a line that never ends without a limit.
 *
 * - Asterisk ends its lines with CRLF, and a value may hold a bare line feed
 *   (`main/manager.c`, `astman_append`): it is shielded until the line is cut,
 *   and {@linkcode restoreLineFeeds} puts it back.
 * - A line feed at the very start of a line is the empty line that
 *   `CoreShowChannelMap` ends its items with.
 * - A peer that ends its greeting with a bare line feed is not Asterisk but a
 *   proxy or a mock that ends all its lines like that: nothing is shielded
 *   then.
 */
export class LineGuard {
  readonly #maxLineLength: number;
  /** `true` if a bare line feed ends a line; not known before the end of the first line. */
  #lenient: boolean | undefined;
  /** The length of the line that is not ended yet. */
  #length = 0;
  #endedWithCarriageReturn = false;
  #tooLong = false;
  #hasShielded = false;

  /** @param options The longest line. */
  constructor(options: LineGuardOptions) {
    this.#maxLineLength = options.maxLineLength;
  }

  /**
   * Takes the next text.
   *
   * @param text The received text.
   * @returns The parts to give to `TextLineStream`; nothing of a line that is too long.
   */
  push(text: string): string[] {
    if (text === "") return [];
    this.#lenient ??= this.#isLenient(text);
    const parts = this.#lenient === false ? this.#shield(text) : [text];
    this.#endedWithCarriageReturn = text.endsWith("\r");
    for (const [index, part] of parts.entries()) {
      const end = this.#measure(part);
      if (end === part.length) continue;
      this.#tooLong = true;
      return [...parts.slice(0, index), part.slice(0, end)];
    }
    return parts;
  }

  /** The longest line that is let through (characters). */
  get maxLineLength(): number {
    return this.#maxLineLength;
  }

  /** `true` once there may be shields in what was returned. */
  get hasShielded(): boolean {
    return this.#hasShielded;
  }

  /** `true` once a line was too long. Nothing after it can be understood. */
  get tooLong(): boolean {
    return this.#tooLong;
  }

  /** Reports whether the first line ends with a bare line feed, if it ends here. */
  #isLenient(text: string): boolean | undefined {
    const lineFeed = text.indexOf("\n");
    if (lineFeed === -1) return undefined;
    return lineFeed === 0
      ? !this.#endedWithCarriageReturn
      : text[lineFeed - 1] !== "\r";
  }

  /**
   * Shields the line feeds inside values. A line with shields is a part of its
   * own, as they double the memory of each string that holds one.
   */
  #shield(text: string): string[] {
    const parts: string[] = [];
    let shielded = "";
    let handled = 0;
    for (
      let index = text.indexOf("\n");
      index !== -1;
      index = text.indexOf("\n", index + 1)
    ) {
      if (text[index - 1] === "\r") continue;
      const endsLine = index === 0
        ? this.#endedWithCarriageReturn || this.#length === 0
        : text[index - 1] === "\n" && (shielded === "" || handled < index);
      if (endsLine) continue;
      const lineStart = text.slice(0, index).lastIndexOf("\n") + 1;
      if (lineStart > handled) {
        parts.push(...apart(shielded, text.slice(handled, lineStart)));
        shielded = "";
        handled = lineStart;
      }
      shielded += text.slice(handled, index) + SHIELD;
      this.#hasShielded = true;
      handled = index + 1;
    }
    parts.push(...apart(shielded, text.slice(handled)));
    return parts;
  }

  /** Returns the start of the first line that is too long; the end of the text if none is. */
  #measure(text: string): number {
    if (this.#length + text.length > this.#maxLineLength) {
      let start = 0;
      let length = this.#length;
      for (let end = 0; end < text.length; start = end + 1, length = 0) {
        const lineFeed = text.indexOf("\n", start);
        end = lineFeed === -1 ? text.length : lineFeed;
        if (length + end - start > this.#maxLineLength) return start;
      }
    }
    const lineFeed = text.lastIndexOf("\n");
    this.#length = lineFeed === -1
      ? this.#length + text.length
      : text.length - lineFeed - 1;
    return text.length;
  }
}

/** Returns a line with shields, to its end, and then the text after it. */
function apart(shielded: string, text: string): string[] {
  if (shielded === "") return [text];
  const lineFeed = text.indexOf("\n");
  return lineFeed === -1
    ? [shielded + text]
    : [shielded + text.slice(0, lineFeed + 1), text.slice(lineFeed + 1)];
}

/**
 * Puts the line feeds back that {@linkcode LineGuard} shielded.
 *
 * @param line A line, as `TextLineStream` cut it.
 * @returns The line as the PBX sent it.
 */
export function restoreLineFeeds(line: string): string {
  return line.includes(SHIELD) ? line.replace(SHIELDS, "\n") : line;
}

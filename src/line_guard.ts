import { AmiLimitError } from "./errors.ts";

const CARRIAGE_RETURN = 0x0d;

/**
 * Stands for a line feed inside a value. Decoded text has surrogates in pairs
 * only, so this lone one can come from nowhere else.
 */
const SHIELD = "\udc0a";

/** Finds the shield, and not the second half of a pair that looks like it. */
const SHIELDS = /\udc0a/gu;

/** Options of {@linkcode LineGuard}. */
export interface LineGuardOptions {
  /** The longest line that is let through (characters). */
  maxLineLength: number;
  /** Takes the error when a line is longer. The stream ends then: what came before is still read. */
  onFailure: (error: AmiLimitError) => void;
}

/**
 * Makes decoded text safe for `TextLineStream`, which splits at every line
 * feed and holds a line that never ends without a limit.
 *
 * - Asterisk ends its lines with CRLF, and a value may hold a bare line feed
 *   (`main/manager.c`, `astman_append`): it is shielded until the line is cut,
 *   and {@linkcode restoreLineFeeds} puts it back.
 * - A line feed at the very start of a line is the empty line that
 *   `CoreShowChannelMap` ends its items with.
 * - A peer that ends its greeting with a bare line feed is no Asterisk, but a
 *   proxy or a mock that ends all its lines so: nothing is shielded then.
 */
export class LineGuard extends TransformStream<string, string> {
  readonly #maxLineLength: number;
  /** Whether a bare line feed ends a line; not known before the first line's end. */
  #lenient: boolean | undefined;
  /** The length of the unfinished line in the chunks before this one. */
  #carried = 0;
  #endedWithCarriageReturn = false;
  #tooLong = false;

  /** @param options The longest line. */
  constructor(options: LineGuardOptions) {
    super({
      transform: (chunk, controller) => {
        if (chunk !== "") controller.enqueue(this.#guard(chunk));
        if (!this.#tooLong) return;
        options.onFailure(
          new AmiLimitError(
            `Cannot read on: a line is longer than ${options.maxLineLength} characters`,
            "maxLineLength",
            options.maxLineLength,
          ),
        );
        controller.terminate();
      },
    });
    this.#maxLineLength = options.maxLineLength;
  }

  #guard(chunk: string): string {
    let guarded = "";
    let copied = 0;
    // Where the current line starts in this chunk; negative where it began in one before.
    let start = -this.#carried;
    let lineFeed = chunk.indexOf("\n");
    while (lineFeed !== -1) {
      const afterCarriageReturn = lineFeed === 0
        ? this.#endedWithCarriageReturn
        : chunk.charCodeAt(lineFeed - 1) === CARRIAGE_RETURN;
      this.#lenient ??= !afterCarriageReturn;
      if (afterCarriageReturn || lineFeed === start || this.#lenient) {
        if (lineFeed - start > this.#maxLineLength) break;
        start = lineFeed + 1;
      } else {
        guarded += chunk.slice(copied, lineFeed) + SHIELD;
        copied = lineFeed + 1;
      }
      lineFeed = chunk.indexOf("\n", lineFeed + 1);
    }
    this.#carried = chunk.length - start;
    if (this.#carried > this.#maxLineLength) {
      this.#tooLong = true;
      // What comes before the line that is too long.
      return guarded + chunk.slice(copied, Math.max(copied, start));
    }
    this.#endedWithCarriageReturn =
      chunk.charCodeAt(chunk.length - 1) === CARRIAGE_RETURN;
    return copied === 0 ? chunk : guarded + chunk.slice(copied);
  }
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

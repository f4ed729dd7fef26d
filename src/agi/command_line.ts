/** A word of a command. */
export type AgiArgument = string | number;

/** The most words that Asterisk reads of a command (res/res_agi.c, `MAX_ARGS`); it drops those beyond. */
export const MAX_WORDS = 128;

/** The longest command that Asterisk reads (bytes): one of 1,024 with its line feed and an end is cut. */
export const MAX_LINE_BYTES = 1_022;

const ENCODER = new TextEncoder();

/** The characters that need quotes: separators of words, quotes and backslashes. */
const NEEDS_QUOTES = /[\s"\\]/;

const LINE_BREAK = /[\r\n\0]/;

/** Writes one argument as `parse_args()` of res/res_agi.c reads it. */
function quoted(argument: AgiArgument): string {
  if (typeof argument === "number") {
    if (!Number.isFinite(argument)) {
      throw new RangeError(
        `Cannot send the number ${argument} to Asterisk: it must be finite`,
      );
    }
    return `${argument}`;
  }
  if (argument !== "" && !NEEDS_QUOTES.test(argument)) return argument;
  return `"${argument.replaceAll(/["\\]/g, "\\$&")}"`;
}

/**
 * Writes a command with its arguments. Arguments are quoted where AGI needs it.
 *
 * @param name The words of the command, such as `GET DATA`.
 * @param args Its arguments; those that are `undefined` are left out.
 * @returns The line, without a line end.
 * @throws {TypeError} If an argument has a line break, or one that is left out stands before another.
 * @throws {RangeError} If a number is not finite, or there are too many arguments.
 */
export function commandLine(
  name: string,
  args: readonly (AgiArgument | undefined)[] = [],
): string {
  const given = [...args];
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  let line = name;
  for (const argument of given) {
    if (argument === undefined) {
      throw new TypeError(
        `Cannot send ${name} as an argument is missing before another one`,
      );
    }
    line += ` ${quoted(argument)}`;
  }
  return line;
}

/**
 * Counts the words of a line as `parse_args()` of res/res_agi.c does.
 *
 * @param line The line.
 * @returns The number of words.
 */
export function countWords(line: string): number {
  let count = 0;
  let isQuoted = false;
  let isInWord = false;
  for (let index = 0; index < line.length; index++) {
    const character = line[index];
    const isSpace = character === " " || character === "\t";
    if (isSpace && !isQuoted) {
      isInWord = false;
      continue;
    }
    if (!isInWord) count++;
    isInWord = true;
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "\\") index++;
  }
  return count;
}

/**
 * Refuses a line that Asterisk would misread.
 *
 * @param line The line of a command.
 * @param maxBytes The longest line that the way to Asterisk lets pass (bytes).
 * @throws {TypeError} If it is empty or holds a line break.
 * @throws {RangeError} If it is too long or has too many words.
 */
export function checkLine(line: string, maxBytes: number): void {
  if (LINE_BREAK.test(line)) {
    throw new TypeError(
      "Cannot send an AGI command with a line break or a NUL character",
    );
  }
  if (line.trim() === "") {
    throw new TypeError("Cannot send an empty AGI command");
  }
  // A character has three bytes at most.
  const bytes = line.length * 3 <= maxBytes
    ? 0
    : ENCODER.encode(line).byteLength;
  if (bytes > maxBytes) {
    throw new RangeError(
      `Cannot send an AGI command of ${bytes} bytes as Asterisk takes ${maxBytes} at most`,
    );
  }
  if (line.length < 2 * MAX_WORDS) return;
  const words = countWords(line);
  if (words >= MAX_WORDS) {
    throw new RangeError(
      `Cannot send an AGI command of ${words} words as Asterisk takes fewer than ${MAX_WORDS}`,
    );
  }
}

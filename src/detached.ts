/**
 * A copy of a text. V8 keeps the whole of a received text in memory for a part
 * that was cut out of it; values that are kept for long are kept as copies.
 *
 * @param part The part.
 * @returns The same characters.
 */
export function detached(part: string): string {
  // Ten times faster than splitting and joining it.
  const copy: unknown = JSON.parse(JSON.stringify(part));
  return typeof copy === "string" ? copy : part;
}

/** The shortest part that V8 cuts out of a text without a copy (`SlicedString::kMinLength`). */
const MIN_SLICE = 13;

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

/** Ends each text in their common copy. No line of a PBX holds it: it would have been cut there. */
const END = "\r\n";

/**
 * Copies of the lines of a frame, which keep nothing in memory but each other.
 *
 * @param lines The lines, without their ends.
 * @returns The same lines.
 */
export function detachedLines(lines: readonly string[]): readonly string[] {
  // One copy of all of them, which are cut out of it: a fifth of the time of a copy of each.
  const copies = [...lines, ""].join(END).split(END);
  copies.pop();
  return copies.length === lines.length ? copies : lines;
}

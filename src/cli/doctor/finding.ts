/**
 * The importance of a finding.
 *
 * - `"ok"`: all is well.
 * - `"note"`: nothing is wrong, but it is good to know.
 * - `"warning"`: it works, and may not always.
 * - `"problem"`: it does not work.
 */
export type Level = "ok" | "note" | "warning" | "problem";

/** A finding of the doctor. */
export interface Finding {
  /** The importance. */
  readonly level: Level;
  /** The finding, as one sentence without its full stop. */
  readonly what: string;
  /** The advice, sentence by sentence, or line by line. */
  readonly advice?: readonly string[];
}

/**
 * Advice to change `manager.conf`.
 *
 * @param section The section, such as `general`, or the name of a user.
 * @param lines The lines to write there.
 * @returns The advice.
 */
export function inManagerConf(section: string, ...lines: string[]): string {
  return `manager.conf, [${section}]: ${lines.join("; ")}`;
}

/**
 * Joins names, and shortens the list if there are too many.
 *
 * @param names The names.
 * @param most The number of names to show.
 * @returns `call, agent` or `a, b and 3 more`.
 */
export function listed(names: Iterable<string>, most = Infinity): string {
  const all = [...names];
  if (all.length <= most) return all.join(", ");
  const shown = all.slice(0, most);
  return `${shown.join(", ")} and ${all.length - shown.length} more`;
}

/**
 * Formats a time for reading.
 *
 * @param time Milliseconds.
 * @returns `0.4 ms`, `23 ms` or `1.2 s`.
 */
export function milliseconds(time: number): string {
  if (time < 10) return `${time.toFixed(1)} ms`;
  return time < 1_000 ? `${time.toFixed(0)} ms` : seconds(time);
}

/**
 * A time in seconds.
 *
 * @param time Milliseconds.
 * @returns `1.2 s`.
 */
export function seconds(time: number): string {
  return `${(time / 1_000).toFixed(1)} s`;
}

/**
 * Returns a sentence that begins with a capital letter.
 *
 * @param sentence The sentence.
 * @returns The sentence.
 */
export function capitalized(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

import { hasWildcards, wildcards } from "./values/pattern.ts";

/** A value of `--pbx`. */
export interface Chooser {
  /** The value. */
  readonly pattern: string;

  /**
   * Reports whether it chooses a PBX.
   *
   * @param name The name of the PBX.
   * @returns `true` if it does.
   */
  matches(name: string): boolean;
}

/** The word that stands for every PBX. */
export const ALL = "all";

/**
 * Reads the values of `--pbx`.
 *
 * @param patterns The values: names, patterns, or `all`.
 * @returns What each of them chooses.
 */
export function choosers(patterns: readonly string[]): Chooser[] {
  return patterns.map((pattern) => ({ pattern, matches: testOf(pattern) }));
}

function testOf(pattern: string): (name: string) => boolean {
  // Names of PBXs differ in letter case, unlike those of queues.
  if (hasWildcards(pattern)) return wildcards(pattern);
  return (name) => pattern === ALL || name === pattern;
}

/**
 * Returns the test of whether a PBX is chosen.
 *
 * @param patterns The values of `--pbx`; none choose every PBX.
 * @returns The test of a name.
 */
export function isChosen(
  patterns: readonly string[],
): (name: string) => boolean {
  const chosen = choosers(patterns);
  return (name) =>
    chosen.length === 0 || chosen.some(({ matches }) => matches(name));
}

import type { DAMIData } from "../../../mod.ts";
import { UsageError } from "../failures/command_error.ts";

/** Tests whether a frame is one of those that are wanted. */
export type Condition = (frame: DAMIData) => boolean;

/**
 * Makes a test of a pattern: `*` stands for any text, `?` for one character,
 * and letter case does not matter.
 *
 * @param pattern The pattern.
 * @returns A test that is `true` for a whole text that matches.
 */
export function wildcards(pattern: string): (text: string) => boolean {
  const expression = pattern
    .replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  const matcher = new RegExp(`^${expression}$`, "isu");
  return (text) => matcher.test(text);
}

/**
 * Reports whether a text is a pattern and not a mere name.
 *
 * @param text The text.
 * @returns `true` if it holds `*` or `?`.
 */
export function hasWildcards(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * Reads a condition: `Header=pattern`, or `Header!=pattern` for its contrary.
 * Where a header repeats, one of its values has to be as the pattern says.
 *
 * @param text The condition.
 * @returns A test of a frame. A frame without the header meets only the contrary.
 * @throws {UsageError} If it is no condition.
 */
export function readCondition(text: string): Condition {
  const [, header, not, pattern] = /^([^=]+?)(!?)=(.*)$/s.exec(text) ?? [];
  if (header === undefined || pattern === undefined) {
    throw new UsageError(
      `'${text}' is not HEADER=PATTERN: write, for example, Channel=PJSIP/6001-*`,
    );
  }
  const matches = wildcards(pattern);
  const isWanted = not === "";
  return (frame) => {
    const value = lookUp(frame, header);
    const values = Array.isArray(value) ? value : [value];
    const isFound = values.some((each) =>
      each !== undefined && matches(String(each))
    );
    return isFound === isWanted;
  };
}

/** The value of a header, whose name may differ in letter case. */
function lookUp(frame: DAMIData, header: string): DAMIData[string] | undefined {
  if (Object.hasOwn(frame, header)) return frame[header];
  const wanted = header.toLowerCase();
  const name = Object.keys(frame).find((each) => each.toLowerCase() === wanted);
  return name === undefined ? undefined : frame[name];
}

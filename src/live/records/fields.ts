import type { DAMIData, DAMIValue } from "../../data.ts";

/** The text that Asterisk writes where it knows nothing. */
const UNKNOWN = "<unknown>";

/** The letters that `ast_escape_c_alloc()` writes after a backslash (main/utils.c). */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/**
 * Returns the text of a header.
 *
 * @param value The header.
 * @returns Its text; the empty one if there is no such header.
 */
export function text(value: DAMIValue | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : String(value);
}

/**
 * Returns the text of a header that is `<unknown>` where nothing is known.
 *
 * @param value The header.
 * @returns Its text, or the empty one.
 */
export function knownText(value: DAMIValue | undefined): string {
  const known = text(value);
  return known === UNKNOWN ? "" : known;
}

/**
 * Returns the text of a header that Asterisk escapes, such as a caller's name.
 *
 * @param value The header.
 * @returns The text before it was escaped.
 */
export function unescaped(value: DAMIValue | undefined): string {
  const escaped = knownText(value);
  if (!escaped.includes("\\")) return escaped;
  return escaped.replace(
    /\\(.)/gsu,
    (_, letter: string) => ESCAPES.get(letter) ?? letter,
  );
}

/**
 * Returns the number in a header.
 *
 * @param value The header.
 * @returns The number; 0 if the header holds none.
 */
export function number(value: DAMIValue | undefined): number {
  if (typeof value === "number") return value;
  const parsed = Number(value ?? 0);
  return Number.isNaN(parsed) ? 0 : parsed;
}

/**
 * Reports whether a header says yes, in any of the ways in which Asterisk does.
 *
 * @param value The header.
 * @returns Whether it does.
 */
export function isTrue(value: DAMIValue | undefined): boolean {
  return value === 1 || value === "1" || value === "yes" || value === "Yes" ||
    value === "True" || value === "true";
}

/**
 * Returns the time at which an event was raised.
 *
 * @param event The event.
 * @returns Its own time if `timestampevents` is set in `manager.conf`,
 * otherwise the present (milliseconds since 1970).
 */
export function timeOf({ Timestamp }: DAMIData): number {
  const seconds = Number(Timestamp);
  return seconds > 0 ? Math.round(seconds * 1_000) : Date.now();
}

/**
 * Returns a time that Asterisk writes in seconds.
 *
 * @param value The header.
 * @returns Milliseconds since 1970; `undefined` for 0, which means never.
 */
export function timeAt(value: DAMIValue | undefined): number | undefined {
  const seconds = number(value);
  return seconds > 0 ? seconds * 1_000 : undefined;
}

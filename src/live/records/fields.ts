import type { DAMIData, DAMIValue } from "../../data.ts";
import { detached } from "../../detached.ts";

/** The shortest part that V8 cuts out of a text without a copy (`SlicedString::kMinLength`). */
const MIN_SLICE = 13;

/** How many texts are remembered of those that repeat everywhere. */
const MAX_SHARED = 5_000;

/** How many are remembered of those that repeat within one call. */
const MAX_RECENT = 1_000;

/** What Asterisk writes where it knows nothing. */
const UNKNOWN = "<unknown>";

/** What `ast_escape_c_alloc()` writes behind a backslash (main/utils.c). */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

const sharedTexts = new Map<string, string>();
const recentTexts = new Map<string, string>();

/**
 * The text of a header.
 *
 * @param value The header.
 * @returns Its text; the empty one if there is no such header.
 */
export function text(value: DAMIValue | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : String(value);
}

/**
 * The same for a header that is `<unknown>` where there is nothing.
 *
 * @param value The header.
 * @returns Its text, or the empty one.
 */
export function known(value: DAMIValue | undefined): string {
  const known = text(value);
  return known === UNKNOWN ? "" : known;
}

/**
 * The same for a header that Asterisk escapes, as it does the names of callers.
 *
 * @param value The header.
 * @returns What it was before.
 */
export function unescaped(value: DAMIValue | undefined): string {
  const escaped = known(value);
  if (!escaped.includes("\\")) return escaped;
  return escaped.replace(
    /\\(.)/gsu,
    (_, letter: string) => ESCAPES.get(letter) ?? letter,
  );
}

/**
 * The number in a header.
 *
 * @param value The header.
 * @returns The number; 0 if there is none.
 */
export function number(value: DAMIValue | undefined): number {
  if (typeof value === "number") return value;
  const parsed = Number(value ?? 0);
  return Number.isNaN(parsed) ? 0 : parsed;
}

/**
 * Whether a header says yes, in one of the ways in which Asterisk does.
 *
 * @param value The header.
 * @returns Whether it does.
 */
export function isTrue(value: DAMIValue | undefined): boolean {
  return value === 1 || value === "1" || value === "yes" || value === "Yes" ||
    value === "True" || value === "true";
}

/**
 * A text to be kept for long: it keeps nothing else of the received text in
 * memory.
 *
 * @param value The text.
 * @returns The same characters.
 */
export function kept(value: string): string {
  return value.length < MIN_SLICE ? value : detached(value);
}

/**
 * The same for a text that repeats, such as a context: it is there once.
 *
 * @param value The text.
 * @returns The same characters.
 */
export function shared(value: string): string {
  return remembered(sharedTexts, MAX_SHARED, value);
}

/**
 * The same for a text that comes again soon, such as the `Linkedid` of a call:
 * it is there once, as a rule.
 *
 * @param value The text.
 * @returns The same characters.
 */
export function recent(value: string): string {
  return remembered(recentTexts, MAX_RECENT, value);
}

function remembered(
  texts: Map<string, string>,
  max: number,
  value: string,
): string {
  if (value === "") return "";
  const known = texts.get(value);
  if (known !== undefined) return known;
  if (texts.size >= max) texts.clear();
  const copy = kept(value);
  texts.set(copy, copy);
  return copy;
}

/**
 * When an event was raised.
 *
 * @param event The event.
 * @returns Its own time, if `timestampevents` is set in `manager.conf`, else the
 * present (milliseconds since 1970).
 */
export function timeOf({ Timestamp }: DAMIData): number {
  const seconds = Number(Timestamp);
  return seconds > 0 ? Math.round(seconds * 1_000) : Date.now();
}

/**
 * A time that Asterisk tells in seconds.
 *
 * @param value The header.
 * @returns Milliseconds since 1970; `undefined` where it says 0, which is never.
 */
export function moment(value: DAMIValue | undefined): number | undefined {
  const seconds = number(value);
  return seconds > 0 ? seconds * 1_000 : undefined;
}

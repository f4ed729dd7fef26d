/**
 * Characters that must not reach a terminal as they are: control characters, by
 * which others could steer it, and what turns the direction of text around, so
 * that it is read as something else. Halves of surrogate pairs are not text at
 * all.
 */
const UNPRINTABLE =
  /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE, "gu");

const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escaped(character: string): string {
  const short = SHORT_FORMS.get(character);
  if (short !== undefined) return short;
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2
    ? `\\x${code.padStart(2, "0")}`
    : `\\u${code.padStart(4, "0")}`;
}

/**
 * Text as it may be shown in a terminal, on one line. Values of the PBX are
 * chosen by others, such as a caller's name.
 *
 * @param text Any text.
 * @returns The text, with control characters written as `\n` or `\x1b`.
 */
export function printable(text: string): string {
  return UNPRINTABLE.test(text)
    ? text.replaceAll(EVERY_UNPRINTABLE, escaped)
    : text;
}

/** Characters that `JSON.stringify()` leaves as they are. */
const UNPRINTABLE_JSON =
  /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

const EVERY_UNPRINTABLE_JSON = new RegExp(UNPRINTABLE_JSON, "g");

/**
 * JSON as it may be shown in a terminal. It is the same JSON: such characters
 * can stand in texts alone.
 *
 * @param json The result of `JSON.stringify()`.
 * @returns The JSON, with control characters written as `\u009b`.
 */
export function printableJson(json: string): string {
  return UNPRINTABLE_JSON.test(json)
    ? json.replaceAll(
      EVERY_UNPRINTABLE_JSON,
      (character) =>
        `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    : json;
}

/** Characters that take no column of their own. */
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Characters that take two columns: those of East Asia, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

const ONLY_ASCII = /^[\x20-\x7e]*$/;

/** Returns how many columns a character takes. */
function characterWidth(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/**
 * Returns how many columns of a terminal a text takes.
 *
 * @param text Text that is printable.
 * @returns The number of columns.
 */
export function textWidth(text: string): number {
  if (ONLY_ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/**
 * Cuts a text to a number of columns, and marks it where it was cut.
 *
 * @param text Text that is printable.
 * @param width The number of columns.
 * @returns The text, or its beginning and `…`.
 */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let left = width - 1;
  for (const character of text) {
    left -= characterWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return width < 1 ? "" : `${kept}…`;
}

/**
 * Fills a text up to a number of columns.
 *
 * @param text Text that is printable.
 * @param width The number of columns.
 * @param side The side on which the text stands.
 * @returns The text and spaces.
 */
export function padToWidth(
  text: string,
  width: number,
  side: "left" | "right" = "left",
): string {
  const spaces = " ".repeat(Math.max(0, width - textWidth(text)));
  return side === "left" ? text + spaces : spaces + text;
}

import { textWidth } from "./text_width.ts";

/** Not within `read = call`. */
const BREAK = /(?<! =) (?!= )/;

/**
 * Breaks a text into lines between its words.
 *
 * @param text Printable text.
 * @param width The number of columns; a single word may be wider.
 * @returns The lines.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(BREAK)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

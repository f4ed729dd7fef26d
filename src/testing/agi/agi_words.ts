/**
 * Splits a command of AGI into its words, as `parse_args()` of res/res_agi.c
 * does: blanks separate, quotes hold words together, and a backslash takes the
 * next character as it is.
 *
 * @param line The command.
 * @returns The words.
 */
export function agiWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    if (character === "\\") {
      word = (word ?? "") + line.charAt(++index);
    } else if (character === '"') {
      isQuoted = !isQuoted;
      word ??= "";
    } else if (!isQuoted && (character === " " || character === "\t")) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

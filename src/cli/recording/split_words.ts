/** A word; a part of it in quotes can hold blanks. */
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g;

/**
 * Cuts a text into words as a shell does: blanks in quotes are a part of the
 * word, and the quotes are not.
 *
 * @param text The text.
 * @returns The words.
 */
export function splitWords(text: string): string[] {
  const words = text.match(WORD) ?? [];
  return words.map((word) =>
    word.replaceAll(
      /"([^"]*)"|'([^']*)'/g,
      (_quoted, double?: string, single?: string) => double ?? single ?? "",
    )
  );
}

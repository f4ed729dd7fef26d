const BEGIN = "<!-- benchmark -->";
const END = "<!-- /benchmark -->";

/**
 * Replaces the text between the two markers of a page.
 *
 * @param page The whole page.
 * @param section The text to put there.
 * @returns The whole page, changed only there.
 * @throws {SyntaxError} If a marker is missing, occurs twice, or precedes the other.
 */
export function replaceSection(page: string, section: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  const isOnce = begin === page.lastIndexOf(BEGIN) &&
    end === page.lastIndexOf(END);
  if (begin < 0 || end < begin || !isOnce) {
    throw new SyntaxError(
      `Cannot write the results into the page: it must contain "${BEGIN}" and after it "${END}", once each`,
    );
  }
  return page.slice(0, begin + BEGIN.length) + `\n\n${section.trim()}\n\n` +
    page.slice(end);
}

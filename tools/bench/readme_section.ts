const BEGIN = "<!-- benchmark -->";
const END = "<!-- /benchmark -->";

/**
 * Puts a text in place of what stands between the two markers.
 *
 * @param readme The whole document.
 * @param section What has to stand there.
 * @returns The whole document, changed only there.
 * @throws {SyntaxError} If a marker is missing, twice there, or before the other.
 */
export function replaceSection(readme: string, section: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  const isOnce = begin === readme.lastIndexOf(BEGIN) &&
    end === readme.lastIndexOf(END);
  if (begin < 0 || end < begin || !isOnce) {
    throw new SyntaxError(
      `Cannot write the results into README.md: it has to hold "${BEGIN}" and behind it "${END}", once each`,
    );
  }
  return readme.slice(0, begin + BEGIN.length) + `\n\n${section.trim()}\n\n` +
    readme.slice(end);
}

/** Writes text so that a cell of a table holds it as it is. */
function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escapeCell).join(" | ")} |`;
}

/**
 * Writes a table. Its first column is text, the others are figures and stand
 * to the right.
 *
 * @param header The names of the columns.
 * @param rows The cells of each row.
 * @returns The table in Markdown.
 */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const rule = header.map((_, column) => column === 0 ? "---" : "---:");
  return [
    row(header),
    `| ${rule.join(" | ")} |`,
    ...rows.map(row),
    "",
  ].join("\n");
}

import { type Cell, type Column, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** A row of a table, and the PBX that it is about. */
export interface PbxRow {
  /** The name of the PBX; `undefined` if there is one, which has none. */
  readonly pbx: string | undefined;
  /** A cell for each column. */
  readonly cells: readonly Cell[];
}

/**
 * Writes rows under their headings, and the name of the PBX in front of each
 * row if they are of a fleet.
 *
 * @param columns The columns.
 * @param rows The rows.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends.
 */
export function pbxTable(
  columns: readonly (Column | string)[],
  rows: readonly PbxRow[],
  terminal: Terminal,
): string[] {
  if (rows.every(({ pbx }) => pbx === undefined)) {
    return table(columns, rows.map(({ cells }) => cells), terminal);
  }
  return table(
    ["PBX", ...columns],
    rows.map(({ pbx = "", cells }) => [pbx, ...cells]),
    terminal,
  );
}

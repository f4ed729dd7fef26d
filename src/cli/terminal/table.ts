import { printable } from "./printable.ts";
import type { Style, Terminal } from "./terminal.ts";
import { cutToWidth, padToWidth, textWidth } from "./text_width.ts";

/** A column of a table. */
export interface Column {
  /** The heading above it. */
  readonly heading: string;
  /**
   * The side of the column on which its texts stand.
   *
   * @default {"left"}
   */
  readonly side?: "left" | "right";
  /** The order in which columns are left out of a narrow terminal: 1 goes first. Without it, the column stays. */
  readonly leftOut?: number;
}

/** The content of one place of a table: a text, or one that is set off. It need not be printable. */
export type Cell = string | { readonly text: string; readonly style: Style };

/** The narrowest column, unless its content is narrower. */
const MIN_WIDTH = 8;

const GAP = "  ";

/**
 * Returns the width of the widest text.
 *
 * @param texts Texts that are printable; there may be any number.
 * @returns The number of columns.
 */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
}

function textOf(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** Takes from the widest column until all have room. */
function fit(widths: number[], headings: number[], room: number): number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) +
    GAP.length * Math.max(0, fitted.length - 1) - room;
  while (excess > 0) {
    const widest = fitted.indexOf(Math.max(...fitted));
    const width = fitted[widest] ?? 0;
    if (width <= Math.max(MIN_WIDTH, headings[widest] ?? 0)) break;
    fitted[widest] = width - 1;
    excess--;
  }
  return fitted;
}

/** Returns the indexes of the columns to show: those that may be left out go until the others have room. */
function fitting(
  columns: readonly Column[],
  widths: readonly number[],
  room: number,
): number[] {
  const shown = new Set(columns.keys());
  let needed = widths.reduce((sum, width) => sum + width + GAP.length, 0) -
    GAP.length;
  const removable = [...columns.entries()].flatMap(([index, { leftOut }]) =>
    leftOut === undefined ? [] : [{ index, leftOut }]
  ).sort((one, other) => one.leftOut - other.leftOut);
  for (const { index } of removable) {
    if (needed <= room) break;
    shown.delete(index);
    needed -= (widths[index] ?? 0) + GAP.length;
  }
  return [...shown];
}

/**
 * Writes rows under their headings, as wide as they need. In a terminal that
 * is too narrow, columns that may be left out are; if that is not enough, the
 * widest columns are cut.
 *
 * @param columns The columns.
 * @param rows The rows, with a cell for each column.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends.
 */
export function table(
  columns: readonly (Column | string)[],
  rows: readonly (readonly Cell[])[],
  terminal: Terminal,
): string[] {
  const all = columns.map((column) =>
    typeof column === "string" ? { heading: column } : column
  );
  const allTexts = rows.map((row) =>
    all.map((_, index) => printable(textOf(row[index] ?? "")))
  );
  const allNeeded = all.map(({ heading }, index) =>
    Math.max(
      textWidth(heading),
      widest(allTexts.map((row) => row[index] ?? "")),
    )
  );
  const shown = fitting(all, allNeeded, terminal.columns);
  const pick = <T>(list: readonly T[]): T[] =>
    shown.flatMap((index) => list.slice(index, index + 1));
  const specs: readonly Column[] = pick(all);
  const texts = allTexts.map(pick);
  const cells = rows.map(pick);
  const headings = specs.map(({ heading }) => textWidth(heading));
  const widths = fit(pick(allNeeded), headings, terminal.columns);
  const place = (text: string, index: number): string => {
    const width = widths[index] ?? 0;
    return padToWidth(cutToWidth(text, width), width, specs[index]?.side);
  };
  const head = specs.map(({ heading }, index) => place(heading, index))
    .join(GAP).trimEnd();
  const body = texts.map((row, rowIndex) => {
    // Without spaces at the end, which a terminal would wrap.
    const last = row.findLastIndex((text) => text !== "");
    return row.slice(0, last + 1).map((text, index) => {
      const cell = cells[rowIndex]?.[index];
      const placed = index === last
        ? place(text, index).trimEnd()
        : place(text, index);
      return typeof cell === "object"
        ? terminal.paint(cell.style, placed)
        : placed;
    }).join(GAP);
  });
  return [terminal.paint("bold", head), ...body];
}

/**
 * Writes names and their values, one below the other.
 *
 * @param pairs The names and their values, which need not be printable.
 * @param terminal The terminal: its colors.
 * @returns The lines, without their ends.
 */
export function pairs(
  pairs: readonly (readonly [name: string, value: string])[],
  terminal: Terminal,
): string[] {
  const names = pairs.map(([name]) => printable(name));
  const width = widest(names);
  return pairs.map(([, value], index) => {
    const name = padToWidth(names[index] ?? "", width);
    return `${terminal.paint("dim", name)}${GAP}${printable(value)}`.trimEnd();
  });
}

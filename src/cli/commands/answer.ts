import { type DAMIData, UNPARSED_LINES } from "../../../mod.ts";
import { printable, printableJson } from "../terminal/printable.ts";
import { pairs, table, widest } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Headers that every frame has, and that mean nothing to a reader. */
const DULL: ReadonlySet<string> = new Set(["event", "privilege", "actionid"]);

/** A header with its value, as it is shown. */
type Pair = readonly [header: string, value: string];

/** The headers that mean something, repeated ones as often as they occurred. */
function pairsOf(frame: DAMIData): Pair[] {
  return Object.entries(frame).flatMap(([header, value]) => {
    if (DULL.has(header.toLowerCase()) || header === UNPARSED_LINES) return [];
    return Array.isArray(value)
      ? value.map((each): Pair => [header, each])
      : [[header, String(value)]];
  });
}

/** A value in one cell of a table. */
function cell(value: DAMIData[string] | undefined): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** The headers of the items for which at least one of them has a value. */
function columnsOf(items: readonly DAMIData[]): string[] {
  const filled = new Map<string, boolean>();
  for (const item of items) {
    for (const [header, value] of Object.entries(item)) {
      if (DULL.has(header.toLowerCase())) continue;
      filled.set(header, filled.get(header) || cell(value) !== "");
    }
  }
  return [...filled].filter(([, isFilled]) => isFilled).map(([header]) =>
    header
  );
}

/** The table of one item may not be wider than this (columns). */
const MAX_COLUMNS_OF_ONE = 8;

/** A table of items of one kind, or, where it would be too wide, one item below the other. */
function itemLines(items: readonly DAMIData[], terminal: Terminal): string[] {
  const columns = columnsOf(items);
  const isOne = items.length === 1 && columns.length > MAX_COLUMNS_OF_ONE;
  const rows = items.map((item) => columns.map((header) => cell(item[header])));
  const width = columns.reduce((sum, header, index) => {
    const texts = rows.map((row) => printable(row[index] ?? ""));
    return sum + 2 + widest([header, ...texts]);
  }, -2);
  if (width <= terminal.columns && !isOne) {
    return table(columns, rows, terminal);
  }
  return items.flatMap((item, index) => [
    ...(index === 0 ? [] : [""]),
    ...pairs(pairsOf(item).filter(([, value]) => value !== ""), terminal),
  ]);
}

/** The items of a list by their kind, the kinds in the order in which they came. */
function listLines(items: readonly DAMIData[], terminal: Terminal): string[] {
  const kinds = Map.groupBy(items, (item) => cell(item["Event"]));
  return [...kinds].flatMap(([kind, ofKind], index) => [
    ...(index === 0 ? [] : [""]),
    ...(kinds.size === 1 ? [] : [terminal.paint("bold", printable(kind)), ""]),
    ...itemLines(ofKind, terminal),
  ]);
}

/** The lines that are text rather than headers: the output of a command, or lines without a colon. */
function textLines(frame: DAMIData): string[] {
  return [frame["Output"], frame[UNPARSED_LINES]].flatMap((lines) =>
    Array.isArray(lines) ? lines : []
  );
}

/**
 * Makes text of several lines safe for a terminal. Tabs stay.
 *
 * @param line One of the lines.
 * @returns The printable line.
 */
function printableLine(line: string): string {
  return line.split("\t").map(printable).join("\t");
}

function responseLines(response: DAMIData, terminal: Terminal): string[] {
  const shown = pairsOf(response).filter(([header, value]) =>
    header !== "Output" && !(header === "Response" && value === "Success")
  );
  const text = textLines(response).map(printableLine);
  if (response["Output"] !== undefined) return text;
  if (shown.length === 0 && text.length === 0) return ["Success"];
  return [...pairs(shown, terminal), ...text];
}

/**
 * Writes an answer for people: a list as a table, a response as its headers,
 * and the output of a command as it is.
 *
 * @param frames The result of `to()`: the response, and the items and completion of a list.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends; none for an empty list.
 */
export function answerLines(
  frames: readonly DAMIData[],
  terminal: Terminal,
): string[] {
  const [response = {}, ...events] = frames;
  if (events.length === 0) return responseLines(response, terminal);
  return listLines(itemsOf(frames), terminal);
}

/**
 * The items of a list.
 *
 * @param frames The result of `to()`.
 * @returns The events between the response and the completion.
 */
export function itemsOf(frames: readonly DAMIData[]): readonly DAMIData[] {
  // A list that fails halfway ends with a response.
  const events = frames.slice(1).filter((frame) =>
    frame["Event"] !== undefined
  );
  const last = events.at(-1);
  const isComplete = last?.["EventList"] !== undefined ||
    /Complete$/.test(cell(last?.["Event"]));
  return isComplete ? events.slice(0, -1) : events;
}

/**
 * Writes frames for programs: each one as JSON on a line.
 *
 * @param frames The frames, as DAMI gives them.
 * @param pbx The name of the PBX, which a line has as `$pbx`, if it is of a fleet.
 * @returns The lines, without their ends.
 */
export function jsonLines(frames: readonly DAMIData[], pbx?: string): string[] {
  return frames.map((frame) =>
    printableJson(
      JSON.stringify(pbx === undefined ? frame : { $pbx: pbx, ...frame }),
    )
  );
}

/** The answer of one PBX. */
export interface PbxAnswer {
  /** Its name, if it is of a fleet. */
  readonly pbx: string | undefined;
  /** The result of `to()`. */
  readonly frames: readonly DAMIData[];
}

/** The heading above the names of PBXs. */
const PBX = "PBX";

/** Leaves out the header of a successful response that says so. */
function withoutSuccess(responses: readonly DAMIData[]): DAMIData[] {
  const bare = responses.map(({ Response: response, ...others }) => ({
    ...(response === "Success" ? {} : { Response: response ?? "" }),
    ...others,
  }));
  const saysMore = bare.some((response) => columnsOf([response]).length > 1);
  return saysMore ? bare : [...responses];
}

/**
 * Writes the answers of several PBXs for people: lists in one table, responses
 * in another, each with the name of the PBX in front; outputs of a command one
 * below the other, each under the name of its PBX.
 *
 * @param answers The answers; one without a name is written as by {@linkcode answerLines}.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends.
 */
export function allAnswerLines(
  answers: readonly PbxAnswer[],
  terminal: Terminal,
): string[] {
  const items: DAMIData[] = [];
  const responses: DAMIData[] = [];
  const blocks: string[][] = [];
  for (const { pbx, frames } of answers) {
    const [response = {}] = frames;
    if (pbx === undefined) blocks.push(answerLines(frames, terminal));
    else if (frames.length > 1) {
      items.push(...itemsOf(frames).map((item) => ({ [PBX]: pbx, ...item })));
    } else if (textLines(response).length > 0) {
      const heading = terminal.paint("bold", pbx);
      blocks.push([heading, ...responseLines(response, terminal)]);
    } else responses.push({ [PBX]: pbx, ...response });
  }
  if (responses.length > 0) {
    blocks.push(itemLines(withoutSuccess(responses), terminal));
  }
  if (items.length > 0) blocks.push(listLines(items, terminal));
  return blocks.flatMap((block, index) => index === 0 ? block : ["", ...block]);
}

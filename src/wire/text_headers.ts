import {
  COMMON_TEXTS,
  EVENT_TEXTS,
  EXCEPTIONS,
  KNOWN_EVENTS,
  OPEN_TEXTS,
} from "./text_headers_table.ts";

/** The table is text, as a set of a thousand names takes longer to compile than to split. */
function names(lines: string): ReadonlySet<string> {
  return new Set(lines.split("\n"));
}

/** Reads the table. */
function readTable() {
  return {
    commonTexts: names(COMMON_TEXTS),
    knownEvents: names(KNOWN_EVENTS),
    eventTexts: names(EVENT_TEXTS),
    exceptions: names(EXCEPTIONS),
    openTexts: new Map(
      Object.entries(OPEN_TEXTS).map(([frame, lines]) => [frame, names(lines)]),
    ),
  };
}

/** The table, once it has been read: not before the first event, to start faster. */
let table: ReturnType<typeof readTable> | undefined;

/** The digits that count the headers of `GetConfig`, such as `Line-000003-000001`. */
const COUNTER = /(?<=-)\d{6}(?=-|$)/g;

/** The name that stands for responses, which no event has. */
const RESPONSE = "Response";

/**
 * Returns the name by which {@linkcode isTextHeader} knows a kind of frame, if
 * a line says it.
 *
 * @param line A line of a frame.
 * @returns The event's name, `Response`, or `undefined` if it is another header.
 */
export function frameName(line: string): string | undefined {
  const colon = line.indexOf(":");
  // "Event" has five letters and "Response" eight: most other names fail here.
  if (colon !== 5 && colon !== 8) return undefined;
  switch (line.slice(0, colon).toLowerCase()) {
    case "event":
      return line.slice(colon + 1).trimStart();
    case "response":
      return RESPONSE;
  }
  return undefined;
}

/**
 * Reports whether a header holds a text that may look like a number, such as
 * the number of a caller, and is to stay a text.
 *
 * @param frame The kind of frame, by its {@linkcode frameName}.
 * @param header The header's name, as it came.
 * @returns `false` for quantities, and for what the catalog does not know.
 */
export function isTextHeader(
  frame: string | undefined,
  header: string,
): boolean {
  const { commonTexts, knownEvents, eventTexts, exceptions, openTexts } =
    table ??= readTable();
  if (commonTexts.has(header)) return true;
  if (frame === undefined) return false;
  const own = openTexts.get(frame);
  if (own !== undefined) return own.has(header.replace(COUNTER, "000000"));
  if (!knownEvents.has(frame)) return false;
  // A name that means the same in every event that has it, as nearly all do.
  return eventTexts.has(header) !== exceptions.has(`${frame}/${header}`);
}

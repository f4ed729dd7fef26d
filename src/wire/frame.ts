import { type DAMIData, UNPARSED_LINES } from "../data.ts";
import type { DataParser } from "./data_parser.ts";
import { FrameHead, type FrameKind, valueBehind } from "./frame_head.ts";
import { linesOf } from "./slips.ts";

/** The memory that a line takes besides its characters, as a number of them. */
export const LINE_OVERHEAD = 32;

const CARRIAGE_RETURN = 0x0d;

const LINE_END = "\r\n";

const NO_LINES: readonly string[] = [];

/** A limit that a frame can exceed. */
export type FrameLimit = "maxHeaders" | "maxFrameLength";

/**
 * The headers that are looked for in text, as each takes an expression of its
 * own. What is found is captured, unless it holds a lone line feed or carriage
 * return.
 */
const IN_TEXT: ReadonlyMap<string, RegExp> = new Map(
  ["actionid", "eventlist", "message", "uniqueid"].map((name) => [
    name,
    new RegExp(`\\r\\n${name}:(?: ?([^\\r\\n]*)\\r\\n)?`, "i"),
  ]),
);

/**
 * Reports whether a plain frame has an ActionID.
 *
 * @param text The frame.
 * @returns `true` if it has.
 */
export function hasActionId(text: string): boolean {
  return IN_TEXT.get("actionid")?.test(text) ?? false;
}

/**
 * Returns the size of a plain frame without cutting it into lines.
 *
 * @param text The frame, with the empty line behind it; or nothing.
 * @returns Its size; `undefined` if there is no text, or it contains bare line feeds.
 */
function sizeOf(text: string): number | undefined {
  if (text === "") return undefined;
  let lines = -1;
  for (
    let lineFeed = text.indexOf("\n");
    lineFeed !== -1;
    lineFeed = text.indexOf("\n", lineFeed + 1)
  ) {
    if (text.charCodeAt(lineFeed - 1) !== CARRIAGE_RETURN) return undefined;
    lines++;
  }
  return text.length - LINE_END.length +
    lines * (LINE_OVERHEAD - LINE_END.length);
}

/** Everything that the PBX sent between two empty lines. */
export class Frame {
  /** The limit because of which lines were left out, if any were. */
  readonly exceeded: FrameLimit | undefined;
  readonly #head: FrameHead;
  /** The frame as it came, with the empty line; empty if it came in lines, or was cut into them. */
  #text = "";
  #lines: readonly string[] | undefined;
  #actionId: string | undefined;
  #actionIdRead = false;
  #data: DAMIData | undefined;

  /**
   * @param content Its lines, at least one; or the text of a plain frame, with the empty line after it.
   * @param exceeded The limit because of which lines were left out.
   * @param head What the first line says, if that is known.
   */
  constructor(
    content: readonly string[] | string,
    exceeded?: FrameLimit,
    head?: FrameHead,
  ) {
    if (typeof content === "string") this.#text = content;
    else this.#lines = content;
    this.exceeded = exceeded;
    this.#head = head ?? new FrameHead(this.lines[0] ?? "");
  }

  /** The kind: a response, an event or plain text. */
  get kind(): FrameKind {
    return this.#head.kind;
  }

  /** The event's name, the response's value (`Success`), or empty for text. */
  get name(): string {
    return this.#head.name;
  }

  /** Its lines, without their ends. */
  get lines(): readonly string[] {
    if (this.#lines === undefined) {
      this.#lines = linesOf(this.#text);
      this.#text = "";
    }
    return this.#lines;
  }

  /** `true` if lines were left out. */
  get truncated(): boolean {
    return this.exceeded !== undefined;
  }

  /** The memory that it takes, as a number of characters. */
  get size(): number {
    const ofText = sizeOf(this.#text);
    if (ofText !== undefined) return ofText;
    let size = 0;
    for (const line of this.lines) size += line.length + LINE_OVERHEAD;
    return size;
  }

  /** The ActionID, if the frame carries one. */
  get actionId(): string | undefined {
    if (!this.#actionIdRead) {
      this.#actionId = this.get("actionid");
      this.#actionIdRead = true;
    }
    return this.#actionId;
  }

  /**
   * Returns the first value of a header.
   *
   * @param lowerCasedName The header's name in lower case; Asterisk is not consistent in its own.
   * @returns The value, or `undefined` if the frame has no such header.
   */
  get(lowerCasedName: string): string | undefined {
    const header = this.#text === "" ? undefined : IN_TEXT.get(lowerCasedName);
    if (header !== undefined) {
      const found = header.exec(this.#text);
      if (found === null) return undefined;
      if (found[1] !== undefined) return found[1];
    }
    const { length } = lowerCasedName;
    for (const line of this.lines) {
      if (
        line.charCodeAt(length) === 0x3a &&
        line.slice(0, length).toLowerCase() === lowerCasedName
      ) {
        return valueBehind(line, length);
      }
    }
    return undefined;
  }

  /**
   * Returns the headers as an object, which is made on the first call. The
   * lines of plain text are not headers, even if they hold colons.
   *
   * @param parser Makes it.
   * @returns The same object each time.
   */
  data(parser: DataParser): DAMIData {
    return this.#data ??= this.#makeData(parser);
  }

  #makeData(parser: DataParser): DAMIData {
    if (this.kind === "text") return { [UNPARSED_LINES]: [...this.lines] };
    return this.#text === ""
      ? parser.parse(this.lines)
      : parser.parseText(this.#text, this.#head);
  }

  /**
   * Makes the object now, and releases the text: both together would double
   * the memory of a long list.
   *
   * @param parser Makes it.
   */
  condense(parser: DataParser): void {
    if (this.#text === "") this.data(parser);
    else this.#data ??= parser.parseKept(this.#text, this.#head);
    this.#text = "";
    this.#lines = NO_LINES;
  }
}

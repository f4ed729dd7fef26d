import { type DAMIData, UNPARSED_LINES } from "../data.ts";
import { type DataParser, valueBehind } from "./data_parser.ts";

/**
 * The kind of a frame, by the name of its first header alone:
 * `OriginateResponse` is an event that holds a header `Response`, and the
 * answer to `ListCommands` holds one named `Events`. `"text"` is a frame that
 * begins with neither, as the answer to `IAXnetstats` does.
 */
export type FrameKind = "response" | "event" | "text";

/** Returns the name of a line's header, or an empty string if it is not a header. */
function headerName(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf(":")));
}

/** Returns the kind of the frame that begins with a line. */
export function frameKind(firstLine: string): FrameKind {
  if (firstLine.slice(0, 6) === "Event:") return "event";
  const name = headerName(firstLine);
  if (name === "Response") return "response";
  const lowerCased = name.toLowerCase();
  return lowerCased === "event" || lowerCased === "response"
    ? lowerCased
    : "text";
}

/** The memory that a line takes besides its characters, as a number of them. */
export const LINE_OVERHEAD = 32;

/** A limit that a frame can exceed. */
export type FrameLimit = "maxHeaders" | "maxFrameLength";

/** Everything that the PBX sent between two empty lines. */
export class Frame {
  /** The kind: a response, an event or plain text. */
  readonly kind: FrameKind;
  /** The event's name, the response's value (`Success`), or empty for text. */
  readonly name: string;
  /** The limit because of which lines were left out, if any were. */
  readonly exceeded: FrameLimit | undefined;
  #lines: readonly string[];
  #actionId: string | undefined;
  #actionIdRead = false;
  #data: DAMIData | undefined;

  /**
   * @param lines Its lines, at least one.
   * @param exceeded The limit because of which lines were left out.
   * @param kind Its kind, if that is known.
   */
  constructor(
    lines: readonly string[],
    exceeded: FrameLimit | undefined = undefined,
    kind = frameKind(lines[0] ?? ""),
  ) {
    const first = lines[0] ?? "";
    this.kind = kind;
    this.name = kind === "text" ? "" : valueBehind(first, first.indexOf(":"));
    this.#lines = lines;
    this.exceeded = exceeded;
  }

  /** Its lines, without their ends. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** `true` if lines were left out. */
  get truncated(): boolean {
    return this.exceeded !== undefined;
  }

  /** The memory that it takes, as a number of characters. */
  get size(): number {
    let size = 0;
    for (const line of this.#lines) size += line.length + LINE_OVERHEAD;
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
    const { length } = lowerCasedName;
    for (const line of this.#lines) {
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
    return this.#data ??= this.kind === "text"
      ? { [UNPARSED_LINES]: [...this.#lines] }
      : parser.parse(this.#lines);
  }

  /**
   * Makes the object now, and releases the lines: both together would double
   * the memory of a long list.
   *
   * @param parser Makes it.
   */
  condense(parser: DataParser): void {
    this.data(parser);
    this.#lines = [];
  }
}

import { type DAMIData, UNPARSED_LINES } from "../data.ts";
import { type DataParser, valueBehind } from "./data_parser.ts";

/**
 * What a frame is, by the name of its first header alone: `OriginateResponse`
 * is an event that holds a header `Response`, and the answer to
 * `ListCommands` holds one named `Events`. `"text"` is a frame that begins
 * with neither, as the answer to `IAXnetstats` does.
 */
export type FrameKind = "response" | "event" | "text";

/** The name of a line's header, or an empty string where it is none. */
function headerName(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf(":")));
}

/** The kind of the frame that begins with this line. */
export function frameKind(firstLine: string): FrameKind {
  if (firstLine.slice(0, 6) === "Event:") return "event";
  const name = headerName(firstLine);
  if (name === "Response") return "response";
  const lowerCased = name.toLowerCase();
  return lowerCased === "event" || lowerCased === "response"
    ? lowerCased
    : "text";
}

/** What the PBX sent between two empty lines. */
export class Frame {
  /** Whether it is a response, an event or plain text. */
  readonly kind: FrameKind;
  /** The event's name, the response's value (`Success`), or empty for text. */
  readonly name: string;
  /** Whether lines were left out, as there were more than the limit allows. */
  readonly truncated: boolean;
  #lines: readonly string[];
  #actionId: string | undefined;
  #actionIdRead = false;
  #data: DAMIData | undefined;

  /**
   * @param lines Its lines, at least one.
   * @param truncated Whether lines were left out.
   * @param kind Its kind, where that is known.
   */
  constructor(
    lines: readonly string[],
    truncated = false,
    kind = frameKind(lines[0] ?? ""),
  ) {
    const first = lines[0] ?? "";
    this.kind = kind;
    this.name = kind === "text" ? "" : valueBehind(first, first.indexOf(":"));
    this.#lines = lines;
    this.truncated = truncated;
  }

  /** Its lines, without their ends. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The ActionID that it carries, if any. */
  get actionId(): string | undefined {
    if (!this.#actionIdRead) {
      this.#actionId = this.get("actionid");
      this.#actionIdRead = true;
    }
    return this.#actionId;
  }

  /**
   * The first value of a header.
   *
   * @param lowerCasedName The header's name in lower case; Asterisk is not consistent in its own.
   * @returns The value, or `undefined` where the frame has no such header.
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
   * Its headers as an object, made when first asked for. The lines of plain
   * text are no headers, even if they hold colons.
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
   * Makes the object now, and lets go of the lines: of a long list, both would
   * take twice the memory.
   *
   * @param parser Makes it.
   */
  condense(parser: DataParser): void {
    this.data(parser);
    this.#lines = [];
  }
}

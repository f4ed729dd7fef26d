import { type DAMIData, parseData, UNPARSED_LINES } from "./data.ts";

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

/** What follows a line's first colon and one optional space. */
function headerValue(line: string): string {
  const start = line.indexOf(":") + 1;
  return line.slice(line.charCodeAt(start) === 0x20 ? start + 1 : start);
}

/** The kind of the frame that begins with this line. */
export function frameKind(firstLine: string): FrameKind {
  const name = headerName(firstLine);
  if (name === "Event") return "event";
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
  /** Its lines, without their ends. */
  readonly lines: readonly string[];
  /** Whether lines were left out, as there were more than the limit allows. */
  readonly truncated: boolean;
  #actionId: string | undefined;
  #actionIdRead = false;
  #data: DAMIData | undefined;

  /**
   * @param lines Its lines, at least one.
   * @param truncated Whether lines were left out.
   */
  constructor(lines: readonly string[], truncated = false) {
    const first = lines[0] ?? "";
    this.kind = frameKind(first);
    this.name = this.kind === "text" ? "" : headerValue(first);
    this.lines = lines;
    this.truncated = truncated;
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
    for (const line of this.lines) {
      if (
        line.charCodeAt(length) === 0x3a &&
        line.slice(0, length).toLowerCase() === lowerCasedName
      ) {
        return headerValue(line);
      }
    }
    return undefined;
  }

  /**
   * Its headers as an object, made when first asked for. The lines of plain
   * text are no headers, even if they hold colons.
   *
   * @param integers Whether whole numbers become numbers.
   * @returns The same object each time.
   */
  data(integers: boolean): DAMIData {
    return this.#data ??= this.kind === "text"
      ? { [UNPARSED_LINES]: [...this.lines] }
      : parseData(this.lines, integers);
  }
}

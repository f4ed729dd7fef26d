import { Frame, type FrameKind, frameKind } from "./frame.ts";

/** Ends the text of the answer to `Command` of Asterisk 13 and older. */
const END_OF_COMMAND = "--END COMMAND--";

/** The headers that come before that text (`main/manager.c`, `action_command`). */
const COMMAND_HEADER = /^(?:Response|Privilege|ActionID):/i;

/** Begins a frame, even if the text before it was not ended. */
const FRAME_START = /^(?:Event|Response): /;

/** Options of {@linkcode FrameAssembler}. */
export interface FrameAssemblerOptions {
  /** The most lines of a frame that are kept. */
  maxHeaders: number;
}

/**
 * Makes frames of lines. It knows every quirk of the wire, and nothing of
 * sockets.
 */
export class FrameAssembler {
  readonly #maxHeaders: number;
  #lines: string[] = [];
  #kind: FrameKind | undefined;
  /** `true` if the text of a `Command` answer may follow in the old framing. */
  #mayBeCommandText = false;
  #truncated = false;
  /** The text of a `Command` answer in the old framing. */
  #commandText: string[] | undefined;

  /** @param options The largest frame. */
  constructor(options: FrameAssemblerOptions) {
    this.#maxHeaders = options.maxHeaders;
  }

  /** The lines of the frame that is not complete yet. */
  get unfinished(): readonly string[] {
    return this.#lines;
  }

  /**
   * Takes the next line.
   *
   * @param line A line without its end.
   * @param holdsLineFeeds Whether it holds bare line feeds, if that is known.
   * @returns The frame that it completes, if any.
   */
  push(line: string, holdsLineFeeds = line.includes("\n")): Frame | undefined {
    if (this.#commandText !== undefined) {
      return this.#pushCommandText(this.#commandText, line);
    }
    if (line === "") return this.#finish();
    if (this.#kind === undefined) {
      this.#kind = frameKind(line);
      this.#mayBeCommandText = line === "Response: Follows";
    } else if (this.#kind === "text" && FRAME_START.test(line)) {
      // `IAXnetstats` ends its text like a line, not like a frame (channels/chan_iax2.c).
      const text = this.#finish();
      this.#kind = frameKind(line);
      this.#keep(line);
      return text;
    } else if (this.#mayBeCommandText && this.#startsCommandText(line)) {
      this.#commandText = [line];
      return undefined;
    }
    if (holdsLineFeeds) this.#keepRepaired(line);
    else this.#keep(line);
    return undefined;
  }

  #keep(line: string): void {
    if (this.#lines.length < this.#maxHeaders) this.#lines.push(line);
    else this.#truncated = true;
  }

  /** Keeps a line that holds bare line feeds: free text, a slip of Asterisk, or those of a value. */
  #keepRepaired(line: string): void {
    if (this.#kind === "text") {
      for (const textLine of line.replace(/\n$/, "").split("\n")) {
        this.#keep(textLine);
      }
    } else if (line.startsWith("Message:")) {
      // Many acknowledgements end in a line feed of their own (res/res_pjsip/pjsip_configuration.c).
      this.#keep(line.replace(/\n+$/, ""));
    } else if (
      line.startsWith("CallStarted:") && this.#lines[0] === "Event: Agents"
    ) {
      // Two headers with a bare line feed between them (apps/app_agent_pool.c).
      for (const header of line.split("\n")) this.#keep(header);
    } else {
      this.#keep(line);
    }
  }

  #startsCommandText(line: string): boolean {
    return line.includes("\n") || line.endsWith(END_OF_COMMAND) ||
      !COMMAND_HEADER.test(line) ||
      this.#lines.some((header) => sameHeader(header, line));
  }

  #pushCommandText(text: string[], line: string): Frame | undefined {
    if (line !== "" || !text.at(-1)?.endsWith(END_OF_COMMAND)) {
      // The last line is always kept, as it may be the end.
      if (text.length >= this.#maxHeaders) {
        text.pop();
        this.#truncated = true;
      }
      text.push(line);
      return undefined;
    }
    this.#commandText = undefined;
    const output = text.join("\n").slice(0, -END_OF_COMMAND.length);
    for (const outputLine of output.replace(/\n$/, "").split("\n")) {
      this.#keep(`Output: ${outputLine}`);
    }
    return this.#finish();
  }

  #finish(): Frame | undefined {
    if (this.#lines.length === 0) return undefined;
    const frame = new Frame(this.#lines, this.#truncated, this.#kind);
    this.#lines = [];
    this.#kind = undefined;
    this.#truncated = false;
    return frame;
  }
}

/** Reports whether two lines have the same header name. */
function sameHeader(one: string, other: string): boolean {
  const name = one.slice(0, one.indexOf(":") + 1).toLowerCase();
  return other.slice(0, name.length).toLowerCase() === name;
}

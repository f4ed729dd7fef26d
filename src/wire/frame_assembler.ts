import { detachedLines } from "../detached.ts";
import { Frame, type FrameLimit, LINE_OVERHEAD } from "./frame.ts";
import { FrameHead, type FrameKind, frameKind } from "./frame_head.ts";
import { headersOf } from "./slips.ts";

/** Ends the text of the answer to `Command` of Asterisk 13 and older. */
const END_OF_COMMAND = "--END COMMAND--";

/** The headers that come before that text (`main/manager.c`, `action_command`). */
const COMMAND_HEADER = /^(?:Response|Privilege|ActionID):/i;

/** Begins a frame, even if the text or the response before it was not ended. */
const FRAME_START = /^(?:Event|Response): /;

/** A line that has the form of a header. */
const HEADER = /^[A-Za-z][\w-]*:/;

/**
 * The headers that some modules and proxies put before `Response` or `Event`
 * (AllStarLink/app_rpt, `rpt_manager.c`; astmanproxy). No free text has them.
 */
const ENVELOPE_HEADER = /^(?:ActionID|Privilege|Server):/i;

/**
 * The longest frame whose lines are copied (characters, and 32 more for each
 * line). A line keeps all that was received with it in memory, which is no more
 * than this; a longer frame is at least as large itself.
 */
const MAX_COPIED = 65_536;

/** Options of {@linkcode FrameAssembler}. */
export interface FrameAssemblerOptions {
  /** The most lines of a frame that are kept. */
  maxHeaders: number;
  /** The longest frame that is kept (characters, and 32 more for each line). */
  maxFrameLength: number;
}

/**
 * Turns lines into frames. It knows every quirk of the wire, and nothing about
 * sockets.
 */
export class FrameAssembler {
  readonly #maxHeaders: number;
  readonly #maxFrameLength: number;
  #lines: string[] = [];
  #kind: FrameKind | undefined;
  /** `true` if the text of a `Command` answer may follow in the old framing. */
  #mayBeCommandText = false;
  /** `true` if a line shows that this is a frame, although neither `Response` nor `Event` has come. */
  #hasEnvelope = false;
  /** `true` if a line shows that this is free text. */
  #isText = false;
  /** The memory that the lines take, as a number of characters. */
  #size = 0;
  #exceeded: FrameLimit | undefined;
  /** The text of a `Command` answer in the old framing. */
  #commandText: string[] | undefined;

  /** @param options The largest frame. */
  constructor(options: FrameAssemblerOptions) {
    this.#maxHeaders = options.maxHeaders;
    this.#maxFrameLength = options.maxFrameLength;
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
    // Almost every line is one of an event.
    if (this.#kind === "event") {
      this.#pushHeader(line, holdsLineFeeds);
      return undefined;
    }
    if (this.#kind === undefined) {
      this.#begin(line);
    } else if (this.#mayBeCommandText && this.#startsCommandText(line)) {
      this.#commandText = [line];
      return undefined;
    } else if (this.#kind === "response" && FRAME_START.test(line)) {
      // Asterisk 1.6 leaves out the empty line after some responses. An event may hold such headers.
      return this.#restart(line);
    }
    if (this.#kind === "text") return this.#pushText(line);
    this.#pushHeader(line, holdsLineFeeds);
    return undefined;
  }

  #begin(firstLine: string): void {
    this.#kind = frameKind(firstLine);
    if (this.#kind === "event") return;
    this.#mayBeCommandText = firstLine === "Response: Follows";
    this.#hasEnvelope = false;
    this.#isText = false;
  }

  /** Ends a frame whose empty line is missing, and begins the next. */
  #restart(line: string): Frame | undefined {
    const frame = this.#finish();
    this.#begin(line);
    this.#pushHeader(line, line.includes("\n"));
    return frame;
  }

  #pushHeader(line: string, holdsLineFeeds: boolean): void {
    if (holdsLineFeeds) this.#keepRepaired(line);
    else this.#keep(line);
  }

  /** Takes a line of a frame that has neither `Response` nor `Event` yet. */
  #pushText(line: string): Frame | undefined {
    const lines = line.replace(/\n$/, "").split("\n");
    for (const [index, textLine] of lines.entries()) {
      if (
        this.#hasEnvelope && !this.#isText && frameKind(textLine) !== "text"
      ) {
        this.#adopt(lines.slice(index).join("\n"));
        return undefined;
      }
      // `IAXnetstats` ends its text like a line (channels/chan_iax2.c), and chan_sccp with a bare line feed.
      if (FRAME_START.test(textLine)) {
        return this.#restart(lines.slice(index).join("\n"));
      }
      this.#isText ||= !HEADER.test(textLine);
      this.#hasEnvelope ||= ENVELOPE_HEADER.test(textLine);
      this.#keep(textLine);
    }
    return undefined;
  }

  /** Makes the frame one that begins with a header that came late. */
  #adopt(header: string): void {
    const lines = this.#lines;
    this.#lines = [];
    this.#size = 0;
    this.#begin(header);
    const [first = "", ...others] = header.split("\n");
    for (const line of [first, ...lines, ...others]) this.#keep(line);
  }

  #keep(line: string): void {
    const lines = this.#lines;
    this.#size += line.length + LINE_OVERHEAD;
    if (lines.length >= this.#maxHeaders) {
      this.#exceeded ??= "maxHeaders";
    } else if (this.#size > this.#maxFrameLength && lines.length > 0) {
      this.#exceeded ??= "maxFrameLength";
    } else {
      lines.push(line);
    }
  }

  /** Keeps a header that holds bare line feeds: a slip of Asterisk, or those of its value. */
  #keepRepaired(line: string): void {
    if (this.#lines.length === 0) {
      // Neither the name of an event nor what a response says holds one: these are headers.
      for (const header of line.split("\n")) this.#keep(header);
    } else {
      for (const header of headersOf(line, this.#lines[0] ?? "")) {
        this.#keep(header);
      }
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
      this.#size += line.length + LINE_OVERHEAD;
      if (text.length >= this.#maxHeaders) {
        this.#exceeded ??= "maxHeaders";
      } else if (this.#size > this.#maxFrameLength) {
        this.#exceeded ??= "maxFrameLength";
      }
      if (this.#exceeded !== undefined) text.pop();
      text.push(line);
      return undefined;
    }
    this.#commandText = undefined;
    // The text is turned into lines of the frame, which are counted instead.
    this.#size = 0;
    const output = text.join("\n").slice(0, -END_OF_COMMAND.length);
    for (const outputLine of output.replace(/\n$/, "").split("\n")) {
      this.#keep(`Output: ${outputLine}`);
    }
    return this.#finish();
  }

  #finish(): Frame | undefined {
    if (this.#lines.length === 0) return undefined;
    const lines = this.#size > MAX_COPIED
      ? this.#lines
      : detachedLines(this.#lines);
    const head = new FrameHead(lines[0] ?? "", this.#kind);
    const frame = new Frame(lines, this.#exceeded, head);
    this.#lines = [];
    this.#kind = undefined;
    this.#size = 0;
    this.#exceeded = undefined;
    return frame;
  }
}

/** Reports whether two lines have the same header name. */
function sameHeader(one: string, other: string): boolean {
  const name = one.slice(0, one.indexOf(":") + 1).toLowerCase();
  return other.slice(0, name.length).toLowerCase() === name;
}

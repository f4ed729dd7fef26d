/** Options of {@linkcode PlainFrames}. */
export interface PlainFramesOptions {
  /** The longest frame that is taken out whole (characters). */
  maxFrameLength: number;
}

/** Consecutive plain frames. */
export interface PlainRun {
  /** Their text. */
  readonly text: string;
  /** The place after each of them. */
  readonly ends: readonly number[];
}

/** Consecutive lines of a frame that is too long to be taken whole. */
export interface PlainLines {
  /** The lines, without their ends. */
  readonly lines: readonly string[];
}

/** A part that is taken out of the text. */
export type PlainPart = PlainRun | PlainLines;

/**
 * Stands for what was taken out, as a line of its own. Asterisk sends C
 * strings, which cannot hold this character.
 */
const MARK = "\0";

const MARK_LINE = `${MARK}\r\n`;

const CARRIAGE_RETURN = 0x0d;

/** Begins an event, as Asterisk spells it (`main/manager.c`). */
const EVENT = "Event: ";

/** Begins a response, as Asterisk spells it. */
const RESPONSE = "Response: ";

/** Begins a response with an old `Command` text. */
const COMMAND_TEXT_FOLLOWS = "Response: Follows";

/** Begins another frame inside a response. */
const FRAME_START = /\n(?:Event|Response): /;

const LINE_END = "\r\n";

/** At least as long as every landmark that is searched for in a frame. */
const LONGEST_LANDMARK = "\r\nResponse: Follows".length;

/**
 * Takes plain frames out of the text, before it is cut into lines: an event has
 * some eighteen lines, and each of them would take a trip through a stream. Of
 * a frame that is too long to be held until it is whole, such as the output of
 * a console command, it takes out the lines.
 *
 * A mark takes the place of each run of plain frames, or of lines, and when its
 * turn comes, {@linkcode PlainFrames.take} returns them: the order stays as it
 * was.
 *
 * A frame is plain if it begins with `Event: ` or `Response: ` and ends with
 * the first empty line, as lines end in Asterisk. Everything else passes
 * unchanged, and {@linkcode FrameAssembler} defines what it is. From a peer
 * that is plainly older than Asterisk 14 everything passes: the text of its
 * `Command` answers can look like anything.
 */
export class PlainFrames {
  readonly #maxFrameLength: number;
  readonly #taken: PlainPart[] = [];
  /** Finds, in one go, both kinds of empty lines: one ends with a bare line feed. */
  readonly #frameEnd = /\r\n\r?\n/g;
  /** The place at which the next text begins. */
  #place: "greeting" | "frame" | "line" | "inside a line" = "greeting";
  /** The part of a frame, or of a line, that has not come whole yet. */
  #held = "";
  /** `true` if nothing was let pass behind the last mark. */
  #endedWithMark = false;
  #isOff = false;

  /** @param options The longest frame. */
  constructor({ maxFrameLength }: PlainFramesOptions) {
    this.#maxFrameLength = maxFrameLength;
  }

  /**
   * Takes the next text.
   *
   * @param text The received text.
   * @returns The text to cut into lines: everything that is not plain, and marks.
   */
  push(text: string): string {
    if (this.#isOff) return text;
    const received = this.#held === "" ? text : this.#held + text;
    this.#held = "";
    let start = 0;
    if (this.#place === "greeting") {
      start = received.indexOf("\n") + 1;
      if (start === 0) return this.#hold(received, 0);
      // A proxy or a mock that ends its lines otherwise.
      if (received[start - 2] !== "\r") return this.#letAllPass(received);
      if (endsPlainness(received.slice(0, start))) {
        return this.#letAllPass(received);
      }
      this.#place = "frame";
    }
    return received.slice(0, start) + this.#takeOut(received, start);
  }

  /**
   * Ends it, as nothing follows.
   *
   * @returns The text that was held.
   */
  end(): string {
    return this.#letAllPass(this.#held);
  }

  /**
   * Returns the frames, or the lines, that a line stands for.
   *
   * @param line A line, as it was cut.
   * @returns What was taken out in its place; `undefined` if it is a line of the PBX.
   */
  take(line: string): PlainPart | undefined {
    // A line of the peer that looks like a mark comes after all marks, as nothing is taken out after it.
    return line === MARK ? this.#taken.shift() : undefined;
  }

  /**
   * Returns what need not wait for the turn of its mark, as nothing that was
   * received before is still on its way: to be cut into lines takes longer than
   * to read a few frames.
   *
   * @param text The text that {@linkcode PlainFrames.push} returned last.
   * @returns What was taken out, if the text stands for it alone.
   */
  takeAtOnce(text: string): PlainPart | undefined {
    // A line of the peer that looks like a mark turns everything off.
    if (text === "" || this.#isOff) return undefined;
    // When a mark has been taken, so has all that came before it.
    const isClear = this.#endedWithMark && this.#taken.length === 1;
    if (isClear && text === MARK_LINE) return this.#taken.shift();
    this.#endedWithMark = text.endsWith(MARK_LINE);
    return undefined;
  }

  #letAllPass(text: string): string {
    this.#isOff = true;
    this.#held = "";
    return text;
  }

  /** Returns the rest of a text that begins at the start of a frame, or inside one. */
  #takeOut(received: string, from: number): string {
    let passing = "";
    let start = from;
    let runStart = from;
    let ends: number[] = [];
    const endRun = () => {
      if (ends.length === 0) return;
      this.#taken.push({ text: received.slice(runStart, start), ends });
      passing += MARK_LINE;
      ends = [];
    };
    this.#frameEnd.lastIndex = from;
    while (this.#frameEnd.test(received)) {
      let end = this.#frameEnd.lastIndex;
      if (this.#place === "frame" && this.#isPlain(received, start, end)) {
        if (ends.length === 0) runStart = start;
        ends.push(end - runStart);
      } else {
        endRun();
        if (this.#place === "frame") {
          // A superfluous empty line is not part of the next frame.
          const { length } = emptyLineAt(received, start);
          if (length > 0) end = start + length;
        }
        this.#frameEnd.lastIndex = end;
        const odd = received.slice(start, end);
        if (endsPlainness(odd)) {
          return passing + this.#letAllPass(received.slice(start));
        }
        passing += this.#place === "line" ? this.#takeLines(odd) : odd;
        this.#place = "frame";
      }
      start = end;
    }
    endRun();
    return passing + this.#hold(received, start);
  }

  #isPlain(received: string, start: number, end: number): boolean {
    if (
      end - start > this.#maxFrameLength ||
      received.charCodeAt(end - 2) !== CARRIAGE_RETURN
    ) return false;
    return received.startsWith(EVENT, start) ||
      received.startsWith(RESPONSE, start) &&
        !received.startsWith(COMMAND_TEXT_FOLLOWS, start) &&
        !FRAME_START.test(received.slice(start, end));
  }

  /**
   * Holds a frame that has not come whole until the next text. Of a long one,
   * only the lines that have not come whole are held.
   *
   * @returns The part of it that passes.
   */
  #hold(received: string, start: number): string {
    const isLong = received.length - start > this.#maxFrameLength;
    if (isLong && this.#place === "greeting") {
      return this.#letAllPass(received);
    }
    if (isLong && this.#place === "frame") this.#place = "line";
    const isInside = this.#place === "line" || this.#place === "inside a line";
    if (isInside && endsPlainness(received.slice(start))) {
      return this.#letAllPass(received.slice(start));
    }
    const end = this.#place === "line" ? lastLineIn(received, start) : start;
    const lines = this.#takeLines(received.slice(start, end));
    if (received.length - end > this.#maxFrameLength) {
      this.#place = "inside a line";
    }
    // A landmark may be cut, and is to be found with the next text.
    const passing = this.#place === "inside a line"
      ? Math.max(end, received.length - LONGEST_LANDMARK)
      : end;
    this.#held = received.slice(passing);
    return lines + received.slice(end, passing);
  }

  /**
   * Takes out lines, if they end as those of Asterisk do and none is too long.
   *
   * @param text Whole lines of a frame; or nothing.
   * @returns What passes in their place.
   */
  #takeLines(text: string): string {
    if (text === "") return text;
    const lines = text.split(LINE_END);
    const rest = lines.pop();
    if (rest !== "" || lines.some((line) => this.#isOdd(line))) return text;
    this.#taken.push({ lines });
    return MARK_LINE;
  }

  #isOdd(line: string): boolean {
    return line.length > this.#maxFrameLength || line.includes("\n");
  }
}

/**
 * Returns the place of the last line that has come whole, or of the one that a
 * text begins with. An empty line may follow it, and end the frame with it.
 */
function lastLineIn(text: string, start: number): number {
  const lastEnd = text.lastIndexOf(LINE_END);
  const end = lastEnd > start ? text.lastIndexOf(LINE_END, lastEnd - 1) : -1;
  return end < start ? start : end + LINE_END.length;
}

/** Reports whether nothing can be told apart any more behind an odd text. */
function endsPlainness(text: string): boolean {
  return text.includes(MARK) || /response: follows/i.test(text);
}

/** Returns the empty line that stands at a place. */
function emptyLineAt(text: string, place: number): string {
  return ["\r\n", "\n"].find((end) => text.startsWith(end, place)) ?? "";
}

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

/**
 * Stands for a run of plain frames, as a line of its own. Asterisk sends C
 * strings, which cannot hold this character.
 */
const MARK = "\0";

const CARRIAGE_RETURN = 0x0d;

/** Begins an event, as Asterisk spells it (`main/manager.c`). */
const EVENT = "Event: ";

/** Begins a response, as Asterisk spells it. */
const RESPONSE = "Response: ";

/** Begins a response with an old `Command` text. */
const COMMAND_TEXT_FOLLOWS = "Response: Follows";

/** Begins another frame inside a response. */
const FRAME_START = /\n(?:Event|Response): /;

/** At least as long as every landmark that is searched for in a frame. */
const LONGEST_LANDMARK = "\r\nResponse: Follows".length;

/**
 * Takes plain frames out of the text, before it is cut into lines: an event has
 * some eighteen lines, and each of them would take a trip through a stream.
 *
 * A mark takes the place of each run of plain frames, and when its turn comes,
 * {@linkcode PlainFrames.take} returns the run: the order stays as it was.
 *
 * A frame is plain if it begins with `Event: ` or `Response: ` and ends with
 * the first empty line, as lines end in Asterisk. Everything else passes
 * unchanged, and {@linkcode FrameAssembler} defines what it is. From a peer
 * that is plainly older than Asterisk 14 everything passes: the text of its
 * `Command` answers can look like anything.
 */
export class PlainFrames {
  readonly #maxFrameLength: number;
  readonly #runs: PlainRun[] = [];
  /** Finds, in one go, both kinds of empty lines: one ends with a bare line feed. */
  readonly #frameEnd = /\r\n\r?\n/g;
  /** The place at which the next text begins. */
  #place: "greeting" | "frame" | "inside a frame" = "greeting";
  /** The part of a frame that has not come whole yet. */
  #held = "";
  #isOff = false;

  /** @param options The longest frame. */
  constructor({ maxFrameLength }: PlainFramesOptions) {
    this.#maxFrameLength = maxFrameLength;
  }

  /**
   * Takes the next text.
   *
   * @param text The received text.
   * @returns The text to cut into lines: what is not plain, and marks.
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
   * Returns the frames that a line stands for.
   *
   * @param line A line, as it was cut.
   * @returns The frames that were taken out in its place; `undefined` if it is a line of the PBX.
   */
  take(line: string): PlainRun | undefined {
    // A line of the peer that looks like a mark comes after all marks, as nothing is taken out after it.
    return line === MARK ? this.#runs.shift() : undefined;
  }

  #letAllPass(text: string): string {
    this.#isOff = true;
    this.#held = "";
    return text;
  }

  /** Returns what is left of a text that begins where a frame does, or inside one. */
  #takeOut(received: string, from: number): string {
    let passing = "";
    let start = from;
    let runStart = from;
    let ends: number[] = [];
    const endRun = () => {
      if (ends.length === 0) return;
      this.#runs.push({ text: received.slice(runStart, start), ends });
      passing += `${MARK}\r\n`;
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
        passing += odd;
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
   * Holds a frame that has not come whole until the next text, unless it is long.
   *
   * @returns The part of it that passes.
   */
  #hold(received: string, start: number): string {
    let passing = start;
    if (received.length - start > this.#maxFrameLength) {
      if (this.#place === "greeting") return this.#letAllPass(received);
      this.#place = "inside a frame";
    }
    if (this.#place === "inside a frame") {
      if (endsPlainness(received.slice(start))) {
        return this.#letAllPass(received.slice(start));
      }
      // A landmark may be cut, and is to be found with the next text.
      passing = Math.max(start, received.length - LONGEST_LANDMARK);
    }
    this.#held = received.slice(passing);
    return received.slice(start, passing);
  }
}

/** Reports whether nothing can be told apart any more behind an odd text. */
function endsPlainness(text: string): boolean {
  return text.includes(MARK) || /response: follows/i.test(text);
}

/** Returns the empty line that stands at a place. */
function emptyLineAt(text: string, place: number): string {
  return ["\r\n", "\n"].find((end) => text.startsWith(end, place)) ?? "";
}

import type { DataParser } from "./data_parser.ts";
import type { Encoding } from "./encoding.ts";
import { Frame, hasActionId } from "./frame.ts";
import { FrameAssembler } from "./frame_assembler.ts";
import { LineGuard, restoreLineFeeds } from "./line_guard.ts";
import { cutLines } from "./lines.ts";
import { PlainFrames, type PlainPart, type PlainRun } from "./plain_frames.ts";

/** The longest frame that is taken whole (characters). Ordinary ones are shorter. */
const MAX_PLAIN_LENGTH = 16_384;

/** Options of {@linkcode FrameReader}. */
export interface FrameReaderOptions {
  /** The encoding of the text. */
  encoding: Encoding;
  /** The longest line (characters). */
  maxLineLength: number;
  /** The most lines of a frame that are kept. */
  maxHeaders: number;
  /** The longest frame that is kept (characters, and 32 more for each line). */
  maxFrameLength: number;
  /** Makes the data of frames. */
  parser: DataParser;
  /** `true` if the receiver takes every line, so that no frame is taken whole. */
  readsLines: boolean;
}

/** Handlers of a {@linkcode FrameReader}. */
export interface FrameReaderHandlers {
  /** Takes the reason, if reading ends because it cannot go on. */
  onFailure: (error: unknown) => void;
  /** Takes the bytes of each read; they are overwritten by the next. */
  onBytes?: (bytes: Uint8Array) => void;
}

/** Takes what a {@linkcode FrameReader} reads. No method may throw. */
export interface FrameReceiver {
  /** Takes every line before it becomes part of a frame, if lines are wanted. */
  line: ((line: string) => void) | undefined;
  /** Takes the first line, which is not part of a frame. */
  greeting(line: string): void;
  /** Takes a frame. */
  frame(frame: Frame): void;
  /** Reports whether the events of a name are wanted. */
  wants(name: string): boolean;
  /** Reports whether answers are awaited, to which any event with an ActionID may belong. */
  awaitsAnswers(): boolean;
  /** Takes the number of events that were left unread, as they are not wanted. */
  unread(count: number): void;
  /** Takes the lines of a frame that the end of the connection cut off. */
  cutOff(lines: readonly string[]): void;
}

/** Makes the part that takes frames whole, except those that a limit has to see. */
function plainFramesFor(
  { readsLines, maxLineLength, maxHeaders, maxFrameLength }: FrameReaderOptions,
): PlainFrames | undefined {
  if (readsLines) return undefined;
  return new PlainFrames({
    maxFrameLength: Math.min(
      MAX_PLAIN_LENGTH,
      maxLineLength,
      // The shortest line is one character and CRLF.
      3 * maxHeaders,
      // Each of those lines counts at most twelve times as much in a frame.
      Math.floor(maxFrameLength / 12),
    ),
  });
}

/** Reads frames. Plain ones come whole; all others line by line. */
export class FrameReader {
  readonly #parser: DataParser;
  readonly #plain: PlainFrames | undefined;
  readonly #guard: LineGuard;
  readonly #assembler: FrameAssembler;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #receiver: FrameReceiver | undefined;
  #closed = false;

  /**
   * @param conn The connection.
   * @param options The limits of what is read.
   * @param handlers Take the bytes, and what goes wrong.
   */
  constructor(
    conn: Pick<Deno.Conn, "read">,
    options: FrameReaderOptions,
    handlers: FrameReaderHandlers,
  ) {
    this.#parser = options.parser;
    this.#plain = plainFramesFor(options);
    this.#guard = new LineGuard(options);
    this.#assembler = new FrameAssembler(options);
    this.#lines = cutLines(conn, {
      encoding: options.encoding,
      guard: this.#guard,
      plain: this.#plain,
      onTaken: (taken) => {
        if (this.#receiver !== undefined) this.#take(taken, this.#receiver);
      },
      ...handlers,
    }).getReader();
  }

  /**
   * Reads until the connection ends, or the reader is closed. Never rejects.
   *
   * @param receiver Takes what is read.
   */
  async read(receiver: FrameReceiver): Promise<void> {
    this.#receiver = receiver;
    let greeted = false;
    while (true) {
      const { done, value } = await this.#lines.read();
      if (this.#closed) return;
      if (done) break;
      const taken = this.#plain?.take(value);
      if (taken !== undefined) {
        this.#take(taken, receiver);
        continue;
      }
      const line = this.#guard.hasShielded ? restoreLineFeeds(value) : value;
      receiver.line?.(line);
      // The receiver of the lines may have closed the connection.
      if (this.#closed) return;
      if (greeted) {
        this.#assemble(line, line !== value, receiver);
      } else {
        greeted = true;
        receiver.greeting(line);
      }
    }
    if (this.#assembler.unfinished.length > 0) {
      receiver.cutOff(this.#assembler.unfinished);
    }
  }

  /** Stops reading: the receiver takes nothing more. */
  close(): void {
    this.#closed = true;
    this.#lines.cancel().catch(() => {
      // Nobody reads any more, so there is nobody to report it to.
    });
  }

  #assemble(
    line: string,
    holdsLineFeeds: boolean,
    receiver: FrameReceiver,
  ): void {
    const frame = this.#assembler.push(line, holdsLineFeeds);
    if (frame !== undefined) receiver.frame(frame);
  }

  /** Takes what was taken out before the text was cut into lines. */
  #take(taken: PlainPart, receiver: FrameReceiver): void {
    if (!("lines" in taken)) {
      this.#takeRun(taken, receiver);
      return;
    }
    for (const line of taken.lines) {
      this.#assemble(line, false, receiver);
      // A listener may have closed the connection.
      if (this.#closed) return;
    }
  }

  /** Takes plain frames, and counts the events that are not wanted. */
  #takeRun({ text, ends }: PlainRun, receiver: FrameReceiver): void {
    let unread = 0;
    let start = 0;
    for (const end of ends) {
      const firstLine = text.slice(start, text.indexOf("\r\n", start));
      const head = this.#parser.headOf(firstLine);
      if (
        head.kind === "event" && !head.holdsLineFeeds &&
        !receiver.wants(head.name) &&
        !(receiver.awaitsAnswers() && hasActionId(text.slice(start, end)))
      ) {
        unread++;
      } else {
        if (unread > 0) receiver.unread(unread);
        unread = 0;
        if (head.holdsLineFeeds) {
          for (const line of text.slice(start, end - 2).split("\r\n")) {
            this.#assemble(line, line.includes("\n"), receiver);
          }
        } else {
          // Joined, and so copied: a value that is kept would keep all that came with it.
          const own = `${text.slice(start, end - 1)}\n`;
          receiver.frame(new Frame(own, undefined, head));
        }
        // A listener may have closed the connection.
        if (this.#closed) return;
      }
      start = end;
    }
    if (unread > 0) receiver.unread(unread);
  }
}

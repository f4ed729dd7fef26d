import type { OnTraffic } from "../statistics.ts";
import { closeQuietly } from "./close_quietly.ts";
import { dial, type DialOptions } from "./dial.ts";
import type { Encoding } from "./encoding.ts";
import {
  type EventInterest,
  EventSieve,
  type SiftedEvents,
} from "./event_sieve.ts";
import type { Frame } from "./frame.ts";
import { FrameAssembler } from "./frame_assembler.ts";
import { LineGuard, restoreLineFeeds } from "./line_guard.ts";
import { cutLines } from "./lines.ts";
import { type PendingWrite, WriteQueue } from "./write_queue.ts";

/** The longest event that may be dropped unread (characters). Ordinary events are shorter. */
const MAX_SIFTED_LENGTH = 16_384;

/** Options of {@linkcode Connection}. */
export interface ConnectionOptions extends DialOptions {
  /** The encoding of the text. */
  encoding: Encoding;
  /** The longest line (characters). */
  maxLineLength: number;
  /** The most lines of a frame that are kept. */
  maxHeaders: number;
  /** The longest frame that is kept (characters, and 32 more for each line). */
  maxFrameLength: number;
  /** The events that are wanted; `undefined` if every line is. */
  interest?: EventInterest | undefined;
}

/** Takes what a {@linkcode Connection} reads. No method may throw. */
export interface ConnectionReceiver {
  /** Takes every line before it becomes part of a frame, if lines are wanted. */
  line: ((line: string) => void) | undefined;
  /** Takes the first line, which is not part of a frame. */
  greeting(line: string): void;
  /** Takes a frame. */
  frame(frame: Frame): void;
  /** Takes the number of events that were dropped unread. */
  unread(count: number): void;
  /** Takes the lines of a frame that the end of the connection cut off. */
  cutOff(lines: readonly string[]): void;
}

/** Makes what drops unwanted events, except those that a limit has to see. */
function sieveFor(
  { interest, maxLineLength, maxHeaders, maxFrameLength }: ConnectionOptions,
): EventSieve | undefined {
  if (interest === undefined) return undefined;
  // The shortest line is one character and CRLF.
  const maxSiftedLength = Math.min(
    MAX_SIFTED_LENGTH,
    maxLineLength,
    3 * maxHeaders,
    // Each of those lines counts at most twelve times as much in a frame.
    Math.floor(maxFrameLength / 12),
  );
  return new EventSieve({ interest, maxFrameLength: maxSiftedLength });
}

/**
 * A connection that reads frames and writes text in order. It knows
 * neither logins nor ActionIDs.
 */
export class Connection {
  readonly #conn: Deno.TcpConn | Deno.TlsConn;
  readonly #sieve: EventSieve | undefined;
  readonly #guard: LineGuard;
  readonly #assembler: FrameAssembler;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #writes: WriteQueue;
  /** The first thing that went wrong with reading or writing. */
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  private constructor(
    conn: Deno.TcpConn | Deno.TlsConn,
    options: ConnectionOptions,
    onTraffic: OnTraffic,
  ) {
    this.#conn = conn;
    this.#sieve = sieveFor(options);
    this.#guard = new LineGuard(options);
    this.#assembler = new FrameAssembler(options);
    const onFailure = (error: unknown) => {
      this.#failure ??= { error };
    };
    const onBytes = (bytes: Uint8Array) => onTraffic(bytes, "received");
    const { encoding } = options;
    // When writing fails, reading goes on: what the PBX said before it closed is still to come, and then the end.
    this.#writes = new WriteQueue(conn, { encoding, onTraffic, onFailure });
    this.#lines = cutLines(conn, {
      encoding,
      guard: this.#guard,
      sieve: this.#sieve,
      onFailure,
      onBytes,
    }).getReader();
  }

  /**
   * Connects.
   *
   * @param options The address, and the limits of what is read.
   * @param onTraffic Takes all bytes.
   * @param signal Gives the attempt up.
   * @returns The connection.
   * @throws {AmiConnectionError} If no connection can be made.
   * @throws The signal's reason, if it was aborted.
   */
  static async open(
    options: ConnectionOptions,
    onTraffic: OnTraffic,
    signal: AbortSignal,
  ): Promise<Connection> {
    return new Connection(await dial(options, signal), options, onTraffic);
  }

  /** The connection beneath. */
  get conn(): Deno.TcpConn | Deno.TlsConn {
    return this.#conn;
  }

  /**
   * Reads until the connection ends.
   *
   * @param receiver Takes what is read.
   * @throws {AmiLimitError} If a line is longer than allowed.
   * @throws The system's error, if the connection broke.
   */
  async read(receiver: ConnectionReceiver): Promise<void> {
    let greeted = false;
    while (true) {
      const { done, value } = await this.#lines.read();
      if (this.#closed) return;
      if (done) break;
      const sifted = this.#sieve?.take(value);
      if (sifted !== undefined) {
        this.#passOver(sifted, receiver);
        continue;
      }
      const line = this.#guard.hasShielded ? restoreLineFeeds(value) : value;
      receiver.line?.(line);
      // What takes the lines may have closed the connection.
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
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #assemble(
    line: string,
    holdsLineFeeds: boolean,
    receiver: ConnectionReceiver,
  ): void {
    const frame = this.#assembler.push(line, holdsLineFeeds);
    if (frame !== undefined) receiver.frame(frame);
  }

  /** Counts events that were dropped, or reads them if they are wanted by now. */
  #passOver(
    { count, text }: SiftedEvents,
    receiver: ConnectionReceiver,
  ): void {
    if (text === undefined) {
      receiver.unread(count);
      return;
    }
    for (const line of text.split("\r\n")) {
      // A listener of one of them may have closed the connection.
      if (this.#closed) return;
      this.#assemble(line, line.includes("\n"), receiver);
    }
  }

  /**
   * Writes after everything that was handed in before. Never waits.
   *
   * @param text What to write.
   * @returns The write, which can be cancelled until it has started.
   */
  write(text: string): PendingWrite {
    return this.#writes.write(text);
  }

  /** Closes at once. Nothing more is read or written. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#writes.close();
    closeQuietly(this.#conn);
    this.#lines.cancel().catch(() => {
      // Nobody reads any more, so there is nobody to report it to.
    });
  }
}

import type { OnTraffic } from "../statistics.ts";
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

/** The longest event that may fall away (characters). What is longer is no ordinary event. */
const MAX_SIFTED_LENGTH = 16_384;

/** Options of {@linkcode Connection}. */
export interface ConnectionOptions extends DialOptions {
  /** How text and bytes are turned into one another. */
  encoding: Encoding;
  /** The longest line (characters). */
  maxLineLength: number;
  /** How many lines of a frame are kept. */
  maxHeaders: number;
  /** Which events somebody wants; `undefined` where every line is wanted. */
  interest?: EventInterest | undefined;
}

/** Takes what a {@linkcode Connection} reads. None of it may throw. */
export interface ConnectionReceiver {
  /** Takes every line, before it becomes part of a frame, if somebody wants them. */
  line: ((line: string) => void) | undefined;
  /** Takes the first line, which is no part of a frame. */
  greeting(line: string): void;
  /** Takes a frame. */
  frame(frame: Frame): void;
  /** Takes the number of events that nobody wanted, and that were not read. */
  unread(count: number): void;
  /** Takes the lines of a frame that the connection's end cut off. */
  cutOff(lines: readonly string[]): void;
}

/** What lets unwanted events fall away, but for those that a limit is there for. */
function sieveFor(
  { interest, maxLineLength, maxHeaders }: ConnectionOptions,
): EventSieve | undefined {
  if (interest === undefined) return undefined;
  // A line has a character and an end of two.
  const maxFrameLength = Math.min(
    MAX_SIFTED_LENGTH,
    maxLineLength,
    3 * maxHeaders,
  );
  return new EventSieve({ interest, maxFrameLength });
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
   * @param options Where to, and the limits of what is read.
   * @param onTraffic Takes all bytes.
   * @param signal Gives the attempt up.
   * @returns The connection.
   * @throws {AmiConnectionError} If there is no connection to be had.
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
   * @throws Whatever the system says of a broken connection.
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

  /** Takes note of events that fell away, or reads them if they are wanted by now. */
  #passOver(
    { count, text }: SiftedEvents,
    receiver: ConnectionReceiver,
  ): void {
    if (text === undefined) {
      receiver.unread(count);
      return;
    }
    for (const line of text.split("\r\n")) {
      // A listener of one of them may have closed.
      if (this.#closed) return;
      this.#assemble(line, line.includes("\n"), receiver);
    }
  }

  /**
   * Writes after everything that was handed in before. Never waits.
   *
   * @param text What to write.
   * @returns Whether it was started, and a way to take it back before.
   */
  write(text: string): PendingWrite {
    return this.#writes.write(text);
  }

  /** Closes at once. Nothing more is read or written. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#writes.close();
    this.#conn.close();
    this.#lines.cancel().catch(() => {
      // Nobody reads any more, so there is nobody to tell.
    });
  }
}

import { TextLineStream } from "@std/streams/text-line-stream";
import { ChunkDecoder } from "./chunk_decoder.ts";
import { closeQuietly } from "./close_quietly.ts";
import { encode, type Encoding } from "./encoding.ts";
import { AmiConnectionError, AmiLimitError } from "../errors.ts";
import {
  type EventInterest,
  EventSieve,
  type SiftedEvents,
} from "./event_sieve.ts";
import type { Frame } from "./frame.ts";
import { FrameAssembler } from "./frame_assembler.ts";
import { LineGuard, restoreLineFeeds } from "./line_guard.ts";
import type { TlsOptions } from "../options/options.ts";
import type { OnTraffic } from "../traffic.ts";

/** Options of {@linkcode Connection}. */
export interface ConnectionOptions {
  /** The host of the PBX. */
  hostname: string;
  /** The port of its manager interface. */
  port: number;
  /** How the connection is encrypted, if it is. */
  tls: Required<TlsOptions> | undefined;
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

/** Something handed to {@linkcode Connection.write}. */
export class PendingWrite {
  readonly #onCancel: (write: PendingWrite) => void;
  #text: string;
  #state: "waiting" | "started" | "cancelled" = "waiting";

  /**
   * @param text The text to write.
   * @param onCancel Called when it is cancelled before it has started.
   */
  constructor(text: string, onCancel: (write: PendingWrite) => void) {
    this.#text = text;
    this.#onCancel = onCancel;
  }

  /** Whether some of it may have been written. */
  get started(): boolean {
    return this.#state === "started";
  }

  /** Gives what is to be written now: nothing, if it was cancelled. It is not kept. */
  start(): string {
    if (this.#state === "waiting") this.#state = "started";
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** Keeps it from being written, where that has not started yet. */
  cancel(): void {
    if (this.#state !== "waiting") return;
    this.#state = "cancelled";
    this.#text = "";
    this.#onCancel(this);
  }
}

/** What went wrong with an attempt to connect, in our words. */
function connectionError(
  { hostname, port }: ConnectionOptions,
  cause: unknown,
): AmiConnectionError {
  const where = `Cannot connect to ${hostname}:${port}`;
  if (cause instanceof Deno.errors.ConnectionRefused) {
    return new AmiConnectionError(
      `${where}: nothing listens there; check the port, and "enabled" in manager.conf`,
      { failure: "refused", cause },
    );
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return new AmiConnectionError(
      `${where}: run deno with --allow-net=${hostname}:${port}`,
      { failure: "not-permitted", cause },
    );
  }
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AmiConnectionError(`${where}: ${detail}`, {
    failure: "unreachable",
    cause,
  });
}

/** What went wrong with encrypting the connection, in our words. */
function tlsError(
  { hostname, port }: ConnectionOptions,
  cause: unknown,
): AmiConnectionError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  const advice = /certificate/i.test(detail)
    ? "give the certificate of the PBX, or of who signed it, as 'tls.caCerts', and its name as 'tls.serverName'"
    : 'check the port, and "tlsenable" in manager.conf';
  return new AmiConnectionError(
    `Cannot connect to ${hostname}:${port} with TLS: ${detail}; ${advice}`,
    { failure: "tls", cause },
  );
}

/** Encrypts a connection, or closes it. */
async function encrypt(
  conn: Deno.TcpConn,
  options: ConnectionOptions,
  { caCerts, serverName }: Required<TlsOptions>,
  signal: AbortSignal,
): Promise<Deno.TlsConn> {
  let encrypted: Deno.TlsConn | undefined;
  const giveUp = () => closeQuietly(encrypted ?? conn);
  try {
    // Not Deno.connectTls: it takes neither a name of its own for the server nor a signal.
    encrypted = await Deno.startTls(conn, { hostname: serverName, caCerts });
    signal.addEventListener("abort", giveUp, { once: true });
    await encrypted.handshake();
    signal.throwIfAborted();
    return encrypted;
  } catch (error) {
    if (!signal.aborted) giveUp();
    signal.throwIfAborted();
    throw tlsError(options, error);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

/** How many bytes are read at once. */
const CHUNK_BYTES = 65_536;

/** The longest event that may fall away (characters). What is longer is no ordinary event. */
const MAX_SIFTED_LENGTH = 16_384;

/** The longest TLS record that Asterisk 16 and 22 read whole (bytes; measured). */
const MAX_RECORD_BYTES = 1_024;

/** Options of {@linkcode cutLines}. */
export interface CutLinesOptions {
  /** How text and bytes are turned into one another. */
  encoding: Encoding;
  /** Keeps the lines within bounds, and line feeds inside them. */
  guard: LineGuard;
  /** Takes the reason, if reading ends because it cannot go on. */
  onFailure: (error: unknown) => void;
  /** Takes the bytes of each read; they are overwritten by the next. */
  onBytes?: (bytes: Uint8Array) => void;
  /** Lets events fall away of which no lines are to be cut. */
  sieve?: EventSieve | undefined;
}

/**
 * Cuts what a connection receives into lines. A broken connection ends the
 * stream like a closed one: an error would throw away what was received and
 * not read yet.
 *
 * @param conn The connection.
 * @param options The encoding, and the longest line.
 * @returns The lines without their ends; line feeds inside them are still shielded.
 */
export function cutLines(
  conn: Pick<Deno.Conn, "read">,
  { encoding, guard, onFailure, onBytes, sieve }: CutLinesOptions,
): ReadableStream<string> {
  // Decoding and guarding take no stages of their own: a stage costs more than either.
  const decoder = new ChunkDecoder(encoding);
  // Decoded at once after each read, so that one buffer serves for all.
  const buffer = new Uint8Array(CHUNK_BYTES);

  async function pull(
    controller: ReadableStreamDefaultController<string>,
  ): Promise<void> {
    for (let handedOn = false; !handedOn;) {
      const length = await conn.read(buffer);
      const bytes = buffer.subarray(0, length ?? 0);
      onBytes?.(bytes);
      let text = length === null ? decoder.end() : decoder.decode(bytes);
      if (sieve !== undefined) {
        text = sieve.push(text);
        if (length === null) text += sieve.end();
      }
      for (const part of guard.push(text)) {
        if (part === "") continue;
        controller.enqueue(part);
        handedOn = true;
      }
      if (guard.tooLong) throw lineTooLong(guard.maxLineLength);
      if (length === null) {
        controller.close();
        return;
      }
    }
  }

  return new ReadableStream<string>({
    async pull(controller) {
      try {
        await pull(controller);
      } catch (error) {
        onFailure(error);
        controller.close();
      }
    },
  }, { highWaterMark: 0 }).pipeThrough(new TextLineStream());
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

function lineTooLong(maxLineLength: number): AmiLimitError {
  return new AmiLimitError(
    `Cannot read on: a line is longer than ${maxLineLength} characters`,
    "maxLineLength",
    maxLineLength,
  );
}

/**
 * A connection that reads frames and writes text in order. It knows
 * neither logins nor ActionIDs.
 */
export class Connection {
  readonly #conn: Deno.TcpConn | Deno.TlsConn;
  readonly #onTraffic: OnTraffic;
  readonly #encoding: Encoding;
  readonly #sieve: EventSieve | undefined;
  readonly #guard: LineGuard;
  readonly #assembler: FrameAssembler;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #queue = new Set<PendingWrite>();
  #writing = false;
  /** The first thing that went wrong with reading or writing. */
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  private constructor(
    conn: Deno.TcpConn | Deno.TlsConn,
    options: ConnectionOptions,
    onTraffic: OnTraffic,
  ) {
    this.#conn = conn;
    this.#onTraffic = onTraffic;
    this.#encoding = options.encoding;
    this.#sieve = sieveFor(options);
    this.#guard = new LineGuard(options);
    this.#assembler = new FrameAssembler(options);
    const onFailure = (error: unknown) => {
      this.#failure ??= { error };
    };
    const onBytes = (bytes: Uint8Array) => onTraffic(bytes, "received");
    this.#lines = cutLines(conn, {
      encoding: options.encoding,
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
    const { hostname, port, tls } = options;
    let conn: Deno.TcpConn;
    try {
      conn = await Deno.connect({ hostname, port, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw connectionError(options, error);
    }
    conn.setNoDelay(true);
    return new Connection(
      tls === undefined ? conn : await encrypt(conn, options, tls, signal),
      options,
      onTraffic,
    );
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
    const pending = new PendingWrite(
      text,
      // A PBX that reads nothing would let the cancelled ones pile up.
      (cancelled) => this.#queue.delete(cancelled),
    );
    this.#queue.add(pending);
    if (!this.#writing) {
      this.#writing = true;
      // What is written in the same turn of the event loop goes out together.
      queueMicrotask(() => this.#writeQueue());
    }
    return pending;
  }

  async #writeQueue(): Promise<void> {
    try {
      while (this.#queue.size > 0 && !this.#closed) {
        let text = "";
        for (const pending of this.#queue) text += pending.start();
        this.#queue.clear();
        let bytes = encode(text, this.#encoding);
        while (bytes.length > 0) {
          const length = await this.#conn.write(this.#nextRecord(bytes));
          this.#onTraffic(bytes.subarray(0, length), "sent");
          bytes = bytes.subarray(length);
        }
      }
    } catch (error) {
      // Reading goes on: what the PBX said before it closed is still to come, and then the end.
      this.#failure ??= { error };
    } finally {
      this.#writing = false;
    }
  }

  /**
   * What may be written at once. Over TLS, Asterisk reads 1,024 bytes of a
   * record and then waits for the network, although the rest of the record is
   * decrypted already: a longer one hangs until the next comes.
   */
  #nextRecord(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (!("handshake" in this.#conn) || bytes.length <= MAX_RECORD_BYTES) {
      return bytes;
    }
    const lineEnd = bytes.lastIndexOf(0x0a, MAX_RECORD_BYTES - 1) + 1;
    return bytes.subarray(0, lineEnd === 0 ? MAX_RECORD_BYTES : lineEnd);
  }

  /** Closes at once. Nothing more is read or written. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeQuietly(this.#conn);
    this.#lines.cancel().catch(() => {
      // Nobody reads any more, so there is nobody to tell.
    });
  }
}

import type { OnTraffic } from "../statistics.ts";
import { closeQuietly } from "./close_quietly.ts";
import { dial, type DialOptions } from "./dial.ts";
import {
  FrameReader,
  type FrameReaderOptions,
  type FrameReceiver,
} from "./frame_reader.ts";
import { type PendingWrite, WriteQueue } from "./write_queue.ts";

/** Options of {@linkcode Connection}. */
export interface ConnectionOptions extends DialOptions, FrameReaderOptions {}

/**
 * A connection that reads frames and writes text in order. It knows
 * neither logins nor ActionIDs.
 */
export class Connection {
  readonly #conn: Deno.TcpConn | Deno.TlsConn;
  readonly #reader: FrameReader;
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
    const onFailure = (error: unknown) => {
      this.#failure ??= { error };
    };
    const onBytes = (bytes: Uint8Array) => onTraffic(bytes, "received");
    const { encoding } = options;
    // When writing fails, reading goes on: what the PBX said before it closed is still to come, and then the end.
    this.#writes = new WriteQueue(conn, { encoding, onTraffic, onFailure });
    this.#reader = new FrameReader(conn, options, { onFailure, onBytes });
  }

  /**
   * Connects.
   *
   * @param options The address, and the limits of what is read.
   * @param onTraffic Takes all bytes.
   * @param signal Abandons the attempt.
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

  /** The underlying connection. */
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
  async read(receiver: FrameReceiver): Promise<void> {
    await this.#reader.read(receiver);
    if (!this.#closed && this.#failure !== undefined) {
      throw this.#failure.error;
    }
  }

  /**
   * Writes after everything that was handed in before. Never waits.
   *
   * @param text The text.
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
    this.#reader.close();
  }
}

import type { OnTraffic } from "../statistics.ts";
import { encode, type Encoding } from "./encoding.ts";

/** The longest TLS record that Asterisk 16 and 22 read whole (bytes; measured). */
const MAX_RECORD_BYTES = 1_024;

/** A text that was passed to {@linkcode WriteQueue.write}. */
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

  /** `true` once some of it may have been written. */
  get started(): boolean {
    return this.#state === "started";
  }

  /** Returns the text to write now: nothing, if it was cancelled. It is not kept. */
  start(): string {
    if (this.#state === "waiting") this.#state = "started";
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** Keeps it from being written, unless that has started. */
  cancel(): void {
    if (this.#state !== "waiting") return;
    this.#state = "cancelled";
    this.#text = "";
    this.#onCancel(this);
  }
}

/** The length from which nothing is waited for: the PBX gets to work while the program prepares the rest (characters). */
const ENOUGH = 4_096;

/** Enough for an ordinary action. */
const BUFFER_BYTES = 512;

/** Options of {@linkcode WriteQueue}. */
export interface WriteQueueOptions {
  /** The encoding of what is written. */
  encoding: Encoding;
  /** Takes all bytes that were written. */
  onTraffic: OnTraffic;
  /** Takes the reason, if writing fails. */
  onFailure: (error: unknown) => void;
}

/** Writes texts to a connection, one after another. */
export class WriteQueue {
  readonly #conn: Deno.TcpConn | Deno.TlsConn;
  readonly #options: WriteQueueOptions;
  readonly #queue = new Set<PendingWrite>();
  /** Holds the bytes of short texts: each is written before the next. */
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  /** Forgets a write that was cancelled: a PBX that reads nothing would let them pile up. */
  readonly #drop = (cancelled: PendingWrite): void => {
    this.#queue.delete(cancelled);
  };
  /** The length of what was queued since the last write (characters). */
  #length = 0;
  #state: "idle" | "waiting" | "writing" = "idle";
  #closed = false;

  /**
   * @param conn The connection.
   * @param options The encoding, and what takes the bytes.
   */
  constructor(
    conn: Deno.TcpConn | Deno.TlsConn,
    options: WriteQueueOptions,
  ) {
    this.#conn = conn;
    this.#options = options;
  }

  /**
   * Writes after everything that was handed in before. Never waits.
   *
   * @param text The text.
   * @returns The write, which can be cancelled until it has started.
   */
  write(text: string): PendingWrite {
    const pending = new PendingWrite(text, this.#drop);
    this.#queue.add(pending);
    this.#length += text.length;
    if (this.#state === "idle") {
      this.#state = "waiting";
      // What is written in one turn of the event loop is sent together.
      queueMicrotask(() => this.#writeAll());
    } else if (this.#length >= ENOUGH) this.#writeAll();
    return pending;
  }

  async #writeAll(): Promise<void> {
    if (this.#state !== "waiting") return;
    this.#state = "writing";
    const { encoding, onTraffic, onFailure } = this.#options;
    try {
      while (this.#queue.size > 0 && !this.#closed) {
        let text = "";
        for (const pending of this.#queue) text += pending.start();
        this.#queue.clear();
        this.#length = 0;
        let bytes = encode(text, encoding, this.#buffer);
        while (bytes.length > 0) {
          const length = await this.#conn.write(this.#nextRecord(bytes));
          onTraffic(bytes.subarray(0, length), "sent");
          bytes = bytes.subarray(length);
        }
      }
    } catch (error) {
      onFailure(error);
    } finally {
      this.#state = "idle";
    }
  }

  /**
   * Returns what may be written at once. Over TLS, Asterisk reads 1,024 bytes
   * of a record and then waits for the network, although the rest of the record
   * is decrypted already: a longer one hangs until the next comes.
   */
  #nextRecord(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (!("handshake" in this.#conn) || bytes.length <= MAX_RECORD_BYTES) {
      return bytes;
    }
    const lineEnd = bytes.lastIndexOf(0x0a, MAX_RECORD_BYTES - 1) + 1;
    return bytes.subarray(0, lineEnd === 0 ? MAX_RECORD_BYTES : lineEnd);
  }

  /** Stops writing. What is still queued is never started. */
  close(): void {
    this.#closed = true;
  }
}

import { ActionReader, type ActionRequest } from "./action_reader.ts";
import { ALL_EVENTS, parseEventMask } from "./event_mask.ts";
import {
  type AmiFrame,
  encodeFrame,
  encodeFrames,
  isFrames,
} from "./frame_writer.ts";
import { Gate } from "./gate.ts";
import type { AcceptedConn } from "./listening.ts";
import { pieceTaken } from "./pieces.ts";
import { checkedPieceBytes } from "../server_options.ts";
import type { ReceivedAction } from "./received_action.ts";
import type { AmiAnswer, AmiServerClient } from "./server_client.ts";

/** The largest read (bytes). */
const READ_SIZE = 16_384;

/** The size up to which small pieces are joined into one write (bytes). */
const WRITE_SIZE = 65_536;

const encoder = new TextEncoder();

/** The bytes of raw text or of raw bytes, the latter copied. */
export function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === "string" ? encoder.encode(data) : data.slice();
}

/** The parts of its server that a connection needs. */
export interface ClientConnectionOptions {
  /** Bytes that may wait to be written before the client is dropped. */
  maxQueuedBytes: number;
  /** Runs a request; the next one is read when it is done. */
  onRequest: (
    client: ClientConnection,
    request: ActionRequest,
  ) => void | Promise<void>;
  /** Counts received bytes. */
  onBytes: (count: number) => void;
}

/** The connection of one client: reading, the bounded writer, events. */
export class ClientConnection implements AmiServerClient {
  readonly #conn: AcceptedConn;
  readonly #options: ClientConnectionOptions;
  readonly #reader = new ActionReader();
  readonly #gate = new Gate();
  #pieceBytes = Infinity;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #heldEvents: Uint8Array[] = [];
  #flushing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  readonly #gone = new AbortController();
  /** The same as the signal has it, which is slower to ask. */
  #isGone = false;
  #isBusy = false;
  #interrupt: (() => void) | undefined;
  readonly #buffer = new Uint8Array(READ_SIZE);
  /** A read that has begun while an action was running. */
  #reading: Promise<number | null> | undefined;
  /** Ends the wait for an event. */
  #wake: () => void = () => {};
  #username: string | undefined;
  #eventMask = ALL_EVENTS;
  #bytesReceived = 0;

  /** The number of the MD5 login; the same for the connection's life. */
  challenge = "";

  constructor(conn: AcceptedConn, options: ClientConnectionOptions) {
    this.#conn = conn;
    this.#options = options;
  }

  get remoteAddr(): Deno.NetAddr {
    return this.#conn.remoteAddr;
  }

  get username(): string | undefined {
    return this.#username;
  }

  get loggedIn(): boolean {
    return this.#username !== undefined;
  }

  get closed(): boolean {
    return this.#isGone || this.#closing !== undefined;
  }

  /** Aborted when the connection is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  get pieceBytes(): number {
    return this.#pieceBytes;
  }

  set pieceBytes(pieceBytes: number) {
    this.#pieceBytes = checkedPieceBytes(pieceBytes);
  }

  /** The bits of the classes whose events the client gets. */
  get eventMask(): number {
    return this.#eventMask;
  }

  logIn(username: string, events = ""): void {
    this.#username = username;
    this.setEventMask(events);
  }

  /** Sets the event mask; returns its bits, or -1 if the text is not a mask. */
  setEventMask(text: string): number {
    const mask = parseEventMask(text);
    if (mask !== -1) this.#eventMask = mask;
    return mask;
  }

  send(frame: AmiFrame): void {
    this.write(encodeFrame(frame));
  }

  answer(action: ReceivedAction, answer: AmiAnswer): void {
    if (answer === undefined) return;
    if (typeof answer === "string") return this.write(answer);
    const frames = isFrames(answer) ? answer : [answer];
    if (frames.length > 0) this.write(encodeFrames(frames, action.actionId));
  }

  write(data: string | Uint8Array): void {
    this.#enqueue(toBytes(data));
  }

  /**
   * Writes events that passed the mask. While an action runs they are held
   * until its answer is written, as `process_message()` of main/manager.c does.
   */
  deliver(bytes: Uint8Array, bits: number | undefined): void {
    if (!this.loggedIn) return;
    // Those that do not pass end a wait as well (`append_event()`, main/manager.c).
    this.#wake();
    const passes = bits === undefined
      ? this.#eventMask !== 0
      : (this.#eventMask & bits) === bits;
    if (!passes) return;
    if (!this.#isBusy) return this.#enqueue(bytes);
    this.#heldEvents.push(bytes);
    this.#count(bytes.length);
  }

  async flushed(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAfterWrites();
    return this.#closing;
  }

  stall(): void {
    if (!this.#isGone) this.#gate.shut();
  }

  resume(): void {
    this.#gate.open();
  }

  cut(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#gone.abort();
    this.#gate.open();
    this.#queue = [];
    this.#heldEvents = [];
    this.#queuedBytes = 0;
    this.#interrupt?.();
    this.#conn.close();
  }

  /**
   * Waits for an event while an action runs, but not longer than until the
   * client sends something, is gone, or the time is over.
   *
   * @param milliseconds The time.
   */
  async waitForEvent(milliseconds: number): Promise<void> {
    const event = Promise.withResolvers<void>();
    this.#wake = event.resolve;
    const timer = milliseconds === Infinity
      ? undefined
      : setTimeout(event.resolve, milliseconds);
    this.#reading ??= this.#read(this.#buffer);
    await Promise.race([event.promise, this.#reading]);
    clearTimeout(timer);
    this.#wake = () => {};
  }

  /** Writes the events that came while an action runs, before its end. */
  releaseEvents(): void {
    if (this.#heldEvents.length === 0) return;
    const held = this.#heldEvents;
    this.#heldEvents = [];
    for (const bytes of held) {
      this.#queuedBytes -= bytes.length;
      this.#enqueue(bytes);
    }
  }

  /** Reads and runs actions, one after the other, until the connection ends. */
  async run(): Promise<void> {
    const buffer = this.#buffer;
    while (!this.closed) {
      const reading = this.#reading ?? this.#read(buffer);
      this.#reading = undefined;
      const count = await reading;
      // Bytes in flight when the PBX stalled are read, but not looked at.
      await this.#gate.passed();
      if (count === null) break;
      this.#bytesReceived += count;
      this.#options.onBytes(count);
      this.#reader.push(buffer.subarray(0, count));
      await this.#runRequests();
    }
    await this.close();
  }

  async #runRequests(): Promise<void> {
    while (!this.closed) {
      if (this.#gate.isShut) await this.#gate.passed();
      const request = this.#reader.next();
      if (request === undefined) return;
      this.#isBusy = true;
      const pending = this.#options.onRequest(this, request);
      if (pending !== undefined) await this.#settledOrGone(pending);
      this.#isBusy = false;
      this.releaseEvents();
    }
  }

  /** Waits for an answer, but no longer than the connection lives. */
  #settledOrGone(pending: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#interrupt = resolve;
      if (this.#isGone) resolve();
      pending.then(resolve, reject);
    });
  }

  async #read(buffer: Uint8Array): Promise<number | null> {
    await this.#gate.passed();
    try {
      return await this.#conn.read(buffer);
    } catch {
      // Reset by the client, or closed by us: either way nothing more follows.
      return null;
    }
  }

  #enqueue(bytes: Uint8Array): void {
    if (this.closed || bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#count(bytes.length);
    if (!this.#isGone) this.#flushing ??= this.#flush();
  }

  /** A client that does not read is dropped, as with `writetimeout`. */
  #count(bytes: number): void {
    this.#queuedBytes += bytes;
    if (this.#queuedBytes > this.#options.maxQueuedBytes) this.cut();
  }

  async #flush(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        const queued = this.#queue;
        this.#queue = [];
        for (const chunk of joined(queued)) {
          await this.#writeChunk(chunk);
          this.#queuedBytes -= chunk.length;
        }
      }
    } catch {
      // The client is gone.
      this.cut();
    } finally {
      this.#flushing = undefined;
    }
  }

  /** Writes in pieces, and none while the PBX is stalled. */
  async #writeChunk(chunk: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#gate.isShut) await this.#gate.passed();
      const end = offset + this.#pieceBytes;
      const piece = chunk.subarray(offset, end);
      offset += await this.#conn.write(piece);
      if (this.#pieceBytes !== Infinity) await pieceTaken();
    }
  }

  async #closeAfterWrites(): Promise<void> {
    // What an action still holds back is never sent.
    this.#heldEvents = [];
    await this.flushed();
    this.cut();
  }
}

/** Joins small pieces, so that a burst of events takes few writes. */
function* joined(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  let start = 0;
  while (start < pieces.length) {
    let end = start;
    let size = 0;
    do {
      size += pieces[end]?.length ?? 0;
      end++;
    } while (
      end < pieces.length && size + (pieces[end]?.length ?? 0) <= WRITE_SIZE
    );
    const chunk = new Uint8Array(size);
    let offset = 0;
    for (const piece of pieces.slice(start, end)) {
      chunk.set(piece, offset);
      offset += piece.length;
    }
    yield chunk;
    start = end;
  }
}

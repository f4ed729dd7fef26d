import { AmiLimitError } from "../errors.ts";

/**
 * What an {@linkcode EventStream} does with an event for which its queue has
 * no room.
 *
 * - `"error"`: the stream ends with an `AmiLimitError`, behind what is queued.
 * - `"drop-oldest"`: the oldest event is dropped, and counted.
 */
export type Overflow = "error" | "drop-oldest";

/** Options of {@linkcode EventStream}. */
export interface EventStreamOptions {
  /** How many events are queued. */
  maxQueue: number;
  /** What is done with more. */
  overflow: Overflow;
  /** Ends the stream with its reason. */
  signal?: AbortSignal | undefined;
  /** Told once, when the stream wants no more events. */
  onEnd: () => void;
}

/** How a stream ends. */
type End = { readonly error?: unknown };

/**
 * Events, to be read with `for await`. Whoever reads slowly slows nobody: the
 * events wait in a queue with a bound.
 *
 * It begins with the call that made it, outlives the connection, and ends with
 * `close()` and `disconnect()`, with `break`, or when its signal is aborted. If
 * the connection is lost and not made again, it ends with the error.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 * for await (const event of dami.events("Hangup")) {
 *   console.log(event.Channel, event.Cause);
 * }
 * ```
 */
export class EventStream<Event> implements AsyncIterableIterator<Event> {
  readonly #options: EventStreamOptions;
  #queue: Event[] = [];
  #waiting: PromiseWithResolvers<IteratorResult<Event, undefined>>[] = [];
  #dropped = 0;
  #end: End | undefined;

  /**
   * Makes a stream.
   *
   * @param options Its bounds, and how it ends.
   */
  constructor(options: EventStreamOptions) {
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** How many events were dropped because the queue was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many events wait to be read. */
  get queued(): number {
    return this.#queue.length;
  }

  /**
   * Adds an event.
   *
   * @param event The event.
   */
  push(event: Event): void {
    if (this.#end !== undefined) return;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting.resolve({ done: false, value: event });
      return;
    }
    const { maxQueue, overflow } = this.#options;
    if (this.#queue.length < maxQueue) {
      this.#queue.push(event);
    } else if (overflow === "drop-oldest") {
      this.#dropped++;
      this.#queue.shift();
      this.#queue.push(event);
    } else {
      this.#dropped++;
      this.#finish({
        error: new AmiLimitError(
          `Cannot queue more than ${maxQueue} events: read faster, raise 'maxQueue', or choose the overflow "drop-oldest"`,
          "maxQueue",
          maxQueue,
        ),
      });
    }
  }

  /**
   * Ends the stream, behind what is queued.
   *
   * @param error What to throw there, if it is no good end.
   */
  close(error?: unknown): void {
    this.#finish({ error });
  }

  /**
   * The next event.
   *
   * @returns The event, or the end.
   * @throws {AmiLimitError} If the queue was full.
   * @throws The signal's reason, if it was aborted.
   */
  next(): Promise<IteratorResult<Event, undefined>> {
    const [event] = this.#queue;
    if (this.#queue.length > 0 && event !== undefined) {
      this.#queue.shift();
      return Promise.resolve({ done: false, value: event });
    }
    if (this.#end === undefined) {
      const waiting = Promise.withResolvers<
        IteratorResult<Event, undefined>
      >();
      this.#waiting.push(waiting);
      return waiting.promise;
    }
    const { error } = this.#end;
    // An error is told once; after it the stream has ended like any other.
    this.#end = {};
    return error === undefined
      ? Promise.resolve({ done: true, value: undefined })
      : Promise.reject(error);
  }

  /**
   * Ends the stream and drops what is queued, as `break` does.
   *
   * @returns The end.
   */
  return(): Promise<IteratorResult<Event, undefined>> {
    this.#queue = [];
    this.#finish({});
    return Promise.resolve({ done: true, value: undefined });
  }

  /**
   * The stream itself.
   *
   * @returns The stream.
   */
  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #onAbort = (): void => {
    this.#queue = [];
    this.#finish({ error: this.#options.signal?.reason });
  };

  #finish(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    const { signal, onEnd } = this.#options;
    signal?.removeEventListener("abort", this.#onAbort);
    onEnd();
    const [first, ...others] = this.#waiting;
    this.#waiting = [];
    if (first !== undefined) {
      this.next().then(first.resolve, first.reject);
    }
    for (const waiting of others) {
      waiting.resolve({ done: true, value: undefined });
    }
  }
}

import { AmiLimitError } from "../errors.ts";
import type { EventStream, Overflow } from "./event_stream.ts";
import { Fifo } from "./fifo.ts";

/** Options of {@linkcode EventQueue}. */
export interface EventQueueOptions {
  /** The most events that are queued. */
  maxQueue: number;
  /** The treatment of more. */
  overflow: Overflow;
  /** Ends the stream with its reason. */
  signal?: AbortSignal | undefined;
  /** Called once, when the stream wants no more events. It must not throw. */
  onEnd: () => void;
}

/** The end of a stream. */
type End = { readonly error?: unknown };

/** Both ends of an {@linkcode EventStream}: DAMI adds events, and the program reads them. */
export class EventQueue<Event> implements EventStream<Event> {
  readonly #options: EventQueueOptions;
  readonly #queue = new Fifo<Event>();
  readonly #waiting = new Fifo<
    PromiseWithResolvers<IteratorResult<Event, undefined>>
  >();
  #dropped = 0;
  #end: End | undefined;

  /** @param options Its bounds, and its end. */
  constructor(options: EventQueueOptions) {
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** The number of events that were dropped because the queue was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The number of events that wait to be read. */
  get queued(): number {
    return this.#queue.size;
  }

  /** `true` once the stream takes no more events. */
  get ended(): boolean {
    return this.#end !== undefined;
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
      waiting.value.resolve({ done: false, value: event });
      return;
    }
    const { maxQueue, overflow } = this.#options;
    if (this.#queue.size < maxQueue) {
      this.#queue.push(event);
      return;
    }
    this.#dropped++;
    if (overflow === "drop-oldest") {
      this.#queue.shift();
      this.#queue.push(event);
    } else {
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
   * Ends the stream, after what is queued.
   *
   * @param error The error to throw there, if the stream does not simply end.
   */
  close(error?: unknown): void {
    this.#finish({ error });
  }

  /**
   * Reads the next event.
   *
   * @returns The event, or the end.
   * @throws {AmiLimitError} If the queue was full.
   * @throws The signal's reason, if it was aborted.
   */
  next(): Promise<IteratorResult<Event, undefined>> {
    const first = this.#queue.shift();
    if (first !== undefined) {
      return Promise.resolve({ done: false, value: first.value });
    }
    if (this.#end === undefined) {
      const waiting = Promise.withResolvers<IteratorResult<Event, undefined>>();
      this.#waiting.push(waiting);
      return waiting.promise;
    }
    const { error } = this.#end;
    // An error is thrown once; after it the stream has ended like any other.
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
    this.#queue.clear();
    this.#finish({});
    return Promise.resolve({ done: true, value: undefined });
  }

  /**
   * Returns the stream itself.
   *
   * @returns The stream.
   */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Ends the stream, at the end of a block that says `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  readonly #onAbort = (): void => {
    this.#queue.clear();
    this.#finish({ error: this.#options.signal?.reason });
  };

  #finish(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    const { signal, onEnd } = this.#options;
    signal?.removeEventListener("abort", this.#onAbort);
    onEnd();
    const first = this.#waiting.shift();
    if (first !== undefined) {
      this.next().then(first.value.resolve, first.value.reject);
    }
    for (
      let waiting = this.#waiting.shift();
      waiting !== undefined;
      waiting = this.#waiting.shift()
    ) {
      waiting.value.resolve({ done: true, value: undefined });
    }
  }
}

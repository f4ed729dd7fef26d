import {
  AckPolicy,
  type Consumer,
  type ConsumerConfig,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/nats-core";
import { pause } from "./pause.ts";
import type { Link } from "./link.ts";

/** Time that a request for messages waits for them (milliseconds). */
const EXPIRY = 30_000;

/** Interval of the server's heartbeats while there are no messages (milliseconds). */
const HEARTBEAT = 5_000;

/** Time that the server keeps a place that nobody reads from (milliseconds). */
const INACTIVE = 60_000;

/** Delay before another try (milliseconds). */
const RETRY_DELAY = 100;

/** The place where a reader begins. */
export type Start =
  & Pick<Partial<ConsumerConfig>, "opt_start_seq" | "opt_start_time">
  & { readonly deliver_policy: DeliverPolicy };

/** The source that messages are read from. */
export interface SourceContext {
  /** JetStream. */
  readonly js: JetStreamClient;
  /** The manager of its streams. */
  readonly jsm: JetStreamManager;
  /** The name of the stream. */
  readonly stream: string;
  /** The connection. */
  readonly link: Link;
}

/** Options of {@linkcode MessageSource}. */
export interface SourceOptions {
  /** Number of messages that are requested at a time. */
  readonly ahead: number;
  /** The name of a place that the server remembers, which is there; or what a place of this reader alone is made with. */
  readonly place: string | {
    readonly subjects: string[];
    readonly start: Start;
  };
  /**
   * Looks, each time that messages are asked for, whether the stream has
   * dropped some behind the last one that was read; they need not be of the
   * subjects. Takes the time from which on the stream is whole (milliseconds
   * since 1970).
   */
  readonly onDropped?: (wholeSince: number) => void;
}

/**
 * The messages of a stream, in their order, whatever happens to the connection
 * and to the servers. More are asked for when those that have come are read, so
 * that a slow reader does not fill the memory.
 */
export class MessageSource {
  readonly #context: SourceContext;
  readonly #options: SourceOptions;
  readonly #ending = new AbortController();
  #start: Start | undefined;
  #name: string | undefined;
  #expected = 1;
  /** Everything up to this place was read; 0 if that is not known. */
  #readTo = 0;
  /** The last place when messages were asked for. */
  #last = 0;
  #consumer: Consumer | undefined;
  #current: ConsumerMessages | undefined;

  /**
   * @param context What it is read from.
   * @param options What is read.
   */
  constructor(context: SourceContext, options: SourceOptions) {
    this.#context = context;
    this.#options = options;
    const { place } = options;
    if (typeof place === "string") this.#name = place;
    else this.#start = place.start;
  }

  /**
   * Takes its place in the stream.
   *
   * @returns The number of messages that are there already; 0 for a place that the server remembers.
   * @throws {Error} If the stream cannot be read.
   */
  async open(): Promise<number> {
    const { place } = this.#options;
    if (typeof place === "string") return 0;
    const { name, num_pending: count } = await this.#context.jsm.consumers.add(
      this.#context.stream,
      {
        ack_policy: AckPolicy.None,
        mem_storage: true,
        num_replicas: 1,
        inactive_threshold: nanos(INACTIVE),
        filter_subjects: place.subjects,
        ...this.#start,
      },
    );
    this.#name = name;
    this.#expected = 1;
    return count;
  }

  /** Ends it. */
  stop(): void {
    this.#ending.abort();
    this.#current?.stop();
    this.#forget();
  }

  /** Reads the messages, once it is open. */
  async *read(): AsyncGenerator<JsMsg, undefined> {
    const { signal } = this.#ending;
    // What was in flight when the connection was lost never arrives.
    const remove = this.#context.link.onUp(() => this.#current?.stop());
    try {
      while (!signal.aborted) {
        try {
          const begin = performance.now();
          let count = 0;
          // Not by a separate generator: each one takes a microsecond for a message.
          for await (const message of await this.#fetch()) {
            this.#check(message);
            count++;
            if (message.seq > this.#readTo) this.#readTo = message.seq;
            yield message;
          }
          // Had there been more, it would have come.
          if (count < this.#options.ahead && this.#last > this.#readTo) {
            this.#readTo = this.#last;
          }
          if (count > 0 || performance.now() - begin > EXPIRY / 2) continue;
          // One that ends without messages before its time has lost its place.
          this.#lose();
        } catch {
          // The server has lost the place, or is away.
          this.#lose();
        }
        await pause(RETRY_DELAY, signal);
      }
    } finally {
      remove();
      this.stop();
    }
    return undefined;
  }

  /** Asks for messages. */
  async #fetch(): Promise<ConsumerMessages> {
    const { js, stream } = this.#context;
    if (this.#name === undefined) await this.open();
    if (this.#options.onDropped !== undefined) await this.#look();
    this.#consumer ??= await js.consumers.get(stream, this.#name);
    const messages = await this.#consumer.fetch({
      max_messages: this.#options.ahead,
      expires: EXPIRY,
      idle_heartbeat: HEARTBEAT,
    });
    this.#current = messages;
    // It may have ended in the meantime.
    if (this.#ending.signal.aborted) messages.stop();
    return messages;
  }

  /** Checks whether the stream has dropped messages that were not read. */
  async #look(): Promise<void> {
    const { jsm, stream } = this.#context;
    const { state } = await jsm.streams.info(stream);
    const { first_seq: first, last_seq: last, messages, first_ts: at } = state;
    if (this.#readTo > 0 && first > this.#readTo + 1) {
      // A stream without messages has no time of the first one.
      const time = messages === 0 ? NaN : Date.parse(String(at));
      this.#options.onDropped?.(isNaN(time) ? Date.now() : time);
      this.#readTo = first - 1;
    }
    this.#last = last;
  }

  /** Takes a new place the next time. */
  #lose(): void {
    this.#consumer = undefined;
    if (typeof this.#options.place !== "string") this.#name = undefined;
  }

  /** Checks that no message is missing, where the place is of this reader alone. */
  #check(message: JsMsg): void {
    if (typeof this.#options.place === "string") return;
    if (message.info.deliverySequence !== this.#expected) {
      throw new Error("A message is missing");
    }
    this.#expected++;
    this.#start = {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: message.seq + 1,
    };
  }

  /** Removes the place of this reader alone. */
  #forget(): void {
    const { jsm, stream, link } = this.#context;
    const name = this.#name;
    if (typeof this.#options.place === "string" || name === undefined) return;
    this.#name = undefined;
    // The server does so itself after a while.
    if (link.isUp) jsm.consumers.delete(stream, name).catch(() => {});
  }
}

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
import { Fifo } from "../events/fifo.ts";
import { placeOf } from "./message_place.ts";
import { pause } from "./pause.ts";
import { Wake } from "./wake.ts";
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
   * `true` to look, each time that messages are asked for, whether the stream has
   * dropped some after the last one that has come; they need not be of the
   * subjects.
   *
   * @default {false}
   */
  readonly findsDropped?: boolean;
}

/** Stands where the stream has dropped messages before they were read. */
export class Dropped {
  /** The time from which on the stream is whole (milliseconds since 1970). */
  readonly wholeSince: number;

  /** @param wholeSince The time from which on the stream is whole (milliseconds since 1970). */
  constructor(wholeSince: number) {
    this.wholeSince = wholeSince;
  }
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
  #name: string | undefined;
  #expected = 1;
  readonly #queue = new Fifo<JsMsg | Dropped>();
  /** Set when something has come. */
  readonly #arrived = new Wake();
  /** Set when more can be asked for. */
  readonly #room = new Wake();
  /** Number of messages in the queue above which no more are asked for. */
  readonly #enough: number;
  #reading: Promise<void> | undefined;
  /** The place of the last message that has come; 0 before the first one. */
  #received = 0;
  /** Everything up to this place has come; 0 if that is not known. */
  #readTo = 0;
  /** Set when what was asked for last was given up. */
  #isCut = false;
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
    this.#enough = Math.floor(options.ahead / 2);
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
        ...this.#received === 0 ? place.start : {
          deliver_policy: DeliverPolicy.StartSequence,
          opt_start_seq: this.#received + 1,
        },
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
    this.#queue.clear();
    this.#arrived.set();
    this.#room.set();
    this.#forget();
  }

  /**
   * Takes the next message that has come, once it is open.
   *
   * @returns The message, or what the stream has dropped before the next one; `undefined` if none has come.
   */
  take(): JsMsg | Dropped | undefined {
    const item = this.#queue.shift()?.value;
    if (this.#queue.size === this.#enough) this.#room.set();
    return item;
  }

  /**
   * Waits until something has come. Only one may wait.
   *
   * @returns `true` if something can be taken; `false` if it has ended.
   */
  async wait(): Promise<boolean> {
    this.#reading ??= this.#read();
    while (this.#queue.size === 0) {
      if (this.#ending.signal.aborted) return false;
      await this.#arrived.wait();
    }
    return true;
  }

  /**
   * Calls a function with each message, until it has ended.
   *
   * @param onMessage The function.
   */
  async each(onMessage: (message: JsMsg) => void): Promise<void> {
    while (await this.wait()) {
      for (let item = this.take(); item !== undefined; item = this.take()) {
        if (!(item instanceof Dropped)) onMessage(item);
      }
    }
  }

  /** Asks for messages, again and again. Never rejects. */
  async #read(): Promise<void> {
    const { signal } = this.#ending;
    // What was in flight when the connection was lost never arrives.
    const remove = this.#context.link.onUp(() => {
      this.#isCut = true;
      this.#current?.stop();
    });
    while (!signal.aborted) {
      try {
        const begin = performance.now();
        let count = 0;
        this.#isCut = false;
        for await (const message of await this.#fetch()) {
          if (signal.aborted) break;
          this.#check(message);
          count++;
          this.#queue.push(message);
          this.#arrived.set();
        }
        // Had there been more, it would have come.
        if (count < this.#options.ahead && !this.#isCut) {
          this.#readTo = Math.max(this.#readTo, this.#last);
        }
        while (this.#queue.size > this.#enough && !signal.aborted) {
          await this.#room.wait();
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
    remove();
    this.stop();
  }

  /** Asks for messages. */
  async #fetch(): Promise<ConsumerMessages> {
    const { js, stream } = this.#context;
    if (this.#name === undefined) await this.open();
    if (this.#options.findsDropped === true) await this.#look();
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
      this.#queue.push(new Dropped(isNaN(time) ? Date.now() : time));
      this.#arrived.set();
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
    const { sequence, delivery } = placeOf(message);
    const isAlone = typeof this.#options.place !== "string";
    if (isAlone && delivery !== this.#expected) {
      throw new Error("A message is missing");
    }
    this.#expected++;
    this.#received = sequence;
    if (sequence > this.#readTo) this.#readTo = sequence;
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

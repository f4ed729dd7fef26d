import {
  AckPolicy,
  DeliverPolicy,
  type JsMsg,
  type StreamInfo,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/nats-core";
import type { DAMIData } from "../data.ts";
import type { BusItem } from "./bus_item.ts";
import { type BusMessage, readMessage } from "./bus_message.ts";
import { Follower } from "./follower.ts";
import {
  MessageSource,
  type SourceContext,
  type Start,
} from "./message_source.ts";
import { formatId } from "./message_id.ts";
import { type GapRecord, parseGap } from "./records.ts";
import { eventSubject, gapSubject, pbxSubject } from "./subjects.ts";

/** Number of messages that are requested at a time. */
const AHEAD = 1_000;

/** The same for a durable reader: the time limit of each message starts when it is delivered. */
const DURABLE_AHEAD = 100;

/** The messages that a durable reader may have at a time without acknowledging them. */
const MAX_UNACKNOWLEDGED = 10_000;

/** Time that a durable reader has for a message before it is delivered again (milliseconds). */
const ACK_TIME = 30_000;

/** The options of a reader, with the defaults filled in. */
export interface ResolvedEventsOptions {
  /** The names of the PBXs; all of them if empty. */
  readonly pbxs: readonly string[];
  /** The names of the events; all of them if empty. */
  readonly names: readonly string[];
  /** The name of the place that is remembered. */
  readonly durable: string | undefined;
  /** The place to begin at, if none is remembered. */
  readonly since: Date | "all" | "now";
  /** `true` if asking for the next item marks the previous one as done. */
  readonly autoAck: boolean;
  /** Ends the reading. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Events and gaps of the bus, in their order, to be read with `for await`. A
 * slow reader holds up nobody: what it has not read waits in the stream. It
 * outlives the connection to NATS, and ends with `break`, by its signal, or
 * with the connection when that is closed for good.
 *
 * @typeParam Name The name of the events.
 */
export interface BusEvents<Name extends string = string>
  extends AsyncIterableIterator<BusItem<Name>, undefined>, AsyncDisposable {
  /** Resolves when it has begun: what is published from then on will come. */
  readonly opened: Promise<void>;
  /**
   * Reads the next item.
   *
   * @returns The item, or the end.
   * @throws {Error} If the stream cannot be read.
   * @throws The signal's reason, if it was aborted.
   */
  next(): Promise<IteratorResult<BusItem<Name>, undefined>>;
  /**
   * Ends it, as `break` does.
   *
   * @returns The end.
   */
  return(): Promise<IteratorResult<BusItem<Name>, undefined>>;
  /**
   * Returns the reader itself.
   *
   * @returns The reader.
   */
  [Symbol.asyncIterator](): BusEvents<Name>;
  /** Ends it, at the end of a block that says `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** An opened source, and the gap before it. */
interface Opened {
  readonly source: MessageSource;
  readonly lost?: GapRecord;
}

/** Reads events and gaps from the stream. */
export class BusReader implements BusEvents {
  readonly #context: SourceContext;
  readonly #options: ResolvedEventsOptions;
  readonly #followers = new Map<string, Follower>();
  readonly #items: AsyncGenerator<BusItem, undefined>;
  readonly #opening: Promise<Opened>;
  readonly #onAbort = (): void => void this.return();
  #isEnded = false;
  /** The time of the last message that was read (milliseconds since 1970). */
  #lastAt: number | undefined;
  /** From when on the stream is whole again, if it has dropped what was not read. */
  #wholeSince: number | undefined;

  /**
   * Begins to read.
   *
   * @param context What is read from.
   * @param options What is read.
   */
  constructor(context: SourceContext, options: ResolvedEventsOptions) {
    this.#context = context;
    this.#options = options;
    this.#opening = this.#open();
    this.#opening.catch(() => {});
    this.#items = this.#read();
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  get opened(): Promise<void> {
    return this.#opening.then(() => {});
  }

  async next(): Promise<IteratorResult<BusItem, undefined>> {
    this.#options.signal?.throwIfAborted();
    const result = await this.#items.next();
    if (result.done === true) this.#options.signal?.throwIfAborted();
    return result;
  }

  async return(): Promise<IteratorResult<BusItem, undefined>> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#options.signal?.removeEventListener("abort", this.#onAbort);
      try {
        (await this.#opening).source.stop();
      } catch {
        // It was never open.
      }
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async #open(): Promise<Opened> {
    const { durable, since } = this.#options;
    const { jsm, stream } = this.#context;
    const info = await jsm.streams.info(stream);
    const lost = durable && await this.#ensure(durable, info);
    const source = new MessageSource(this.#context, {
      ahead: durable === undefined ? AHEAD : DURABLE_AHEAD,
      // The ids of all messages show it, too.
      ...(this.#options.names.length > 0 && {
        onDropped: (since: number) => this.#wholeSince = since,
      }),
      place: durable ??
        { subjects: this.#subjects(), start: startOf(since, info) },
    });
    await source.open();
    return { source, ...(lost && { lost }) };
  }

  /** Makes the durable consumer if it is missing, and looks whether the stream has dropped what it had not read. */
  async #ensure(
    durable: string,
    info: StreamInfo,
  ): Promise<GapRecord | undefined> {
    const { jsm, stream } = this.#context;
    const settings = {
      "ack_wait": nanos(ACK_TIME),
      "max_ack_pending": MAX_UNACKNOWLEDGED,
      "filter_subjects": this.#subjects(),
    };
    let found;
    try {
      found = await jsm.consumers.info(stream, durable);
    } catch {
      await jsm.consumers.add(stream, {
        durable_name: durable,
        ack_policy: AckPolicy.Explicit,
        ...settings,
        ...startOf(this.#options.since, info),
      });
      return undefined;
    }
    await jsm.consumers.update(stream, durable, settings);
    const { stream_seq: done, last_active: since } = found.ack_floor;
    if (done === 0 || info.state.first_seq <= done + 1) return undefined;
    // A stream without messages has no time of the first one.
    const to = info.state.messages === 0
      ? Date.now()
      : Date.parse(String(info.state.first_ts));
    const from = Date.parse(String(since ?? ""));
    return { from: isNaN(from) ? to : from, to, reason: "retention" };
  }

  #subjects(): string[] {
    const { names } = this.#options;
    const pbxs = this.#options.pbxs.length === 0 ? ["*"] : this.#options.pbxs;
    return pbxs.flatMap((pbx) =>
      names.length === 0 ? [pbxSubject(pbx)] : [
        ...names.map((name) => eventSubject(pbx, name)),
        gapSubject(pbx, "*"),
      ]
    );
  }

  async *#read(): AsyncGenerator<BusItem, undefined> {
    const { source, lost } = await this.#opening;
    if (lost !== undefined) yield* this.#gaps(lost);
    for await (const message of source.read()) {
      if (this.#wholeSince !== undefined) yield* this.#dropped();
      const read = readMessage(message);
      if (read === undefined) {
        message.ack();
        continue;
      }
      this.#lastAt = read.at;
      const gap = this.#gapBefore(read);
      if (gap !== undefined) yield foundGap(read.pbx, gap);
      const item = itemOf(read, message);
      if (item === undefined) {
        message.ack();
        continue;
      }
      yield item;
      if (this.#options.autoAck) message.ack();
    }
    return undefined;
  }

  /** Makes the gaps for what the stream has dropped before it was read. */
  #dropped(): BusItem[] {
    const to = this.#wholeSince ?? Date.now();
    this.#wholeSince = undefined;
    const from = Math.min(this.#lastAt ?? to, to);
    return this.#gaps({ from, to, reason: "retention" });
  }

  /** Makes a gap for each PBX of which events may be missing. */
  #gaps(gap: GapRecord): BusItem[] {
    const { pbxs } = this.#options;
    return (pbxs.length === 0 ? ["*"] : pbxs).map((pbx) => foundGap(pbx, gap));
  }

  /** Finds what is missing before a message, where all messages of its PBX are read. */
  #gapBefore(message: BusMessage): GapRecord | undefined {
    if (this.#options.names.length > 0) return undefined;
    let follower = this.#followers.get(message.pbx);
    if (follower === undefined) {
      follower = new Follower();
      this.#followers.set(message.pbx, follower);
    }
    return follower.take(message);
  }
}

/**
 * Returns where a reader begins.
 *
 * @param since The time.
 * @param info The stream as it is.
 */
export function startOf(
  since: Date | "all" | "now",
  { state }: StreamInfo,
): Start {
  if (since === "all") return { deliver_policy: DeliverPolicy.All };
  // The beginning is given as a number: a reader that is restored before
  // its first message would begin with whatever is the next one then.
  return since === "now"
    ? {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: state.last_seq + 1,
    }
    : {
      deliver_policy: DeliverPolicy.StartTime,
      opt_start_time: since.toISOString(),
    };
}

/** Makes the item of a message; `undefined` for one that only readers of ids need. */
function itemOf(message: BusMessage, source: JsMsg): BusItem | undefined {
  const fields = {
    pbx: message.pbx,
    id: formatId(message.id),
    at: new Date(message.at),
    redelivered: source.redelivered,
    ack: () => source.ack(),
  };
  if (message.kind === "event") {
    return { ...fields, event: parseEvent(message.payload) };
  }
  const gap = message.kind === "gap" ? parseGap(message.payload) : undefined;
  return gap && { ...fields, gap: detailOf(gap) };
}

/** Makes the item of a gap that this reader has found. */
function foundGap(pbx: string, gap: GapRecord): BusItem {
  return {
    pbx,
    id: "",
    at: new Date(gap.to),
    redelivered: false,
    ack() {},
    gap: detailOf(gap),
  };
}

function detailOf({ from, to, ...rest }: GapRecord) {
  return { from: new Date(from), to: new Date(to), ...rest };
}

/**
 * Reads an event.
 *
 * @param payload The JSON that a bridge has published.
 * @returns The event; an empty one if the text is not an event.
 */
export function parseEvent(payload: string): DAMIData {
  try {
    const value: unknown = JSON.parse(payload);
    // Copying every event would take longer than checking its values.
    if (isEvent(value)) return value;
  } catch {
    // It is not JSON.
  }
  return {};
}

function isEvent(value: unknown): value is DAMIData {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  for (const each of Object.values(value)) {
    if (typeof each === "string" || typeof each === "number") continue;
    const isList = Array.isArray(each) &&
      each.every((part) => typeof part === "string");
    if (!isList) return false;
  }
  return true;
}

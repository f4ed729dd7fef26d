import { DeliverPolicy, type JsMsg } from "@nats-io/jetstream";
import { millis } from "@nats-io/nats-core";
import { pause } from "./pause.ts";
import { type LeaseRecord, parseLease } from "./lease.ts";
import {
  type Left,
  NOTICES,
  parseLeft,
  parseWant,
  type Seen,
  type Want,
} from "./lease_notice.ts";
import { MessageSource, type SourceContext } from "./message_source.ts";
import { LEASE_BUCKET } from "./subjects.ts";

/** Delay before a missing bucket is looked for again (milliseconds). */
const RETRY_DELAY = 500;

/** The longest delay of the news of a renewal (milliseconds). */
export const GRACE = 1_000;

/** Number of entries that are requested at a time. */
const AHEAD = 500;

/** The stream behind the bucket, and what its subjects begin with. */
const STREAM = `KV_${LEASE_BUCKET}`;
const PREFIX = `$KV.${LEASE_BUCKET}.`;

/** The header of an entry that marks a removed value. */
const OPERATION_HEADER = "KV-Operation";

/** The lease of a PBX, as last seen. */
export interface SeenLease {
  /** The record of its holder. */
  readonly record: LeaseRecord;
  /** The time at which its renewal was seen (as of `performance.now()`). */
  readonly at: number;
}

/** Watches who holds which PBX. */
export class LeaseBoard {
  readonly #context: SourceContext;
  readonly #seen = new Map<string, SeenLease>();
  readonly #listeners = new Set<(pbx: string) => void>();
  readonly #wants = new Map<string, Seen<Want>>();
  readonly #left = new Map<string, Seen<Left>>();
  readonly #wantListeners = new Set<(pbx: string) => void>();
  readonly #ending = new AbortController();
  readonly #looked = Promise.withResolvers<void>();
  #ttl = 0;

  /** @param context The connection. */
  constructor(context: Omit<SourceContext, "stream">) {
    this.#context = { ...context, stream: STREAM };
  }

  /** Begins to watch. */
  start(): void {
    void this.#run();
  }

  /** Ends it. */
  stop(): void {
    this.#listeners.clear();
    this.#wantListeners.clear();
    this.#ending.abort();
    this.#looked.resolve();
  }

  /** Resolves when it has seen the leases that there are, or could not see them. Never rejects. */
  get looked(): Promise<void> {
    return this.#looked.promise;
  }

  /** The time that a lease lasts without renewal (milliseconds). */
  get ttl(): number {
    return this.#ttl;
  }

  /** The names of the PBXs that are held. */
  get names(): string[] {
    return [...this.#seen.keys()].filter((name) => this.isHeld(name));
  }

  /**
   * Reports whether a bridge holds a PBX, as far as is known.
   *
   * @param pbx The name of the PBX.
   */
  isHeld(pbx: string): boolean {
    const seen = this.#seen.get(pbx);
    // The news of a renewal may take a while.
    return seen !== undefined &&
      performance.now() - seen.at < this.#ttl + GRACE;
  }

  /**
   * Returns the lease of a PBX as it was seen last; it may be over.
   *
   * @param pbx The name of the PBX.
   * @returns The lease; `undefined` if it was given back, or never seen.
   */
  get(pbx: string): SeenLease | undefined {
    return this.#seen.get(pbx);
  }

  /** Counts the PBXs that each bridge holds, by its id. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [pbx, { record: { holder } }] of this.#seen) {
      if (this.isHeld(pbx)) counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
    return counts;
  }

  /**
   * Returns which bridge would take over a PBX.
   *
   * @param pbx The name of the PBX.
   * @returns The notice; `undefined` if there is none, or if it is old.
   */
  want(pbx: string): Seen<Want> | undefined {
    return this.#recent(this.#wants.get(pbx));
  }

  /**
   * Returns what the bridge that had a PBX last has said when it gave it back.
   *
   * @param pbx The name of the PBX.
   * @returns The notice; `undefined` if it has said nothing, if another bridge has taken the PBX since, or if it is old.
   */
  left(pbx: string): Seen<Left> | undefined {
    return this.#recent(this.#left.get(pbx));
  }

  /** Returns a notice, unless it is older than a lease can be. */
  #recent<Notice>(
    notice: Seen<Notice> | undefined,
  ): Seen<Notice> | undefined {
    const isOld = notice !== undefined &&
      performance.now() - notice.seenAt >= this.#ttl;
    return isOld ? undefined : notice;
  }

  /**
   * Calls a function with the name of a PBX that a bridge would take over.
   *
   * @param listener The function.
   * @returns What removes it.
   */
  onWant(listener: (pbx: string) => void): () => void {
    this.#wantListeners.add(listener);
    return () => this.#wantListeners.delete(listener);
  }

  /**
   * Calls a function with the name of a PBX whose lease has changed.
   *
   * @param listener The function.
   * @returns A function that removes it.
   */
  onChange(listener: (pbx: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Watches until it is stopped. Never rejects. */
  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const source = new MessageSource(this.#context, {
        ahead: AHEAD,
        place: {
          subjects: [`${PREFIX}>`],
          start: { deliver_policy: DeliverPolicy.LastPerSubject },
        },
      });
      const stop = () => source.stop();
      signal.addEventListener("abort", stop, { once: true });
      try {
        const { jsm } = this.#context;
        this.#ttl = millis((await jsm.streams.info(STREAM)).config.max_age);
        if (await source.open() === 0) this.#looked.resolve();
        await source.each((message) => {
          this.#see(message);
          if (message.info.pending === 0) this.#looked.resolve();
        });
      } catch {
        // No bridge has made it yet, or NATS does not answer.
      }
      this.#looked.resolve();
      signal.removeEventListener("abort", stop);
      await pause(RETRY_DELAY, signal);
    }
  }

  #see(message: JsMsg): void {
    const key = message.subject.slice(PREFIX.length);
    const isValue = !message.headers?.get(OPERATION_HEADER);
    const text = isValue ? message.string() : "";
    const seenAt = performance.now();
    if (key.startsWith(NOTICES.want)) {
      const pbx = key.slice(NOTICES.want.length);
      const want = parseWant(text);
      if (want === undefined) return;
      this.#wants.set(pbx, { ...want, seenAt });
      for (const listener of this.#wantListeners) listener(pbx);
    } else if (key.startsWith(NOTICES.left)) {
      const pbx = key.slice(NOTICES.left.length);
      const left = parseLeft(text);
      if (left !== undefined) this.#left.set(pbx, { ...left, seenAt });
    } else {
      this.#seeLease(key, text, seenAt);
    }
  }

  #seeLease(pbx: string, text: string, at: number): void {
    const record = parseLease(text);
    if (record === undefined) {
      this.#seen.delete(pbx);
    } else {
      this.#seen.set(pbx, { record, at });
      // Another bridge may have written since it was given back.
      this.#left.delete(pbx);
    }
    for (const listener of this.#listeners) listener(pbx);
  }
}

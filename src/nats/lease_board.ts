import { delay } from "@std/async/delay";
import type { KV, KvEntry } from "@nats-io/kv";
import { type LeaseRecord, parseLease } from "./lease.ts";

/** How long to wait before the bucket is watched again (milliseconds). */
const RETRY_DELAY = 500;

/** What is known of the lease of a PBX. */
export interface SeenLease {
  /** What its holder says. */
  readonly record: LeaseRecord;
  /** When it was seen to be renewed (as of `performance.now()`). */
  readonly at: number;
}

/** Watches who holds which PBX. */
export class LeaseBoard {
  readonly #kv: KV;
  readonly #seen = new Map<string, SeenLease>();
  readonly #listeners = new Set<(pbx: string) => void>();
  readonly #ending = new AbortController();

  /** @param kv The bucket. */
  constructor(kv: KV) {
    this.#kv = kv;
  }

  /** Begins to watch. */
  start(): void {
    void this.#run();
  }

  /** Ends it. */
  stop(): void {
    this.#listeners.clear();
    this.#ending.abort();
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

  /**
   * Calls a function with the name of a PBX whose lease has changed.
   *
   * @param listener The function.
   * @returns What removes it.
   */
  onChange(listener: (pbx: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        const entries = await this.#kv.watch();
        const stop = () => entries.stop();
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) stop();
        for await (const entry of entries) this.#see(entry);
        signal.removeEventListener("abort", stop);
      } catch {
        // NATS does not answer.
      }
      await delay(RETRY_DELAY, { signal }).catch(() => {});
    }
  }

  #see(entry: KvEntry): void {
    const { key, operation } = entry;
    const record = operation === "PUT" ? parseLease(entry.string()) : undefined;
    if (record === undefined) this.#seen.delete(key);
    else this.#seen.set(key, { record, at: performance.now() });
    for (const listener of this.#listeners) listener(key);
  }
}

import type { KV } from "@nats-io/kv";
import type { DAMIState } from "../events/lifecycle.ts";
import { isApiError } from "./journal.ts";
import { type Left, NOTICES } from "./lease_notice.ts";
import { parseObject } from "./records.ts";

/** The part of its time for which a lease is relied on: what the server does takes time, too. */
const RELIED_ON = 0.8;

/** The longest wait for an answer of the server (milliseconds). */
const MAX_TIMEOUT = 2_000;

/** The errors of the server for a value that another one has written meanwhile. */
const WRONG_LAST = [10_071, 10_164];

/** The record that a bridge writes about a PBX that it holds. */
export interface LeaseRecord {
  /** The id of the bridge: another one each time that it is started. */
  readonly holder: string;
  /** The name of the bridge. */
  readonly name: string;
  /** The state of its connection to the PBX. */
  readonly state: DAMIState;
  /** The version of the manager interface that the PBX greeted with. */
  readonly version?: string;
  /** The time since when it has this state, in the format of ISO 8601. */
  readonly since: string;
}

const STATES: ReadonlySet<string> = new Set<DAMIState>([
  "idle",
  "connecting",
  "ready",
  "reconnecting",
  "closed",
]);

/** Reads what a bridge says; `undefined` if the text is something else. */
export function parseLease(text: string): LeaseRecord | undefined {
  const { holder, name, state, version, since } = parseObject(text);
  if (typeof holder !== "string" || !isState(state)) return undefined;
  return {
    holder,
    name: String(name),
    state,
    since: String(since),
    ...(typeof version === "string" && { version }),
  };
}

function isState(value: unknown): value is DAMIState {
  return typeof value === "string" && STATES.has(value);
}

/** The moment at which something was asked, on both clocks: one stands still while the machine sleeps, the other one may be set. */
interface Moment {
  readonly steady: number;
  readonly wall: number;
}

function now(): Moment {
  return { steady: performance.now(), wall: Date.now() };
}

function elapsedSince({ steady, wall }: Moment): number {
  return Math.max(performance.now() - steady, Date.now() - wall);
}

/** The outcome of a renewal. */
export type Renewal = "renewed" | "lost" | "no-answer";

/** The lease of a PBX: who has it publishes the events, and does the actions. */
export class Lease {
  readonly #kv: KV;
  readonly #pbx: string;
  readonly #holder: string;
  readonly #ttl: number;
  #revision: number;
  #renewed: Moment;

  private constructor(
    kv: KV,
    pbx: string,
    holder: string,
    ttl: number,
    revision: number,
    renewed: Moment,
  ) {
    this.#kv = kv;
    this.#pbx = pbx;
    this.#holder = holder;
    this.#ttl = ttl;
    this.#revision = revision;
    this.#renewed = renewed;
  }

  /**
   * Takes the lease, if nobody has it.
   *
   * @param kv The bucket.
   * @param pbx The name of the PBX.
   * @param ttl The time that it lasts without renewal (milliseconds).
   * @param record What the bridge says.
   * @returns The lease; `undefined` if another bridge has it.
   * @throws If NATS does not answer.
   */
  static async acquire(
    kv: KV,
    pbx: string,
    ttl: number,
    record: LeaseRecord,
  ): Promise<Lease | undefined> {
    const asked = now();
    try {
      const revision = await kv.create(pbx, JSON.stringify(record));
      return new Lease(kv, pbx, record.holder, ttl, revision, asked);
    } catch (error) {
      if (isWrongLast(error)) return undefined;
      throw error;
    }
  }

  /** The number of the last renewal, which only grows. */
  get revision(): number {
    return this.#revision;
  }

  /** Reports whether it can be relied on. */
  get isValid(): boolean {
    return elapsedSince(this.#renewed) < this.#ttl * RELIED_ON;
  }

  /**
   * Renews the lease, even one that can no longer be relied on: the server
   * says whether another bridge has had it meanwhile.
   *
   * @param record What the bridge says.
   * @returns The outcome. Never rejects.
   */
  async renew(record: LeaseRecord): Promise<Renewal> {
    const asked = now();
    try {
      this.#revision = await this.#update(record);
      this.#renewed = asked;
      return "renewed";
    } catch (error) {
      if (!isWrongLast(error)) return "no-answer";
    }
    try {
      // The answer to the renewal before may have been lost.
      const entry = await this.#kv.get(this.#pbx);
      const isOurs = entry?.operation === "PUT" &&
        parseLease(entry.string())?.holder === this.#holder;
      if (entry === null || !isOurs) return "lost";
      if (entry.revision <= this.#revision) return "lost";
      this.#revision = entry.revision;
      return "no-answer";
    } catch {
      return "no-answer";
    }
  }

  /**
   * Gives the lease back, so that another bridge can take it at once. Never rejects.
   *
   * @param left What the bridge has stored; `undefined` if it does not know.
   */
  async release(left: Left | undefined): Promise<void> {
    try {
      if (left !== undefined) {
        await this.#kv.put(NOTICES.left + this.#pbx, JSON.stringify(left));
      }
      await this.#kv.delete(this.#pbx, { previousSeq: this.#revision });
    } catch {
      // It ends by itself.
    }
    this.#renewed = { steady: -Infinity, wall: -Infinity };
  }

  #update(record: LeaseRecord): Promise<number> {
    return this.#kv.update(
      this.#pbx,
      JSON.stringify(record),
      this.#revision,
      Math.min(MAX_TIMEOUT, this.#ttl / 3),
    );
  }
}

function isWrongLast(error: unknown): boolean {
  return WRONG_LAST.some((code) => isApiError(error, code));
}

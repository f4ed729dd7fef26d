import type { BridgeContext } from "./bridge_context.ts";
import { pause } from "./pause.ts";
import type { Left } from "./lease_notice.ts";
import type { Lease } from "./lease.ts";
import { Wake } from "./wake.ts";

/** Delay before NATS is asked again (milliseconds). */
const RETRY_DELAY = 100;

/** Delay before an expired lease is asked for again (milliseconds): the server may still keep it. */
const ASK_DELAY = 200;

/** The longest wait that makes bridges share the PBXs (milliseconds), for each PBX that is held. */
const SHARE_DELAY = 50;

/** The same for all of them. */
const MAX_SHARE_DELAY = 500;

/** Time for which a PBX that was handed over is left to the bridge that wants it (milliseconds). */
const HAND_OVER = 1_000;

/** Asks for the lease of a PBX, as soon as no other bridge may have it. */
export class Contender {
  readonly #pbx: string;
  readonly #context: BridgeContext;
  readonly #wake = new Wake();
  #hasFollowed = false;
  #left: Left | undefined;
  /** Until when it leaves the lease to another bridge (as of `performance.now()`). */
  #yieldsUntil = -Infinity;

  /**
   * @param pbx The name of the PBX.
   * @param context What is shared.
   */
  constructor(pbx: string, context: BridgeContext) {
    this.#pbx = pbx;
    this.#context = context;
  }

  /** Reports whether another bridge was seen to have the lease. */
  get hasFollowed(): boolean {
    return this.#hasFollowed;
  }

  /** The notice of the bridge that gave the lease back, if no other has had it since. */
  get left(): Left | undefined {
    return this.#left;
  }

  /** Forgets that notice: this bridge has written since. */
  forgetLeft(): void {
    this.#left = undefined;
  }

  /** Reports whether another bridge has the lease, as far as is known. */
  get isFollowing(): boolean {
    const { board, holder } = this.#context;
    const seen = board.get(this.#pbx);
    return seen !== undefined && seen.record.holder !== holder;
  }

  /** Leaves the lease to another bridge for a moment. */
  yield(): void {
    this.#yieldsUntil = performance.now() + HAND_OVER;
  }

  /** Looks at the lease again: something has changed. */
  wake(): void {
    if (this.isFollowing) this.#hasFollowed = true;
    this.#wake.set();
  }

  /**
   * Asks until it gets the lease.
   *
   * @param signal Ends it.
   * @returns The lease; `undefined` if it was ended.
   */
  async ask(signal: AbortSignal): Promise<Lease | undefined> {
    const begin = performance.now();
    let isFirst = true;
    while (!signal.aborted) {
      const wait = this.#timeToWait(begin);
      if (wait > 0 || !this.#context.link.isUp) {
        await this.#wake.wait(Math.max(wait, RETRY_DELAY));
        continue;
      }
      if (isFirst && !this.#isWanted) await pause(this.#shareDelay(), signal);
      isFirst = false;
      if (signal.aborted || this.#timeToWait(begin) > 0) continue;
      const lease = await this.#acquire();
      if (lease !== undefined) return lease;
      await pause(ASK_DELAY, signal);
    }
    return undefined;
  }

  /** Reports whether the lease was given back for this bridge to take. */
  get #isWanted(): boolean {
    const { board, holder } = this.#context;
    return board.want(this.#pbx)?.holder === holder;
  }

  async #acquire(): Promise<Lease | undefined> {
    this.#left = this.#context.board.left(this.#pbx);
    try {
      const lease = await this.#context.acquire(this.#pbx);
      if (lease === undefined) this.#hasFollowed = true;
      return lease;
    } catch {
      // NATS does not answer.
      return undefined;
    }
  }

  /** Returns how long another bridge may have the lease (milliseconds), or may be the better one. */
  #timeToWait(begin: number): number {
    const { ttl, board, isReady, holder } = this.#context;
    const seen = board.get(this.#pbx);
    const end = seen !== undefined && this.isFollowing
      ? seen.at + ttl
      : -Infinity;
    // One that is connected to the PBX goes first.
    const free = isReady(this.#pbx) ? end : Math.max(end, begin) + ttl;
    const want = board.want(this.#pbx);
    const { seenAt = -Infinity } = board.left(this.#pbx) ?? {};
    const isForAnother = want !== undefined && want.holder !== holder;
    const others = isForAnother ? seenAt + HAND_OVER : -Infinity;
    return Math.max(free, others, this.#yieldsUntil) - performance.now();
  }

  /** Returns a delay that lets a bridge with fewer PBXs go first (milliseconds). */
  #shareDelay(): number {
    const held = this.#context.held() * SHARE_DELAY;
    return Math.random() * SHARE_DELAY + Math.min(held, MAX_SHARE_DELAY);
  }
}

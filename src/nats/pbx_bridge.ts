import { delay } from "@std/async/delay";
import { Remembered } from "../remembered.ts";
import type { BridgeContext } from "./bridge_context.ts";
import { Contender } from "./contender.ts";
import type { Lease } from "./lease.ts";
import { Publisher } from "./publisher.ts";
import { formatGap, type GapRecord } from "./records.ts";
import { Spool, type SpoolItem } from "./spool.ts";
import { eventSubject, gapSubject } from "./subjects.ts";
import { Wake } from "./wake.ts";

/** Size of a message without its payload (bytes). */
const HEADERS = 1_024;

/** Longest wait of a hand-over for a moment without actions (milliseconds). */
const CALM_TIME = 1_000;

/** Number of waiting events that stops a hand-over: NATS is slow, or was away. */
const BACKLOG = 1_000;

/** Number of subjects that are kept at most: programs make up names. */
const MAX_SUBJECTS = 1_000;

/** Delay before the place is looked for again (milliseconds). */
const RETRY_DELAY = 100;

/** The figures of one PBX. */
export interface PbxBridgeStats {
  /** `true` if this bridge publishes the events of this PBX. */
  readonly holds: boolean;
  /** The number of messages that were stored. */
  readonly published: number;
  /** The number of times that NATS did not say whether it had stored something, so that it was sent again or looked up. */
  readonly resent: number;
  /** The number of events that wait to be stored. */
  readonly spooled: number;
  /** The number of events that were dropped as the spool was full. */
  readonly dropped: number;
  /** The number of gaps that were announced. */
  readonly gaps: number;
}

/**
 * The bridge of one PBX. It keeps what the PBX sends, asks for the lease, and
 * publishes while it has the lease.
 */
export class PbxBridge {
  readonly #pbx: string;
  readonly #context: BridgeContext;
  readonly #spool: Spool;
  readonly #contender: Contender;
  readonly #publisher: Publisher;
  readonly #ending = new AbortController();
  readonly #removers: (() => void)[];
  #lease: Lease | undefined;
  readonly #renewal = new Wake();
  readonly #subjects = new Remembered<string, string>(MAX_SUBJECTS);
  /** The time from which on everything was received; `undefined` before the first login. */
  #heardSince: number | undefined;
  #isPublishing = false;
  /** Resolves when the lease is given back, while it is handed over. */
  #handingOver: PromiseWithResolvers<void> | undefined;
  #running: Promise<void> | undefined;

  /**
   * @param pbx The name of the PBX.
   * @param context What is shared.
   */
  constructor(pbx: string, context: BridgeContext) {
    this.#pbx = pbx;
    this.#context = context;
    const gapItem = (gap: GapRecord) => this.#gapItem(gap);
    this.#spool = new Spool({
      budget: context.budget,
      // Until another bridge has noticed that its holder is gone.
      keep: context.ttl * 2 + 5_000,
      gapItem,
    });
    this.#contender = new Contender(pbx, context);
    this.#publisher = new Publisher({
      pbx,
      context,
      spool: this.#spool,
      ended: this.#ending.signal,
      gapItem,
      hasFollowed: () => this.#contender.hasFollowed,
      heardSince: () => this.#heardSince,
      left: () => this.#contender.left,
      renew: () => this.#renewal.set(),
    });
    if (context.isReady(pbx)) this.#heardSince = Date.now();
    this.#removers = [
      context.link.onUp(() => this.#wakeAll()),
      context.board.onChange((changed) => {
        if (changed === pbx) this.#onBoard();
      }),
    ];
  }

  /** Reports whether this bridge publishes the events of the PBX, and may do actions. */
  get holds(): boolean {
    return this.#isPublishing && this.#lease?.isValid === true;
  }

  /** Counts what has happened so far. */
  stats(): PbxBridgeStats {
    return {
      holds: this.holds,
      ...this.#publisher.stats(),
      spooled: this.#spool.pending,
      dropped: this.#spool.dropped,
    };
  }

  /** Begins to ask for the lease. */
  start(): void {
    this.#running = this.#run();
  }

  /**
   * Takes an event of the PBX.
   *
   * @param name Its name.
   * @param event The event.
   */
  push(name: string, event: unknown): void {
    const at = Date.now();
    const payload = JSON.stringify(event);
    if (this.#isTooLarge(payload)) {
      this.#pushGap({ from: at, to: at, reason: "overflow", missed: 1 });
      return;
    }
    this.#spool.push({ subject: this.#subjectOf(name), payload, at });
    if (this.#isPublishing) this.#publisher.wake();
  }

  /** Returns the subject of an event: a PBX has few names of events, but many events. */
  #subjectOf(name: string): string {
    let subject = this.#subjects.get(name);
    if (subject === undefined) {
      subject = eventSubject(this.#pbx, name);
      this.#subjects.set(name, subject);
    }
    return subject;
  }

  #isTooLarge(payload: string): boolean {
    const most = this.#context.maxPayload() - HEADERS;
    // A character takes up to three bytes.
    return payload.length * 3 > most &&
      new TextEncoder().encode(payload).length > most;
  }

  /**
   * Takes a gap: events of the PBX were not heard.
   *
   * @param gap The gap.
   */
  pushGap(gap: GapRecord): void {
    this.#pushGap(gap);
  }

  /** Notes that the PBX is connected, or no longer is. */
  changeState(): void {
    if (this.#context.isReady(this.#pbx) && this.#heardSince === undefined) {
      const to = Date.now();
      this.#heardSince = to;
      if (this.#spool.isLeading) {
        this.#pushGap({ from: to, to, reason: "connection" });
      }
    }
    this.#renewal.set();
    this.#contender.wake();
  }

  /**
   * Waits until everything that was heard up to now is stored.
   *
   * @returns The place of the last message in the stream.
   * @throws {Error} If this bridge does not hold the PBX, or no longer does.
   */
  async stored(): Promise<number> {
    if (!this.holds) throw new Error("This bridge does not hold the PBX");
    return await this.#publisher.stored();
  }

  /**
   * Ends it. What waits is stored, if that takes no longer than a time, and the
   * lease is given back.
   *
   * @param timeout The time (milliseconds).
   */
  async stop(timeout: number): Promise<void> {
    const deadline = performance.now() + timeout;
    while (this.holds && this.#spool.pending > 0) {
      if (performance.now() > deadline) break;
      await delay(1);
    }
    if (this.holds && this.#context.link.isUp) this.#setPublishing(false, true);
    this.#ending.abort();
    for (const remove of this.#removers) remove();
    this.#wakeAll();
    await this.#running;
    this.#spool.close();
  }

  /**
   * Reports whether the PBX is connected, and was heard for a while.
   *
   * @param time The time (milliseconds).
   */
  hasHeardFor(time: number): boolean {
    return this.#heardSince !== undefined &&
      Date.now() - this.#heardSince >= time &&
      this.#context.isReady(this.#pbx);
  }

  /**
   * Hands the PBX over to another bridge, in a moment in which little waits to
   * be stored, and no action is being done. What waits is left to the other one,
   * which has heard it, too.
   *
   * @returns `true` if the lease was given back.
   */
  async handOver(): Promise<boolean> {
    const deadline = performance.now() + CALM_TIME;
    const isBusy = () =>
      this.#spool.pending > BACKLOG || this.#context.isServing(this.#pbx);
    while (isBusy()) {
      if (!this.holds || performance.now() > deadline) return false;
      await delay(1);
    }
    if (!this.holds || !this.#context.link.isUp) return false;
    this.#handingOver ??= Promise.withResolvers();
    // An action that came now would be done, and lose its answer.
    this.#setPublishing(false, true);
    const { promise } = this.#handingOver;
    this.#wakeAll();
    await promise;
    return true;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const lease = await this.#contender.ask(signal);
      if (lease === undefined) return;
      this.#lease = lease;
      try {
        await this.#lead(lease);
      } finally {
        this.#publisher.failWaiters();
        const isGiven = this.#context.link.isUp &&
          (signal.aborted || this.#handingOver !== undefined);
        this.#setPublishing(false, isGiven);
        this.#lease = undefined;
        if (isGiven) await lease.release(this.#publisher.left());
        if (this.#handingOver !== undefined) this.#contender.yield();
        this.#handingOver?.resolve();
        this.#handingOver = undefined;
      }
    }
  }

  #onBoard(): void {
    this.#contender.wake();
    // Its own lease has ended: the other bridge publishes the rest.
    const isOver = this.#lease === undefined && this.#contender.isFollowing;
    if (isOver && this.#spool.isLeading) this.#publisher.follow();
  }

  /** Publishes until the lease is lost, or it is ended. */
  async #lead(lease: Lease): Promise<void> {
    const lost = new AbortController();
    const renewing = this.#renewUntil(lease, lost);
    const isOver = () =>
      lost.signal.aborted || this.#ending.signal.aborted ||
      this.#handingOver !== undefined;
    try {
      while (!isOver()) {
        await this.#publisher.takeOver(lease, isOver);
        if (isOver()) return;
        this.#contender.forgetLeft();
        this.#setPublishing(true);
        await this.#publisher.publish(lease, isOver);
        // Another one has written: the server says whether the lease is ours.
        this.#renewal.set();
        await delay(RETRY_DELAY);
      }
    } finally {
      lost.abort();
      this.#renewal.set();
      await renewing;
    }
  }

  async #renewUntil(lease: Lease, lost: AbortController): Promise<void> {
    const { ttl, link } = this.#context;
    const { signal: ending } = this.#ending;
    let wait = ttl / 3;
    while (!lost.signal.aborted) {
      await this.#renewal.wait(wait);
      if (lost.signal.aborted || ending.aborted) return;
      wait = ttl / 10;
      if (!link.isUp) continue;
      const renewal = await lease.renew(this.#context.record(this.#pbx));
      if (renewal === "lost") {
        this.#context.logger?.warn(`${this.#pbx}: the lease is lost`);
        lost.abort();
      } else if (renewal === "renewed") {
        wait = ttl / 3;
      }
      this.#publisher.wakeAll();
    }
  }

  #setPublishing(isPublishing: boolean, isGiven = false): void {
    if (this.#isPublishing === isPublishing) return;
    this.#isPublishing = isPublishing;
    const type = isPublishing ? "hold" : "release";
    this.#context.report(type, this.#pbx, isGiven);
  }

  #gapItem(gap: GapRecord): SpoolItem {
    return {
      subject: gapSubject(this.#pbx, gap.reason),
      payload: formatGap(gap),
      at: gap.to,
      gap,
    };
  }

  #pushGap(gap: GapRecord): void {
    this.#spool.push(this.#gapItem(gap));
    if (this.#isPublishing) this.#publisher.wake();
  }

  #wakeAll(): void {
    this.#publisher.wakeAll();
    this.#contender.wake();
    this.#renewal.set();
  }
}

import type { BridgeContext } from "./bridge_context.ts";
import { pause } from "./pause.ts";
import type { JournalMessage, LastMessage } from "./journal.ts";
import type { Lease } from "./lease.ts";
import type { Left } from "./lease_notice.ts";
import { formatId, type MessageId } from "./message_id.ts";
import type { BusGapReason, EpochRecord, GapRecord } from "./records.ts";
import { CLOCKS, findPublished, type PublishedEvent } from "./resume.ts";
import type { Spool, SpoolItem } from "./spool.ts";
import { epochSubject } from "./subjects.ts";
import { Wake } from "./wake.ts";

/** The most messages that are stored together, which is the most that the server takes. */
const WINDOW = 1_000;

/** The largest size of what is stored together (bytes). */
const WINDOW_BYTES = 4 << 20;

/** Delay before another try (milliseconds). */
const RETRY_DELAY = 100;

/** Options of {@linkcode Publisher}. */
export interface PublisherOptions {
  /** The name of the PBX. */
  readonly pbx: string;
  /** The shared context. */
  readonly context: BridgeContext;
  /** The received events. */
  readonly spool: Spool;
  /** Ends everything. */
  readonly ended: AbortSignal;
  /** Makes the item of a gap. */
  readonly gapItem: (gap: GapRecord) => SpoolItem;
  /** Reports whether another bridge was seen to publish. */
  readonly hasFollowed: () => boolean;
  /** Returns the time from which on everything was heard, if there was any (milliseconds since 1970). */
  readonly heardSince: () => number | undefined;
  /** Returns what the bridge before has said when it gave the lease back, if it has. */
  readonly left: () => Left | undefined;
  /** Asks for a renewal of the lease now. */
  readonly renew: () => void;
}

/** A window that was sent, and of which it is not known whether it is stored. */
interface Window {
  readonly messages: readonly JournalMessage[];
  /** The place of its last message in the epoch. */
  readonly sequence: number;
}

/** The beginning of an epoch, of which it is not known whether it is stored. */
interface Beginning {
  readonly epoch: number;
  /** The number of its messages. */
  readonly count: number;
  /** Puts the spool where the epoch begins. */
  readonly adopt: () => void;
}

/**
 * Publishes what was heard of one PBX, while its bridge has the lease. What is
 * not known to be stored is looked up, or sent again just as it was, until it
 * is.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  /** Set when there is something to publish. */
  readonly #wake = new Wake();
  /** Set when it may be possible to write again. */
  readonly #writable = new Wake();
  /** Those that wait until everything up to a number is stored. */
  readonly #waiters: { number: number; done: PromiseWithResolvers<number> }[] =
    [];
  #epoch = 0;
  #sequence = 0;
  /** The place of the last message of the PBX in the stream. */
  #expected = 0;
  #doubtful: Window | undefined;
  #beginning: Beginning | undefined;
  #published = 0;
  #resent = 0;
  #gaps = 0;

  /** @param options What is published, and where. */
  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Counts what has happened so far. */
  stats(): Record<"published" | "resent" | "gaps", number> {
    return {
      published: this.#published,
      resent: this.#resent,
      gaps: this.#gaps,
    };
  }

  /** Looks at the spool again. */
  wake(): void {
    this.#wake.set();
  }

  /** Looks at the spool, the lease and the connection again. */
  wakeAll(): void {
    this.#wake.set();
    this.#writable.set();
  }

  /** Notes that another bridge publishes. */
  follow(): void {
    this.#options.spool.follow();
    this.#doubtful = undefined;
  }

  /**
   * Waits until everything that was heard up to now is stored.
   *
   * @returns The place of the last message in the stream.
   * @throws {Error} If the bridge loses the lease before.
   */
  async stored(): Promise<number> {
    const { spool } = this.#options;
    const number = spool.lastNumber;
    if (spool.confirmedNumber >= number) return this.#expected;
    const done = Promise.withResolvers<number>();
    this.#waiters.push({ number, done });
    return await done.promise;
  }

  /** Returns up to when everything that was received is stored; `undefined` if that is not known. */
  left(): Left | undefined {
    if (this.#doubtful !== undefined) return undefined;
    const { waitingSince } = this.#options.spool;
    const until = waitingSince === undefined ? Date.now() : waitingSince - 1;
    return { until };
  }

  /** Finds the place after what is published, and announces there that it is this bridge's turn. */
  async takeOver(lease: Lease, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      if (await this.#mayWrite(lease)) {
        try {
          if (await this.#begin(lease, isOver)) return;
        } catch {
          // NATS does not answer.
        }
      }
      await this.#pause();
    }
  }

  async #begin(lease: Lease, isOver: () => boolean): Promise<boolean> {
    const last = await this.#options.context.journal.last(this.#options.pbx);
    if (this.#isBegun(last)) return true;
    const place = await this.#findPlace(last);
    if (isOver() || !lease.isValid) return false;
    const epoch = lease.revision;
    if (epoch === this.#epoch) {
      // Another one has written since: the numbers begin anew.
      this.#options.renew();
      return false;
    }
    const begin: EpochRecord = {
      holder: this.#options.context.holder,
      after: last.id === undefined ? null : formatId(last.id),
    };
    const items: SpoolItem[] = [{
      subject: epochSubject(this.#options.pbx),
      payload: JSON.stringify(begin),
      at: Date.now(),
    }];
    if (place.gap !== undefined) items.push(this.#options.gapItem(place.gap));
    this.#beginning = { epoch, count: items.length, adopt: place.adopt };
    const { sequence } = await this.#options.context.journal.store(
      this.#options.pbx,
      this.#numbered(items, epoch, 0),
      last.sequence,
    );
    return sequence !== undefined && this.#adopt(sequence);
  }

  /** Reports whether the beginning was stored although NATS did not say so. */
  #isBegun({ id, sequence }: LastMessage): boolean {
    const { epoch, count } = this.#beginning ?? {};
    return id !== undefined && id.epoch === epoch && id.sequence === count &&
      this.#adopt(sequence);
  }

  #adopt(sequence: number): boolean {
    const begun = this.#beginning;
    if (begun === undefined) return false;
    this.#beginning = undefined;
    begun.adopt();
    this.#doubtful = undefined;
    this.#epoch = begun.epoch;
    this.#sequence = begun.count;
    this.#expected = sequence;
    this.#gaps += begun.count - 1;
    this.#published += begun.count;
    return true;
  }

  /** Finds where to continue, what is missing there, and what to do once that is announced. */
  async #findPlace(
    last: LastMessage,
  ): Promise<{ gap?: GapRecord; adopt: () => void }> {
    const { spool } = this.#options;
    const { id } = last;
    const isOurs = id?.epoch === this.#epoch ||
      last.sequence <= this.#expected;
    if (spool.isLeading && isOurs) {
      // Nobody else has published: all or nothing of the last window is stored.
      const isStored = this.#isStored(id);
      return { adopt: () => isStored ? this.#confirm() : spool.takeBack() };
    }
    const published = await this.#options.context.journal.lastEvents(
      this.#options.pbx,
    );
    const found = findPublished(spool.entries(), published);
    if (found !== undefined) return { adopt: () => spool.lead(found) };
    if (this.#hasHeardAllSince(published.at(-1))) {
      return { adopt: () => spool.lead(undefined) };
    }
    // What is older than all that the stream keeps may have been published.
    const until = last.sequence === 0
      ? Date.now() - this.#options.context.maxAge
      : last.at;
    const behind = [...spool.entries()].findLast(({ item }) =>
      item.at <= until
    );
    const from = last.sequence === 0 ? Date.now() : last.at;
    const reason: BusGapReason = this.#options.hasFollowed()
      ? "failover"
      : "bridge-start";
    const to = Math.max(from, this.#completeSince());
    return { gap: { from, to, reason }, adopt: () => spool.lead(behind) };
  }

  /**
   * Reports whether everything behind the last published event is kept: the
   * bridge before has stored all that it had heard when this one was listening
   * already, and nothing of what is kept here is among it.
   */
  #hasHeardAllSince(last: PublishedEvent | undefined): boolean {
    const { spool, left, heardSince } = this.#options;
    const { until } = left() ?? {};
    if (until === undefined || heardSince() === undefined) return false;
    if (this.#completeSince() + CLOCKS > until) return false;
    return ![...spool.entries()].some(({ item }) =>
      item.payload === last?.payload
    );
  }

  /** Returns the time from which on everything that was heard is kept. */
  #completeSince(): number {
    const since = this.#options.heardSince() ?? Date.now();
    return Math.max(since, this.#options.spool.droppedAt ?? since);
  }

  /** Publishes what waits, until another bridge writes, or it is stopped. */
  async publish(lease: Lease, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      if (this.#doubtful === undefined && !this.#options.spool.hasWaiting) {
        await this.#wake.wait();
        continue;
      }
      if (!await this.#mayWrite(lease)) continue;
      let isDone = false;
      {
        using _slot = await this.#options.context.slots.take();
        if (isOver() || !lease.isValid) continue;
        isDone = await this.#storeWindow();
      }
      if (isDone) continue;
      this.#resent++;
      await this.#pause();
      if (!await this.#lookUp(lease, isOver)) return;
    }
  }

  /** Waits a little while the lease cannot be relied on, or NATS is away. */
  async #mayWrite(lease: Lease): Promise<boolean> {
    if (lease.isValid && this.#options.context.link.isUp) return true;
    await this.#writable.wait(RETRY_DELAY);
    return false;
  }

  async #storeWindow(): Promise<boolean> {
    const window = this.#doubtful ?? this.#takeWindow();
    this.#doubtful = window;
    const { messages } = window;
    const stored = await this.#options.context.journal.store(
      this.#options.pbx,
      messages,
      this.#expected,
    );
    if (stored.sequence === undefined) {
      this.#options.context.logger?.debug(
        `${this.#options.pbx}: ${stored.error.message}`,
      );
      return false;
    }
    this.#expected = stored.sequence;
    this.#confirm();
    return true;
  }

  #takeWindow(): Window {
    const items = this.#options.spool.take(WINDOW, WINDOW_BYTES);
    const messages = this.#numbered(items, this.#epoch, this.#sequence);
    this.#gaps += items.filter(({ gap }) => gap !== undefined).length;
    return { messages, sequence: this.#sequence + items.length };
  }

  /** Finds out whether the window is stored; `false` if another one has written. */
  async #lookUp(lease: Lease, isOver: () => boolean): Promise<boolean> {
    while (!isOver()) {
      if (!await this.#mayWrite(lease)) continue;
      try {
        const { id, sequence } = await this.#options.context.journal.last(
          this.#options.pbx,
        );
        if (this.#isStored(id)) {
          this.#expected = sequence;
          this.#confirm();
          return true;
        }
        // It is less where the stream has dropped what is old.
        if (sequence > this.#expected) return false;
        this.#expected = sequence;
        return true;
      } catch {
        await this.#pause();
      }
    }
    return true;
  }

  #isStored(id: MessageId | undefined): boolean {
    return this.#doubtful !== undefined && id?.epoch === this.#epoch &&
      id.sequence === this.#doubtful.sequence;
  }

  #confirm(): void {
    if (this.#doubtful === undefined) return;
    this.#published += this.#doubtful.messages.length;
    this.#sequence = this.#doubtful.sequence;
    this.#doubtful = undefined;
    this.#options.spool.confirm();
    while (true) {
      const [waiter] = this.#waiters;
      if (waiter === undefined) return;
      if (waiter.number > this.#options.spool.confirmedNumber) return;
      this.#waiters.shift();
      waiter.done.resolve(this.#expected);
    }
  }

  /** Rejects those that wait: the lease is lost. */
  failWaiters(): void {
    for (const { done } of this.#waiters.splice(0)) {
      done.reject(new Error("This bridge no longer holds the PBX"));
    }
  }

  async #pause(): Promise<void> {
    await pause(RETRY_DELAY, this.#options.ended);
  }

  #numbered(
    items: readonly SpoolItem[],
    epoch: number,
    behind: number,
  ): JournalMessage[] {
    return items.map(({ subject, payload, at }, index) => ({
      subject,
      payload,
      at,
      id: formatId({
        pbx: this.#options.pbx,
        epoch,
        sequence: behind + index + 1,
      }),
    }));
  }
}

import type { GapRecord } from "./records.ts";
import type { SpoolBudget } from "./spool_budget.ts";

/** Memory that an entry takes besides its payload (bytes). */
const OVERHEAD = 128;

/** Number of published entries that stay, for a bridge to find its place by. */
const KEPT = 64;

/** Something to publish: an event, or a gap. */
export interface SpoolItem {
  /** The subject, without the prefix that all have. */
  readonly subject: string;
  /** The payload. */
  readonly payload: string;
  /** The time at which it was received (milliseconds since 1970). */
  readonly at: number;
  /** The gap, if it is one. */
  readonly gap?: GapRecord;
}

/** An item in its place. */
export interface SpoolEntry {
  /** The item. */
  readonly item: SpoolItem;
  /** Its number: later ones have greater numbers. */
  readonly number: number;
  /** The entry after it. */
  next: SpoolEntry | undefined;
}

/** Options of {@linkcode Spool}. */
export interface SpoolOptions {
  /** The bounds, which all spools share. */
  readonly budget: SpoolBudget;
  /** Time that entries are kept which need not be published (milliseconds). */
  readonly keep: number;
  /** Makes the item of a gap. */
  readonly gapItem: (gap: GapRecord) => SpoolItem;
}

/** Returns the size of an item (bytes). */
export function sizeOf({ payload, subject }: SpoolItem): number {
  return payload.length + subject.length + OVERHEAD;
}

/**
 * The events of one PBX, in their order: those that are published and kept for
 * a while, those that were taken to be published, and those that wait.
 *
 * ```
 * first … │ taken, not confirmed … │ waiting … last
 * ```
 *
 * A spool that follows, while another bridge publishes, only keeps them for a
 * while. One that leads drops none that is not published, unless the bounds are
 * passed: then the oldest ones that wait are dropped, and a gap says how many.
 */
export class Spool {
  readonly #options: SpoolOptions;
  #first: SpoolEntry | undefined;
  #taken: SpoolEntry | undefined;
  #lastTaken: SpoolEntry | undefined;
  #waiting: SpoolEntry | undefined;
  #last: SpoolEntry | undefined;
  #isLeading = false;
  #number = 0;
  #confirmed = 0;
  #count = 0;
  #waitingCount = 0;
  #takenCount = 0;
  #bytes = 0;
  #dropped = 0;
  #droppedAt: number | undefined;

  /** @param options The bounds. */
  constructor(options: SpoolOptions) {
    this.#options = options;
    options.budget.join(this);
  }

  /** Reports whether the entries are to be published. */
  get isLeading(): boolean {
    return this.#isLeading;
  }

  /** The number of entries that are not published yet. */
  get pending(): number {
    return this.#waitingCount + this.#takenCount;
  }

  /** Reports whether entries wait that were not taken. */
  get hasWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** The time of the first entry that waits (milliseconds since 1970). */
  get waitingSince(): number | undefined {
    return this.#waiting?.item.at;
  }

  /** The number of all entries. */
  get count(): number {
    return this.#count;
  }

  /** The number of entries that need not be published any more. */
  get spare(): number {
    return this.#count - this.pending;
  }

  /** The size of all entries (bytes). */
  get bytes(): number {
    return this.#bytes;
  }

  /** The number of events that were dropped before they were published. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The time of the latest entry that is not kept any more, if there is one. */
  get droppedAt(): number | undefined {
    return this.#droppedAt;
  }

  /** The number of the last entry. */
  get lastNumber(): number {
    return this.#number;
  }

  /** The number up to which all entries are published. */
  get confirmedNumber(): number {
    return this.#confirmed;
  }

  /** Lists all entries. */
  *entries(): Generator<SpoolEntry> {
    for (let entry = this.#first; entry !== undefined; entry = entry.next) {
      yield entry;
    }
  }

  /**
   * Adds an item.
   *
   * @param item The item.
   */
  push(item: SpoolItem): void {
    const entry: SpoolEntry = {
      item,
      number: ++this.#number,
      next: undefined,
    };
    if (this.#last === undefined) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#count++;
    if (this.#isLeading) {
      this.#waiting ??= entry;
      this.#waitingCount++;
    }
    const size = sizeOf(item);
    this.#bytes += size;
    this.#options.budget.add(size, 1);
    this.#trim(item.at);
    this.#options.budget.relieve();
  }

  /**
   * Begins to lead, after an entry.
   *
   * @param published The last entry that is published; `undefined` if none is.
   */
  lead(published: SpoolEntry | undefined): void {
    this.#isLeading = true;
    this.#taken = undefined;
    this.#lastTaken = undefined;
    this.#takenCount = 0;
    this.#waiting = published === undefined ? this.#first : published.next;
    this.#confirmed = (this.#waiting?.number ?? this.#number + 1) - 1;
    this.#waitingCount = 0;
    for (let each = this.#waiting; each !== undefined; each = each.next) {
      this.#waitingCount++;
    }
  }

  /** Follows from here on: another bridge publishes. */
  follow(): void {
    this.#isLeading = false;
    this.#taken = undefined;
    this.#lastTaken = undefined;
    this.#waiting = undefined;
    this.#takenCount = 0;
    this.#waitingCount = 0;
  }

  /**
   * Takes entries, to be published together. They have to be confirmed, or
   * taken back, before others are taken.
   *
   * @param maxCount The most entries.
   * @param maxBytes The greatest size of all; one entry is taken in any case.
   * @returns The items.
   */
  take(maxCount: number, maxBytes: number): SpoolItem[] {
    const items: SpoolItem[] = [];
    let size = 0;
    while (this.#waiting !== undefined && items.length < maxCount) {
      const entry: SpoolEntry = this.#waiting;
      size += sizeOf(entry.item);
      if (items.length > 0 && size > maxBytes) break;
      items.push(entry.item);
      this.#taken ??= entry;
      this.#lastTaken = entry;
      this.#waiting = entry.next;
    }
    this.#takenCount += items.length;
    this.#waitingCount -= items.length;
    return items;
  }

  /** Notes that what was taken is published. */
  confirm(): void {
    if (this.#lastTaken === undefined) return;
    this.#confirmed = this.#lastTaken.number;
    this.#taken = undefined;
    this.#lastTaken = undefined;
    this.#takenCount = 0;
    this.#trim(Date.now());
  }

  /** Notes that what was taken is not published, and will not be. */
  takeBack(): void {
    if (this.#taken === undefined) return;
    this.#waiting = this.#taken;
    this.#waitingCount += this.#takenCount;
    this.#taken = undefined;
    this.#lastTaken = undefined;
    this.#takenCount = 0;
  }

  /**
   * Drops the oldest entry that need not be published any more.
   *
   * @returns `true` if there was one.
   */
  dropSpare(): boolean {
    const needed = this.#taken ?? this.#waiting;
    if (this.#first === undefined || this.#first === needed) return false;
    this.#removeFirst(this.#first);
    return true;
  }

  /** Gives up everything, and leaves the budget. */
  close(): void {
    this.follow();
    this.#options.budget.leave(this);
    this.#first = undefined;
    this.#last = undefined;
    this.#count = 0;
    this.#bytes = 0;
  }

  #trim(now: number): void {
    const needed = this.#taken ?? this.#waiting;
    const oldest = now - this.#options.keep;
    let published = this.spare;
    while (
      published > KEPT && this.#first !== undefined &&
      this.#first !== needed && this.#first.item.at < oldest
    ) {
      this.#removeFirst(this.#first);
      published--;
    }
  }

  #removeFirst(entry: SpoolEntry): void {
    this.#first = entry.next;
    if (entry.next === undefined) this.#last = undefined;
    this.#droppedAt = entry.item.at;
    this.#remove(entry.item);
  }

  #remove(item: SpoolItem): void {
    const size = sizeOf(item);
    this.#count--;
    this.#bytes -= size;
    this.#options.budget.add(-size, -1);
  }

  /**
   * Drops the oldest entry that waits, and puts a gap in its place.
   *
   * @returns `true` if there was one.
   */
  dropWaiting(): boolean {
    // What stands before it would lose its place.
    while (this.#taken === undefined && this.dropSpare());
    const oldest = this.#waiting;
    if (oldest === undefined) return false;
    // A gap that is there already takes the one after it, too.
    const begun = oldest.item.gap?.reason === "overflow" ? oldest : undefined;
    const victim = begun === undefined ? oldest : oldest.next;
    if (victim === undefined) return false;
    const event = victim.item.gap === undefined ? 1 : 0;
    this.#dropped += event;
    const gap: SpoolEntry = {
      item: this.#options.gapItem({
        from: begun?.item.gap?.from ?? victim.item.gap?.from ?? victim.item.at,
        to: victim.next?.item.at ?? Date.now(),
        reason: "overflow",
        missed: (begun?.item.gap?.missed ?? 0) + event +
          (victim.item.gap?.missed ?? 0),
      }),
      number: victim.number,
      next: victim.next,
    };
    if (this.#lastTaken === undefined) this.#first = gap;
    else this.#lastTaken.next = gap;
    this.#waiting = gap;
    if (victim === this.#last) this.#last = gap;
    const growth = sizeOf(gap.item) - sizeOf(victim.item);
    this.#bytes += growth;
    this.#options.budget.add(growth, 0);
    if (begun === undefined) return this.dropWaiting();
    this.#remove(begun.item);
    this.#waitingCount--;
    return true;
  }
}

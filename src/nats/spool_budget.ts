/** Something that takes from a {@linkcode SpoolBudget}. */
export interface BudgetedSpool {
  /** The size of its entries (bytes). */
  readonly bytes: number;
  /** The number of its entries. */
  readonly count: number;
  /** The number of those that need not be published any more. */
  readonly spare: number;
  /** Drops the oldest of these, and reports whether there was one. */
  dropSpare(): boolean;
  /** Drops the oldest entry that waits, and reports whether there was one. */
  dropWaiting(): boolean;
}

/** The share of the bounds that it is brought down to: looking for the largest spool at each event would take long. */
const RELIEF = 0.99;

/** The limits of all spools together. The largest one gives way. */
export class SpoolBudget {
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  readonly #spools = new Set<BudgetedSpool>();
  #bytes = 0;
  #count = 0;

  /**
   * @param maxEvents The most entries of all spools.
   * @param maxBytes The greatest size of all entries (bytes).
   */
  constructor(maxEvents: number, maxBytes: number) {
    this.#maxEvents = maxEvents;
    this.#maxBytes = maxBytes;
  }

  /** The size of all entries (bytes). */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds a spool.
   *
   * @param spool The spool.
   */
  join(spool: BudgetedSpool): void {
    this.#spools.add(spool);
  }

  /**
   * Removes a spool, and what it takes.
   *
   * @param spool The spool.
   */
  leave(spool: BudgetedSpool): void {
    if (this.#spools.delete(spool)) this.add(-spool.bytes, -spool.count);
  }

  /**
   * Notes that a spool has grown, or shrunk.
   *
   * @param bytes The difference (bytes).
   * @param count The difference in entries.
   */
  add(bytes: number, count: number): void {
    this.#bytes += bytes;
    this.#count += count;
  }

  /**
   * Makes the largest spools drop entries, if a bound is passed. What waits is
   * dropped only when no spool has anything that it could do without.
   */
  relieve(): void {
    if (!this.#isOver(1)) return;
    this.#drop(({ spare }) => spare, (spool) => spool.dropSpare());
    this.#drop(({ bytes }) => bytes, (spool) => spool.dropWaiting());
  }

  /** Makes one spool after another drop a part of its entries, the largest first. */
  #drop(
    sizeOf: (spool: BudgetedSpool) => number,
    drop: (spool: BudgetedSpool) => boolean,
  ): void {
    while (this.#isOver(RELIEF)) {
      const greatest = this.#greatest(sizeOf);
      if (greatest === undefined) return;
      const rest = sizeOf(greatest) * RELIEF;
      let didDrop = false;
      while (this.#isOver(RELIEF) && sizeOf(greatest) >= rest) {
        if (!drop(greatest)) break;
        didDrop = true;
      }
      if (!didDrop) return;
    }
  }

  #isOver(part: number): boolean {
    return this.#bytes > this.#maxBytes * part ||
      this.#count > this.#maxEvents * part;
  }

  #greatest(
    sizeOf: (spool: BudgetedSpool) => number,
  ): BudgetedSpool | undefined {
    let greatest: BudgetedSpool | undefined;
    let size = 0;
    for (const spool of this.#spools) {
      const each = sizeOf(spool);
      if (each <= size) continue;
      greatest = spool;
      size = each;
    }
    return greatest;
  }
}

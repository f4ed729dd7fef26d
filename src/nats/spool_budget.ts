/** Something that takes from a {@linkcode SpoolBudget}. */
export interface BudgetedSpool {
  /** The size of its entries (bytes). */
  readonly bytes: number;
  /** The number of its entries. */
  readonly count: number;
  /** Drops its oldest entry, and reports whether there was one. */
  drop(): boolean;
}

/** How far below the bounds it is brought: to look for the greatest spool with each event would take long. */
const RELIEF = 0.99;

/** The bounds of all spools together. The greatest one gives way. */
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

  /** Has the greatest spools drop entries, if a bound is passed. */
  relieve(): void {
    if (!this.#isOver(1)) return;
    while (this.#isOver(RELIEF)) {
      const greatest = this.#greatest();
      const share = greatest === undefined ? 0 : greatest.bytes * RELIEF;
      let didDrop = false;
      while (greatest !== undefined && this.#isOver(RELIEF)) {
        if (greatest.bytes < share || !greatest.drop()) break;
        didDrop = true;
      }
      if (!didDrop) return;
    }
  }

  #isOver(part: number): boolean {
    return this.#bytes > this.#maxBytes * part ||
      this.#count > this.#maxEvents * part;
  }

  #greatest(): BudgetedSpool | undefined {
    let greatest: BudgetedSpool | undefined;
    for (const spool of this.#spools) {
      if (greatest === undefined || spool.bytes > greatest.bytes) {
        greatest = spool;
      }
    }
    return greatest;
  }
}

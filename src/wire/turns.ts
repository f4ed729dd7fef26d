/** The bytes after which everything else has its turn: as many as one read takes, at most. */
const MAX_BYTES = 65_536;

/** The time after which other connections have their turn (milliseconds). */
const MAX_TIME = 20;

/** The rounds within which the runtime looks at the sockets (61 in Tokio, `event_interval`). */
const ROUNDS = 64;

/** The time that a read takes, at most, for which data has arrived (milliseconds). */
const AT_ONCE = 0.5;

/**
 * Gives way to everything else while a connection is flooded.
 *
 * A read for which data has arrived completes at once, without a look at
 * anything else. A loop of such reads would hold up timers and other
 * connections for seconds, and run ahead of a program that reads events one by
 * one, until its queue overflows.
 *
 * After each full read there is a round of the event loop, which takes some
 * microseconds. The runtime looks at the sockets once in so many rounds, so
 * that these follow in one go if they have not come in time. A timer would do
 * it at once, but puts the process to sleep for a millisecond and more,
 * although there is work.
 */
export class Turns {
  #bytes = 0;
  /** The time at which the runtime has looked at the sockets (milliseconds, as of `performance.now()`). */
  #since = 0;
  #setImmediate: ((callback: () => void) => unknown) | undefined;

  /** Reports whether the next read has to wait for {@linkcode Turns.next}. */
  get isOver(): boolean {
    return this.#bytes >= MAX_BYTES;
  }

  /**
   * Counts a read.
   *
   * @param bytes The number of bytes.
   * @param time The time that it took (milliseconds).
   */
  count(bytes: number, time: number): void {
    if (time > AT_ONCE) {
      // Everything else had its turn meanwhile.
      this.#bytes = 0;
      this.#since = performance.now();
    }
    this.#bytes += bytes;
  }

  /**
   * Lets everything else run.
   *
   * @returns A promise that resolves when it has.
   */
  async next(): Promise<void> {
    // Loaded late, as it takes a tenth of a program's start.
    this.#setImmediate ??= (await import("node:timers")).setImmediate;
    const isLong = performance.now() - this.#since >= MAX_TIME;
    for (let round = isLong ? ROUNDS : 1; round > 0; round--) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#setImmediate(resolve);
      await promise;
    }
    if (isLong) this.#since = performance.now();
    this.#bytes = 0;
  }
}

/** The bytes that are read before everything else has its turn: as many as one read takes, at most. */
const MAX_BYTES = 65_536;

/**
 * Gives way to everything else while a connection is flooded.
 *
 * A read for which data has arrived completes at once, without a look at
 * anything else. A loop of such reads would hold up timers and other
 * connections for seconds, and run ahead of a program that reads events one by
 * one, until its queue overflows.
 *
 * The runtime looks at the sockets once in so many rounds of its event loop (61
 * in Tokio, `event_interval`), and a round takes some microseconds. A timer
 * would do it at once, but puts the process to sleep for a millisecond and
 * more, although there is work.
 */
export class Turns {
  #bytes = 0;
  #setImmediate: ((callback: () => void) => unknown) | undefined;

  /** Reports whether the next read has to wait for {@linkcode Turns.next}. */
  get isOver(): boolean {
    return this.#bytes >= MAX_BYTES;
  }

  /**
   * Counts the read bytes.
   *
   * @param bytes The number of bytes.
   */
  count(bytes: number): void {
    this.#bytes += bytes;
  }

  /**
   * Lets everything else run.
   *
   * @returns A promise that resolves when it has.
   */
  async next(): Promise<void> {
    this.#bytes = 0;
    // Loaded late, as it takes a tenth of a program's start.
    this.#setImmediate ??= (await import("node:timers")).setImmediate;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#setImmediate(resolve);
    await promise;
  }
}

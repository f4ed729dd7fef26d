/** The bytes that are always read before others have their turn. */
const MIN_BYTES = 65_536;

/** The time after which others have their turn (milliseconds). */
const MAX_TIME = 20;

/** The rounds within which the runtime looks at the sockets (61 in Tokio, `event_interval`). */
const ROUNDS = 64;

/**
 * Gives way to timers and to other connections while a connection is flooded.
 *
 * A read for which data has arrived completes at once, without a look at
 * anything else, so that a loop of such reads would hold up everything for
 * seconds. The runtime looks at the sockets once in so many rounds, and a round
 * takes some microseconds. A timer would do it at once, but puts the process to
 * sleep for a millisecond and more, although there is work.
 */
export class Turns {
  #bytes = 0;
  #since = 0;

  /** Reports whether the next read has to wait for {@linkcode Turns.next}. */
  get isOver(): boolean {
    return this.#bytes >= MIN_BYTES &&
      performance.now() - this.#since >= MAX_TIME;
  }

  /**
   * Counts what was read.
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
    // Loaded late, as it takes a tenth of a program's start.
    const { setImmediate } = await import("node:timers");
    for (let round = 0; round < ROUNDS; round++) {
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
    this.#bytes = 0;
    this.#since = performance.now();
  }
}

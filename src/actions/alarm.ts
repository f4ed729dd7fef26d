import { LONGEST_TIMEOUT } from "../deadline.ts";

/**
 * One timer for many deadlines. A timer of its own for each would cost more
 * than all else that an action needs, and most are never reached.
 */
export class Alarm {
  readonly #onRing: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When it rings (milliseconds, as of `performance.now()`). */
  #at = Infinity;

  /** @param onRing Looks who is late, and gives the time to ring again, or `Infinity`. */
  constructor(onRing: () => number) {
    this.#onRing = onRing;
  }

  /**
   * Sees to it that it rings in time.
   *
   * @param at The latest time (milliseconds, as of `performance.now()`), or `Infinity`.
   */
  ringBy(at: number): void {
    if (at >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    const delay = Math.max(0, Math.ceil(at - performance.now()));
    this.#timer = setTimeout(
      () => {
        this.#at = Infinity;
        this.ringBy(this.#onRing());
      },
      Math.min(delay, LONGEST_TIMEOUT),
    );
  }

  /** Rings no more, until it is asked to again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#at = Infinity;
  }
}

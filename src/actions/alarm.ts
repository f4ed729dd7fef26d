import { LONGEST_TIMEOUT } from "../deadline.ts";
import { PatientTimer } from "../patient_timer.ts";

/**
 * One timer for many deadlines. A timer of its own for each would cost more
 * than all else that an action needs, and most are never reached.
 */
export class Alarm {
  readonly #onRing: () => number;
  #timer: PatientTimer | undefined;
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
    this.#timer?.stop();
    this.#at = at;
    const delay = Math.max(0, Math.ceil(at - performance.now()));
    this.#timer = new PatientTimer(Math.min(delay, LONGEST_TIMEOUT), () => {
      this.#at = Infinity;
      this.ringBy(this.#onRing());
    });
  }

  /** Rings no more, until it is asked to again. */
  stop(): void {
    this.#timer?.stop();
    this.#at = Infinity;
  }
}

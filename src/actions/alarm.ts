import { LONGEST_TIMEOUT } from "../deadline.ts";
import { PatientTimer } from "../patient_timer.ts";

/**
 * One timer for many deadlines. A timer for each would cost more than
 * everything else that an action needs, and most are never reached.
 */
export class Alarm {
  readonly #onRing: () => number;
  #timer: PatientTimer | undefined;
  /** The time at which it rings (milliseconds, as of `performance.now()`). */
  #at = Infinity;

  /** @param onRing Handles whatever is late, and returns the time to ring again, or `Infinity`. */
  constructor(onRing: () => number) {
    this.#onRing = onRing;
  }

  /**
   * Makes sure that it rings in time.
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

  /** Stops, until {@linkcode Alarm.ringBy} is called again. */
  stop(): void {
    this.#timer?.stop();
    this.#at = Infinity;
  }
}

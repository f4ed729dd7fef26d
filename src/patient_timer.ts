/** The lateness of a timer from which on the program counts as stopped (milliseconds). */
const LATE = 50;

/** The turns of the event loop in which everything that had arrived is read: one chunk in each, and more than a socket buffers in all. */
const TURNS = 100;

/**
 * A timer for the end of a wait for the network. If the program was stopped
 * (`SIGSTOP`, the lid of a laptop) or busy past the time, the awaited data may
 * lie unread in the socket: it is read first, in some turns of the event loop,
 * before the timer ends the wait.
 */
export class PatientTimer {
  readonly #onTime: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts the timer.
   *
   * @param delay The time to wait (milliseconds); not longer than `setTimeout` can.
   * @param onTime Called when the time is over.
   */
  constructor(delay: number, onTime: () => void) {
    this.#onTime = onTime;
    const due = performance.now() + delay;
    this.#timer = setTimeout(() => {
      const isLate = performance.now() - due > LATE;
      this.#end(isLate ? TURNS : 0);
    }, delay);
  }

  /** Stops the timer. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #end(turns: number): void {
    if (turns === 0) this.#onTime();
    else this.#timer = setTimeout(() => this.#end(turns - 1), 1);
  }
}

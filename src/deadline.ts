import { PatientTimer } from "./patient_timer.ts";

/** The longest delay that `setTimeout` knows (milliseconds). */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * A signal that is aborted after some time, or together with another one.
 * Unlike `AbortSignal.timeout` it gives its reason, and when it is disposed it
 * leaves neither a timer behind nor a trace at the other signal.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: PatientTimer | undefined;
  readonly #parent: AbortSignal | undefined;

  /**
   * @param delay The time until then (milliseconds); `Infinity` means never.
   * @param reason Makes the reason of the signal.
   * @param parent The other signal.
   */
  constructor(delay: number, reason: () => Error, parent?: AbortSignal) {
    this.#parent = parent;
    if (parent?.aborted) this.#onParentAbort();
    parent?.addEventListener("abort", this.#onParentAbort, { once: true });
    if (delay > LONGEST_TIMEOUT) return;
    this.#timer = new PatientTimer(
      delay,
      () => this.#controller.abort(reason()),
    );
  }

  /** The signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops the timer, and leaves the other signal. */
  [Symbol.dispose](): void {
    this.#timer?.stop();
    this.#parent?.removeEventListener("abort", this.#onParentAbort);
  }

  readonly #onParentAbort = (): void => {
    this.#controller.abort(this.#parent?.reason);
  };
}

/**
 * A signal that is aborted after some time, or together with another one.
 * Unlike `AbortSignal.timeout` it says why, and leaves no timer behind.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  /** The signal. */
  readonly signal: AbortSignal;

  /**
   * @param delay After what time (milliseconds); `Infinity` for never.
   * @param reason Makes the reason of the signal.
   * @param parent The other signal.
   */
  constructor(delay: number, reason: () => Error, parent: AbortSignal) {
    this.signal = AbortSignal.any([parent, this.#controller.signal]);
    if (delay === Infinity) return;
    this.#timer = setTimeout(
      () => this.#controller.abort(reason()),
      delay,
    );
  }

  /** Ends the wait. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

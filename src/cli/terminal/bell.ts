/** Wakes one who waits. Rung many times before somebody waits, it wakes once. */
export class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  /** Wakes who waits, or will wait next. */
  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  /**
   * Waits until it is rung.
   *
   * @param signal Ends the wait.
   * @param milliseconds The longest wait; without it, it has no end.
   * @throws The signal's reason, if it is aborted.
   */
  async wait(signal: AbortSignal, milliseconds?: number): Promise<void> {
    signal.throwIfAborted();
    if (!this.#isRung) await this.#sleep(signal, milliseconds);
    this.#isRung = false;
  }

  async #sleep(signal: AbortSignal, milliseconds?: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    const timer = milliseconds === undefined
      ? undefined
      : setTimeout(resolve, milliseconds);
    this.#wake = resolve;
    try {
      await promise;
    } finally {
      this.#wake = undefined;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }
}

/** Wakes a waiter, even if it was set just before the wait. */
export class Wake {
  #resolve: (() => void) | undefined;
  #isSet = false;

  /** Ends the wait, or the next one if nobody waits. */
  set(): void {
    this.#isSet = true;
    this.#resolve?.();
    this.#resolve = undefined;
  }

  /**
   * Waits until it is set.
   *
   * @param timeout The longest wait (milliseconds).
   */
  async wait(timeout?: number): Promise<void> {
    if (!this.#isSet) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resolve = resolve;
      const timer = timeout === undefined
        ? undefined
        : setTimeout(resolve, timeout);
      await promise;
      clearTimeout(timer);
    }
    this.#isSet = false;
  }
}

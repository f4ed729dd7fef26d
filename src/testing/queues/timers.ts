/** The timers of one call, which end with it. */
export class Timers {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  /**
   * Runs a function later.
   *
   * @param milliseconds The time until then; `Infinity` means never.
   * @param run The function.
   * @returns A function that cancels it.
   */
  after(milliseconds: number, run: () => void): () => void {
    if (milliseconds === Infinity) return () => {};
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, milliseconds);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Cancels all of them. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

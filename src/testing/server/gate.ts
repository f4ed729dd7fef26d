/** A gate that can be shut, and the callers that wait at it. */
export class Gate {
  #shut: PromiseWithResolvers<void> | undefined;

  /** Reports whether it is shut. */
  get isShut(): boolean {
    return this.#shut !== undefined;
  }

  /** Shuts it: {@linkcode passed} waits from here on. */
  shut(): void {
    this.#shut ??= Promise.withResolvers<void>();
  }

  /** Opens it, and lets everybody pass. */
  open(): void {
    this.#shut?.resolve();
    this.#shut = undefined;
  }

  /** Resolves as soon as it is open. */
  async passed(): Promise<void> {
    // It may be shut again before those who waited run.
    while (this.#shut !== undefined) await this.#shut.promise;
  }
}

/** One step of a channel after another; returns the cause of its end. */
export type Task = () => Promise<number>;

/** The way of a channel through the dialplan, from which it can be taken away. */
export class Course {
  #controller = new AbortController();
  #next: Task | undefined;
  #cause: number | undefined;

  /** Aborted when the channel is to leave what it does now. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Makes the channel leave what it does, and do something else. */
  divert(next: Task): void {
    this.#next = next;
    this.#controller.abort();
  }

  /** Hangs the channel up. */
  end(cause: number): void {
    this.#cause ??= cause;
    this.#controller.abort();
  }

  /** Ends what the channel does; {@linkcode Course.run} rejects. */
  abort(): void {
    this.#next = undefined;
    this.#cause = undefined;
    this.#controller.abort();
  }

  /** Does what the channel does until it ends; returns the cause of the end. */
  async run(task: Task): Promise<number> {
    for (;;) {
      try {
        const cause = await task();
        // It may have been diverted at the very end.
        if (this.#next === undefined) return this.#cause ?? cause;
      } catch (error) {
        if (!this.signal.aborted) throw error;
        if (this.#cause !== undefined) return this.#cause;
        if (this.#next === undefined) throw error;
      }
      task = this.#next;
      this.#next = undefined;
      this.#controller = new AbortController();
    }
  }
}

import type { Change } from "../change.ts";
import { NO_CHANGES } from "./handler.ts";

/** The changes that an event makes, while it is applied. */
export class ChangeList {
  /** Used for each event again: V8 makes room for 17 items in a new array that grows, and most events make one change or two. */
  readonly #items: Change[] = [];
  #count = 0;

  /**
   * Adds a change.
   *
   * @param change The change, if there is one.
   */
  add(change: Change | undefined): void {
    if (change !== undefined) this.#items[this.#count++] = change;
  }

  /** Returns the changes since the last call, in their order. */
  take(): readonly Change[] {
    if (this.#count === 0) return NO_CHANGES;
    const taken = this.#items.slice(0, this.#count);
    this.#count = 0;
    return taken;
  }
}

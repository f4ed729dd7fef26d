import type { DAMIData } from "../../../mod.ts";
import { CLASSES } from "../../options/classes.ts";

/** The first value of a header: others can only add headers after those of Asterisk. */
function first(event: DAMIData, header: string): string {
  const value = event[header];
  return String((Array.isArray(value) ? value[0] : value) ?? "");
}

/** Counts the received events by their class, and notes some that reveal more. */
export class EventWatch {
  readonly #begin = performance.now();
  readonly #byClass = new Map<string, number>();
  readonly #username: string;
  readonly #mark: string;
  #count = 0;
  #sawFullyBooted = false;
  #sawOwnLogin = false;
  #sawOwnEvent = false;

  /**
   * Begins to watch.
   *
   * @param username The user that logs in.
   * @param mark The text that our `UserEvent` holds under `Mark`.
   */
  constructor(username: string, mark: string = crypto.randomUUID()) {
    this.#username = username.toLowerCase();
    this.#mark = mark;
  }

  /** The text that our `UserEvent` has to hold under `Mark`. */
  get mark(): string {
    return this.#mark;
  }

  /** The time for which events were watched (milliseconds). */
  get age(): number {
    return performance.now() - this.#begin;
  }

  /** The number of received events. */
  get count(): number {
    return this.#count;
  }

  /** The number of received events of each class. */
  get byClass(): ReadonlyMap<string, number> {
    return this.#byClass;
  }

  /** `true` if `FullyBooted` arrived, whose class is `system`. */
  get sawFullyBooted(): boolean {
    return this.#sawFullyBooted;
  }

  /** `true` if Asterisk reported the login of this user, which it does in the class `security`. */
  get sawOwnLogin(): boolean {
    return this.#sawOwnLogin;
  }

  /** `true` if the `UserEvent` with the mark came back. */
  get sawOwnEvent(): boolean {
    return this.#sawOwnEvent;
  }

  /**
   * Takes an event.
   *
   * @param event The event.
   */
  take(event: DAMIData): void {
    this.#count++;
    for (const name of first(event, "Privilege").split(",")) {
      if (!CLASSES.includes(name)) continue;
      this.#byClass.set(name, (this.#byClass.get(name) ?? 0) + 1);
    }
    switch (first(event, "Event")) {
      case "FullyBooted":
        this.#sawFullyBooted = true;
        break;
      case "SuccessfulAuth":
        if (first(event, "AccountID").toLowerCase() === this.#username) {
          this.#sawOwnLogin = true;
        }
        break;
      case "UserEvent":
        if (first(event, "Mark") === this.#mark) this.#sawOwnEvent = true;
    }
  }
}

import type { DAMIData } from "../../../mod.ts";
import { CLASSES } from "../../options/classes.ts";

/** The first value of a header: others can only add headers behind those of Asterisk. */
function first(event: DAMIData, header: string): string {
  const value = event[header];
  return String((Array.isArray(value) ? value[0] : value) ?? "");
}

/** Which events have come, by their class, and some that tell more. */
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
   * @param username Who logs in.
   * @param mark What a `UserEvent` of ours holds under `Mark`.
   */
  constructor(username: string, mark: string = crypto.randomUUID()) {
    this.#username = username.toLowerCase();
    this.#mark = mark;
  }

  /** What a `UserEvent` of ours has to hold under `Mark`. */
  get mark(): string {
    return this.#mark;
  }

  /** For how long events were watched (milliseconds). */
  get age(): number {
    return performance.now() - this.#begin;
  }

  /** How many events came. */
  get count(): number {
    return this.#count;
  }

  /** How many came of each class. */
  get byClass(): ReadonlyMap<string, number> {
    return this.#byClass;
  }

  /** Whether `FullyBooted` came, which is of the class `system`. */
  get sawFullyBooted(): boolean {
    return this.#sawFullyBooted;
  }

  /** Whether Asterisk reported the login of this user, which it does in the class `security`. */
  get sawOwnLogin(): boolean {
    return this.#sawOwnLogin;
  }

  /** Whether the `UserEvent` with the mark came back. */
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

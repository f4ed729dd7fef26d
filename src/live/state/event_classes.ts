import type { DAMIData, DAMIValue } from "../../data.ts";
import { text } from "../records/fields.ts";

/** A class of events, which the option `read` of a user in `manager.conf` grants. */
export type EventClass = "call" | "agent" | "system" | "dialplan";

/** The classes of which no event has come in this session. */
export class EventClasses {
  readonly #followed: readonly EventClass[];
  readonly #unheard: Set<EventClass>;
  /** The classes of the last event. */
  #last: DAMIValue | undefined;

  /** @param followed The classes whose events are followed. */
  constructor(followed: readonly EventClass[]) {
    this.#followed = followed;
    this.#unheard = new Set(followed);
  }

  /** The classes of which no event has come. */
  get unheard(): ReadonlySet<EventClass> {
    return this.#unheard;
  }

  /** Notes the classes of an event: rights do not change in a session. */
  hear({ Privilege }: DAMIData): void {
    // Most events are of the same classes as the one before.
    if (this.#unheard.size === 0 || Privilege === this.#last) return;
    this.#last = Privilege;
    const classes = text(Privilege).split(",");
    for (const each of this.#unheard) {
      if (classes.includes(each)) this.#unheard.delete(each);
    }
  }

  /** Forgets what was heard: another session begins. */
  reset(): void {
    this.#last = undefined;
    for (const each of this.#followed) this.#unheard.add(each);
  }
}

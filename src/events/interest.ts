import { isItemWithoutActionId } from "../actions/answer_shapes.ts";
import type { DAMIData } from "../data.ts";
import type { EventInterest } from "../wire/event_sieve.ts";
import type { EventGate } from "./event_gate.ts";
import type { ListenerRegistry } from "./listener_registry.ts";

/** The event by which the PBX announces that it stops (`main/asterisk.c`, `really_quit`). */
export const SHUTDOWN = "Shutdown";

/**
 * Returns the interest of a program: the events that it listens to, or all of
 * them while events are held until `listen()`.
 *
 * @param gate Holds the events.
 * @param listeners The listeners of the program.
 * @returns The interest, as it is at each moment.
 */
export function interestOfProgram(
  gate: EventGate,
  listeners: ListenerRegistry<DAMIData>,
): EventInterest {
  return {
    // An open gate stays open.
    get revision() {
      return listeners.revision + (gate.isHolding ? 0 : 1);
    },
    get wantsAll() {
      return gate.isHolding || listeners.has("*");
    },
    wants: (name) => listeners.has(name),
  };
}

/**
 * Returns the interest of a session: that of the program, and the events that
 * the session itself needs. Where the program reads every line (`onLine`), all
 * events are wanted.
 *
 * @param program The interest of the program.
 * @param readsLines `true` if the program reads every line.
 * @returns The interest, as it is at each moment.
 */
export function interestOfSession(
  program: EventInterest,
  readsLines: boolean,
): EventInterest {
  return {
    get revision() {
      return program.revision;
    },
    get wantsAll() {
      return readsLines || program.wantsAll;
    },
    wants: (name) =>
      name === SHUTDOWN || isItemWithoutActionId(name) || program.wants(name),
  };
}

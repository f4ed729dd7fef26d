import type { Originates } from "../actions/originate.ts";
import type { DAMIData } from "../data.ts";
import type { EventGate } from "./event_gate.ts";
import type { ListenerRegistry } from "./listener_registry.ts";

/**
 * Returns a function that reports whether a program needs the events of a name:
 * it listens to them, or all events are held until `listen()`.
 *
 * @param gate Holds the events.
 * @param listeners The listeners of the program.
 * @param originates The calls that wait for events of their channels.
 * @returns Takes the name of an event, and answers for this moment.
 */
export function interestOf(
  gate: Pick<EventGate, "isHolding">,
  listeners: Pick<ListenerRegistry<DAMIData>, "has">,
  originates: Pick<Originates, "wants">,
): (name: string) => boolean {
  return (name) =>
    gate.isHolding || listeners.has(name) || originates.wants(name);
}

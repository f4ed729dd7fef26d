import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import type { FrameContext } from "../records/frame_context.ts";

/** Takes an event, and returns what it has changed. */
export type Handler = (
  event: DAMIData,
  context: FrameContext,
) => readonly Change[];

/** The handlers by the names of their events. */
export type Handlers = ReadonlyMap<string, Handler>;

/** Returned by handlers of events that change nothing. */
export const NO_CHANGES: readonly never[] = [];

/**
 * Joins handlers: those of one event are called one after the other.
 *
 * @param parts The handlers of each part of the state, in the order of their calls.
 * @returns All of them.
 */
export function joinHandlers(...parts: Handlers[]): Handlers {
  const joined = new Map<string, Handler>();
  for (const part of parts) {
    for (const [name, handle] of part) {
      const first = joined.get(name);
      joined.set(
        name,
        first === undefined ? handle : (event, context) => {
          const changes = first(event, context);
          const more = handle(event, context);
          if (changes.length === 0) return more;
          return more.length === 0 ? changes : [...changes, ...more];
        },
      );
    }
  }
  return joined;
}

/**
 * Lets something see the changes that handlers return, before the handlers of
 * other parts take the event.
 *
 * @param handlers The handlers.
 * @param observe Takes the changes.
 * @returns The handlers, observed.
 */
export function observed(
  handlers: Handlers,
  observe: (changes: readonly Change[]) => void,
): Handlers {
  const result = new Map<string, Handler>();
  for (const [name, handle] of handlers) {
    result.set(name, (event, context) => {
      const changes = handle(event, context);
      if (changes.length > 0) observe(changes);
      return changes;
    });
  }
  return result;
}

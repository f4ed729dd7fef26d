import type { ActionMap } from "../actions/action_map.ts";
import { isItemWithoutActionId } from "../actions/answer_shapes.ts";

/** The event by which the PBX announces that it stops (`main/asterisk.c`, `really_quit`). */
export const SHUTDOWN = "Shutdown";

/**
 * Reports whether a session itself needs the events of a name, even those
 * without an ActionID.
 *
 * @param name The name.
 * @param actions The actions that are under way.
 * @returns `true` if they may be part of an answer, or end the session.
 */
export function sessionWants(
  name: string,
  actions: Pick<ActionMap, "isEmpty">,
): boolean {
  return name === SHUTDOWN ||
    !actions.isEmpty && isItemWithoutActionId(name);
}

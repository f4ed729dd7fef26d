import type { Fleet } from "../fleet/fleet.ts";
import type { CommandContext } from "./command.ts";

/**
 * Reports what happens to the connections of a fleet, where its state is not shown.
 *
 * @param fleet The fleet.
 * @param tell Takes the sentences.
 */
export function reportConnections(
  fleet: Fleet,
  tell: CommandContext["tell"],
): void {
  fleet.addEventListener("disconnect", ({ detail: { pbx, error } }) => {
    if (error !== undefined) tell(`${pbx}: ${error.message}`);
  });
  fleet.addEventListener("gap", ({ detail: { pbx } }) => {
    tell(`${pbx}: reconnected`);
  });
  fleet.addEventListener("close", ({ detail: { pbx, error } }) => {
    if (error !== undefined) tell(`${pbx}: giving up: ${error.message}`);
  });
}

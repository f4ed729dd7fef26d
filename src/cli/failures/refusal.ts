import type { AmiResponseError } from "../../../mod.ts";
import { wantedAction } from "../doctor/wanted_actions.ts";
import type { Target } from "../target.ts";
import { CommandError } from "./command_error.ts";

/**
 * Returns the message of an error that the PBX answered.
 *
 * @param error The error.
 * @returns Its message, without a full stop.
 */
export function messageOf({ response }: AmiResponseError): string {
  const { Message: message } = response;
  return typeof message === "string" || typeof message === "number"
    ? String(message).replace(/[.\s]+$/, "")
    : "no message";
}

/**
 * Reports whether the PBX has no action of that name (`process_message()`, main/manager.c).
 *
 * @param error The answer of the PBX.
 * @returns `true` if it says so.
 */
export function isUnknownAction(error: AmiResponseError): boolean {
  return /^Invalid\/unknown command\b/.test(messageOf(error));
}

/** Messages about headers that are missing, or that have a wrong value. */
const AT_FAULT =
  /not specified|missing|required|invalid|malformed|unknown|no such|must be|must have|not found|could not be found|does not exist/i;

/** Returns what to change, so that a user may send an action. */
function rightTo(action: string): string {
  const { classes = [] } = wantedAction(action) ?? {};
  return classes.length === 0
    ? `run dami doctor --action ${action} to see what 'write' of this user in manager.conf lacks`
    : `add ${
      classes.map((name) => `'${name}'`).join(" or ")
    } to 'write' of this user in manager.conf`;
}

/** Names the user that the PBX refuses. */
function whoOf(target: Target | undefined): string {
  if (target === undefined) return "The user";
  return target.bus === undefined
    ? `The user '${target.username}'`
    : "The user of the bridge";
}

/**
 * Says why the PBX refused an action, and what to do.
 *
 * @param error The answer of the PBX.
 * @param target The place that the command connects to, if it is known.
 * @returns The error with a sentence for people.
 */
export function refusalOf(
  error: AmiResponseError,
  target?: Target,
): CommandError {
  const { action } = error;
  const message = messageOf(error);
  if (isUnknownAction(error)) {
    return new CommandError(
      `The PBX has no action '${action}': see dami do ListCommands`,
    );
  }
  if (/^Permission denied\b/i.test(message)) {
    return new CommandError(
      `${whoOf(target)} may not send '${action}': ${rightTo(action)}`,
    );
  }
  // Such as 'Already there', which no other header would change.
  const hint = AT_FAULT.test(message) ? " (check the headers)" : "";
  return new CommandError(`The PBX refused '${action}': ${message}${hint}`);
}

import type { AmiResponseError } from "../../../mod.ts";
import { CommandError } from "./command_error.ts";

/**
 * What the PBX says of an error.
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
 * Whether the PBX has no action of that name (`process_message()`, main/manager.c).
 *
 * @param error What the PBX answered.
 * @returns `true` if it says so.
 */
export function isUnknownAction(error: AmiResponseError): boolean {
  return /^Invalid\/unknown command\b/.test(messageOf(error));
}

/**
 * Says why the PBX refused an action, and what to do.
 *
 * @param error What the PBX answered.
 * @param username Who is logged in.
 * @returns The error with a sentence for people.
 */
export function refusalOf(
  error: AmiResponseError,
  username?: string,
): CommandError {
  const { action } = error;
  const message = messageOf(error);
  if (isUnknownAction(error)) {
    return new CommandError(
      `The PBX has no action '${action}': see dami do ListCommands`,
    );
  }
  if (/^Permission denied\b/i.test(message)) {
    const who = username === undefined ? "The user" : `The user '${username}'`;
    return new CommandError(
      `${who} may not do '${action}': add its class to 'write' of this user in manager.conf`,
    );
  }
  return new CommandError(
    `The PBX refused '${action}' with '${message}': check its headers`,
  );
}

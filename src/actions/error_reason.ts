import type { Frame } from "../wire/frame.ts";

/** The message of Asterisk for a command whose output holds the reason (`main/manager.c`, `action_command`). */
const OUTPUT_FOLLOWS = "Command output follows";

/** The longest reason that is quoted from output (characters). */
const MAX_OUTPUT_LENGTH = 300;

/**
 * Returns the reason that an error response gives: its `Message`, or, if that
 * only says that output follows, the output.
 *
 * @param error The response.
 * @returns The reason, on one line; empty if it gives none.
 */
export function errorReason(error: Frame): string {
  const message = error.get("message") ?? "";
  if (message !== "" && message !== OUTPUT_FOLLOWS) return message;
  return outputOf(error) || message;
}

/** Returns the output in a response, on one line that is not too long. */
function outputOf({ lines }: Frame): string {
  const output = lines
    .filter((line) => /^Output:/i.test(line))
    .map((line) => line.slice("Output:".length).trim())
    .filter((line) => line !== "")
    .join(" ");
  return output.length > MAX_OUTPUT_LENGTH
    ? `${output.slice(0, MAX_OUTPUT_LENGTH)}…`
    : output;
}

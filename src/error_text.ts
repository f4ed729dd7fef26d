/**
 * Returns the message of an error. User code may throw anything, even something
 * without a text: an object without a prototype, one whose `message` or
 * `toString()` throws, or a revoked `Proxy`. This never throws.
 *
 * @param error The error.
 * @returns Its message, or its text.
 */
export function errorText(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return "an error without a message";
  }
}

/**
 * Returns an error for whatever was thrown, or was the reason of a signal. This
 * never throws.
 *
 * @param error What was thrown.
 * @returns The same, if it is an `Error`; otherwise one with its text.
 */
export function asError(error: unknown): Error {
  try {
    if (error instanceof Error) return error;
  } catch {
    // A revoked proxy cannot even be asked what it is.
  }
  return new Error(errorText(error));
}

import { UsageError } from "../failures/command_error.ts";

/**
 * Reads a count.
 *
 * @param text The text.
 * @param option The option that it is the value of, for the error.
 * @returns A whole number from 1 on.
 * @throws {UsageError} If it is not a whole number from 1 on.
 */
export function readCount(text: string, option: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || !Number.isSafeInteger(count)) {
    throw new UsageError(
      `${option} must be a whole number, 1 or more, not '${text}'`,
    );
  }
  return count;
}

/**
 * Returns what an error says. User code may throw anything, also what has no
 * text: an object without a prototype, one whose `message` or `toString()`
 * throws, or a revoked `Proxy`. This never throws.
 *
 * @param error The error.
 * @returns Its message, or its text.
 */
export function errorText(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return "an error that has no text";
  }
}

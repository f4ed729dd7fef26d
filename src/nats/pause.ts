import { delay } from "@std/async/delay";

/**
 * Waits for a time, or until it is ended.
 *
 * @param milliseconds The time.
 * @param signal Ends the wait. It is not thrown.
 */
export async function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await delay(milliseconds, { signal });
  } catch {
    // It was ended.
  }
}

import { AmiLimitError } from "../errors.ts";
import type { FrameLimit } from "../wire/frame.ts";

/**
 * Makes the error for a frame that is beyond a limit.
 *
 * @param what The frame, such as `Event "Hangup"`.
 * @param limit The limit.
 * @param limits The value of each limit.
 * @returns The error.
 */
export function tooLarge(
  what: string,
  limit: FrameLimit,
  limits: Readonly<Record<FrameLimit, number>>,
): AmiLimitError {
  const value = limits[limit];
  const size = limit === "maxHeaders"
    ? `has more than ${value} lines`
    : `is longer than ${value} characters`;
  return new AmiLimitError(`${what} ${size}`, limit, value);
}

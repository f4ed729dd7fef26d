import type { ResolvedOptions } from "../options/options.ts";
import type { UserCodeGuard } from "../user_code_guard.ts";
import type { SessionHandlers } from "./session_context.ts";

/**
 * Returns the handlers that pass bytes and lines to the options `onBytes` and
 * `onLine`.
 *
 * @param options The options of DAMI.
 * @param guard Reports what user code throws.
 * @returns The handlers; `undefined` for an option that is not set.
 */
export function tapsOf(
  { onBytes, onLine }: Pick<ResolvedOptions, "onBytes" | "onLine">,
  guard: UserCodeGuard,
): Pick<SessionHandlers, "bytes" | "line"> {
  return {
    bytes: onBytes && ((bytes, direction) => {
      // The bytes are the user's to keep, and the buffer is read into again.
      const copy = bytes.slice();
      guard.call(() => onBytes(copy, direction), "The option 'onBytes' threw");
    }),
    line: onLine && ((line) => {
      guard.call(() => onLine(line), "The option 'onLine' threw");
    }),
  };
}

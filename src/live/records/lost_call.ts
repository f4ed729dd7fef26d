import { type Call, type CallChanges, callEnded } from "./call.ts";
import type { ChangeOf } from "./change_of.ts";
import { endedRecord } from "./ended_record.ts";

/**
 * Returns the end of a call that is no longer followed.
 *
 * @param call The call as it was last.
 * @param at The time at which it was last known (milliseconds since 1970).
 * @returns The change.
 */
export function lostCall(
  call: Call,
  at: number,
): ChangeOf<CallChanges, "call-ended"> {
  const end = { at, cause: 0, lost: true };
  return callEnded(call, endedRecord(call.record, end), at);
}

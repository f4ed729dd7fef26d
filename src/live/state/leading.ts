import { type CallLeg, isWire } from "../records/call_leg.ts";
import type { CallRecord } from "../records/call_record.ts";
import type { Channel } from "../records/channel.ts";

/**
 * Reports whether half of a Local channel that an action has rung runs the
 * dialplan now, for the phone behind the other half.
 *
 * @param entry Its leg, and the record of its call.
 * @param before The channel before; `undefined` if it is new.
 * @param after The channel after.
 * @returns Whether it does.
 */
export function isLeading(
  { leg, record: { caller } }: {
    readonly leg: CallLeg;
    readonly record: Pick<CallRecord, "caller">;
  },
  before: Channel | undefined,
  after: Channel,
): boolean {
  return isWire(leg) && leg.isCalled && leg.calledBy === undefined &&
    caller?.isCalled === true &&
    before !== undefined && before.exten !== after.exten;
}

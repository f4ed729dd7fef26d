import type { CallLeg } from "./call_leg.ts";
import type { CallRecord } from "./call_record.ts";
import { closedRecord } from "./closed_record.ts";
import { type CallTimes, timesOf } from "./call_times.ts";
import { type Disposition, dispositionOf } from "./disposition.ts";

/** The side that ended a call: the caller, somebody who was called, or the PBX. */
export type EndedBy = "caller" | "called" | "pbx";

/**
 * The story of a call that is over. It is never changed.
 *
 * @example
 * ```ts
 * import type { EndedCallRecord } from "@dami/dami/live";
 *
 * function describe(record: EndedCallRecord): string {
 *   const { caller, dialed, disposition, answeredBy, talkTime } = record;
 *   const who = `${caller?.number} called ${dialed}`;
 *   return disposition === "connected"
 *     ? `${who}: ${answeredBy?.device} talked ${talkTime / 1_000} s`
 *     : `${who}: ${disposition}`;
 * }
 * console.log(describe);
 * ```
 */
export interface EndedCallRecord extends CallRecord, CallTimes {
  /** The time at which it ended. If that was missed (`lost`), the time at which it was last known. */
  readonly endedAt: number;
  /** Its outcome. */
  readonly disposition: Disposition;
  /** The hang-up cause of its end (Q.850); 0 if none is known. It does not tell a call without answer from one that the caller gave up: `disposition` does. */
  readonly cause: number;
  /** The side that ended it; `undefined` if the end was missed. */
  readonly endedBy: EndedBy | undefined;
  /** `true` if its end was missed. */
  readonly lost: boolean;
}

/** The end of a call. */
export interface RecordEnd {
  /** Its time, or the time when the call was last known. */
  readonly at: number;
  /** Its cause; 0 if none is known. */
  readonly cause: number;
  /** `true` if it was missed. */
  readonly lost: boolean;
}

/**
 * Completes a record.
 *
 * @param record The record as it has grown.
 * @param end The end of the call.
 * @returns The record of the call that is over.
 */
export function endedRecord(
  record: CallRecord,
  { at, cause, lost }: RecordEnd,
): EndedCallRecord {
  const hungUpBy = enderOf(record);
  return {
    ...(lost ? closedRecord(record, at) : { ...record, hungUpBy }),
    endedAt: at,
    disposition: dispositionOf(record, { cause, lost }),
    cause,
    endedBy: lost ? undefined : sideOf(hungUpBy, record),
    lost,
    ...timesOf(record, at),
  };
}

/** Returns the party that ended a call. One that declined has not, if anybody rang, waited or answered after it. */
function enderOf(record: CallRecord): CallLeg | undefined {
  const { hungUpBy, caller, legs, queues } = record;
  const isDecline = hungUpBy !== undefined && hungUpBy !== caller &&
    hungUpBy.answeredAt === undefined;
  if (!isDecline) return hungUpBy;
  const { endedAt = -Infinity } = hungUpBy;
  const goesOn = (caller?.answeredAt ?? -Infinity) > endedAt ||
    legs.some((leg) => leg !== caller && (leg.endedAt ?? 0) > endedAt) ||
    queues.some(({ leftAt = Infinity }) => leftAt > endedAt);
  return goesOn ? undefined : hungUpBy;
}

function sideOf(
  hungUpBy: CallLeg | undefined,
  { caller }: CallRecord,
): EndedBy {
  if (hungUpBy === undefined) return "pbx";
  return hungUpBy === caller ? "caller" : "called";
}

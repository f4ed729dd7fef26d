import type { CallLeg } from "./call_leg.ts";
import type { CallRecord, Stretch } from "./call_record.ts";
import type { QueueVisit } from "./queue_visit.ts";

/**
 * Ends what was going on when a call was last known, as its end was missed.
 *
 * @param record The record as it has grown.
 * @param at When it was last known (milliseconds since 1970).
 * @returns The record, in which nothing lasts.
 */
export function closedRecord(record: CallRecord, at: number): CallRecord {
  const ended = new Map(record.legs.map((leg) => [leg, endedLeg(leg, at)]));
  const own = (leg: CallLeg | undefined) => leg && (ended.get(leg) ?? leg);
  return {
    ...record,
    legs: [...ended.values()],
    caller: own(record.caller),
    answeredBy: own(record.answeredBy),
    hungUpBy: own(record.hungUpBy),
    talks: closed(record.talks, at),
    holds: closed(record.holds, at),
    parkings: closed(record.parkings, at),
    conferences: closed(record.conferences, at),
    recordings: closed(record.recordings, at),
    queues: record.queues.map((visit) => endedVisit(visit, at)),
  };
}

function closed<Type extends Stretch>(
  stretches: readonly Type[],
  at: number,
): readonly Type[] {
  return stretches.map((each) =>
    each.to === undefined ? { ...each, to: Math.max(at, each.from) } : each
  );
}

function endedLeg(leg: CallLeg, at: number): CallLeg {
  return leg.endedAt === undefined
    ? { ...leg, endedAt: Math.max(at, leg.startedAt), lost: true }
    : leg;
}

function endedVisit(visit: QueueVisit, at: number): QueueVisit {
  return visit.leftAt === undefined
    ? { ...visit, leftAt: Math.max(at, visit.joinedAt) }
    : visit;
}

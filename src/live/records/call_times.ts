import type { CallRecord, Stretch } from "./call_record.ts";

/** The times of a call that is over (milliseconds). Overlapping times count once. */
export interface CallTimes {
  /** Time that a party called by the PBX rang. A phone that does not report ringing does not count. */
  readonly ringTime: number;
  /** Time that a party waited in a queue. */
  readonly waitTime: number;
  /** Time that two parties were connected, on hold or not. */
  readonly talkTime: number;
  /** Time that a party had others on hold. */
  readonly holdTime: number;
  /** Duration of the call. */
  readonly totalTime: number;
}

/**
 * Adds up the times of a call.
 *
 * @param record The record of the call.
 * @param end When it ended: whatever is not over ended then, too.
 * @returns The times.
 */
export function timesOf(record: CallRecord, end: number): CallTimes {
  const { legs, queues, talks, holds, startedAt } = record;
  const rings: Stretch[] = [];
  for (const { isCalled, ringingAt, answeredAt, endedAt } of legs) {
    if (!isCalled || ringingAt === undefined) continue;
    rings.push({ from: ringingAt, to: answeredAt ?? endedAt });
  }
  const waits = queues.map(({ joinedAt: from, leftAt: to }) => ({ from, to }));
  return {
    ringTime: covered(rings, end),
    waitTime: covered(waits, end),
    talkTime: covered(talks, end),
    holdTime: covered(holds, end),
    totalTime: Math.max(0, end - startedAt),
  };
}

/**
 * Returns how much time stretches cover together.
 *
 * @param stretches The stretches, in any order.
 * @param end The end of those that have none.
 * @returns The time (milliseconds).
 */
export function covered(stretches: readonly Stretch[], end: number): number {
  let sum = 0;
  let until = -Infinity;
  const sorted = stretches.length < 2
    ? stretches
    : stretches.toSorted((one, two) => one.from - two.from);
  for (const { from, to = end } of sorted) {
    if (to <= until) continue;
    sum += Math.max(0, to - Math.max(from, until));
    until = to;
  }
  return sum;
}

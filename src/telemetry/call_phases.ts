import type {
  CallLeg,
  EndedCallRecord,
  LegOutcome,
  QueueVisit,
  VisitOutcome,
} from "../live/live_pbx.ts";

/** The beginning and the end of a part of a call (milliseconds since 1970). */
interface Stretch {
  /** The time at which it began. */
  readonly begin: number;
  /** The time at which it ended. */
  readonly end: number;
}

/** A part of a call. */
export type Phase =
  & Stretch
  & (
    | {
      /** Parties talk, or one has the others on hold. */
      readonly name: "talk" | "hold";
    }
    | {
      /** A telephone rings. */
      readonly name: "ring";
      /** The outcome, if it is known. */
      readonly outcome: LegOutcome | undefined;
    }
    | {
      /** A caller waits in a queue. */
      readonly name: "wait";
      /** The queue. */
      readonly queue: string;
      /** The way in which the wait ended, if it is known. */
      readonly outcome: VisitOutcome | undefined;
    }
    | {
      /** A party is parked. */
      readonly name: "park";
      /** The parking lot. */
      readonly lot: string;
    }
    | {
      /** The call is transferred, at once. */
      readonly name: "transfer";
      /** `attended` if the transferer spoke to the target first. */
      readonly kind: "blind" | "attended";
    }
  );

function stretch(
  from: number,
  to: number | undefined,
  endedAt: number,
): Stretch {
  // A time of a snapshot is exact to a second alone.
  return { begin: from, end: Math.max(from, to ?? endedAt) };
}

/** Returns the ring of a leg. A telephone that does not say that it rings has none, as in `ringTime`. */
function ringOf(
  { isCalled, ringingAt, answeredAt, outcome, endedAt: gone }: CallLeg,
  endedAt: number,
): Phase[] {
  if (!isCalled || ringingAt === undefined) return [];
  const times = stretch(ringingAt, answeredAt ?? gone, endedAt);
  return [{ name: "ring", ...times, outcome }];
}

function waitOf(
  { queue, joinedAt, leftAt, outcome }: QueueVisit,
  endedAt: number,
): Phase {
  return {
    name: "wait",
    ...stretch(joinedAt, leftAt, endedAt),
    queue,
    outcome,
  };
}

/**
 * Returns the parts of a call that has ended.
 *
 * @param record The record of the call.
 * @returns Its parts, the earliest first.
 */
export function phasesOf(record: EndedCallRecord): Phase[] {
  const { legs, queues, talks, holds, parkings, transfers, endedAt } = record;
  const phases: Phase[] = [
    ...legs.flatMap((leg) => ringOf(leg, endedAt)),
    ...queues.map((visit) => waitOf(visit, endedAt)),
    ...talks.map(({ from, to }) => ({
      name: "talk" as const,
      ...stretch(from, to, endedAt),
    })),
    ...holds.map(({ from, to }) => ({
      name: "hold" as const,
      ...stretch(from, to, endedAt),
    })),
    ...parkings.map(({ from, to, lot }) => ({
      name: "park" as const,
      ...stretch(from, to, endedAt),
      lot,
    })),
    ...transfers.map(({ at, kind }) => ({
      name: "transfer" as const,
      begin: at,
      end: at,
      kind,
    })),
  ];
  return phases.sort((one, other) => one.begin - other.begin);
}

import type { CallLeg, LegOutcome } from "./call_leg.ts";
import type { CallRecord } from "./call_record.ts";

/**
 * What became of a call.
 *
 * - `"connected"`: two parties talked, or a member of a queue took it.
 * - `"answered-by-pbx"`: a menu, voicemail, an announcement or the like
 *   answered, and nobody else did.
 * - `"abandoned"`: the caller hung up while waiting in a queue.
 * - `"cancelled"`: the caller hung up before anybody answered.
 * - `"no-answer"`: nobody answered in time.
 * - `"busy"`: the called party is busy.
 * - `"rejected"`: the called party declined.
 * - `"congested"`: no line or channel was free.
 * - `"failed"`: the called party cannot be reached, or anything else went wrong.
 * - `"unknown"`: events were missed, and what is known does not tell.
 */
export type Disposition =
  | "connected"
  | "answered-by-pbx"
  | "abandoned"
  | "cancelled"
  | "no-answer"
  | "busy"
  | "rejected"
  | "congested"
  | "failed"
  | "unknown";

/** The end of a call. */
export interface DispositionContext {
  /** Its cause; 0 if none is known. */
  readonly cause: number;
  /** Whether it was missed. */
  readonly lost: boolean;
}

/** The dispositions by the outcomes of those who were called, the more telling ones first: of a group of which one was busy and one did not answer, nobody answered. */
const BY_OUTCOME: readonly (readonly [LegOutcome, Disposition])[] = [
  ["no-answer", "no-answer"],
  ["busy", "busy"],
  ["rejected", "rejected"],
  ["congested", "congested"],
  ["unavailable", "failed"],
  ["failed", "failed"],
];

/** The dispositions by causes (Q.850), where nobody was called. */
const BY_CAUSE: ReadonlyMap<number, Disposition> = new Map([
  [16, "no-answer"],
  [17, "busy"],
  [18, "no-answer"],
  [19, "no-answer"],
  [21, "rejected"],
  [34, "congested"],
  [42, "congested"],
]);

/**
 * Returns what became of a call that is over.
 *
 * Asterisk's cause does not tell no answer, cancelled and abandoned apart; the
 * `DialStatus` of each leg, and who hung up, do.
 *
 * @param record The record of the call.
 * @param context How it ended.
 * @returns The disposition.
 */
export function dispositionOf(
  record: CallRecord,
  { cause, lost }: DispositionContext,
): Disposition {
  const { talks, queues, gaps, voicemails, legs, caller, hungUpBy } = record;
  const isConnected = talks.length > 0 ||
    queues.some(({ outcome }) => outcome === "connected");
  if (isConnected) return "connected";
  if (lost || gaps.length > 0) return "unknown";
  const visit = queues.at(-1);
  if (visit?.outcome === "abandoned") return "abandoned";
  if (voicemails.length > 0) return "answered-by-pbx";
  const called = legs.filter((leg) => leg.isCalled && leg !== caller);
  const last = called.at(-1);
  const isCancelled = hungUpBy !== undefined && hungUpBy === caller;
  const callerAnsweredAt = caller?.answeredAt;
  if (last === undefined) {
    if (visit !== undefined) {
      return visit.outcome === undefined ? "unknown" : "no-answer";
    }
    if (caller?.isCalled && caller.outcome !== "answered") {
      return ofOutcomes([caller]) ?? "failed";
    }
    const isUp = legs.some(({ answeredAt }) => answeredAt !== undefined);
    if (isUp) return "answered-by-pbx";
    return isCancelled ? "cancelled" : BY_CAUSE.get(cause) ?? "failed";
  }
  const isAnsweredAfter = callerAnsweredAt !== undefined &&
    callerAnsweredAt >= (last.endedAt ?? Infinity);
  if (isAnsweredAfter) return "answered-by-pbx";
  const isCancelledLeg = (leg: CallLeg) =>
    leg.outcome === "cancelled" || leg.outcome === undefined;
  // Those that rang last, at the same time.
  const round = called.filter(({ endedAt = Infinity }) =>
    endedAt >= last.startedAt
  );
  if (isCancelled && round.some(isCancelledLeg)) return "cancelled";
  const isOfQueue = visit !== undefined &&
    last.startedAt >= visit.joinedAt &&
    last.startedAt <= (visit.leftAt ?? Infinity);
  if (isOfQueue) return visit.outcome === undefined ? "unknown" : "no-answer";
  return ofOutcomes(round) ?? (isCancelled ? "cancelled" : "failed");
}

function ofOutcomes(legs: readonly CallLeg[]): Disposition | undefined {
  for (const [outcome, disposition] of BY_OUTCOME) {
    if (legs.some((leg) => leg.outcome === outcome)) return disposition;
  }
  return undefined;
}

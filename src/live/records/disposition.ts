import type { CallLeg, LegOutcome } from "./call_leg.ts";
import type { CallRecord } from "./call_record.ts";

/**
 * The outcome of a call.
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
 * - `"unknown"`: events were missed, and what is known does not say.
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
  /** `true` if it was missed. */
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
  [17, "busy"],
  [21, "rejected"],
  [34, "congested"],
  [42, "congested"],
]);

/** The causes of calls that simply went unanswered. */
const UNANSWERED: ReadonlySet<number> = new Set([16, 18, 19]);

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
  const { talks, queues, gaps, voicemails, legs, caller } = record;
  const isConnected = talks.length > 0 ||
    queues.some(({ outcome }) => outcome === "connected");
  if (isConnected) return "connected";
  if (lost || gaps.length > 0) return "unknown";
  if (queues.at(-1)?.outcome === "abandoned") return "abandoned";
  if (voicemails.length > 0) return "answered-by-pbx";
  const called = legs.filter((leg) => leg.isCalled && leg !== caller);
  const last = called.at(-1);
  return last === undefined
    ? ofCaller(record, cause)
    : ofCalled(record, called, last);
}

/** Returns what became of a call for which nobody was called. */
function ofCaller(record: CallRecord, cause: number): Disposition {
  const { queues, legs, caller, unreached } = record;
  const visit = queues.at(-1);
  if (visit !== undefined) {
    return visit.outcome === undefined ? "unknown" : "no-answer";
  }
  if (caller?.isCalled && caller.outcome !== "answered") {
    return ofOutcomes([caller]) ?? "failed";
  }
  const isUp = legs.some(({ answeredAt }) => answeredAt !== undefined);
  if (isUp && !unreached.at(-1)?.wasAnswered) return "answered-by-pbx";
  const known = BY_CAUSE.get(cause);
  if (known !== undefined) return known;
  if (isGivenUp(record)) return "cancelled";
  return UNANSWERED.has(cause) ? "no-answer" : "failed";
}

/** Returns what became of a call for which nobody answered. */
function ofCalled(
  record: CallRecord,
  called: readonly CallLeg[],
  last: CallLeg,
): Disposition {
  const { queues, caller } = record;
  // Nobody else did, as there would be a talk.
  const isAnsweredAfter = caller?.answeredAt !== undefined &&
    caller.answeredAt > last.startedAt;
  if (isAnsweredAfter) return "answered-by-pbx";
  const visit = queues.at(-1);
  const isOfQueue = visit !== undefined &&
    last.startedAt >= visit.joinedAt &&
    last.startedAt <= (visit.leftAt ?? Infinity);
  if (isOfQueue) return visit.outcome === undefined ? "unknown" : "no-answer";
  // Those that rang last, at the same time.
  const round = called.filter(({ endedAt = Infinity }) =>
    endedAt >= last.startedAt
  );
  const isCancelled = round.some(({ outcome }) =>
    outcome === "cancelled" || (outcome === undefined && isGivenUp(record))
  );
  if (isCancelled) return "cancelled";
  return ofOutcomes(round) ?? (isGivenUp(record) ? "cancelled" : "failed");
}

function isGivenUp({ hungUpBy, caller }: CallRecord): boolean {
  return hungUpBy !== undefined && hungUpBy === caller;
}

function ofOutcomes(legs: readonly CallLeg[]): Disposition | undefined {
  for (const [outcome, disposition] of BY_OUTCOME) {
    if (legs.some((leg) => leg.outcome === outcome)) return disposition;
  }
  return undefined;
}

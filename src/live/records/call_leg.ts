import type { DAMIData } from "../../data.ts";
import type { Channel } from "./channel.ts";
import { number, text } from "./fields.ts";

/**
 * The outcome of ringing a party.
 *
 * - `"answered"`: it answered.
 * - `"elsewhere"`: another party answered first.
 * - `"cancelled"`: the caller gave up while it rang.
 * - `"no-answer"`: it rang unanswered.
 * - `"busy"`: it is busy.
 * - `"rejected"`: it declined.
 * - `"congested"`: no line or channel was free on the way.
 * - `"unavailable"`: it cannot be reached, such as a phone that is not registered.
 * - `"failed"`: anything else.
 */
export type LegOutcome =
  | "answered"
  | "elsewhere"
  | "cancelled"
  | "no-answer"
  | "busy"
  | "rejected"
  | "congested"
  | "unavailable"
  | "failed";

/**
 * A leg in the record of a call: a channel, which stays in the record when it
 * is gone. Times are milliseconds since 1970.
 */
export interface CallLeg {
  /** The `Uniqueid` of the channel. */
  readonly uniqueid: string;
  /** The name of the channel, such as `PJSIP/6001-00000002`. */
  readonly channel: string;
  /** Its device, such as `PJSIP/6001`. */
  readonly device: string;
  /** The number of the party; empty if unknown. */
  readonly number: string;
  /** The name of the party; empty if unknown. */
  readonly name: string;
  /** `true` if the PBX rang it. Otherwise it called the PBX, or its beginning was missed. */
  readonly isCalled: boolean;
  /** The `Uniqueid` of the channel for which it was rung; `undefined` if it was not rung, or was rung by an action. Half of a Local channel is not among the legs. */
  readonly calledBy: string | undefined;
  /** The time at which it began. From a snapshot, exact to a second. */
  readonly startedAt: number;
  /** The time at which it began to ring; `undefined` if it did not report ringing. */
  readonly ringingAt: number | undefined;
  /** The time at which it was up; `undefined` if it was not, or was before the first snapshot. */
  readonly answeredAt: number | undefined;
  /**
   * The time at which it was gone; `undefined` while it lasts. Where the end
   * was missed (`lost`), the time at which it was last known.
   */
  readonly endedAt: number | undefined;
  /** The outcome of ringing it; `undefined` if it was not rung, still rings, or how that ended was missed. */
  readonly outcome: LegOutcome | undefined;
  /** The hang-up cause (Q.850) as Asterisk reports it: 127 for a SIP phone that gives up while it calls, and for those that it rang. 0 if there is none yet, or it is not known. */
  readonly cause: number;
  /** `true` if the phone hung up, declined or gave up by itself, as opposed to being hung up. */
  readonly hungUp: boolean;
  /** `true` if its end was missed. */
  readonly lost: boolean;
}

/** A leg that is still growing. */
export type GrowingLeg = { -readonly [Key in keyof CallLeg]: CallLeg[Key] };

/** `AST_CAUSE_USER_BUSY`. */
const USER_BUSY = 17;

/** `AST_CAUSE_CALL_REJECTED`. */
const CALL_REJECTED = 21;

/** The outcomes by the values of `DialStatus`, but for `CANCEL` (main/dial.c, apps/app_dial.c). */
const OUTCOMES: ReadonlyMap<string, LegOutcome> = new Map([
  ["ANSWER", "answered"],
  ["BUSY", "busy"],
  ["NOANSWER", "no-answer"],
  ["CONGESTION", "congested"],
  ["CHANUNAVAIL", "unavailable"],
  ["DONTCALL", "rejected"],
  ["TORTURE", "rejected"],
]);

/**
 * Returns the outcome that `DialEnd` reports.
 *
 * @param event `DialEnd`.
 * @param isAnswered Whether another party has answered since the leg was rung.
 * @returns The outcome.
 */
export function outcomeOf(event: DAMIData, isAnswered: boolean): LegOutcome {
  const status = text(event.DialStatus);
  if (status === "CANCEL") return isAnswered ? "elsewhere" : "cancelled";
  return OUTCOMES.get(status) ?? "failed";
}

/** The causes with which the PBX refuses a call: a caller is neither busy nor congested. */
const REFUSALS: ReadonlySet<number> = new Set([17, 34, 42]);

/**
 * Reports whether the channel of a caller that is not up is hung up as the PBX
 * refuses the call: its state shows that for Asterisk 16, the cause for later
 * versions. A phone that is called may be reported as busy before it is
 * reported as called.
 *
 * @param event Its `HangupRequest`.
 */
export function isRefusal(
  { Cause, ChannelStateDesc: state }: DAMIData,
): boolean {
  return state === "Busy" || (state === "Ring" && REFUSALS.has(number(Cause)));
}

/** A leg that has ended, and how. */
interface Ended {
  readonly leg: GrowingLeg;
  readonly record: { readonly gaps: readonly unknown[] };
  /** `true` if the PBX has asked it to hang up. */
  readonly isEnding: boolean;
}

/**
 * Applies the hang-up of a leg. `DialEnd` does not tell a phone that declines
 * from one that nobody picks up (`ast_hangup_cause_to_dial_status()`,
 * main/dial.c); the cause of its channel does.
 *
 * @param ended The leg, and how it ended.
 * @param event Its `Hangup`.
 */
export function applyCause(
  { leg, record, isEnding }: Ended,
  event: DAMIData,
): void {
  const cause = number(event.Cause);
  // An action that nobody answers sends no `DialEnd` (main/dial.c).
  const isUnanswered = leg.isCalled && leg.calledBy === undefined &&
    leg.outcome === undefined && leg.answeredAt === undefined;
  const isMissed = record.gaps.length > 0;
  if (isUnanswered && !isMissed && !isEnding && !leg.hungUp) {
    leg.outcome = "no-answer";
  }
  leg.cause = cause;
  const isOpen = leg.outcome === "no-answer" || leg.outcome === "busy" ||
    leg.outcome === "congested" || leg.outcome === "failed";
  if (!isOpen) return;
  if (cause === CALL_REJECTED) leg.outcome = "rejected";
  if (cause === USER_BUSY) leg.outcome = "busy";
}

/**
 * Makes the leg of a channel.
 *
 * @param channel The channel.
 * @returns The leg.
 */
export function newLeg(channel: Channel): GrowingLeg {
  return {
    uniqueid: channel.uniqueid,
    channel: channel.name,
    device: channel.device,
    number: channel.callerIdNum,
    name: channel.callerIdName,
    isCalled: false,
    calledBy: undefined,
    startedAt: channel.createdAt,
    ringingAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    cause: 0,
    hungUp: false,
    lost: false,
  };
}

/**
 * Reports whether a leg is half of a Local channel.
 *
 * @param leg The leg.
 * @returns Whether it is.
 */
export function isWire(leg: CallLeg | undefined): boolean {
  return leg !== undefined && leg.channel.startsWith("Local/");
}

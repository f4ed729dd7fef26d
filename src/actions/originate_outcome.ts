import type { Frame } from "../wire/frame.ts";

/**
 * The meaning of `Reason` in an `OriginateResponse`: the end of the call to the
 * channel (`include/asterisk/frame.h`, `enum ast_control_frame_type`). For a
 * PJSIP channel Asterisk 16 and 22 send {@linkcode OriginateReason.Failed} also
 * if it was busy, declined or not available: {@linkcode OriginateOutcome} tells
 * these apart.
 *
 * @example
 * ```ts
 * import { DAMI, OriginateReason } from "@dami/dami";
 *
 * const dami = new DAMI();
 * dami.on("OriginateResponse", ({ Channel, Reason }) => {
 *   if (Reason === OriginateReason.NoAnswer) console.log(`${Channel} did not answer`);
 * });
 * ```
 */
export const OriginateReason: {
  /** The channel does not exist, could not be called, or hung up; for PJSIP also busy, declined and not available. */
  readonly Failed: 0;
  /** The other end hung up. A Local channel that does so counts as failed. */
  readonly HungUp: 1;
  /** It was being called. Asterisk 16 and 22 have never been seen to send this. */
  readonly Called: 2;
  /** Nobody answered in time, whether it rang or not. */
  readonly NoAnswer: 3;
  /** It was answered: the only success. */
  readonly Answered: 4;
  /** It was busy; only of channels such as Local that pass it on as a control frame. */
  readonly Busy: 5;
  /** No line was free; likewise. */
  readonly Congested: 8;
} = {
  Failed: 0,
  HungUp: 1,
  Called: 2,
  NoAnswer: 3,
  Answered: 4,
  Busy: 5,
  Congested: 8,
};

/**
 * The outcome of an originated call:
 *
 * - `"answered"`: the called channel answered, and the extension or application
 *   runs on it.
 * - `"busy"`: it was busy (486).
 * - `"rejected"`: the call was declined (603).
 * - `"no-answer"`: nobody answered in time, or the telephone was set to do not
 *   disturb (480).
 * - `"congested"`: there was no free line, or the network failed.
 * - `"unreachable"`: no channel could be made, as the telephone is not
 *   registered, or the endpoint or the technology does not exist; or there is
 *   no way to the number.
 * - `"failed"`: it ended otherwise, such as a Local channel that was hung up.
 *
 * The numbers are SIP responses as PJSIP was seen to translate them on Asterisk
 * 16.28 and 22.10.
 */
export type OriginateOutcome =
  | "answered"
  | "busy"
  | "rejected"
  | "no-answer"
  | "congested"
  | "unreachable"
  | "failed";

/** The outcome that each `Reason` stands for by itself; 0 and 1 are explained by the cause alone. */
const BY_REASON: ReadonlyMap<number, OriginateOutcome> = new Map([
  [OriginateReason.Answered, "answered"],
  [OriginateReason.Busy, "busy"],
  [OriginateReason.Congested, "congested"],
  [OriginateReason.NoAnswer, "no-answer"],
]);

/** The outcome by the cause of the hang-up (`include/asterisk/causes.h`). */
const BY_CAUSE: ReadonlyMap<number, OriginateOutcome> = new Map([
  // AST_CAUSE_UNALLOCATED, _NO_ROUTE_TRANSIT_NET, _NO_ROUTE_DESTINATION
  [1, "unreachable"],
  [2, "unreachable"],
  [3, "unreachable"],
  // AST_CAUSE_USER_BUSY
  [17, "busy"],
  // AST_CAUSE_NO_USER_RESPONSE, _NO_ANSWER
  [18, "no-answer"],
  [19, "no-answer"],
  // AST_CAUSE_SUBSCRIBER_ABSENT
  [20, "unreachable"],
  // AST_CAUSE_CALL_REJECTED
  [21, "rejected"],
  // AST_CAUSE_DESTINATION_OUT_OF_ORDER, _INVALID_NUMBER_FORMAT
  [27, "unreachable"],
  [28, "unreachable"],
  // AST_CAUSE_NORMAL_CIRCUIT_CONGESTION, _NETWORK_OUT_OF_ORDER,
  // _NORMAL_TEMPORARY_FAILURE, _SWITCH_CONGESTION, _REQUESTED_CHAN_UNAVAIL
  [34, "congested"],
  [38, "congested"],
  [41, "congested"],
  [42, "congested"],
  [44, "congested"],
]);

/**
 * Reports whether a call was answered.
 *
 * @param response Its `OriginateResponse`.
 */
export function isAnswered(response: Frame): boolean {
  return reasonOf(response) === OriginateReason.Answered;
}

/**
 * Reports whether an `OriginateResponse` alone reports the outcome of the call.
 *
 * @param response The event.
 */
export function isConclusive(response: Frame): boolean {
  return BY_REASON.has(reasonOf(response));
}

/**
 * Returns the outcome of a call.
 *
 * @param response Its `OriginateResponse`.
 * @param hasChannel Whether a channel was made for it.
 * @param hangup The `Hangup` of that channel, if it is known.
 */
export function outcomeOf(
  response: Frame,
  hasChannel: boolean,
  hangup: Frame | undefined,
): OriginateOutcome {
  const byReason = BY_REASON.get(reasonOf(response));
  if (byReason !== undefined) return byReason;
  if (hangup === undefined) return hasChannel ? "failed" : "unreachable";
  return BY_CAUSE.get(causeOf(hangup) ?? 0) ?? "failed";
}

/**
 * Returns the cause of a hang-up, as `include/asterisk/causes.h` has it;
 * `undefined` where Asterisk knows none.
 *
 * @param hangup The event.
 */
export function causeOf(hangup: Frame): number | undefined {
  const cause = Number(hangup.get("cause"));
  return cause > 0 ? cause : undefined;
}

function reasonOf(response: Frame): number {
  return Number(response.get("reason"));
}

import { delay } from "@std/async/delay";
import type { AmiEndpoint } from "../server_options.ts";
import type { CallChannels } from "./call_channels.ts";
import { type CallEvents, Reason } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import { FOREVER } from "./legs.ts";

const USER_BUSY = 17;
const NO_ANSWER = 19;
const CALL_REJECTED = 21;
const CONGESTION = 34;

/** The way in which ringing somebody ended without an answer. */
export interface Unanswered {
  /** The `Reason` of an `OriginateResponse`. */
  readonly reason: number;
  /** The cause with which the channel is hung up. */
  readonly cause: number;
  /** The `DialStatus` of a `DialEnd`. */
  readonly dialStatus: string;
  /** The variable `DIALSTATUS`, where it is another one. */
  readonly variable?: string;
}

/** The extension of a Local channel said that nobody can be reached. */
export const REFUSALS: Readonly<Record<"busy" | "congestion", Unanswered>> = {
  busy: { reason: Reason.busy, cause: USER_BUSY, dialStatus: "BUSY" },
  congestion: {
    reason: Reason.congested,
    cause: CONGESTION,
    dialStatus: "CONGESTION",
  },
};

/** Nobody has answered in time. */
const TOO_LATE: Unanswered = {
  reason: Reason.ringing,
  cause: 0,
  dialStatus: "NOANSWER",
};

/** The end of an action that rang unanswered. Asterisk sends no `DialEnd` then (main/dial.c). */
export const RANG_UNANSWERED: Unanswered = { ...TOO_LATE, cause: NO_ANSWER };

/** The `DialStatus` of the causes that have one of their own (`ast_hangup_cause_to_dial_status()`, main/channel.c). */
const DIAL_STATUSES: ReadonlyMap<number, string> = new Map([
  [3, "CHANUNAVAIL"],
  [USER_BUSY, "BUSY"],
  [20, "CHANUNAVAIL"],
  [CONGESTION, "CONGESTION"],
]);

/** A channel was hung up before it was answered. */
export function hungUp(cause: number): Unanswered {
  const dialStatus = DIAL_STATUSES.get(cause) ?? "NOANSWER";
  const unanswered = { reason: Reason.failed, cause, dialStatus };
  // `handle_cause()` of apps/app_dial.c knows no other cause.
  const isOther = dialStatus === "NOANSWER" && cause === CALL_REJECTED;
  return isOther ? { ...unanswered, variable: "CHANUNAVAIL" } : unanswered;
}

/** Options of {@linkcode ringEndpoint}. */
export interface Ringing {
  readonly endpoint: AmiEndpoint;
  readonly channel: Channel;
  readonly channels: CallChannels;
  readonly events: CallEvents;
  /** The time until it answers or is busy (milliseconds). */
  readonly ringTime: number;
  /** The longest time to ring (milliseconds). */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Rings an endpoint until it answers; returns the end if it does not. */
export async function ringEndpoint(
  { endpoint, channel, channels, events, ringTime, timeout, signal }: Ringing,
): Promise<Unanswered | undefined> {
  const { onCall = "answer" } = endpoint;
  const longest = Math.min(Math.max(timeout, 0), FOREVER);
  channels.setState(channel, ChannelState.ringing);
  events.deviceStateChange(channel.device, "RINGING");
  const isTooLate = onCall === "no-answer" || ringTime > longest;
  await delay(isTooLate ? longest : ringTime, { signal });
  if (isTooLate) return TOO_LATE;
  if (onCall === "busy" || onCall === "rejected") {
    const cause = onCall === "busy" ? USER_BUSY : CALL_REJECTED;
    events.hangupRequest(channel, cause);
    // chan_sip says busy in either case, chan_pjsip only hangs up.
    const isSip = channel.name.startsWith("SIP/");
    return isSip ? { ...REFUSALS.busy, cause } : hungUp(cause);
  }
  channels.setState(channel, ChannelState.up);
  events.deviceStateChange(channel.device, "INUSE");
  return undefined;
}

import type { OriginateEvents } from "./actions/originate.ts";
import {
  causeOf,
  type OriginateOutcome,
  outcomeOf,
} from "./actions/originate_outcome.ts";
import type { EventData } from "./catalog/lookup.ts";

/**
 * The outcome of a call that {@linkcode DAMI.originate} asked for.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const { outcome, cause, causeText } = await dami.originate({
 *   Channel: "PJSIP/6001",
 *   Context: "default",
 *   Exten: "1000",
 *   Priority: 1,
 * });
 * console.log(outcome, cause, causeText); // "rejected", 21, "Call Rejected"
 * ```
 */
export interface OriginateResult {
  /** The outcome of the call. */
  readonly outcome: OriginateOutcome;
  /** The `Uniqueid` of the called channel: the `ChannelId` that DAMI, or the caller, gave it. */
  readonly uniqueid: string;
  /**
   * The cause with which the channel was hung up (`include/asterisk/causes.h`),
   * such as 17 for busy. `undefined` if the call was answered, if no channel
   * could be made, or if Asterisk knows no cause.
   */
  readonly cause: number | undefined;
  /** The same as Asterisk words it, such as `"User busy"`. */
  readonly causeText: string | undefined;
  /** The `OriginateResponse`. */
  readonly response: EventData<"OriginateResponse">;
}

/**
 * Makes the result of a call from the events that report it.
 *
 * @param events The events.
 * @param response The data of the `OriginateResponse` among them.
 */
export function originateResult<Response>(
  { channelId, response: frame, hasChannel, hangup }: OriginateEvents,
  response: Response,
): Omit<OriginateResult, "response"> & { readonly response: Response } {
  const cause = hangup === undefined ? undefined : causeOf(hangup);
  return {
    outcome: outcomeOf(frame, hasChannel, hangup),
    uniqueid: channelId,
    cause,
    causeText: cause === undefined ? undefined : hangup?.get("cause-txt"),
    response,
  };
}

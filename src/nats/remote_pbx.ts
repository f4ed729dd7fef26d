import type {
  ActionName,
  ActionParameters,
  ActionResult,
} from "../catalog/lookup.ts";
import type { AmiClient } from "../client.ts";
import type { OriginateResult } from "../../mod.ts";
import type { AnyName, OriginateOptions } from "../options/method_options.ts";
import type { BusActionArguments, BusActionOptions } from "./remote_actions.ts";

/**
 * A PBX on the bus, as an `AmiClient`. Its events come from the stream, from
 * {@linkcode RemotePbx.listen} on; its actions go to the bridge that holds the
 * PBX. An answer is given only when the events before it have been emitted.
 *
 * `state` is `"ready"` while a bridge holds the PBX and is logged in to it, and
 * `"reconnecting"` otherwise. Each time that it becomes ready again, and each
 * time that the bus announces a gap, the event `gap` is emitted.
 *
 * @example
 * ```ts
 * import { NatsBus } from "@dami/dami/nats";
 * import { connect } from "@nats-io/transport-node";
 *
 * const bus = await NatsBus.open(await connect({ servers: "nats.example.org" }));
 * const berlin = bus.pbx("berlin");
 * berlin.on("Hangup", (event) => console.log(event.Channel, event.Cause));
 * await berlin.listen();
 * const [response] = await berlin.to("CoreStatus");
 * console.log(response.CoreCurrentCalls);
 * ```
 */
export interface RemotePbx extends AmiClient, Disposable {
  /**
   * Has the bridge of the PBX send an action, at most once.
   *
   * @param action The action's name, spelled as Asterisk does.
   * @param args Its headers, and a callback or options.
   * @returns `[response]`, or `[response, ...items, completion]` of a list.
   * @throws {AmiConnectionError} If no bridge holds the PBX, or it is not connected (`outcome` is `"not-sent"`); if NATS or the bridge does not allow the action (`failure` is `"not-permitted"`); or if no answer came (`"unknown"`).
   * @throws {AmiError} As of a connection of one's own.
   * @throws {TypeError | RangeError} If the action cannot be sent as it is.
   * @throws The signal's reason, if it is aborted.
   */
  to<Name extends ActionName | AnyName>(
    action: Name,
    ...args: BusActionArguments<Name>
  ): Promise<ActionResult<Name>>;

  /**
   * Has the bridge call a channel, and waits for the outcome of the call.
   *
   * @param data The headers of the action `Originate`.
   * @param options The time to wait, whether to hang up, and the key under which it is done once.
   * @returns The outcome of the call, even if it failed.
   * @throws {AmiError} As of {@linkcode RemotePbx.to}.
   */
  originate(
    data: ActionParameters<"Originate">,
    options?: OriginateOptions & BusActionOptions,
  ): Promise<OriginateResult>;

  /** Ends it: every iterator ends, and every action that waits is rejected. May be called again. */
  close(): void;

  /** Does the same as {@linkcode RemotePbx.close}. */
  [Symbol.dispose](): void;
}

/**
 * DAMI is a client of the Asterisk Manager Interface (AMI) for Deno.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI({ hostname: "127.0.0.1", reconnect: true });
 * dami.on("Hangup", (event) => console.log(event.Channel, event["Cause-txt"]));
 *
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 *
 * const [response, ...endpoints] = await dami.to("PJSIPShowEndpoints");
 * console.log(response.Message, endpoints.length);
 * console.log("Listening for calls that end; press Ctrl-C to stop");
 * ```
 *
 * It listens until it is stopped, as the open connection keeps it alive. A
 * program that only asks says `await using dami = new DAMI()`, which logs off
 * and closes at the end of its scope.
 *
 * - {@linkcode DAMI} connects, logs in, sends actions and listens to events.
 * - {@linkcode AmiClient} is its interface, for all that is built on it.
 * - {@linkcode DAMIOptions} holds every option with its default.
 * - {@linkcode AmiError} is the base of every error.
 *
 * @module
 */

export type { ActionData, ActionValue } from "./src/actions/action.ts";
export type { ActionParametersMap } from "./src/catalog/actions.ts";
export type { ActionAnswersMap } from "./src/catalog/answers.ts";
// All of it, as only what is exported so can be augmented by users.
export type * from "./src/catalog/custom.ts";
export type { EventDataMap } from "./src/catalog/events.ts";
export type {
  ActionName,
  ActionParameters,
  ActionResult,
  AnswerOf,
  EventData,
  EventName,
  ListItem,
  ParametersOf,
  ResponseData,
} from "./src/catalog/lookup.ts";
export type {
  BridgeFields,
  ChannelFields,
  CommonEventFields,
  CommonResponseFields,
  PrefixedFields,
} from "./src/catalog/snapshots.ts";
export type {
  ActionIdValue,
  FieldValue,
  KnownFieldValue,
  KnownParameterValue,
  OtherText,
  RepeatedFieldValue,
  RepeatedParameterValue,
} from "./src/catalog/values.ts";
export type { AmiClient } from "./src/client.ts";
export { DAMI } from "./src/dami.ts";
export { type DAMIData, type DAMIValue, UNPARSED_LINES } from "./src/data.ts";
export type { Encoding } from "./src/wire/encoding.ts";
export {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  type AmiConnectionErrorOptions,
  AmiError,
  type AmiErrorCode,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  type AmiResponseErrorOptions,
  AmiTimeoutError,
  type AmiTimeoutErrorOptions,
  AmiVersionError,
  type ConnectionFailure,
  type Outcome,
} from "./src/errors.ts";
export type { EventStream, Overflow } from "./src/events/event_stream.ts";
export type {
  ConnectDetail,
  DAMIEventMap,
  DAMIState,
  DisconnectDetail,
  GapDetail,
  LifecycleListener,
  LifecycleTarget,
  LoginDetail,
  ReconnectingDetail,
} from "./src/events/lifecycle.ts";
export type { ListenerTimeRange, ListenerTimes } from "./src/listener_times.ts";
export type { Logger } from "./src/logger.ts";
export type {
  ActionArguments,
  ActionOptions,
  AnyName,
  CallbackOrOptions,
  ConnectOptions,
  DisconnectOptions,
  EventListener,
  EventsOptions,
  ListenOptions,
  OriginateOptions,
  PingOptions,
} from "./src/options/method_options.ts";
export type {
  DAMILimits,
  DAMIOptions,
  KeepAliveOptions,
  ReconnectOptions,
  TlsOptions,
} from "./src/options/options.ts";
export {
  type OriginateOutcome,
  OriginateReason,
} from "./src/actions/originate_outcome.ts";
export type { OriginateResult } from "./src/originate_result.ts";
export type { Credentials } from "./src/session/login.ts";
export type { DAMIStats, Direction } from "./src/statistics.ts";

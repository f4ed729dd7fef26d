import type {
  ActionParameters,
  ActionResult,
  EventData,
} from "../catalog/lookup.ts";
import type { Overflow } from "../events/event_stream.ts";

/** A name that is not in the catalog, without hiding those that are from an editor. */
export type AnyName = string & Record<never, never>;

/** Takes an event of the PBX. A promise that it returns is not awaited; an error that it throws is reported as DAMI's `error`. */
export type EventListener<Name extends string = string> = (
  event: EventData<Name>,
) => unknown;

/** Takes the answer to an action, or says how long to wait for it. */
export type CallbackOrOptions<Name extends string = string> =
  | ((result: ActionResult<Name>) => unknown)
  | ActionOptions;

/**
 * The arguments of {@linkcode DAMI.to} after the name of an action: its
 * headers, which can be left out where it needs none, and a callback or
 * options.
 */
export type ActionArguments<Name extends string = string> = Name extends unknown
  ? Record<never, never> extends ActionParameters<Name> ? [
      data?: ActionParameters<Name>,
      callbackOrOptions?: CallbackOrOptions<Name>,
    ]
  : [
    data: ActionParameters<Name>,
    callbackOrOptions?: CallbackOrOptions<Name>,
  ]
  : never;

/** Options of {@linkcode DAMI.on} and {@linkcode DAMI.once}. */
export interface ListenOptions {
  /** Removes the listener when aborted. */
  signal?: AbortSignal;
}

/** Options of {@linkcode DAMI.connectAndLogin}. */
export interface ConnectOptions {
  /** Gives the attempt up when aborted. */
  signal?: AbortSignal;
  /**
   * The time that connecting and logging in may take in total (milliseconds),
   * including all attempts.
   *
   * @default {Infinity}
   */
  timeout?: number;
}

/** Options of {@linkcode DAMI.disconnect}. */
export interface DisconnectOptions {
  /** Ends the wait for the goodbye when aborted. */
  signal?: AbortSignal;
  /**
   * The time to wait for the goodbye (milliseconds).
   *
   * @default {2_000}
   */
  timeout?: number;
}

/** Options of {@linkcode DAMI.events}. */
export interface EventsOptions {
  /** Ends the events with its reason when aborted. */
  signal?: AbortSignal;
  /**
   * The most events that are queued for their reader.
   *
   * @default {10_000}
   */
  maxQueue?: number;
  /**
   * The policy for an event for which the queue has no room: the events end
   * with an `AmiLimitError`, or the oldest is dropped and counted.
   *
   * @default {"error"}
   */
  overflow?: Overflow;
}

/** Options of {@linkcode DAMI.to}. */
export interface ActionOptions {
  /**
   * Gives the action up when aborted. Where the action was written already,
   * the PBX runs it all the same.
   */
  signal?: AbortSignal;
  /**
   * The time to wait for the answer, and for each further frame of a list
   * (milliseconds).
   *
   * @default {60_000}, or what the option of DAMI says
   */
  timeout?: number;
}

/** Options of {@linkcode DAMI.originate}. */
export interface OriginateOptions extends ActionOptions {
  /**
   * Hangs the channel up if the call is given up: if the signal is aborted, or
   * the time is over. Otherwise the call goes on without its caller.
   *
   * @default {false}
   */
  hangUp?: boolean;
}

/** Options of {@linkcode DAMI.ping}. */
export interface PingOptions extends ActionOptions {
  /**
   * The time to wait for the answer (milliseconds).
   *
   * @default {10_000}
   */
  timeout?: number;
}

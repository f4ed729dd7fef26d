import type { DAMIData } from "./data.ts";
import type { Overflow } from "./event_stream.ts";

/** Takes an event of the PBX. What it returns is not waited for; what it throws is reported as DAMI's `error`. */
export type EventListener = (event: DAMIData) => unknown;

/**
 * The whole answer to an action: the response, and, of a list, its items and
 * its completion.
 */
export type ActionResult = [response: DAMIData, ...events: DAMIData[]];

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
   * How long connecting and logging in may take in all (milliseconds), with
   * all attempts where there are several.
   *
   * @default {Infinity}
   */
  timeout?: number;
}

/** Options of {@linkcode DAMI.disconnect}. */
export interface DisconnectOptions {
  /** Waits no longer for the goodbye when aborted. */
  signal?: AbortSignal;
  /**
   * How long to wait for the goodbye (milliseconds).
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
   * How many events are queued for who reads them.
   *
   * @default {10_000}
   */
  maxQueue?: number;
  /**
   * What is done with an event for which the queue has no room: the events end
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
   * How long to wait for the answer, and for each further frame of a list
   * (milliseconds).
   *
   * @default {60_000}, or what the option of DAMI says
   */
  timeout?: number;
}

/** Options of {@linkcode DAMI.ping}. */
export interface PingOptions extends ActionOptions {
  /**
   * How long to wait for the answer (milliseconds).
   *
   * @default {10_000}
   */
  timeout?: number;
}

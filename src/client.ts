import type {
  ActionName,
  ActionParameters,
  ActionResult,
  EventData,
  EventName,
} from "./catalog/lookup.ts";
import type { EventStream } from "./events/event_stream.ts";
import type {
  DAMIEventMap,
  DAMIState,
  LifecycleListener,
} from "./events/lifecycle.ts";
import type {
  ActionArguments,
  AnyName,
  EventListener,
  EventsOptions,
  ListenOptions,
  OriginateOptions,
  PingOptions,
} from "./options/method_options.ts";
import type { OriginateResult } from "./originate_result.ts";
import type { DAMIStats } from "./statistics.ts";
import type { Encoding } from "./wire/encoding.ts";

/**
 * The part of {@linkcode DAMI} that programs work with once it is connected.
 * Everything that is built on DAMI takes this interface instead of the class,
 * so that a wrapper or a test double can stand in for it.
 *
 * @example A function that works with any client
 * ```ts
 * import type { AmiClient } from "@dami/dami";
 *
 * async function countCalls(client: AmiClient): Promise<number> {
 *   const [, ...channels] = await client.to("CoreShowChannels");
 *   return new Set(channels.map(({ Linkedid }) => Linkedid)).size;
 * }
 * console.log(countCalls);
 * ```
 */
export interface AmiClient {
  /** The state of the connection. */
  readonly state: DAMIState;

  /**
   * The version of the manager interface that the PBX last greeted with, such
   * as `"11.0.0"`; `undefined` before the first connection.
   */
  readonly amiVersion: string | undefined;

  /**
   * The encoding of the text on the wire, as of the option `encoding`.
   *
   * @default {"utf-8"}
   */
  readonly encoding?: Encoding;

  /**
   * Lets events flow to the listeners.
   *
   * @returns A promise that resolves before the first held events are delivered.
   * @throws {AmiClosedError} If the client was closed.
   */
  listen(): Promise<void>;

  /**
   * Adds a listener for an event of the PBX.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the events, in the order in which they come.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If the client was closed.
   */
  on<Name extends EventName | AnyName>(
    name: Name,
    listener: EventListener<Name>,
    options?: ListenOptions,
  ): () => void;

  /**
   * Adds a listener that is removed before it is called.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the event.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If the client was closed.
   */
  once<Name extends EventName | AnyName>(
    name: Name,
    listener: EventListener<Name>,
    options?: ListenOptions,
  ): () => void;

  /**
   * Removes listeners.
   *
   * @param name The event's name in any letter case, or `"*"`.
   * @param listener The listener that was added; without it, all of that name.
   */
  off<Name extends EventName | AnyName>(
    name: Name,
    listener?: EventListener<Name>,
  ): void;

  /**
   * Sends an action and waits for its whole answer.
   *
   * @param action The action's name.
   * @param args Its headers, and a callback or options.
   * @returns `[response]`, or `[response, ...items, completion]` of a list.
   * @throws {AmiError} If the action fails; {@linkcode DAMI.to} lists the errors.
   */
  to<Name extends ActionName | AnyName>(
    action: Name,
    ...args: ActionArguments<Name>
  ): Promise<ActionResult<Name>>;

  /**
   * Calls a channel, and waits for the outcome of the call.
   *
   * @param data The headers of the action `Originate`.
   * @param options The time to wait, and whether to hang up.
   * @returns The outcome of the call, even if it failed.
   * @throws {AmiError} If the action fails; {@linkcode DAMI.originate} lists the errors.
   */
  originate(
    data: ActionParameters<"Originate">,
    options?: OriginateOptions,
  ): Promise<OriginateResult>;

  /**
   * Opens an iterator of events, to be read with `for await`.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param options The bound of the queue, and the signal that ends it.
   * @returns The events.
   * @throws {AmiClosedError} If the client was closed.
   */
  events<Name extends EventName | AnyName = "*">(
    name?: Name,
    options?: EventsOptions,
  ): EventStream<EventData<Name>>;

  /**
   * Asks the PBX for a sign of life. Never throws.
   *
   * @param options The time to wait.
   * @returns `true` if it answers in time, `false` if not or if there is no connection.
   */
  ping(options?: PingOptions): Promise<boolean>;

  /**
   * Counts what has happened so far, over all connections.
   *
   * @returns The counters, as they are now.
   */
  stats(): DAMIStats;

  /**
   * Adds a listener for one of the client's own events.
   *
   * @param type The event's name.
   * @param listener Takes the event.
   * @param options The options of `EventTarget`.
   */
  addEventListener<K extends keyof DAMIEventMap>(
    type: K,
    listener: LifecycleListener<DAMIEventMap[K]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void;

  /**
   * Removes a listener for one of the client's own events.
   *
   * @param type The event's name.
   * @param listener The listener that was added.
   * @param options The options of `EventTarget`.
   */
  removeEventListener<K extends keyof DAMIEventMap>(
    type: K,
    listener: LifecycleListener<DAMIEventMap[K]> | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

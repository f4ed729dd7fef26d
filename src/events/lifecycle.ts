import type { AmiConnectionError, AmiError } from "../errors.ts";
import { guardedCall } from "../guarded_call.ts";

/**
 * The state of a {@linkcode DAMI}.
 *
 * - `"idle"`: not connected yet.
 * - `"connecting"`: connecting or logging in.
 * - `"ready"`: logged in.
 * - `"reconnecting"`: the connection was lost, and DAMI reconnects.
 * - `"closed"`: no longer connected, or the attempt to connect failed.
 */
export type DAMIState =
  | "idle"
  | "connecting"
  | "ready"
  | "reconnecting"
  | "closed";

/** Details of the event `connect`. */
export interface ConnectDetail {
  /** The host of the PBX. */
  hostname: string;
  /** The port of its manager interface. */
  port: number;
  /** The version of the manager interface that it greeted with, such as `"11.0.0"`. */
  version: string;
}

/** Details of the event `login`. */
export interface LoginDetail {
  /** The user that is logged in. */
  username: string;
}

/**
 * Details of the event `disconnect`.
 *
 * - `"close"`: the program called {@linkcode DAMI.close}.
 * - `"logoff"`: the program called {@linkcode DAMI.disconnect}.
 * - `"lost"`: the PBX or the network ended it; the error's `failure` says how.
 */
export interface DisconnectDetail {
  /** The side that ended the connection. */
  reason: "close" | "logoff" | "lost";
  /** The loss, if it was lost. */
  error?: AmiConnectionError;
}

/** Details of the event `reconnecting`, at the beginning of each attempt. */
export interface ReconnectingDetail {
  /** The number of the attempt, from 1 on. */
  attempt: number;
  /** The wait before it (milliseconds). */
  delay: number;
  /** The loss of the connection, or the failure of the attempt before. */
  error?: AmiError;
}

/**
 * Details of the event `gap`: the interval in which events of the PBX were
 * missed. A program that keeps state has to ask for it again
 * (`CoreShowChannels`, `QueueStatus`), as Asterisk does not repeat events.
 */
export interface GapDetail {
  /** The time at which the last frame was received before. */
  from: Date;
  /** The time from which events flow again. */
  to: Date;
  /** The loss of the connection. */
  error: AmiConnectionError;
}

/**
 * Details of the event `action`. Nothing of the action but its name is in them:
 * headers may hold secrets.
 */
export interface ActionDetail {
  /** The action's name, as Asterisk documents it, or as the program gave it. */
  action: string;
  /** `true` if Asterisk documents an action of that name; others belong to third-party modules, or are misspelt. */
  isDocumented: boolean;
  /** The host that it is sent to; `undefined` while there is no connection. */
  hostname: string | undefined;
  /** The port of its manager interface. */
  port: number;
  /**
   * Resolves when the action has ended: with `undefined` if it was answered
   * with success, otherwise with the error that its caller gets. Never rejects.
   */
  ended: Promise<Error | undefined>;
}

/** The events of {@linkcode DAMI} itself. Those of the PBX come through {@linkcode DAMI.on}. */
export interface DAMIEventMap {
  /** The PBX has accepted the connection and greeted. */
  connect: CustomEvent<ConnectDetail>;
  /** The PBX has accepted the login. */
  login: CustomEvent<LoginDetail>;
  /** A connection that was logged in has ended. */
  disconnect: CustomEvent<DisconnectDetail>;
  /** DAMI tries to reconnect. */
  reconnecting: CustomEvent<ReconnectingDetail>;
  /** DAMI has reconnected, and events were missed meanwhile. */
  gap: CustomEvent<GapDetail>;
  /** The program sends an action, or has it wait for a connection. Emitted inside the call of {@linkcode DAMI.to}, {@linkcode DAMI.originate} or {@linkcode DAMI.ping}. */
  action: CustomEvent<ActionDetail>;
  /** DAMI has closed for good, unless the program connects again. */
  close: Event;
  /** Something went wrong and the session goes on: a listener threw, or a frame was malformed. */
  error: ErrorEvent;
}

/**
 * A listener for an event of {@linkcode DAMI} itself: a function, or an object
 * with the method `handleEvent`, as of `EventTarget`.
 *
 * @typeParam Kind The event.
 */
export type LifecycleListener<Kind> =
  | ((event: Kind) => unknown)
  | { handleEvent(event: Kind): unknown };

/**
 * An `EventTarget` that knows the events of {@linkcode DAMI}. None of them
 * needs a listener, `error` neither. A name that is not one of them does not
 * compile, as its listener would never be called. What a listener throws does
 * not end the program, as it does elsewhere, but is reported by `error`.
 *
 * @typeParam Events The events by their names.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * dami.addEventListener("disconnect", ({ detail }) => {
 *   console.log(detail.reason, detail.error?.message);
 * });
 * ```
 */
export class LifecycleTarget<
  Events extends { [Name in keyof Events]: Event } = DAMIEventMap,
> extends EventTarget {
  readonly #onFailure: (error: unknown, event: Event) => void;
  /** The names of the events that were ever listened to. */
  readonly #heard = new Set<string>();
  /** The shield that `EventTarget` has in place of each listener. */
  readonly #shields = new WeakMap<
    EventListenerOrEventListenerObject,
    (event: Event) => void
  >();

  /**
   * Makes the target.
   *
   * @param onFailure Takes what a listener threw or rejected with.
   */
  protected constructor(onFailure: (error: unknown, event: Event) => void) {
    super();
    this.#onFailure = onFailure;
  }

  /**
   * Adds a listener for one of DAMI's own events.
   *
   * @param type The event's name.
   * @param listener Takes the event.
   * @param options As of `EventTarget`.
   */
  override addEventListener<K extends keyof Events & string>(
    type: K,
    listener: LifecycleListener<Events[K]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    this.#heard.add(type);
    super.addEventListener(type, this.#shielded(listener), options);
  }

  /**
   * Reports whether anybody may listen to an event: if not, it need not be made.
   *
   * @param type The event's name.
   * @returns `true` if it was ever listened to.
   */
  protected isHeard(type: string): boolean {
    return this.#heard.has(type);
  }

  /**
   * Removes a listener for one of DAMI's own events.
   *
   * @param type The event's name.
   * @param listener The listener that was added.
   * @param options As of `EventTarget`.
   */
  override removeEventListener<K extends keyof Events & string>(
    type: K,
    listener: LifecycleListener<Events[K]> | null,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void {
    super.removeEventListener(type, this.#shielded(listener), options);
  }

  /** Returns the shield of a listener: always the same, so that it can be found again. */
  #shielded(
    listener: EventListenerOrEventListenerObject | null,
  ): ((event: Event) => void) | null {
    if (listener === null) return null;
    const known = this.#shields.get(listener);
    if (known !== undefined) return known;
    const call = typeof listener === "function"
      ? (event: Event): unknown => listener.call(this, event)
      : (event: Event): unknown => listener.handleEvent(event);
    const shield = (event: Event) =>
      guardedCall(call, event, this.#onFailure, event);
    this.#shields.set(listener, shield);
    // Where a signal removes the listener, it is the shield that comes back here.
    this.#shields.set(shield, shield);
    return shield;
  }
}

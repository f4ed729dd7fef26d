import type { EventData } from "../catalog/lookup.ts";
import type {
  ConnectDetail,
  DisconnectDetail,
  GapDetail,
  LoginDetail,
  ReconnectingDetail,
} from "../events/lifecycle.ts";
import { errorText } from "../error_text.ts";

/**
 * An event of one of the PBXs, as the iterator of {@linkcode Fleet.events}
 * yields it.
 *
 * @typeParam Name The name of the event.
 */
export interface FleetEvent<Name extends string = string> {
  /** The name of the PBX. */
  readonly pbx: string;
  /** The event, exactly as the PBX sent it. */
  readonly event: EventData<Name>;
}

/**
 * Takes an event, and the name of the PBX that sent it. A promise that it
 * returns is not awaited; what it throws is reported by the event `error` of
 * the fleet.
 *
 * @typeParam Name The name of the event.
 */
export type FleetListener<Name extends string = string> = (
  event: EventData<Name>,
  pbx: string,
) => unknown;

/** The detail of an event of the fleet. */
export interface FleetDetail {
  /** The name of the PBX. */
  readonly pbx: string;
}

/** The detail of the event `close`. */
export interface FleetCloseDetail extends FleetDetail {
  /** The reason; missing if the program closed the connection. */
  readonly error?: Error;
}

/**
 * Something went wrong with one PBX, and the fleet goes on: a listener threw, a
 * frame was malformed, or reconnecting was given up.
 *
 * @example
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 *
 * const fleet = new Fleet({}, { username: "dami", secret: "mysecret" });
 * fleet.addEventListener("error", ({ pbx, message }) => {
 *   console.error(pbx, message);
 * });
 * ```
 */
export class FleetErrorEvent extends ErrorEvent {
  /** The name of the PBX. */
  readonly pbx: string;

  /**
   * Makes the event.
   *
   * @param pbx The name of the PBX.
   * @param error The error.
   */
  constructor(pbx: string, error: unknown) {
    super("error", { error, message: errorText(error) });
    this.pbx = pbx;
  }
}

/** The events of {@linkcode Fleet} itself. Those of the PBXs come through {@linkcode Fleet.on}. */
export interface FleetEventMap {
  /** A PBX was added. */
  add: CustomEvent<FleetDetail>;
  /** A PBX was removed. Of its connection, only errors are reported from here on. */
  remove: CustomEvent<FleetDetail>;
  /** A PBX has accepted the connection and greeted. */
  connect: CustomEvent<ConnectDetail & FleetDetail>;
  /** A PBX has accepted the login. */
  login: CustomEvent<LoginDetail & FleetDetail>;
  /** A connection that was logged in has ended. */
  disconnect: CustomEvent<DisconnectDetail & FleetDetail>;
  /** An attempt to reconnect begins. */
  reconnecting: CustomEvent<ReconnectingDetail & FleetDetail>;
  /** A PBX was reconnected, and events of it were missed meanwhile. */
  gap: CustomEvent<GapDetail & FleetDetail>;
  /** There will be no further connection to a PBX: it refused the login, reconnecting was given up, or the program closed it. */
  close: CustomEvent<FleetCloseDetail>;
  /** Something went wrong, and the fleet goes on. */
  error: FleetErrorEvent;
}

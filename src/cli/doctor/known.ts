import type { DAMI } from "../../../mod.ts";
import type { EventWatch } from "./event_watch.ts";
import type { ManagerUser } from "./manager_user.ts";
import type { Patient } from "./patient.ts";
import type { Pong } from "./pings.ts";

/** An address and a port. */
export interface Place {
  /** The address, or a name. */
  readonly hostname: string;
  /** The port. */
  readonly port: number;
}

/** A connection that is logged in. */
export interface LoggedIn {
  /** The client. */
  readonly dami: DAMI;
  /** The received events. */
  readonly watch: EventWatch;
}

/** The facts that were found so far; a missing one could not be found. */
export interface Known {
  /** The addresses of the host. */
  addresses?: readonly string[];
  /** The place where something listens. */
  place?: Place;
  /** The address of this machine on the way there. */
  ownAddress?: string;
  /** `true` if an encrypted connection can be made, where one is wanted. */
  isTrusted?: boolean;
  /** The version of the manager interface, such as `11.0.0`. */
  amiVersion?: string;
  /** The connection that is logged in. */
  loggedIn?: LoggedIn;
  /** The actions that the user may send, and the classes of which one is enough. */
  actions?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The facts about the user's section in `manager.conf`. */
  user?: ManagerUser;
  /** The answers to some pings. */
  pongs?: readonly Pong[];
}

/**
 * Returns the obstacle to a check that needs an open port.
 *
 * @param known The facts so far.
 * @returns The obstacle, or `undefined`.
 */
export function noPlace({ addresses, place }: Known): string | undefined {
  if (addresses === undefined) return "the host has no address";
  return place === undefined ? "no port is open" : undefined;
}

/**
 * Returns the obstacle to a check that needs to hear the peer.
 *
 * @param known The facts so far.
 * @param patient The patient.
 * @returns The obstacle, or `undefined`.
 */
export function notEncrypted(
  known: Known,
  { trust }: Patient,
): string | undefined {
  const isMissing = trust !== undefined && known.isTrusted !== true;
  return noPlace(known) ??
    (isMissing ? "there is no encrypted connection" : undefined);
}

/**
 * Returns the obstacle to a check that needs a manager interface.
 *
 * @param known The facts so far.
 * @param patient The patient.
 * @returns The obstacle, or `undefined`.
 */
export function noInterface(
  known: Known,
  patient: Patient,
): string | undefined {
  const isMissing = known.amiVersion === undefined;
  return notEncrypted(known, patient) ??
    (isMissing ? "there is no manager interface" : undefined);
}

/**
 * Returns the obstacle to a check that needs a connection that is logged in.
 *
 * @param known The facts so far.
 * @param patient The patient.
 * @returns The obstacle, or `undefined`.
 */
export function notLoggedIn(
  known: Known,
  patient: Patient,
): string | undefined {
  const obstacle = noInterface(known, patient);
  if (obstacle !== undefined) return obstacle;
  if (known.loggedIn === undefined) return "not logged in";
  return known.loggedIn.dami.state === "ready"
    ? undefined
    : "the connection was lost";
}

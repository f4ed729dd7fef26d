import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { kept, shared, text } from "./fields.ts";

/** A SIP or IAX2 endpoint. A record is never changed, it is replaced. */
export interface Endpoint {
  /** Its name as a device, such as `PJSIP/6001`. */
  readonly name: string;
  /** What kind it is. */
  readonly technology: "PJSIP" | "SIP" | "IAX2";
  /** Where it can be reached, each as the PBX writes it; none if it is not registered. */
  readonly contacts: readonly string[];
  /** What was told last of whether it can be reached, such as `Reachable`, `Unreachable`, `Registered` or `Unmonitored`; empty if nothing was. */
  readonly status: string;
}

/** The changes of an endpoint. */
export interface EndpointChanges {
  /** An endpoint has other contacts or another status, or is new. */
  "endpoint-changed": {
    /** The endpoint. */
    readonly endpoint: Endpoint;
    /** The endpoint before; `undefined` if it is new. */
    readonly before: Endpoint | undefined;
  };
  /** An endpoint is gone. */
  "endpoint-removed": { readonly endpoint: Endpoint };
}

/** The events that tell of an endpoint. */
export const ENDPOINT_EVENTS = ["ContactStatus", "PeerStatus"] as const;

/** What `PeerEntry` writes where there is no address. */
const NO_ADDRESS = "-none-";

/**
 * The name of the endpoint that an event tells of.
 *
 * @param event One of {@linkcode ENDPOINT_EVENTS}.
 * @returns The name as a device.
 */
export function endpointName(event: DAMIData): string {
  return event.Event === "ContactStatus"
    ? `PJSIP/${text(event.EndpointName)}`
    : text(event.Peer);
}

/**
 * An endpoint after an event of it.
 *
 * @param endpoint The endpoint before, if it was known: one that no snapshot has told of is not made.
 * @param event One of {@linkcode ENDPOINT_EVENTS}.
 * @returns The endpoint after it; the same record if nothing is new.
 */
export function reduceEndpoint(
  endpoint: Endpoint | undefined,
  event: DAMIData,
): Endpoint | undefined {
  if (endpoint === undefined) return undefined;
  if (event.Event === "PeerStatus") {
    return withStatus(endpoint, text(event.PeerStatus));
  }
  const uri = text(event.URI);
  const status = text(event.ContactStatus);
  if (status === "Removed") {
    const contacts = endpoint.contacts.filter((other) => other !== uri);
    if (contacts.length === endpoint.contacts.length) return endpoint;
    return { ...endpoint, contacts };
  }
  const known = endpoint.contacts.includes(uri)
    ? endpoint
    : { ...endpoint, contacts: [...endpoint.contacts, kept(uri)] };
  return withStatus(known, status);
}

function withStatus(endpoint: Endpoint, status: string): Endpoint {
  if (endpoint.status === status) return endpoint;
  return { ...endpoint, status: shared(status) };
}

/**
 * An endpoint as a snapshot tells of it.
 *
 * @param item An item of `PJSIPShowEndpoints`, `SIPpeers` or `IAXpeerlist`.
 * @param previous What was known of it.
 * @returns The endpoint; the same record if nothing is new.
 */
export function endpointOf(
  item: DAMIData,
  previous: Endpoint | undefined,
): Endpoint {
  const next = item.Event === "EndpointList"
    ? pjsipEndpoint(item, previous?.status ?? "")
    : peer(item);
  const isSame = previous !== undefined && previous.status === next.status &&
    previous.contacts.join() === next.contacts.join();
  return isSame ? previous : next;
}

function pjsipEndpoint(item: DAMIData, status: string): Endpoint {
  // Each is `aor/uri,`, once for each AOR (res/res_pjsip/pjsip_configuration.c).
  const listed = Array.isArray(item.Contacts)
    ? item.Contacts.join(",")
    : text(item.Contacts);
  const contacts = listed.split(",").filter((contact) => contact !== "")
    .map((contact) => kept(contact.slice(contact.indexOf("/") + 1)));
  const name = kept(`PJSIP/${text(item.ObjectName)}`);
  return { name, technology: "PJSIP", contacts, status };
}

function peer(item: DAMIData): Endpoint {
  const technology = text(item.Channeltype) === "SIP" ? "SIP" : "IAX2";
  const address = text(item.IPaddress);
  const isThere = address !== "" && !address.startsWith(NO_ADDRESS) &&
    address !== "(null)";
  return {
    name: kept(`${technology}/${text(item.ObjectName)}`),
    technology,
    contacts: isThere
      ? [kept(`${address}:${text(item.IPport ?? item.Port)}`)]
      : [],
    status: shared(text(item.Status)),
  };
}

/**
 * What an endpoint goes by, as a snapshot tells of it.
 *
 * @param item An item of `PJSIPShowEndpoints`, `SIPpeers` or `IAXpeerlist`.
 * @returns The name as a device.
 */
export function listedName(item: DAMIData): string {
  if (item.Event === "EndpointList") return `PJSIP/${text(item.ObjectName)}`;
  const technology = text(item.Channeltype) === "SIP" ? "SIP" : "IAX2";
  return `${technology}/${text(item.ObjectName)}`;
}

/**
 * What the difference between two records of an endpoint means.
 *
 * @param before The endpoint before; `undefined` if there was none.
 * @param after The endpoint after; `undefined` if there is none any more.
 * @param at When it came to be so.
 * @returns The change.
 */
export function endpointChange(
  before: Endpoint | undefined,
  after: Endpoint | undefined,
  at: number,
): ChangeOf<EndpointChanges> | undefined {
  if (after !== undefined) {
    return { type: "endpoint-changed", at, endpoint: after, before };
  }
  return before && { type: "endpoint-removed", at, endpoint: before };
}

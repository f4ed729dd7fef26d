import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { text } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";
import { copied } from "../../detached.ts";
import type { Texts } from "./texts.ts";

/** A SIP or IAX2 endpoint. A record is never changed, it is replaced. */
export interface Endpoint {
  /** Its name as a device, such as `PJSIP/6001`. */
  readonly name: string;
  /** Its channel driver. */
  readonly technology: "PJSIP" | "SIP" | "IAX2";
  /** The addresses at which it can be reached, each as the PBX writes it; empty if it is not registered. */
  readonly contacts: readonly string[];
  /** The last report on each of them, such as `Reachable`, `Unreachable` or `NonQualified`; without those that have none. */
  readonly contactStatuses: Readonly<Record<string, string>>;
  /**
   * The best status of its contacts: `Reachable` if one of them is. For SIP and
   * IAX2 peers, the last report on the peer, such as `Registered`,
   * `Unregistered`, `Lagged` or `OK (5 ms)`. Empty if there was none, or no
   * contact is left.
   */
  readonly status: string;
}

/** The statuses of contacts, the best first. */
const STATUSES = [
  "Reachable",
  "NonQualified",
  "Created",
  "Updated",
  "Unknown",
  "Unreachable",
] as const satisfies readonly string[];

/** The reports about a peer that do not change it: an attempt that the PBX refused. */
const REJECTED = "Rejected";

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

/** The events of an endpoint. */
export const ENDPOINT_EVENTS = ["ContactStatus", "PeerStatus"] as const;

/** The text that `PeerEntry` has in place of an address. */
const NO_ADDRESS = "-none-";

/**
 * Returns the name of the endpoint of an event.
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
 * Applies an event to an endpoint.
 *
 * @param endpoint The endpoint before, if it was known: events make none, snapshots do.
 * @param event One of {@linkcode ENDPOINT_EVENTS}.
 * @param context The texts in common.
 * @returns The endpoint after it; the same record if nothing is new.
 */
export function reduceEndpoint(
  endpoint: Endpoint | undefined,
  event: DAMIData,
  { texts }: FrameContext,
): Endpoint | undefined {
  if (endpoint === undefined) return undefined;
  return event.Event === "PeerStatus"
    ? withPeerStatus(endpoint, event, texts)
    : withContactStatus(endpoint, event, texts);
}

function withPeerStatus(
  endpoint: Endpoint,
  event: DAMIData,
  texts: Texts,
): Endpoint {
  const status = text(event.PeerStatus);
  // PJSIP reports each contact by an event of its own.
  if (endpoint.technology === "PJSIP" || status === REJECTED) return endpoint;
  const address = text(event.Address);
  const [known] = endpoint.contacts;
  const contact = status === "Unregistered" ? undefined : address || known;
  if (endpoint.status === status && known === contact) return endpoint;
  return {
    ...endpoint,
    contacts: known === contact
      ? endpoint.contacts
      : contact === undefined
      ? []
      : [copied(contact)],
    status: texts.common(status),
  };
}

function withContactStatus(
  endpoint: Endpoint,
  event: DAMIData,
  texts: Texts,
): Endpoint {
  const uri = text(event.URI);
  const status = text(event.ContactStatus);
  const isKnown = endpoint.contacts.includes(uri);
  const { [uri]: before, ...others } = endpoint.contactStatuses;
  if (status === "Removed") {
    if (!isKnown && before === undefined) return endpoint;
    const contacts = endpoint.contacts.filter((other) => other !== uri);
    return withContacts(endpoint, contacts, others);
  }
  if (isKnown && before === status) return endpoint;
  const contacts = isKnown
    ? endpoint.contacts
    : [...endpoint.contacts, copied(uri)];
  return withContacts(endpoint, contacts, {
    ...others,
    [copied(uri)]: texts.common(status),
  });
}

function withContacts(
  endpoint: Endpoint,
  contacts: readonly string[],
  contactStatuses: Readonly<Record<string, string>>,
): Endpoint {
  const status = bestOf(Object.values(contactStatuses));
  return { ...endpoint, contacts, contactStatuses, status };
}

function bestOf(statuses: readonly string[]): string {
  return STATUSES.find((status) => statuses.includes(status)) ??
    statuses[0] ?? "";
}

/**
 * Makes an endpoint of an item of a snapshot.
 *
 * @param item An item of `PJSIPShowEndpoints`, `SIPpeers` or `IAXpeerlist`.
 * @param previous The record before.
 * @param context The texts in common.
 * @returns The endpoint; the same record if nothing is new.
 */
export function endpointOf(
  item: DAMIData,
  previous: Endpoint | undefined,
  { texts }: FrameContext,
): Endpoint {
  const next = item.Event === "EndpointList"
    ? pjsipEndpoint(item, previous?.contactStatuses ?? {})
    : peer(item, texts);
  const isSame = previous !== undefined && previous.status === next.status &&
    previous.contacts.join() === next.contacts.join();
  return isSame ? previous : next;
}

function pjsipEndpoint(
  item: DAMIData,
  known: Readonly<Record<string, string>>,
): Endpoint {
  // Each is `aor/uri,`, once for each AOR (res/res_pjsip/pjsip_configuration.c).
  const listed = Array.isArray(item.Contacts)
    ? item.Contacts.join(",")
    : text(item.Contacts);
  const contacts = listed.split(",").filter((contact) => contact !== "")
    .map((contact) => copied(contact.slice(contact.indexOf("/") + 1)));
  const name = copied(`PJSIP/${text(item.ObjectName)}`);
  // The list holds no status. What was reported on contacts that are gone goes.
  const contactStatuses = Object.fromEntries(
    Object.entries(known).filter(([uri]) => contacts.includes(uri)),
  );
  const status = bestOf(Object.values(contactStatuses));
  return { name, technology: "PJSIP", contacts, contactStatuses, status };
}

function peer(item: DAMIData, texts: Texts): Endpoint {
  const technology = text(item.Channeltype) === "SIP" ? "SIP" : "IAX2";
  const address = text(item.IPaddress);
  const isThere = address !== "" && !address.startsWith(NO_ADDRESS) &&
    address !== "(null)";
  return {
    name: copied(`${technology}/${text(item.ObjectName)}`),
    technology,
    contacts: isThere
      ? [copied(`${address}:${text(item.IPport ?? item.Port)}`)]
      : [],
    contactStatuses: {},
    status: texts.common(text(item.Status)),
  };
}

/**
 * Returns the key of an endpoint of a snapshot.
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
 * Returns the change between two records of an endpoint.
 *
 * @param before The endpoint before; `undefined` if it is new.
 * @param after The endpoint after; `undefined` if it is gone.
 * @param at When it changed.
 * @returns The change; `undefined` if there is none.
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

import type { DAMIData } from "../../../mod.ts";
import type { Channel, DeviceState, Endpoint } from "../../live/live_pbx.ts";
import type { Command } from "../command.ts";
import { stateInWords } from "../terminal/device_states.ts";
import { listItems, text } from "./list_items.ts";
import { stateCommand } from "./state_command.ts";
import { type Cell, table } from "../terminal/table.ts";
import type { Style, Terminal } from "../terminal/terminal.ts";

/** A phone or a trunk, whatever it is connected by. */
export interface Peer {
  /** Its name with its technology, such as `PJSIP/6001`. */
  readonly name: string;
  /** Its state as Asterisk has it. */
  readonly state: string;
  /** Where it can be reached; nowhere if it is not registered. */
  readonly addresses: readonly string[];
  /** Its channels, where Asterisk tells them. */
  readonly channels: readonly string[];
}

/** A list of Asterisk that ends each part with a comma. */
function parts(list: string): string[] {
  return list.split(",").map((part) => part.trim()).filter((part) =>
    part !== ""
  );
}

/**
 * Reads an item of `PJSIPShowEndpoints`.
 *
 * @param item The item.
 * @returns The endpoint.
 */
export function readEndpoint(item: DAMIData): Peer {
  return {
    name: `PJSIP/${text(item, "ObjectName")}`,
    state: text(item, "DeviceState"),
    // Each one stands behind the name of its AOR and a slash.
    addresses: parts(text(item, "Contacts")).map((contact) =>
      contact.replace(/^[^/]*\//, "")
    ),
    // Without any, Asterisk says `0`.
    channels: parts(text(item, "ActiveChannels")).filter((part) =>
      part !== "0"
    ),
  };
}

/**
 * Reads an item of `SIPpeers` or `IAXpeers`.
 *
 * @param item The item.
 * @returns The peer.
 */
export function readPeer(item: DAMIData): Peer {
  const address = text(item, "IPaddress");
  // chan_sip says `-none-`, chan_iax2 `(null)`.
  const isThere = /[\da-f]/i.test(address) && !/^[-(]/.test(address);
  const port = text(item, "IPport") || text(item, "Port");
  return {
    name: `${text(item, "Channeltype")}/${text(item, "ObjectName")}`,
    state: text(item, "Status"),
    addresses: isThere ? [`${address}:${port}`] : [],
    channels: [],
  };
}

/** What {@linkcode livePeers} looks at. */
export interface PeerSources {
  /** The endpoints by name. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  /** The devices by name. */
  readonly devices: ReadonlyMap<string, { readonly state: DeviceState }>;
  /** The channels. */
  readonly channels: ReadonlyMap<string, Pick<Channel, "name">>;
}

/** The words of `PJSIPShowEndpoints`, two of which are its own (`ast_devstate2str()`, main/devicestate.c). */
function endpointState(state: DeviceState): string {
  if (state === "RINGINUSE") return "Ring+Inuse";
  return state === "ONHOLD" ? "On Hold" : stateInWords(state);
}

/**
 * Takes the peers from the live PBX.
 *
 * @param pbx What is.
 * @returns The same as {@linkcode readEndpoint} and {@linkcode readPeer} give.
 */
export function livePeers(
  { endpoints, devices, channels }: PeerSources,
): Peer[] {
  const names = Map.groupBy(
    Array.from(channels.values(), ({ name }) => name),
    (name) => name.replace(/-[^-]*$/, ""),
  );
  return Array.from(endpoints.values(), (endpoint) => {
    const { name, technology, contacts, status } = endpoint;
    const isPjsip = technology === "PJSIP";
    return {
      name,
      // The live PBX keeps no device of which nothing is known.
      state: isPjsip
        ? endpointState(devices.get(name)?.state ?? "UNKNOWN")
        : status,
      addresses: contacts,
      // Of the others, Asterisk does not tell them.
      channels: isPjsip ? names.get(name) ?? [] : [],
    };
  });
}

/**
 * Whether an event says less of a peer than its list. That is so for chan_sip
 * and chan_iax2, whose list tells the address and the time of the last answer.
 */
function isOfPeer(event: DAMIData): boolean {
  return !text(event, "Peer").startsWith("PJSIP/");
}

const STYLES: readonly (readonly [RegExp, Style])[] = [
  [/^(Unavailable|Invalid|UNREACHABLE)/i, "red"],
  [/^(Not in use|OK)/i, "green"],
  [/^(In use|Busy|Ring|On ?hold|LAGGED)/i, "yellow"],
];

function lines(peers: readonly Peer[], terminal: Terminal): string[] {
  if (peers.length === 0) return [];
  const rows = peers.map(({ name, state, addresses, channels }): Cell[] => {
    const style = STYLES.find(([pattern]) => pattern.test(state))?.[1];
    return [
      name,
      style === undefined ? state : { text: state, style },
      addresses.join(", ") || { text: "not registered", style: "dim" },
      channels.join(" "),
    ];
  });
  return table(["Peer", "State", "Address", "Channels"], rows, terminal);
}

/** `dami peers`: the phones and trunks. */
export const peers: Command = stateCommand<Peer>({
  title: "Peers",
  usage: "[PEER…]",
  description:
    `Shows the phones and trunks: their state, where they are registered, and what
channels they have. Those of PJSIP, SIP and IAX, as far as the PBX has them. * and
? in a name are wildcards. --watch follows the events: read = system,call.`,
  examples: [
    { line: "dami peers", summary: "All of them" },
    { line: "dami peers 'PJSIP/60*' --watch", summary: "Some, as they change" },
    {
      line: "dami peers --json | jq -r 'select(.addresses == []).name'",
      summary: "Which are not registered",
    },
  ],
  names: { kind: "peer", nameOf: ({ name }) => name },
  none: "There are no peers",
  read: async (dami, { signal }) => {
    const options = { signal, optional: true };
    return [
      (await listItems(dami, "PJSIPShowEndpoints", options)).map(readEndpoint),
      (await listItems(dami, "SIPpeers", options)).map(readPeer),
      (await listItems(dami, "IAXpeers", options)).map(readPeer),
    ].flat();
  },
  live: {
    snapshots: ["endpoints", "devices", "channels"],
    classes: ["call"],
    outdatedBy: new Map([["PeerStatus", isOfPeer]]),
    things: livePeers,
    runs: () => false,
  },
  lines,
});

import type { DAMIData } from "../../../mod.ts";
import type { Channel, DeviceState, Endpoint } from "../../live/live_pbx.ts";
import type { Command } from "../command.ts";
import { stateInWords } from "../terminal/device_states.ts";
import { type OfFleet, stateCommand } from "./state_command.ts";
import { pbxTable } from "../terminal/pbx_table.ts";
import type { Cell } from "../terminal/table.ts";
import type { Style, Terminal } from "../terminal/terminal.ts";

/** A phone or a trunk of any technology. */
export interface Peer {
  /** Its name with its technology, such as `PJSIP/6001`. */
  readonly name: string;
  /** Its state in words: of its device, or of its connection for SIP and IAX. */
  readonly state: string;
  /** Its addresses; none if it is not registered. */
  readonly addresses: readonly string[];
  /** Its channels. */
  readonly channels: readonly string[];
}

/** The maps of a live PBX that {@linkcode shownPeers} reads. */
export interface PeerSources {
  /** The endpoints by name. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  /** The devices by name. */
  readonly devices: ReadonlyMap<string, { readonly state: DeviceState }>;
  /** The channels. */
  readonly channels: ReadonlyMap<string, Pick<Channel, "name" | "device">>;
}

/**
 * Takes the peers from the live PBX.
 *
 * @param pbx Its maps.
 * @returns The peers.
 */
export function shownPeers(
  { endpoints, devices, channels }: PeerSources,
): Peer[] {
  const byDevice = Map.groupBy(channels.values(), ({ device }) => device);
  return Array.from(endpoints.values(), (endpoint) => {
    const { name, technology, contacts, status } = endpoint;
    return {
      name,
      // The live PBX does not keep devices of unknown state. The lists of SIP
      // and IAX peers give a state of their own.
      state: technology === "PJSIP"
        ? stateInWords(devices.get(name)?.state ?? "UNKNOWN")
        : status,
      addresses: contacts,
      channels: byDevice.get(name)?.map((channel) => channel.name) ?? [],
    };
  });
}

/**
 * Reports whether an event says less about a peer than its list. That is so for
 * chan_sip and chan_iax2, whose lists have the address and the time of the last
 * answer.
 */
function isOfListedPeer({ Peer: peer = "" }: DAMIData): boolean {
  return !String(peer).startsWith("PJSIP/");
}

const STYLES: readonly (readonly [RegExp, Style])[] = [
  [/^(Unavailable|Invalid|UNREACHABLE)/i, "red"],
  [/^(Not in use|OK)/i, "green"],
  [/^(In use|Busy|Ring|On ?hold|LAGGED)/i, "yellow"],
];

function lines(
  peers: readonly OfFleet<Peer>[],
  terminal: Terminal,
): string[] {
  if (peers.length === 0) return [];
  const rows = peers.map(({ pbx, name, state, addresses, channels }) => {
    const style = STYLES.find(([pattern]) => pattern.test(state))?.[1];
    const cells: Cell[] = [
      name,
      style === undefined ? state : { text: state, style },
      addresses.join(", ") || { text: "not registered", style: "dim" },
      channels.join(" "),
    ];
    return { pbx, cells };
  });
  const columns = [
    "Peer",
    "State",
    { heading: "Address", leftOut: 2 },
    { heading: "Channels", leftOut: 1 },
  ];
  return pbxTable(columns, rows, terminal);
}

/** `dami peers`: shows phones and trunks. */
export const peers: Command = stateCommand<Peer>({
  title: "Peers",
  usage: "[PEER…]",
  description:
    `Shows the phones and trunks of PJSIP, SIP and IAX: their state, address and
channels. * and ? in a name are wildcards. --watch follows the events:
read = system,call.`,
  examples: [
    { line: "dami peers", summary: "All peers" },
    {
      line: "dami peers 'PJSIP/60*' --watch",
      summary: "Some of them, updated live",
    },
    {
      line: "dami peers --json | jq -r 'select(.addresses == []).name'",
      summary: "The peers that are not registered",
    },
  ],
  names: { kind: "peer", nameOf: ({ name }) => name },
  none: "There are no peers",
  snapshots: ["endpoints"],
  details: ["devices", "channels"],
  classes: ["call"],
  outdatedBy: new Map([["PeerStatus", isOfListedPeer]]),
  things: shownPeers,
  runs: () => false,
  lines,
});

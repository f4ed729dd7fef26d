import type { DAMIData } from "../../mod.ts";
import type { Command } from "./command.ts";
import { listItems, text } from "./list_items.ts";
import { pick, stateCommand } from "./state_command.ts";
import { type Cell, table } from "./table.ts";
import type { Style, Terminal } from "./terminal.ts";

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
export const peers: Command = stateCommand<readonly Peer[]>({
  title: "Peers",
  usage: "[PEER…]",
  description:
    `Shows the phones and trunks: their state, where they are registered, and what
channels they have. Those of PJSIP, SIP and IAX, as far as the PBX has them. * and
? in a name are wildcards.`,
  examples: [
    { line: "dami peers", summary: "All of them" },
    { line: "dami peers 'PJSIP/60*' --watch", summary: "Some, in place" },
    {
      line: "dami peers --json | jq -r 'select(.addresses == []).name'",
      summary: "Which are not registered",
    },
  ],
  takesNames: true,
  none: "There are no peers",
  read: async (dami, { args, signal }) => {
    const options = { signal, optional: true };
    const lists = [
      (await listItems(dami, "PJSIPShowEndpoints", options)).map(readEndpoint),
      (await listItems(dami, "SIPpeers", options)).map(readPeer),
      (await listItems(dami, "IAXpeers", options)).map(readPeer),
    ];
    return pick(lists.flat(), args.words, {
      kind: "peer",
      nameOf: ({ name }) => name,
    });
  },
  lines,
  objects: (state) => state,
});

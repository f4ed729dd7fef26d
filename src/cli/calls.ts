import type { DAMIData } from "../../mod.ts";
import type { Command } from "./command.ts";
import { listItems, party, text } from "./list_items.ts";
import { stateCommand } from "./state_command.ts";
import { type Cell, table } from "./table.ts";
import type { Style, Terminal } from "./terminal.ts";

/** A call: the channels that have come from one another. */
export interface Call {
  /** The `Linkedid` that all its channels have. */
  readonly linkedid: string;
  /** Who calls. */
  readonly caller: string;
  /** With whom; the extension that was dialled where it is nobody yet. */
  readonly others: readonly string[];
  /** `Talking` where channels are bridged, else what the channels do. */
  readonly state: string;
  /** How long it has lasted, as Asterisk has it: `00:01:07`. */
  readonly duration: string;
  /** What the channel of the caller runs. */
  readonly application: string;
  /** The channels, that of the caller first. */
  readonly channels: readonly string[];
}

/** The two halves of a Local channel are no people. */
function isLocal(channel: DAMIData): boolean {
  return text(channel, "Channel").startsWith("Local/");
}

/** Who is at the other end of a channel; the device where neither name nor number is known. */
function whoIs(channel: DAMIData): string {
  return party(channel, "CallerID") ||
    text(channel, "Channel").replace(/-[^-]*$/, "");
}

function stateOf(first: DAMIData, channels: readonly DAMIData[]): string {
  const bridged = channels.filter((each) => text(each, "BridgeId") !== "");
  if (bridged.length > 1) return "Talking";
  const states = channels.map((each) => text(each, "ChannelStateDesc"));
  return states.includes("Ringing")
    ? "Ringing"
    : text(first, "ChannelStateDesc");
}

function makeCall(linkedid: string, members: readonly DAMIData[]): Call {
  // That of who began the call has given it its Linkedid; it may have left.
  const byAge = members.toSorted((one, other) =>
    text(other, "Duration").localeCompare(text(one, "Duration"))
  );
  const first =
    byAge.find((channel) => text(channel, "Uniqueid") === linkedid) ??
      byAge.find((channel) => !isLocal(channel)) ?? byAge[0] ?? {};
  const rest = byAge.filter((channel) => channel !== first);
  const people = rest.filter((channel) => !isLocal(channel));
  const exten = text(first, "Exten");
  const dialled = exten === "" ? [] : [exten];
  const data = text(first, "ApplicationData");
  const application = text(first, "Application");
  return {
    linkedid,
    caller: whoIs(first),
    others: people.length > 0 ? people.map(whoIs) : dialled,
    state: stateOf(first, byAge),
    duration: text(byAge[0] ?? first, "Duration"),
    application: application === "" ? "" : `${application}(${data})`,
    channels: [first, ...rest].map((channel) => text(channel, "Channel")),
  };
}

/**
 * Puts channels together to calls.
 *
 * @param channels The items of `CoreShowChannels`.
 * @returns The calls, the longest first.
 */
export function groupCalls(channels: readonly DAMIData[]): Call[] {
  const groups = Map.groupBy(
    channels,
    (channel) => text(channel, "Linkedid") || text(channel, "Uniqueid"),
  );
  return [...groups].map(([linkedid, members]) => makeCall(linkedid, members))
    .sort((one, other) => other.duration.localeCompare(one.duration));
}

const STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ["Talking", "green"],
  ["Up", "green"],
  ["Ring", "yellow"],
  ["Ringing", "yellow"],
]);

function lines(calls: readonly Call[], terminal: Terminal): string[] {
  if (calls.length === 0) return [];
  const rows = calls.map((call): Cell[] => {
    const style = STYLES.get(call.state);
    return [
      call.caller,
      call.others.join(", "),
      style === undefined ? call.state : { text: call.state, style },
      call.duration,
      call.application,
      call.channels.join(" "),
    ];
  });
  const columns = [
    "Caller",
    "With",
    "State",
    "Duration",
    "Application",
    "Channels",
  ];
  return table(columns, rows, terminal);
}

/** `dami calls`: the calls that there are. */
export const calls: Command = stateCommand<readonly Call[]>({
  title: "Calls",
  usage: "",
  description:
    `Shows the calls that there are: who talks with whom, for how long, and what the
channel of the caller runs. The channels of one Linkedid are one call.`,
  examples: [
    { line: "dami calls", summary: "The calls now" },
    { line: "dami calls --watch", summary: "The calls, again and again" },
    {
      line: "dami calls --json | jq -r 'select(.state == \"Ringing\").caller'",
      summary: "Who waits for an answer",
    },
  ],
  takesNames: false,
  none: "There are no calls",
  read: async (dami, { signal }) =>
    groupCalls(await listItems(dami, "CoreShowChannels", { signal })),
  lines,
  objects: (state) => state,
});

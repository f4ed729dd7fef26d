import type { DAMIData } from "../../../mod.ts";
import {
  type CallChannel,
  listedChannel,
  liveChannel,
} from "./call_channel.ts";
import type { Command } from "../command.ts";
import { listItems, text } from "./list_items.ts";
import { stateCommand } from "./state_command.ts";
import { type Cell, table } from "../terminal/table.ts";
import type { Style, Terminal } from "../terminal/terminal.ts";

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
function isLocal({ name }: CallChannel): boolean {
  return name.startsWith("Local/");
}

/** Who is at the other end of a channel; the device where neither name nor number is known. */
function whoIs({ caller, name }: CallChannel): string {
  return caller || name.replace(/-[^-]*$/, "");
}

function stateOf(
  first: CallChannel | undefined,
  channels: readonly CallChannel[],
): string {
  if (channels.filter(({ isBridged }) => isBridged).length > 1) {
    return "Talking";
  }
  return channels.some(({ state }) => state === "Ringing")
    ? "Ringing"
    : first?.state ?? "";
}

/** The channels of a call, the one that it began with first. */
function inOrder(members: readonly CallChannel[]): CallChannel[] {
  // That of who began the call has given it its Linkedid; it may have left.
  const byAge = members.toSorted((one, other) =>
    other.duration.localeCompare(one.duration) ||
    one.uniqueid.localeCompare(other.uniqueid, undefined, { numeric: true })
  );
  const first = byAge.find(({ uniqueid, linkedid }) => uniqueid === linkedid) ??
    byAge.find((channel) => !isLocal(channel));
  return first === undefined
    ? byAge
    : [first, ...byAge.filter((channel) => channel !== first)];
}

function makeCall(linkedid: string, members: readonly CallChannel[]): Call {
  const channels = inOrder(members);
  const [first, ...rest] = channels;
  const people = rest.filter((channel) => !isLocal(channel));
  const { exten = "", application = "", applicationData = "" } = first ?? {};
  const dialled = exten === "" ? [] : [exten];
  const durations = members.map(({ duration }) => duration).sort();
  return {
    linkedid,
    caller: first === undefined ? "" : whoIs(first),
    others: people.length > 0 ? people.map(whoIs) : dialled,
    state: stateOf(first, channels),
    duration: durations.at(-1) ?? "",
    application: application === "" ? "" : `${application}(${applicationData})`,
    channels: channels.map(({ name }) => name),
  };
}

/**
 * Puts channels together to calls.
 *
 * @param channels The channels.
 * @returns The calls, the longest first.
 */
export function groupCalls(channels: readonly CallChannel[]): Call[] {
  const groups = Map.groupBy(channels, ({ linkedid }) => linkedid);
  return [...groups].map(([linkedid, members]) => makeCall(linkedid, members))
    .sort((one, other) =>
      other.duration.localeCompare(one.duration) ||
      one.linkedid.localeCompare(other.linkedid, undefined, { numeric: true })
    );
}

/**
 * Whether a channel runs what no event tells: `Newexten` comes only where the
 * place in the dialplan is another one (`channel_newexten()`,
 * main/manager_channels.c), and a call made with an application has none.
 */
function runsUntold(event: DAMIData): boolean {
  return text(event, "Application") !== "";
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
export const calls: Command = stateCommand<Call>({
  title: "Calls",
  usage: "",
  description:
    `Shows the calls that there are: who talks with whom, for how long, and what the
channel of the caller runs. The channels of one Linkedid are one call. --watch
follows the events: read = system,call,dialplan.`,
  examples: [
    { line: "dami calls", summary: "The calls now" },
    { line: "dami calls --watch", summary: "The calls, as they come and go" },
    {
      line: "dami calls --json | jq -r 'select(.state == \"Ringing\").caller'",
      summary: "Who waits for an answer",
    },
  ],
  none: "There are no calls",
  read: async (dami, { signal }) => {
    const items = await listItems(dami, "CoreShowChannels", { signal });
    return groupCalls(items.map(listedChannel));
  },
  live: {
    snapshots: ["channels"],
    // What a channel runs and where is told by Newexten, which is of the class dialplan.
    classes: ["call", "dialplan"],
    dialplan: true,
    outdatedBy: new Map([["OriginateResponse", runsUntold]]),
    things: ({ channels }, now) =>
      groupCalls(
        [...channels.values()].map((channel) => liveChannel(channel, now)),
      ),
    runs: (calls) => calls.length > 0,
  },
  lines,
});

import type { DAMIData } from "../../../mod.ts";
import type {
  Call as LiveCall,
  CallState,
  Channel,
  DeviceState,
} from "../../live/live_pbx.ts";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../failures/command_error.ts";
import { longClock } from "../values/duration.ts";
import { streamRecords } from "./call_records.ts";
import { party } from "./party.ts";
import { type OfFleet, stateCommand } from "./state_command.ts";
import { pbxTable } from "../terminal/pbx_table.ts";
import type { Style, Terminal } from "../terminal/terminal.ts";

/** A call as the command shows it. */
export interface Call {
  /** The `Linkedid` that all its channels have. */
  readonly linkedid: string;
  /** The party that calls. */
  readonly caller: string;
  /** The other parties; the extension that was dialled or the parking space while there is nobody yet. */
  readonly others: readonly string[];
  /** The state of the call in words, such as `Talking` or `In a queue`. */
  readonly state: string;
  /** Its duration, in the form of Asterisk: `00:01:07`. */
  readonly duration: string;
  /** The application that the channel of the caller runs. */
  readonly application: string;
  /** The channels, that of the caller first. */
  readonly channels: readonly string[];
}

/** The maps of a live PBX that {@linkcode shownCalls} reads. */
export interface CallSources {
  /** The calls by `Linkedid`. */
  readonly calls: ReadonlyMap<string, LiveCall>;
  /** The channels by `Uniqueid`. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** The devices by name. */
  readonly devices: ReadonlyMap<string, { readonly state: DeviceState }>;
}

const WORDS: Readonly<Record<CallState, string>> = {
  dialing: "Dialing",
  ringing: "Ringing",
  up: "Up",
  talking: "Talking",
  held: "On hold",
  parked: "Parked",
};

/** The meaning of being up in an application, by its name in lower case. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["queue", "In a queue"],
  ["confbridge", "In a conference"],
  ["meetme", "In a conference"],
  ["voicemail", "In voicemail"],
  ["voicemailmain", "In voicemail"],
]);

function nameOf({ callerIdName, callerIdNum, device }: Channel): string {
  return party(callerIdName, callerIdNum) || device;
}

/** The channels of a call in their order, and those of them that stand for parties. */
function split(
  call: LiveCall,
  channels: ReadonlyMap<string, Channel>,
): { all: Channel[]; parties: readonly Channel[] } {
  const all = call.channels.flatMap((id) => channels.get(id) ?? []);
  // One half of a Local channel represents the program that made the call,
  // unless there are parties at both of its ends.
  const first = call.parties.length > 1
    ? call.parties[0]
    : all.find(({ uniqueid }) => uniqueid === call.id) ?? call.parties[0] ??
      all[0];
  if (first === undefined) return { all, parties: [] };
  const behind = (list: readonly Channel[]) =>
    list.filter(({ uniqueid }) => uniqueid !== first.uniqueid);
  return {
    all: [first, ...behind(all)],
    parties: [first, ...behind(call.parties)],
  };
}

function stateOf(
  { state, parties }: LiveCall,
  application: string,
  devices: CallSources["devices"],
): string {
  if (state === "up") {
    return PLACES.get(application.toLowerCase()) ?? WORDS.up;
  }
  // No list of channels shows who holds; the state of the device does.
  const isHeld = state === "talking" &&
    parties.some(({ device }) => devices.get(device)?.state === "ONHOLD");
  return WORDS[isHeld ? "held" : state];
}

/** The place that was dialled, or that the call is parked in. */
function placeOf(
  { state }: LiveCall,
  first: Channel | undefined,
  channels: readonly Channel[],
): string[] {
  const space = state === "parked"
    ? channels.find(({ parking }) => parking !== undefined)?.parking?.space
    : undefined;
  const place = space ?? first?.exten ?? "";
  return place === "" ? [] : [place];
}

/**
 * Takes the calls from the live PBX.
 *
 * @param pbx Its maps.
 * @param now The time (milliseconds since 1970).
 * @returns The calls, the longest first.
 */
export function shownCalls(
  { calls, channels, devices }: CallSources,
  now: number,
): Call[] {
  const sorted = [...calls.values()].sort((one, other) =>
    one.startedAt - other.startedAt ||
    one.id.localeCompare(other.id, undefined, { numeric: true })
  );
  return sorted.map((call) => {
    const { all, parties: [first, ...others] } = split(call, channels);
    const starter = all.find(({ uniqueid }) => uniqueid === call.id) ?? first;
    const { application = "", applicationData = "" } = starter ?? {};
    return {
      linkedid: call.id,
      caller: first === undefined ? "" : nameOf(first),
      others: others.length > 0
        ? others.map(nameOf)
        : placeOf(call, starter, all),
      state: stateOf(call, application, devices),
      duration: longClock((now - call.startedAt) / 1_000),
      application: application === ""
        ? ""
        : `${application}(${applicationData})`,
      channels: all.map(({ name }) => name),
    };
  });
}

/**
 * Reports whether a channel runs an application that no event shows:
 * `Newexten` comes only where the place in the dialplan is another one
 * (`channel_newexten()`, main/manager_channels.c), and a call made with an
 * application has none.
 */
function runsUnseen({ Application: application = "" }: DAMIData): boolean {
  return application !== "" && application !== "<unknown>";
}

const STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ["Talking", "green"],
  ["Dialing", "yellow"],
  ["Ringing", "yellow"],
  ["On hold", "yellow"],
  ["Parked", "yellow"],
]);

function lines(
  calls: readonly OfFleet<Call>[],
  terminal: Terminal,
): string[] {
  if (calls.length === 0) return [];
  const rows = calls.map((call) => {
    const style = STYLES.get(call.state);
    const cells = [
      call.caller,
      call.others.join(", "),
      style === undefined ? call.state : { text: call.state, style },
      call.duration,
      call.application,
      call.channels.join(" "),
    ];
    return { pbx: call.pbx, cells };
  });
  const columns = [
    "Caller",
    "With",
    "State",
    { heading: "Duration", leftOut: 3 },
    { heading: "Application", leftOut: 2 },
    { heading: "Channels", leftOut: 1 },
  ];
  return pbxTable(columns, rows, terminal);
}

/** Shows current calls. */
const current: Command = stateCommand<Call>({
  title: "Calls",
  usage: "",
  description:
    `Shows current calls: who talks to whom, for how long, and which application the
channel of the caller runs. The channels of one Linkedid are one call. --watch
follows the events: read = system,call,dialplan. --records prints the record of
each call when it has ended: read = system,call,agent,dialplan.`,
  examples: [
    { line: "dami calls", summary: "Current calls" },
    { line: "dami calls --watch", summary: "Current calls, updated live" },
    {
      line: "dami calls --json | jq -r 'select(.state == \"Ringing\").caller'",
      summary: "Callers whose call is still ringing",
    },
    {
      line: "dami calls --records --csv >> calls.csv",
      summary: "The record of each call, as it ends",
    },
  ],
  none: "There are no calls",
  snapshots: ["channels"],
  // Who is parked, in what kind of bridge, or on hold.
  details: ["parking", "bridges", "devices"],
  // The event that shows which application a channel runs, Newexten, has the class dialplan.
  classes: ["call", "dialplan"],
  dialplan: true,
  outdatedBy: new Map([["OriginateResponse", runsUnseen]]),
  things: shownCalls,
  runs: (calls) => calls.length > 0,
  lines,
});

function run(context: CommandContext): Promise<number> {
  const { args } = context;
  if (!args.has("records")) {
    if (args.has("csv")) throw new UsageError("--csv needs --records");
    return current.run(context);
  }
  for (const other of ["watch", "interval"]) {
    if (!args.has(other)) continue;
    throw new UsageError(`--records and --${other} cannot be combined`);
  }
  if (args.has("csv") && args.has("json")) {
    throw new UsageError("--csv and --json cannot be combined");
  }
  args.refuseWords();
  return streamRecords(
    context,
    args.has("csv") ? "csv" : args.has("json") ? "json" : "line",
  );
}

/** `dami calls`: shows current calls, or the records of those that end. */
export const calls: Command = {
  ...current,
  options: {
    ...current.options,
    records: {
      short: "r",
      summary: "Print the record of each call when it has ended",
    },
    csv: { summary: "With --records: print comma-separated values" },
  },
  run,
};

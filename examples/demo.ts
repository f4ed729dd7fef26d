/**
 * Shows DAMI at work: logs in, lists the endpoints, makes a call and shows its
 * events as they arrive. Without arguments it brings its own PBX.
 *
 * ```sh
 * deno task demo
 * deno task demo --fleet
 * deno task demo --hostname 192.0.2.1 --username admin --secret mysecret
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- the demo is what it prints
import {
  type ActionParameters,
  type AmiClient,
  AmiError,
  AmiResponseError,
  DAMI,
  type DAMIData,
  type DAMIValue,
} from "@dami/dami";
import { Fleet } from "@dami/dami/fleet";
import { AmiServer } from "@dami/dami/testing";
import { parseArgs } from "node:util";
import {
  fail,
  readArguments,
  readNumber,
  readTarget,
  type Target,
  TARGET_OPTIONS,
  TARGET_USAGE,
} from "./target.ts";

const USAGE = `Usage: deno task demo [options]

Without --hostname or --port the demo brings its own PBX.

${TARGET_USAGE}
  --fleet              two embedded PBXs at once, each with a call
  --originate CHANNEL  a channel to call, such as Local/1000@default
  --seconds SECONDS    how long to show events    (8)
  --help               show this text`;

/** The meaning of the arguments. */
interface DemoOptions extends Target {
  originate: string | undefined;
  seconds: number;
  isFleet: boolean;
}

/** The headers that are shown of each event, in this order. */
const HEADERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["FullyBooted", ["Status", "Uptime"]],
  ["Newchannel", ["ChannelStateDesc", "CallerIDNum", "Exten"]],
  ["Newstate", ["ChannelStateDesc", "CallerIDNum"]],
  ["Newexten", ["Extension", "Application", "AppData"]],
  ["DialBegin", ["DestCallerIDNum", "DialString"]],
  ["DialEnd", ["DestCallerIDNum", "DialStatus"]],
  ["BridgeEnter", ["BridgeTechnology", "BridgeNumChannels"]],
  ["BridgeLeave", ["BridgeTechnology", "BridgeNumChannels"]],
  ["DeviceStateChange", ["State"]],
  ["OriginateResponse", ["Response", "Reason"]],
  ["Hangup", ["Cause", "Cause-txt"]],
]);

/** Headers that every event has, or that say little to a reader. */
const DULL_HEADER =
  /^(Event|Privilege|Timestamp|SequenceNumber|File|Line|Func|SystemName|.*Channel(State|StateDesc)?|.*(Unique|Linked)id|.*Language|.*AccountCode)$/i;

const COLORS = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  blue: "34",
  magenta: "35",
  cyan: "36",
};

/** The colors of events by their names. */
const EVENT_COLORS: readonly (readonly [RegExp, keyof typeof COLORS])[] = [
  [/^Hangup|HangupRequest$/, "red"],
  [/^(Originate|FullyBooted)/, "green"],
  [/^(Dial|Queue|Agent)/, "yellow"],
  [/^Bridge/, "magenta"],
  [/^New/, "cyan"],
];

const isColored = Deno.stdout.isTerminal() && !Deno.noColor;

function paint(color: keyof typeof COLORS, text: string): string {
  return isColored ? `\x1b[${COLORS[color]}m${text}\x1b[0m` : text;
}

function parseArguments(args: string[]): DemoOptions {
  const values = readArguments(USAGE, () =>
    parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        fleet: { type: "boolean" },
        originate: { type: "string" },
        seconds: { type: "string" },
      },
    }).values);
  const target = readTarget(values);
  const { fleet: isFleet = false, originate } = values;
  if (isFleet && !(target.isEmbedded && originate === undefined)) {
    return fail(
      "--fleet brings its own PBXs: leave out --hostname, --port and --originate",
    );
  }
  return {
    ...target,
    originate,
    isFleet,
    seconds: readNumber("seconds", values.seconds ?? "8", [1, 86_400]),
  };
}

/** A value on one line. */
function show(value: DAMIValue | undefined): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
  // What others chose, such as a caller's name, must not steer the terminal.
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\s]+/gu, " ");
}

/** Rows under their headings, as wide as they need. */
function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length))
  );
  const format = (row: string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")
      .trimEnd();
  return [
    paint("dim", format(headings)),
    paint("dim", widths.map((width) => "─".repeat(width)).join("  ")),
    ...rows.map(format),
  ].map((line) => `  ${line}`).join("\n");
}

/** The time of day. */
function clock(): string {
  const now = new Date();
  const milliseconds = `${now.getMilliseconds()}`.padStart(3, "0");
  return `${now.toTimeString().slice(0, 8)}.${milliseconds}`;
}

/** An event on one line: time, name, channel, and the headers that matter. */
function describe(event: DAMIData): string {
  const name = show(event.Event);
  const [, color = "blue"] =
    EVENT_COLORS.find(([pattern]) => pattern.test(name)) ?? [];
  const keys = HEADERS.get(name) ??
    Object.keys(event).filter((key) => !DULL_HEADER.test(key));
  const headers = keys
    .map((key) => ({ key, value: show(event[key]) }))
    .filter(({ value }) => value !== "" && value !== "<unknown>")
    // What is special about an event comes last.
    .slice(-3)
    .map(({ key, value }) => paint("dim", `${key}=`) + value);
  const columns = [
    paint("dim", clock()),
    paint(color, name.padEnd(18)),
    show(event.Channel ?? event.DestChannel ?? event.Device).padEnd(21),
    ...headers,
  ];
  return `  ${columns.join("  ").trimEnd()}`;
}

function heading(text: string): void {
  console.log(`\n${paint("bold", text)}\n`);
}

function done(text: string): void {
  console.log(`${paint("green", "✓")} ${text}`);
}

/** The items of a list; none if the PBX says that there are none. */
async function list(dami: DAMI, action: string): Promise<DAMIData[]> {
  try {
    const [, ...items] = await dami.to(action);
    return items.slice(0, -1);
  } catch (error) {
    // "No endpoints found" and an unloaded channel driver are errors as well.
    if (error instanceof AmiResponseError) return [];
    throw error;
  }
}

async function showPeers(dami: DAMI): Promise<void> {
  const endpoints = await list(dami, "PJSIPShowEndpoints");
  const peers = await list(dami, "SIPpeers");
  const rows = [
    ...endpoints.map((endpoint) => [
      `PJSIP/${show(endpoint.ObjectName)}`,
      show(endpoint.DeviceState),
      show(endpoint.Contacts).replace(/^[^/]*\/|,\s*$/g, "") ||
      "not registered",
    ]),
    ...peers.map((peer) => [
      `SIP/${show(peer.ObjectName)}`,
      show(peer.Status),
      peer.IPaddress === "-none-"
        ? "not registered"
        : `${show(peer.IPaddress)}:${show(peer.IPport)}`,
    ]),
  ];
  heading("Peers");
  console.log(
    rows.length === 0
      ? "  none"
      : table(["Peer", "State", "Registered at"], rows),
  );
}

/** Calls somebody; resolves when that channel has hung up. */
async function call(
  dami: AmiClient,
  data: ActionParameters<"Originate">,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  let channel: DAMIValue | undefined;
  dami.on("OriginateResponse", (event) => {
    if (event.Response === "Success") channel = event.Channel;
    else ended.resolve();
  });
  dami.on("Hangup", (event) => {
    if (event.Channel === channel) ended.resolve();
  });
  await dami.to("Originate", { ...data, Async: "true" });
  await ended.promise;
}

/** Waits until the work is done, the time is over, or the PBX is gone. */
async function atMost(
  seconds: number,
  dami: AmiClient,
  work: Promise<void>,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(() => over.resolve(), seconds * 1_000);
  dami.addEventListener("disconnect", ({ detail }) => {
    if (detail.reason === "lost") {
      over.reject(detail.error ?? new Error("The connection was lost"));
    }
  });
  try {
    await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function run(options: DemoOptions): Promise<void> {
  const { username, secret, seconds, originate, isEmbedded } = options;
  await using server = isEmbedded
    ? AmiServer.start({ username, secret, ringTime: 700, talkTime: 2_000 })
    : undefined;
  const hostname = server?.hostname ?? options.hostname;
  const port = server?.port ?? options.port;
  const place = isEmbedded ? "the embedded PBX" : "the PBX";
  console.log(paint("dim", `DAMI and ${place} at ${hostname}:${port}`) + "\n");

  await using dami = new DAMI({ hostname, port });
  dami.addEventListener("connect", ({ detail }) => {
    done(`Connected, AMI ${detail.version}`);
  });
  await dami.connectAndLogin({ username, secret });
  done(`Logged in as ${username}`);

  await showPeers(dami);

  let count = 0;
  const stop = dami.on("*", (event) => {
    count++;
    console.log(describe(event));
  });
  const start = performance.now();
  await dami.listen();
  if (isEmbedded && originate === undefined) {
    heading("A call from PJSIP/6001 to 6002");
    await atMost(seconds, dami, call(dami, CALL));
  } else if (originate !== undefined) {
    heading(`A call to ${originate}`);
    const data = { Channel: originate, Application: "Wait", Data: "3" };
    await atMost(seconds, dami, call(dami, data));
  } else {
    heading(`Events of the next ${seconds} s`);
    await atMost(seconds, dami, new Promise(() => {}));
  }
  // What came before the answer is shown as well.
  await dami.ping();
  stop();
  const elapsed = ((performance.now() - start) / 1_000).toFixed(1);
  console.log();
  done(`${count} ${count === 1 ? "event" : "events"} in ${elapsed} s`);
}

/** The call that the embedded PBXs make. */
const CALL: ActionParameters<"Originate"> = {
  Channel: "PJSIP/6001",
  Context: "default",
  Exten: "6002",
  Priority: "1",
  CallerID: "DAMI <100>",
};

/** Shows two PBXs in one program: their events, and what goes on in both. */
async function runFleet(
  { username, secret, seconds }: DemoOptions,
): Promise<void> {
  const server = { username, secret, ringTime: 700, talkTime: 2_000 };
  await using berlin = AmiServer.start(server);
  await using wien = AmiServer.start({ ...server, ringTime: 1_100 });
  console.log(paint("dim", "DAMI and two embedded PBXs: berlin and wien\n"));

  await using fleet = new Fleet({
    berlin: { port: berlin.port },
    wien: { port: wien.port },
  }, { username, secret });
  fleet.addEventListener("login", ({ detail }) => {
    done(`Logged in to ${detail.pbx} as ${detail.username}`);
  });
  let count = 0;
  fleet.on("*", (event, pbx) => {
    count++;
    console.log(`  ${paint("bold", pbx.padEnd(6))}${describe(event)}`);
  });
  await fleet.start();
  using live = await fleet.live();
  heading("Queues of both");
  const rows = [...live.queues.values()].map((
    { pbx, name, members, callers },
  ) => [pbx, name, `${members.size}`, `${callers.length}`]);
  console.log(table(["PBX", "Queue", "Members", "Waiting"], rows));

  heading("A call from PJSIP/6001 to 6002 in each of them");
  const start = performance.now();
  await Promise.all(fleet.names.map((name) => {
    const client = fleet.get(name);
    return atMost(seconds, client, call(client, CALL));
  }));
  await Promise.all(fleet.names.map((name) => fleet.get(name).ping()));
  const elapsed = ((performance.now() - start) / 1_000).toFixed(1);
  console.log();
  done(`${count} events of ${fleet.names.length} PBXs in ${elapsed} s`);
}

if (import.meta.main) {
  const options = parseArguments(Deno.args);
  try {
    await (options.isFleet ? runFleet(options) : run(options));
  } catch (error) {
    if (!(error instanceof AmiError)) throw error;
    fail(error.message);
  }
}

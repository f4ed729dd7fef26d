/**
 * Measures `LivePbx` with 10,000 calls: how long the snapshot takes, how fast
 * events are applied against one listener to every event that reads three
 * fields, in turns and in the same run, and how much memory a call takes.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A --v8-flags=--expose-gc tools/bench/live.ts
 * ```
 *
 * The events come from another process, as bytes that are made before.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints what it measured
import { cpuUsage } from "node:process";
import { DAMI } from "../../mod.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { fileURLToPath } from "node:url";

const CALLS = Number(Deno.env.get("CALLS") ?? 10_000);
const ROUNDS = Number(Deno.env.get("ROUNDS") ?? 15);
/** The number of calls that warm up the code. */
const FEW = 100;
/** The number of calls that begin, talk and end in each round. */
const CHURN = 5_000;

type Fields = Record<string, string | number>;

function frame(fields: Fields): string {
  return Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    .join("") + "\r\n";
}

/** The 14 headers of a channel. */
function channel(call: number, leg: number, state: string): Fields {
  const exten = 10_000 + call;
  return {
    Channel: `PJSIP/trunk-${leg}-${call.toString(16).padStart(8, "0")}`,
    ChannelState: state === "Up" ? 6 : 4,
    ChannelStateDesc: state,
    CallerIDNum: leg === 1 ? `+4930${exten}` : `${exten}`,
    CallerIDName: leg === 1 ? `Caller ${call}` : `Agent ${exten % 500}`,
    ConnectedLineNum: leg === 2 ? `+4930${exten}` : `${exten}`,
    ConnectedLineName: leg === 2 ? `Caller ${call}` : `Agent ${exten % 500}`,
    Language: "en",
    AccountCode: "tenant-17",
    Context: "from-trunk-berlin",
    Exten: exten,
    Priority: 4,
    Uniqueid: `pbx1-1795364878.${2 * call + leg - 1}`,
    Linkedid: `pbx1-1795364878.${2 * call}`,
  };
}

function bridge(call: number, members: number): Fields {
  return {
    BridgeUniqueid: bridgeId(call),
    BridgeType: "basic",
    BridgeTechnology: "simple_bridge",
    BridgeCreator: "<unknown>",
    BridgeName: "<unknown>",
    BridgeNumChannels: members,
    BridgeVideoSourceMode: "none",
  };
}

function bridgeId(call: number): string {
  return `6cbbf5d6-e193-42f7-b7e5-${call.toString(16).padStart(12, "0")}`;
}

const HEAD = { Privilege: "call,all", Timestamp: "1795364878.024113" };

/** The events of one call from its beginning to its end. */
function eventsOf(call: number): string {
  const event = (name: string, ...parts: Fields[]) =>
    frame(Object.assign({ Event: name, ...HEAD }, ...parts));
  const legs = [1, 2];
  return [
    ...legs.map((leg) => event("Newchannel", channel(call, leg, "Ring"))),
    event("NewConnectedLine", channel(call, 2, "Ring")),
    event("Newstate", channel(call, 2, "Ringing")),
    ...[2, 1].map((leg) => event("Newstate", channel(call, leg, "Up"))),
    event("BridgeCreate", bridge(call, 0)),
    ...legs.map((leg) =>
      event("BridgeEnter", bridge(call, leg), channel(call, leg, "Up"))
    ),
    ...legs.map((leg) =>
      event("BridgeLeave", bridge(call, 2 - leg), channel(call, leg, "Up"))
    ),
    event("BridgeDestroy", bridge(call, 0)),
    ...legs.map((leg) =>
      event("Hangup", channel(call, leg, "Up"), {
        Cause: 16,
        "Cause-txt": "Normal Clearing",
      })
    ),
  ].join("");
}

/** The number of events that {@linkcode eventsOf} makes. */
const EVENTS_PER_CALL = 14;

function list(id: string, items: Fields[], complete: string): string {
  return frame({ Response: "Success", ActionID: id, EventList: "start" }) +
    items.map((item) => frame(item)).join("") +
    frame({
      Event: complete,
      ActionID: id,
      EventList: "Complete",
      ListItems: items.length,
    });
}

/** The answer to an action. */
function answer(action: string, id: string, count: number): string {
  const calls = Array.from({ length: count }, (_, call) => call);
  switch (action.toLowerCase()) {
    case "coreshowchannels":
      return list(
        id,
        calls.flatMap((call) =>
          [1, 2].map((leg) => ({
            Event: "CoreShowChannel",
            ActionID: id,
            ...channel(call, leg, "Up"),
            Application: leg === 1 ? "Dial" : "AppDial",
            ApplicationData: leg === 1 ? `PJSIP/${call},30` : "(Outgoing Line)",
            Duration: "00:01:00",
            BridgeId: bridgeId(call),
          }))
        ),
        "CoreShowChannelsComplete",
      );
    case "bridgelist":
      return list(
        id,
        calls.map((call) => ({
          Event: "BridgeListItem",
          ActionID: id,
          ...bridge(call, 2),
        })),
        "BridgeListComplete",
      );
    case "login":
    case "ping":
    case "logoff":
      return frame({ Response: "Success", ActionID: id });
    default:
      return frame({
        Response: "Error",
        ActionID: id,
        Message: "Invalid/unknown command",
      });
  }
}

/** The process that the events come from: a round of them for each `Ping`. */
async function serve(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  console.log(listener.addr.port);
  const encoder = new TextEncoder();
  const round = encoder.encode(
    Array.from({ length: CHURN }, (_, call) => eventsOf(CALLS + call)).join(""),
  );
  for await (const conn of listener) {
    talk(conn, round).catch(() => {});
  }
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await conn.write(bytes.subarray(at, at + 65_536));
  }
}

async function talk(conn: Deno.Conn, round: Uint8Array): Promise<void> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  await writeAll(conn, encoder.encode("Asterisk Call Manager/11.0.0\r\n"));
  let text = "";
  // The name of the user is the number of calls.
  let count = 0;
  for await (const chunk of conn.readable) {
    text += decoder.decode(chunk, { stream: true });
    for (let end; (end = text.indexOf("\r\n\r\n")) !== -1;) {
      const action = text.slice(0, end);
      text = text.slice(end + 4);
      const name = /^Action: (.*)$/m.exec(action)?.[1]?.trim() ?? "";
      const id = /^ActionID: (.*)$/m.exec(action)?.[1]?.trim() ?? "";
      // The events of the round come before its answer, as a barrier.
      if (name === "Ping") await writeAll(conn, round);
      count = Number(/^Username: (.*)$/m.exec(action)?.[1] ?? count);
      await writeAll(conn, encoder.encode(answer(name, id, count)));
    }
  }
}

function collect(): number {
  const gc: unknown = Reflect.get(globalThis, "gc");
  for (let count = 0; count < 5; count++) {
    if (typeof gc === "function") gc();
  }
  return Deno.memoryUsage().heapUsed;
}

async function connect(port: number, calls: number): Promise<DAMI> {
  const dami = new DAMI({ port, timeout: 120_000 });
  await dami.connectAndLogin({ username: `${calls}`, secret: "mysecret" });
  await dami.listen();
  return dami;
}

/** Measures the events per second of this process's own time, in one round: other programs of the machine do not count. */
async function round(dami: DAMI): Promise<number> {
  const begin = cpuUsage();
  await dami.to("Ping", {}, { timeout: 120_000 });
  const { user, system } = cpuUsage(begin);
  return CHURN * EVENTS_PER_CALL / (user + system) * 1_000_000;
}

function median(numbers: number[]): number {
  return numbers.toSorted((one, two) => one - two)[numbers.length >> 1] ?? 0;
}

async function measure(port: number): Promise<void> {
  await using live = await connect(port, CALLS);
  await using plain = await connect(port, 0);
  await using few = await connect(port, FEW);
  // A round of each, so that the code is warm and what stays is there.
  let sum = 0;
  plain.on("*", (event) => {
    if (event.Event === "Hangup" || event.Channel || event.Uniqueid) sum++;
  });
  await round(plain);
  using _ = await LivePbx.start(few);
  await round(few);
  // The answer to the last action is kept until the next one's.
  await live.to("Ping");
  const before = collect();
  const begin = performance.now();
  using pbx = await LivePbx.start(live);
  const took = performance.now() - begin;
  await live.to("ListCommands").catch(() => {});
  await round(live);
  const after = collect();
  console.log(
    `snapshot of ${pbx.calls.size} calls, ${pbx.channels.size} channels, ${pbx.bridges.size} bridges: ${
      took.toFixed(0)
    } ms`,
  );
  console.log(
    `memory: ${((after - before) / CALLS).toFixed(0)} bytes per call`,
  );
  let changes = 0;
  pbx.addEventListener("call-ended", () => {
    changes++;
  });
  await round(live);
  const rates = { plain: [] as number[], live: [] as number[] };
  for (let index = 0; index < ROUNDS; index++) {
    rates.plain.push(await round(plain));
    rates.live.push(await round(live));
  }
  const [one, two] = [median(rates.plain), median(rates.live)];
  console.log(`one listener, three fields: ${one.toFixed(0)} events/s`);
  console.log(`LivePbx: ${two.toFixed(0)} events/s`);
  console.log(`ratio: ${(two / one).toFixed(2)}`);
  console.log(`calls ended: ${changes}, calls now: ${pbx.calls.size}`, sum > 0);
}

if (Deno.args[0] === "serve") await serve();
else {
  const server = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-lock",
      ...mapOf(),
      import.meta.filename ?? "",
      "serve",
    ],
    stdout: "piped",
  }).spawn();
  const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  try {
    await measure(Number(value));
  } finally {
    server.kill();
    await reader.cancel();
    await server.status;
  }
}

/** The import map that stands in for JSR, where `tools/deno.ts` has taken it. */
function mapOf(): string[] {
  const map = new URL("../npm_std/import_map.json", import.meta.url);
  return ["--import-map", fileURLToPath(map)];
}

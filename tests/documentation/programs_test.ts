import { DAMI } from "@dami/dami";
import { Fleet } from "@dami/dami/fleet";
import { NatsBridge } from "@dami/dami/nats";
import { type AmiFrame, AmiServer } from "@dami/dami/testing";
import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { connect } from "@nats-io/transport-node";
import { fileURLToPath } from "node:url";
import { Child } from "../_child.ts";
import { hasNats, startNats } from "../nats/_nats.ts";
import { type DocumentedProgram, listens, programsIn } from "./_programs.ts";
import { IS_POSIX } from "../_posix.ts";

/** The places of whole programs in the documentation: the README and each module. */
const PLACES = [
  "README.md",
  "mod.ts",
  "src/live/live_pbx.ts",
  "src/testing/ami_server.ts",
  "src/agi/async_agi.ts",
  "src/fleet/fleet.ts",
  "src/cli/main.ts",
  "examples/migrating/README.md",
  "src/telemetry/telemetry.ts",
  "src/nats/nats.ts",
];

const ROOT = new URL("../../", import.meta.url);
const CACHE = fileURLToPath(new URL(".cache/", ROOT));
const PRELOAD = new URL("./_port_5038.ts", import.meta.url);

const USER = { username: "admin", secret: "mysecret" };

const HANGUP: AmiFrame = {
  Event: "Hangup",
  Privilege: "call,all",
  Channel: "PJSIP/6001-00000001",
  Uniqueid: "1795364878.1",
  Linkedid: "1795364878.1",
  Cause: 16,
  "Cause-txt": "Normal Clearing",
};

const ALICE = { interface: "PJSIP/6001", name: "Alice" };

const MEMBER_PAUSED: AmiFrame = {
  Event: "QueueMemberPause",
  Queue: "support",
  MemberName: "Alice",
  Interface: "PJSIP/6001",
  StateInterface: "PJSIP/6001",
  Status: 1,
  Paused: 1,
  PausedReason: "lunch",
};

/** It comes and goes, as what was so from the start is not a change. */
const PAUSES: readonly AmiFrame[] = [
  MEMBER_PAUSED,
  { ...MEMBER_PAUSED, Paused: 0, PausedReason: "" },
];

/** The expected output of a documented program, and what has to happen at the PBX for it. */
interface Expectation {
  /** A line by which the program is known. */
  readonly line: string;
  /** The text that it prints when it is ready, if any. */
  readonly ready?: string;
  /** The events at the PBX then. */
  readonly events: readonly AmiFrame[];
  /** It needs NATS, alone or with a bridge that publishes the events of the PBX. */
  readonly nats?: "alone" | "bridged";
  /** Somebody calls an extension besides. */
  readonly calls?: string;
  /** The text that it prints about them. */
  readonly prints: string;
}

const EXPECTATIONS: readonly Expectation[] = [
  {
    line: 'console.log(event.Channel, event["Cause-txt"])',
    ready: "Listening for calls that end; press Ctrl-C to stop\n",
    events: [HANGUP],
    prints: "PJSIP/6001-00000001 Normal Clearing\n",
  },
  {
    line: 'dami.on("FullyBooted", (event) => console.log(event.Status))',
    events: [],
    prints: "Fully Booted\n",
  },
  {
    line: 'if (event.Event === "Hangup") console.log(event.Channel',
    events: [HANGUP],
    prints: "PJSIP/6001-00000001 16\n",
  },
  {
    line: "Variable: { greeting:",
    ready: "Originate successfully queued\n",
    events: [{ Event: "DialEnd", DialStatus: "NOANSWER" }],
    prints: "NOANSWER\n",
  },
  {
    line: 'dami.on("BridgeEnter", (event) => console.log(event.Channel))',
    ready: "0 channels\n",
    events: [{ Event: "BridgeEnter", Channel: "PJSIP/6001-00000001" }],
    prints: "PJSIP/6001-00000001\n",
  },
  {
    line: 'dami.on("Newexten"',
    ready: "QueueMember\nQueueStatusComplete\n",
    events: [{ Event: "Newexten", Extension: "1000" }],
    prints: "1000\n",
  },
  {
    line: 'name.startsWith("QueueCaller")',
    ready: "support\n",
    events: [{ Event: "QueueCallerJoin", Queue: "support" }],
    prints: "QueueCallerJoin support\n",
  },
  {
    line: "console.log(event.MemberName, event.Paused === 1)",
    ready: "Alice 0\n",
    events: [MEMBER_PAUSED],
    prints: "Alice true\n",
  },
  {
    line: "const remove = dami.on",
    events: [{ ...HANGUP, Event: "Newchannel" }],
    prints: "PJSIP/6001-00000001\nNewchannel\n",
  },
  {
    line: 'dami.events("Hangup", { maxQueue: 1_000 })',
    events: [HANGUP],
    prints: "PJSIP/6001-00000001\n",
  },
  {
    line: 'event.DialStatus === "NOANSWER"',
    ready: "Alice has taken 0 calls\n",
    events: [{
      Event: "DialEnd",
      DestChannel: "PJSIP/6002-00000002",
      DialStatus: "NOANSWER",
    }],
    prints: "PJSIP/6002-00000002\n",
  },
  {
    line: "CallRated: { Channel: string; Stars: number };",
    ready: "4.5\n",
    events: [{ Event: "CallRated", Channel: "x", Stars: 4 }],
    prints: "4.0\n",
  },
  {
    line: "firstConnection: true",
    events: [HANGUP],
    prints: "PJSIP/6001-00000001\n",
  },
  {
    line: "wants ${digits}",
    events: [],
    calls: "900",
    prints: "PJSIP/6001-00000000 wants 6002\n",
  },
  {
    line: 'fleet.on("Hangup", (event, pbx)',
    events: [HANGUP],
    prints: "berlin PJSIP/6001-00000001\n",
  },
  {
    line: "console.log(name, state, fleet.failure(name)?.message",
    events: [],
    prints: "berlin ready",
  },
  {
    line: "console.log(change.member.pausedReason)",
    events: PAUSES,
    prints: "lunch\n",
  },
  {
    line: 'Variable: "ORDER"',
    events: [],
    calls: "900",
    prints: "4 0066\n",
  },
  {
    line: "metricsHandler(fleet, { live })",
    events: [],
    prints: "Metrics at http://127.0.0.1:9464/metrics\n",
  },
  {
    line: "Publishing the events of ${pbx}",
    nats: "alone",
    events: [],
    prints: "Publishing the events of berlin\n",
  },
  {
    line: "if (gap === undefined) console.log(pbx, event.Channel)",
    nats: "bridged",
    events: [HANGUP],
    prints: "berlin PJSIP/6001-00000001\n",
  },
  {
    line: "console.log(caller?.number, dialed, disposition, talkTime);\n  for",
    events: [],
    calls: "901",
    prints: "6001 901 ",
  },
  {
    line: 'bus.events({ name: "Hangup", since: "all" })',
    nats: "bridged",
    events: [HANGUP],
    prints: "PJSIP/6001-00000001\n",
  },
  {
    line: "await LivePbx.start(dami);",
    events: PAUSES,
    prints: "Alice is paused: lunch\n",
  },
];

function startPbx(username: string): AmiServer {
  const server = AmiServer.start({
    username,
    extensions: {
      "1000": ["Answer()", "Hangup()"],
      "900": ["AGI(agi:async)", "Hangup()"],
      "901": ["Answer()", "Hangup()"],
    },
    queues: [{ name: "support", members: [ALICE] }],
  });
  server.on("RateCall", () => ({ Response: "Success", Average: "4.5" }));
  server.on("QueueAdd", () => ({ Response: "Success" }));
  server.agi("GET DATA", () => "200 result=6002");
  return server;
}

async function call(
  { port }: AmiServer,
  username: string,
  exten: string,
): Promise<void> {
  await using dami = new DAMI({ port });
  await dami.connectAndLogin({ username, secret: "mysecret" });
  await dami.originate({
    Channel: "PJSIP/6001",
    Context: "default",
    Exten: exten,
    Priority: 1,
  });
}

/** Publishes the events of the PBX, as another program would. */
async function bridge(
  server: AmiServer,
  address: string,
): Promise<AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  const nats = await connect({ servers: address });
  stack.defer(() => nats.close());
  const fleet = stack.use(new Fleet({ berlin: { port: server.port } }, USER));
  await fleet.start();
  stack.use(await new NatsBridge({ nats, fleet }).start());
  return stack;
}

async function run(
  program: DocumentedProgram,
  expected: Expectation,
): Promise<void> {
  const [, username = "admin"] = /username: "(\w+)"/.exec(program.text) ?? [];
  await using server = startPbx(username);
  await using nats = expected.nats && await startNats();
  await using _bridge = expected.nats === "bridged" && nats !== undefined
    ? await bridge(server, nats.address)
    : undefined;
  // Inside the project, so that its import map and options hold.
  await Deno.mkdir(CACHE, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: CACHE, prefix: "program-" });
  try {
    const file = `${folder}/program.ts`;
    await Deno.writeTextFile(file, program.text);
    await using child = new Child(
      ["run", "--check", "-A", "--preload", PRELOAD.href, file],
      {
        DAMI_TEST_PORT: String(server.port),
        ...(nats && { DAMI_TEST_NATS_PORT: String(nats.port) }),
      },
    );
    await child.whilst(server.next("Login"));
    if (expected.ready !== undefined) await child.until(expected.ready);
    // It says nothing when it has begun to listen, so the event, or the call, comes again.
    const emitting = setInterval(() => server.emit(expected.events), 50);
    try {
      let isPrinted = false;
      const printed = child.until(expected.prints)
        .then(() => void (isPrinted = true));
      while (expected.calls !== undefined && !isPrinted) {
        await call(server, username, expected.calls);
        await delay(100);
      }
      await printed;
    } finally {
      clearInterval(emitting);
    }
    child.kill("SIGINT");
    assertEquals((await child.status()).signal, "SIGINT");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const programs = (await Promise.all(PLACES.map(programsIn))).flat()
  .filter(listens);

for (const program of programs) {
  const expected = EXPECTATIONS.find(({ line }) => program.text.includes(line));
  Deno.test({
    name: `the program at ${program.place} hears what happens, as printed`,
    // A program is ended by a signal.
    ignore: !IS_POSIX || expected?.nats !== undefined && !hasNats,
    async fn() {
      assert(
        expected,
        `${program.place}: add to EXPECTATIONS what this program is to print`,
      );
      await run(program, expected);
    },
  });
}

Deno.test("every expectation is of a program that is documented", () => {
  const unknown = EXPECTATIONS.filter(({ line }) =>
    !programs.some(({ text }) => text.includes(line))
  );
  assertEquals(unknown.map(({ line }) => line), []);
});

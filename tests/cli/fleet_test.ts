import { AmiServer, type AmiServerOptions } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { until } from "../_waiting.ts";
import { DamiRun, runDami, type RunResult } from "./_run.ts";
import { IS_POSIX } from "../_posix.ts";

/** Two embedded PBXs, a third that is down, and the file that names them. */
class FleetOfTwo implements AsyncDisposable {
  readonly berlin: AmiServer;
  readonly wien: AmiServer;
  readonly file: string;
  readonly #folder = Deno.makeTempDirSync();

  constructor(
    { hasThird = false, wienSecret = "another", ...options }:
      & AmiServerOptions
      & { hasThird?: boolean; wienSecret?: string } = {},
  ) {
    this.berlin = AmiServer.start(options);
    this.wien = AmiServer.start({ ...options, secret: "another" });
    this.file = `${this.#folder}/fleet.json`;
    this.#write("berlin.secret", "mysecret\n");
    this.#write("wien.secret", `${wienSecret}\n`);
    const hostname = "127.0.0.1";
    this.#write(
      "fleet.json",
      JSON.stringify({
        berlin: {
          hostname,
          port: this.berlin.port,
          secretFile: "berlin.secret",
        },
        wien: { hostname, port: this.wien.port, secretFile: "wien.secret" },
        // Nothing listens there.
        ...hasThird &&
          { graz: { hostname, port: 1, secretEnv: "DAMI_SECRET" } },
      }),
    );
  }

  /** Runs the command with the file. */
  run(command: string, ...args: string[]): Promise<RunResult> {
    return runDami([command, "--fleet", this.file, ...args]);
  }

  /** Begins to run the command with the file. */
  start(command: string, ...args: string[]): DamiRun {
    return new DamiRun([command, "--fleet", this.file, ...args]);
  }

  #write(name: string, text: string): void {
    Deno.writeTextFileSync(`${this.#folder}/${name}`, text, { mode: 0o600 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.berlin.close();
    await this.wien.close();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Waits until a client has logged in to each PBX. */
function loggedIn(...servers: AmiServer[]): Promise<void> {
  return until(
    () =>
      servers.every(({ clients }) => clients.some(({ loggedIn }) => loggedIn)),
    30_000,
  );
}

const ORIGINATE = [
  "Originate",
  "Channel=PJSIP/6001",
  "Context=default",
  "Exten=6002",
  "Priority=1",
  "Async=true",
  "CallerID=Zoë <100>",
];

Deno.test("dami queues --fleet shows the queues of all PBXs in one table", async () => {
  await using fleet = new FleetOfTwo();
  const { code, output, errors } = await fleet.run("queues");
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertEquals(
    output,
    `PBX     Queue    Strategy  Waiting  Longest    Free  Completed  Abandoned  In time
berlin  sales    rrmemory        0           0 of 0          0          0
berlin  support  ringall         0           2 of 2          0          0
wien    sales    rrmemory        0           0 of 0          0          0
wien    support  ringall         0           2 of 2          0          0

PBX     Queue    Member       Interface           State       Paused  Calls  Last call
berlin  support  Alice Jones  Local/2000@default  Not in use              0
berlin  support  Bob: Smith   Local/2001@default  Not in use              0
wien    support  Alice Jones  Local/2000@default  Not in use              0
wien    support  Bob: Smith   Local/2001@default  Not in use              0
`,
  );
  const json = await fleet.run("queues", "sales", "--json", "--pbx", "w*");
  const lines = json.output.trimEnd().split("\n");
  assertEquals(lines.length, 1);
  assertMatch(lines[0] ?? "", /^{"pbx":"wien","name":"sales",/);
});

Deno.test("dami peers --fleet shows the others when one PBX is down, says why, and fails", async () => {
  await using fleet = new FleetOfTwo({ hasThird: true });
  const { code, output, errors } = await fleet.run("peers", "PJSIP/6001");
  assertEquals(code, 1);
  assertMatch(output, /^berlin +PJSIP\/6001 .*\nwien +PJSIP\/6001 /m);
  assertMatch(
    errors,
    /^dami: graz: Nothing listens at 127\.0\.0\.1:1: .* 'hostname' and 'port' in \S+fleet\.json, .* --pbx graz .*\n$/,
  );
});

Deno.test("dami peers --fleet says of which PBX a list was refused", async () => {
  await using fleet = new FleetOfTwo();
  fleet.wien.on("SIPpeers", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  const { code, output, errors } = await fleet.run("peers");
  assertEquals(code, 1);
  assertMatch(output, /^berlin +SIP\/6101 /m);
  assertMatch(
    errors,
    /^dami: wien: The user 'admin' may not send 'SIPpeers': /,
  );
});

Deno.test("dami calls --fleet --watch shows a PBX when it comes, and what was last known when it goes", async () => {
  await using fleet = new FleetOfTwo({
    hasThird: true,
    ringTime: 0,
    talkTime: 600_000,
  });
  await using watching = fleet.start("calls", "--watch");
  await watching.untilOutput("graz: Not up to date: ");
  assertEquals((await fleet.run("do", "--pbx", "wien", ...ORIGINATE)).code, 0);
  const shown = await watching.untilOutput("Talking");
  assertMatch(shown, /^Calls {2}3 of \S+fleet\.json, /);
  assertMatch(shown, /^wien +Zoë <100> +6002 +/m);
  await fleet.wien.close();
  await watching.untilOutput("wien: Not up to date: ");
});

Deno.test("dami queues --fleet --watch says that there is no queue of that name, once it knows all", async () => {
  await using fleet = new FleetOfTwo();
  const { code, errors } = await fleet.run("queues", "--watch", "suport");
  assertEquals(code, 2);
  assertEquals(
    errors,
    "dami: There is no queue 'suport': did you mean 'support'?\n",
  );
});

Deno.test("dami calls --fleet --watch goes on without a PBX that refuses the login, and ends when there is no other", async () => {
  await using fleet = new FleetOfTwo({
    wienSecret: "wrong",
    talkTime: 600_000,
  });
  await using watching = fleet.start("calls", "--watch");
  const shown = await watching.untilOutput("wien: ");
  await fleet.run("do", "--pbx", "berlin", ...ORIGINATE);
  await watching.untilOutput("berlin");
  assertMatch(shown, /^wien: The PBX refused the login of 'admin': /m);
  const { code, errors } = await fleet.run("calls", "--watch", "--pbx", "wien");
  assertEquals(code, 1);
  assertMatch(errors, /^dami: wien: The PBX refused the login of 'admin': /);
});

Deno.test("dami do --fleet sends an action to the PBXs that --pbx names, and to no other", async () => {
  await using fleet = new FleetOfTwo();
  const pings = (server: AmiServer) =>
    server.received.filter((action) => action.get("Action") === "Ping").length;
  const { code, output } = await fleet.run("do", "--pbx", "wien", "Ping");
  assertEquals(code, 0);
  assertMatch(output, /^PBX +Ping +Timestamp\nwien +Pong +\S+\n$/);
  assertEquals([pings(fleet.berlin), pings(fleet.wien)], [0, 1]);
  const none = await fleet.run("do", "Ping");
  assertEquals(none, {
    code: 2,
    output: "",
    errors:
      "dami: --fleet needs --pbx here: name the PBX to send the action to, or write --pbx all.\n",
  });
  assertEquals([pings(fleet.berlin), pings(fleet.wien)], [0, 1]);
});

Deno.test("dami do --fleet shows lists in one table, and outputs below their PBX", async () => {
  await using fleet = new FleetOfTwo();
  const all = ["--pbx", "all"];
  const list = await fleet.run("do", ...all, "QueueSummary", "Queue=support");
  assertEquals(list.code, 0);
  assertMatch(
    list.output,
    /^PBX +Queue .*\nberlin +support .*\nwien +support /,
  );
  const output = await fleet.run("do", ...all, "Command", "core show uptime");
  assertMatch(output.output, /^berlin\nSystem uptime.*\n(?:.*\n)*\nwien\nSys/);
  const json = await fleet.run("do", ...all, "--json", "Ping");
  assertMatch(
    json.output,
    /^{"\$pbx":"berlin","Response":"Success".*}\n{"\$pbx":"wien",.*}\n$/,
  );
  const refused = await fleet.run("do", ...all, "Nope");
  assertEquals(refused.code, 1);
  assertEquals(
    refused.errors,
    "dami: berlin: The PBX has no action 'Nope': see dami do ListCommands.\n" +
      "dami: wien: The PBX has no action 'Nope': see dami do ListCommands.\n",
  );
});

Deno.test("dami tail --fleet shows the events of all PBXs, also when one is down", async () => {
  await using fleet = new FleetOfTwo({ hasThird: true });
  await using tail = fleet.start("tail", "Hangup", "--count", "2");
  await loggedIn(fleet.berlin, fleet.wien);
  const hangup = { Event: "Hangup", Privilege: "call,all", Cause: 16 };
  fleet.berlin.emit({ ...hangup, Channel: "PJSIP/1-1" });
  await tail.untilOutput("PJSIP/1-1");
  await tail.untilErrors("graz: ");
  fleet.wien.emit({ ...hangup, Channel: "PJSIP/2-2" });
  const { code, output, errors } = await tail.finished();
  assertEquals(code, 0);
  assertMatch(
    output,
    /^\S+ {2}berlin {2}Hangup +PJSIP\/1-1 +Cause=16\n\S+ {2}wien {4}Hangup +PJSIP\/2-2 +Cause=16\n$/,
  );
  assertMatch(errors, /^dami: graz: Nothing listens .* \(trying again\)\.\n$/);
});

Deno.test("dami tail --fleet --json has the name of the PBX as $pbx, and reports a gap with it", async () => {
  await using fleet = new FleetOfTwo();
  await using tail = fleet.start("tail", "Hangup", "--json", "--count", "1");
  await loggedIn(fleet.berlin, fleet.wien);
  fleet.wien.cut();
  await tail.untilErrors("Reconnected");
  fleet.wien.emit({ Event: "Hangup", Privilege: "call,all", Cause: 16 });
  const { output, errors } = await tail.finished();
  assertMatch(
    output,
    /^{"\$time":"[^"]+","\$pbx":"wien","Event":"Hangup",.*}\n$/,
  );
  assertMatch(errors, /^dami: wien: Connection lost, reconnecting.*\n/);
  assertMatch(errors, /\ndami: wien: Reconnected; events were missed from /);
});

Deno.test("dami doctor --fleet has a table of all PBXs, then what is wrong", async () => {
  await using fleet = new FleetOfTwo({ hasThird: true });
  const listen = ["--listen", "100ms"];
  const { code, output } = await fleet.run("doctor", ...listen);
  assertEquals(code, 1);
  const { port } = fleet.berlin;
  const [, head = "", table = "", ...rest] = output.split("\n\n");
  assertEquals(head.split("\n")[0], "PBX     Host             State");
  assertMatch(head, new RegExp(`^berlin +127\\.0\\.0\\.1:${port} +`, "m"));
  assertMatch(head, /^graz +127\.0\.0\.1:1 +1 problem$/m);
  assert(
    [table, ...rest].some((part) => part.startsWith("graz (127.0.0.1:1)")),
  );
  assertMatch(output, /✘ problem {2}Nothing listens at 127\.0\.0\.1:1/);
  const json = await fleet.run("doctor", "--json", "--pbx", "wien", ...listen);
  assertMatch(json.output, /^{"pbx":"wien","hostname":"127\.0\.0\.1",.*}\n$/);
});

Deno.test("dami --fleet says in one sentence what is wrong with the command line or the file", async () => {
  await using fleet = new FleetOfTwo();
  const { file } = fleet;
  const cases: [string[], string][] = [
    [
      ["calls", "--fleet", file, "--hostname", "pbx"],
      "--hostname and --fleet cannot be combined: the file has the hosts.",
    ],
    [
      ["calls", "--fleet", file, "dami://pbx"],
      "A URL and --fleet cannot be combined: the file has the hosts.",
    ],
    [["calls", "--pbx", "berlin"], "--pbx needs --fleet or --nats."],
    [
      ["calls", "--fleet", file, "--pbx", "berln"],
      `There is no PBX 'berln' in '${file}': did you mean 'berlin'?`,
    ],
    [
      ["calls", "--fleet", file, "--pbx", "x*"],
      `No PBX in '${file}' matches 'x*': the file has berlin, wien.`,
    ],
    [
      ["calls", "--fleet", "none.json"],
      "There is no file 'none.json' (--fleet).",
    ],
    [["record", "--fleet", file, "x"], "Unknown option '--fleet': "],
  ];
  const results = await Promise.all(cases.map(([args]) => runDami(args)));
  for (const [index, { code, output, errors }] of results.entries()) {
    const [args = [], sentence = ""] = cases[index] ?? [];
    assert(code !== 0 && output === "", args.join(" "));
    assert(errors.startsWith(`dami: ${sentence}`), errors);
    assertEquals(errors.split("\n").length, 2);
  }
});

Deno.test({
  name: "dami --fleet warns of a secret that everybody may read",
  ignore: !IS_POSIX,
  fn: async () => {
    await using fleet = new FleetOfTwo();
    await Deno.chmod(fleet.file.replace("fleet.json", "wien.secret"), 0o644);
    const { code, errors } = await fleet.run("calls");
    assertEquals(code, 0);
    assertMatch(
      errors,
      /^dami: Every user of this machine may read the secret of wien: chmod o= '\S+wien\.secret'\.\n/,
    );
  },
});

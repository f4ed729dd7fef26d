import { DAMI } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { Child } from "./_child.ts";
import { within } from "./_waiting.ts";
import { IS_POSIX } from "./_posix.ts";

/** The time an example may take for what no output shows (milliseconds). */
const DEADLINE = 60_000;

/** The environment that the examples read. */
const VARIABLES = "DAMI_HOSTNAME,DAMI_PORT,DAMI_USERNAME,DAMI_SECRET";

/** The examples that listen until Ctrl-C, which Windows cannot send to a child. */
const ignore = !IS_POSIX;

/** Runs an example against a PBX that the environment names. */
function example(
  name: string,
  server: AmiServer,
  args: string[] = [],
  env: Record<string, string> = {},
): Child {
  const { hostname, port } = server;
  return new Child([
    "run",
    "--no-prompt",
    // An example needs no more than one port, and where the PBX is.
    `--allow-net=${hostname}:${port},127.0.0.1:0`,
    `--allow-env=${VARIABLES}`,
    `examples/${name}`,
    ...args,
  ], { DAMI_HOSTNAME: hostname, DAMI_PORT: String(port), ...env });
}

/** Runs an example that brings its own PBX. */
function embedded(name: string, args: string[] = []): Child {
  return new Child([
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    `--allow-env=${VARIABLES}`,
    `examples/${name}`,
    ...args,
  ], Object.fromEntries(VARIABLES.split(",").map((name) => [name, ""])));
}

/** A channel that is hung up. */
function hangup(causeText: string): Record<string, string> {
  return {
    Event: "Hangup",
    Privilege: "call,all",
    Channel: "PJSIP/6001-00000000",
    "Cause-txt": causeText,
  };
}

Deno.test("the examples type-check", async () => {
  await using child = new Child(["check", "--quiet", "examples/"]);
  const { code, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
});

Deno.test("examples/connect.ts connects and prints the version", async () => {
  await using server = AmiServer.start();
  await using child = example("connect.ts", server);
  assertEquals(await child.finished(), {
    code: 0,
    output: `Logged in as admin at 127.0.0.1:${server.port}
Asterisk 22.10.1
AMI 11.0.0
The PBX is alive
`,
    errors: "",
  });
  assertEquals(server.received.at(-1)?.name, "Logoff");
});

Deno.test("examples/connect.ts reports what went wrong", async () => {
  await using server = AmiServer.start({ username: "eve", secret: "1" });
  const env = { DAMI_USERNAME: "eve", DAMI_SECRET: "2" };
  await using refused = example("connect.ts", server, [], env);
  assertEquals(await refused.finished(), {
    code: 1,
    output: "",
    errors: 'The PBX refused the login of "eve".\n',
  });
  await server.close();
  await using nobody = example("connect.ts", server);
  const { code, errors } = await nobody.finished();
  assertEquals(code, 1);
  assertMatch(errors, /^No PBX can be reached: .*\n$/);
});

Deno.test("examples/live.ts shows calls and queues, and what changes", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using child = example("live.ts", server);
  await child.until("Watching");
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.to("Originate", {
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
    Async: true,
  });
  await child.until("call-ended");
  child.kill("SIGINT");
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertEquals(
    output,
    `Calls now: 0
support: 2 members, 0 waiting
sales: 0 members, 0 waiting
Watching; press Ctrl-C to stop
call-started: 6001
call-answered: 6001
call-connected: 6001, 6002
call-ended: Normal Clearing
`,
  );
});

Deno.test("examples/actions.ts sends actions and shows the answers", async () => {
  await using server = AmiServer.start();
  await using child = example("actions.ts", server, ["PJSIP/6001"]);
  assertEquals(await child.finished(), {
    code: 0,
    output: `Ping: Pong
Queue support (ringall)
  Alice Jones at Local/2000@default
  Bob: Smith at Local/2001@default
Queue sales (rrmemory)
GetConfig: Config file not found
Originate: Originate successfully queued
`,
    errors: "",
  });
  const originate = await server.next("Originate");
  assertEquals(originate.getAll("Variable"), [
    "LANGUAGE=en",
    "CAMPAIGN=spring",
  ]);
});

Deno.test("examples/listen.ts shows events until the PBX is gone", async () => {
  await using server = AmiServer.start();
  await using child = example("listen.ts", server);
  await child.until("The PBX is fully booted\n");
  server.emit(hangup("Normal Clearing"));
  await child.until("PJSIP/6001-00000000 hung up: Normal Clearing\n");
  await server.close();
  assertEquals(await child.finished(), {
    code: 0,
    output: `Listening; press Ctrl-C to stop
The PBX is fully booted
PJSIP/6001-00000000 hung up: Normal Clearing
Disconnected (lost)
Events received: 2
`,
    errors: "",
  });
});

Deno.test({
  name: "examples/listen.ts logs off on Ctrl-C",
  ignore,
  fn: async () => {
    await using server = AmiServer.start();
    await using child = example("listen.ts", server);
    await child.until("Listening");
    await child.until("fully booted");
    child.kill("SIGINT");
    const { code, output } = await child.finished();
    assertEquals(code, 0);
    assertMatch(output, /Disconnected \(logoff\)/);
    assertEquals(server.received.at(-1)?.name, "Logoff");
  },
});

Deno.test({
  name: "examples/service.ts waits for the PBX and survives its loss",
  ignore,
  fn: async () => {
    const first = AmiServer.start();
    const { port } = first;
    await first.close();
    await using child = example("service.ts", first);
    await child.until("Serving");
    await using server = AmiServer.start({ port });
    await child.until("Channels now: 0\n");
    server.cut();
    await child.until(
      "Disconnected: lost\nLogged in\nEvents were missed\nChannels now: 0\n",
    );
    server.emit(hangup("Normal Clearing"));
    await child.until("PJSIP/6001-00000000 hung up: Normal Clearing\n");
    child.kill("SIGINT");
    const { code, output } = await child.finished();
    assertEquals(code, 0);
    assertMatch(output, /Events in all: 1\nDisconnected: logoff\n$/);
  },
});

Deno.test("examples/commands.ts prints what the commands print", async () => {
  await using server = AmiServer.start();
  await using child = example("commands.ts", server);
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertEquals(output.split("\n").map((line) => line.trimEnd()), [
    "*CLI> core show version",
    "Asterisk 22.10.1 built by dami @ testing",
    "*CLI> core show channels",
    "Channel              Location             State   Application(Data)",
    "0 active channels",
    "0 active calls",
    "0 calls processed",
    "*CLI> no such thing",
    "No such command 'no such thing' (type 'core show help no such' for other possible commands)",
    "",
  ]);
});

Deno.test({
  name:
    "examples/fleet.ts shows several PBXs, also where one refuses the login",
  ignore,
  fn: async () => {
    await using berlin = AmiServer.start({ ringTime: 1, talkTime: 1 });
    await using wien = AmiServer.start({ secret: "another" });
    const [one, two] = [berlin, wien].map(({ port }) => `127.0.0.1:${port}`);
    await using child = new Child([
      "run",
      "--no-prompt",
      `--allow-net=${one},${two}`,
      `--allow-env=${VARIABLES}`,
      "examples/fleet.ts",
      `berlin=${one}`,
      `wien=${two}`,
    ]);
    await child.until("Watching");
    await using dami = new DAMI({ port: berlin.port });
    await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
    await dami.to("Originate", {
      Channel: "PJSIP/6001",
      Application: "Dial",
      Data: "PJSIP/6002",
      Async: true,
    });
    await child.until("call-ended");
    child.kill("SIGINT");
    const { code, output } = await child.finished();
    assertEquals(code, 0);
    assertEquals(
      output,
      `berlin: ready
wien: Cannot log in to ${two} as "admin": the PBX says "Authentication failed"
berlin: Asterisk 22.10.1
Calls on 2 PBXs: 0
berlin/support: 2 members, 0 waiting
berlin/sales: 0 members, 0 waiting
Watching; press Ctrl-C to stop
berlin: call-started
berlin: call-connected
berlin: call-ended, Normal Clearing
`,
    );
  },
});

/** The examples with a PBX of their own, and what each of them prints there. */
const EMBEDDED: readonly (readonly [name: string, prints: string])[] = [
  ["actions.ts", "Queue support (ringall)"],
  ["click_to_dial.ts", "Listening on http://127.0.0.1:"],
  ["commands.ts", "Asterisk 22.10.1"],
  ["connect.ts", "The PBX is alive"],
  ["fleet.ts", "wien: call-connected"],
  ["hangup_notifier.ts", "Open http://127.0.0.1:"],
  ["ivr.ts", "6002 calls\nconnected: ANSWER"],
  ["listen.ts", "hung up: Normal Clearing"],
  ["live.ts", "call-connected: 02079460123, 600"],
  ["service.ts", "hung up: Normal Clearing"],
];

for (const [name, prints] of EMBEDDED) {
  Deno.test({
    name:
      `examples/${name} brings its own PBX where the environment names none`,
    ignore,
    fn: async () => {
      await using child = embedded(name);
      await child.until(prints);
      const text = await Deno.readTextFile(
        new URL(`../examples/${name}`, import.meta.url),
      );
      if (text.includes("SIGINT")) {
        assertMatch(await child.until("Ctrl-C"), /press Ctrl-C to stop\n/);
        child.kill("SIGINT");
      }
      const { code, output, errors } = await child.finished();
      assertEquals({ code, errors }, { code: 0, errors: "" });
      assertMatch(output, /^Using the embedded PBX/);
    },
  });
}

Deno.test("examples/README.md has a line for each example, and runs each", async () => {
  const folder = new URL("../examples/", import.meta.url);
  const text = await Deno.readTextFile(new URL("README.md", folder));
  for await (const { name } of Deno.readDir(folder)) {
    // What others import, and what others play.
    if (!name.endsWith(".ts") || ["pbx.ts", "target.ts"].includes(name)) {
      continue;
    }
    assert(text.includes(`](./${name})`), `examples/README.md lacks ${name}`);
  }
  for (const [, name = ""] of text.matchAll(/\]\(\.\/([^)#]+)\)/g)) {
    await Deno.stat(new URL(name, folder));
  }
});

Deno.test("examples/testing_example_test.ts passes", async () => {
  await using child = new Child([
    "test",
    "--quiet",
    "--allow-net=127.0.0.1",
    "examples/testing_example_test.ts",
  ]);
  const { code, output } = await child.finished();
  assertEquals(code, 0, output);
  assertMatch(output, /3 passed \| 0 failed/);
});

Deno.test("examples/replay_example_test.ts passes", async () => {
  await using child = new Child([
    "test",
    "--quiet",
    "--allow-net=127.0.0.1",
    "--allow-read=examples",
    "examples/replay_example_test.ts",
  ]);
  const { code, output } = await child.finished();
  assertEquals(code, 0, output);
  assertMatch(output, /1 passed \| 0 failed/);
});

Deno.test("examples/hangup_notifier.ts reports a hang-up to browsers", async () => {
  await using server = AmiServer.start();
  await using child = example("hangup_notifier.ts", server);
  const output = await child.until("Ctrl-C");
  const [url = ""] = /http:[^\s;]+/.exec(output) ?? [];
  const page = await fetch(url);
  assertMatch(await page.text(), /new WebSocket/);

  const socket = new WebSocket(url.replace("http", "ws"));
  const closed = Promise.withResolvers<void>();
  const message = Promise.withResolvers<unknown>();
  const opened = Promise.withResolvers<void>();
  socket.onopen = () => opened.resolve();
  socket.onmessage = ({ data }) => message.resolve(JSON.parse(data));
  socket.onclose = () => closed.resolve();
  socket.onerror = () => opened.reject(new Error("There is no WebSocket"));
  await within(opened.promise, DEADLINE);
  // The server may add the browser a moment after the browser is connected.
  const timer = setInterval(() => server.emit(hangup("User busy")), 20);
  try {
    assertEquals(await within(message.promise, DEADLINE), {
      channel: "PJSIP/6001-00000000",
      cause: "User busy",
    });
  } finally {
    clearInterval(timer);
  }
  await server.close();
  await within(closed.promise, DEADLINE);
  assertEquals((await child.finished()).code, 0);
});

Deno.test("the demo brings its own PBX and ends in time", async () => {
  const start = performance.now();
  await using child = new Child([
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    "examples/demo.ts",
  ]);
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assert(performance.now() - start < 10_000);
  assertMatch(output, /✓ Logged in as admin/);
  assertMatch(output, /PJSIP\/6003 {2}Unavailable {2}not registered/);
  assertMatch(output, /BridgeEnter .*BridgeNumChannels=2/);
  assertMatch(output, /Hangup .*Cause=16 {2}Cause-txt=Normal Clearing/);
  assertMatch(output, /✓ \d+ events in \d\.\d s\n$/);
  assert(!output.includes("\x1b"), "There are colors off a terminal");
});

Deno.test("the demo shows two PBXs at once when it is asked to", async () => {
  await using child = new Child([
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    "examples/demo.ts",
    "--fleet",
  ]);
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  for (const pbx of ["berlin", "wien"]) {
    assertMatch(output, new RegExp(`✓ Logged in to ${pbx} as admin`));
    assertMatch(output, new RegExp(`^  ${pbx} +support +2 +0$`, "m"));
    assertMatch(output, new RegExp(`^  ${pbx} .* BridgeEnter `, "m"));
    assertMatch(output, new RegExp(`^  ${pbx} .* Hangup .*Cause=16`, "m"));
  }
  assertMatch(output, /✓ \d+ events of 2 PBXs in \d\.\d s\n$/);
});

Deno.test("the demo shows names that could steer the terminal as blanks", async () => {
  await using server = AmiServer.start({
    endpoints: [{ name: "60\u202e01\x1b[31m" }],
    peers: [{ name: "61\u206601" }],
  });
  await using child = new Child([
    "run",
    "--allow-net=127.0.0.1",
    "examples/demo.ts",
    `--port=${server.port}`,
    "--seconds=1",
  ]);
  const { code, output } = await child.finished();
  assertEquals(code, 0);
  assertMatch(output, /PJSIP\/60 01 \[31m/);
  assertMatch(output, /SIP\/61 01/);
});

Deno.test("the demo shows another PBX, and calls only when asked", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const args = (...more: string[]): string[] => [
    "run",
    "--no-prompt",
    `--allow-net=127.0.0.1:${port}`,
    "examples/demo.ts",
    "--port",
    String(port),
    ...more,
  ];
  await using silent = new Child(args("--seconds", "1"));
  const quiet = await silent.finished();
  assertEquals({ code: quiet.code, errors: quiet.errors }, {
    code: 0,
    errors: "",
  });
  assertMatch(quiet.output, /Events of the next 1 s/);
  assert(!server.received.some(({ name }) => name === "Originate"));
  await using calling = new Child(args("--originate", "PJSIP/6002"));
  const { code, output } = await calling.finished();
  assertEquals(code, 0);
  assertMatch(output, /OriginateResponse .*Response=Success/);
  assertEquals((await server.next("Originate")).get("Channel"), "PJSIP/6002");
});

Deno.test("the demo refuses a wrong argument in one sentence", async () => {
  const cases: [string[], string][] = [
    [["--foo"], "Unknown option '--foo': see --help.\n"],
    [["more"], "Unexpected argument 'more': see --help.\n"],
    [
      ["--fleet", "--port", "1"],
      "--fleet brings its own PBXs: leave out --hostname, --port and --originate.\n",
    ],
    [
      ["--port", "x"],
      "The option '--port' must be a number from 1 to 65535: 'x'.\n",
    ],
  ];
  for (const [args, sentence] of cases) {
    await using child = new Child(["run", "examples/demo.ts", ...args]);
    assertEquals(await child.finished(), {
      code: 1,
      output: "",
      errors: sentence,
    });
  }
});

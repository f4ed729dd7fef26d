import { assert, assertEquals, assertMatch } from "@std/assert";
import { DAMI, type DAMIData } from "../../../mod.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import {
  parseRecording,
  type Recording,
  toBinary,
} from "../../../src/testing/recording/recording.ts";
import { DamiRun, runDami } from "../_run.ts";
import { TerminalSession, terminalTest } from "../_terminal.ts";
import { IS_POSIX } from "../../_posix.ts";

/** A path for a recording, in a folder that is removed in the end. */
async function place(): Promise<{ path: string } & AsyncDisposable> {
  const dir = await Deno.makeTempDir();
  return {
    path: `${dir}/session.dami`,
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

async function read(path: string): Promise<Recording> {
  return parseRecording(await Deno.readTextFile(path));
}

/** All that went one way, as text. */
function textOf({ pieces }: Recording, way: "received" | "sent"): string {
  return pieces.filter(({ direction }) => direction === way)
    .map(({ bytes }) => toBinary(bytes)).join("");
}

function isGone(path: string): boolean {
  try {
    Deno.statSync(path);
    return false;
  } catch {
    return true;
  }
}

/** Resolves as soon as a client sends the action. */
async function sent(server: AmiServer, action: string): Promise<void> {
  await server.next(action, { signal: AbortSignal.timeout(60_000) });
}

/** A call whose numbers and names somebody could recognize. */
function call(server: AmiServer, index: number): void {
  server.emit([
    {
      Event: "Newchannel",
      Privilege: "call,all",
      Channel: `PJSIP/4930123456-0000000${index}`,
      CallerIDNum: "4930123456",
      CallerIDName: "Zoë Müller",
      Exten: "4930999999",
      Uniqueid: `1795364878.${index}`,
    },
    {
      Event: "Hangup",
      Privilege: "call,all",
      Channel: `PJSIP/4930123456-0000000${index}`,
      Uniqueid: `1795364878.${index}`,
      Cause: 16,
      "Cause-txt": "Normal Clearing",
    },
  ]);
}

Deno.test("dami record writes a session that can be replayed, and nobody's number is in it", async () => {
  await using file = await place();
  await using server = AmiServer.start();
  await using run = new DamiRun([
    "record",
    file.path,
    "--port",
    `${server.port}`,
    "--count",
    "5",
    "--do",
    "QueueStatus Queue=support",
    "--do",
    "Nope",
  ]);
  await sent(server, "Nope");
  call(server, 1);
  call(server, 2);
  const { code, output, errors } = await run.finished();
  assertEquals({ code, output }, { code: 0, output: "" });
  assertMatch(
    errors,
    /^dami: Action "Nope" failed: .*\ndami: Recorded 5 events in 0:0\d to .*session\.dami: read it before you share it\.\n$/,
  );

  const text = await Deno.readTextFile(file.path);
  for (const personal of ["mysecret", "4930", "Zoë", "Müller", "Alice"]) {
    assert(!text.includes(personal), personal);
  }
  const recording = await read(file.path);
  assertEquals(recording.masked, {
    numbers: true,
    names: true,
    addresses: true,
  });
  assertEquals(recording.end?.by, "client");
  assertMatch(
    textOf(recording, "received"),
    /^Asterisk Call Manager\/11\.0\.0/,
  );
  assertMatch(textOf(recording, "sent"), /\r\nSecret: \*{8}\r\n/);
  assertMatch(textOf(recording, "received"), /Response: Goodbye\r\n[^]*\r\n$/);

  await using replayed = await AmiServer.replay(file.path, { speed: Infinity });
  await using dami = new DAMI({ port: replayed.port });
  const heard: DAMIData[] = [];
  dami.on("*", (event) => heard.push(event));
  await dami.connectAndLogin({ username: "a", secret: "b" });
  await dami.listen();
  const [, params, ...members] = await dami.to("QueueStatus", {
    Queue: "support",
  });
  assertEquals(params?.["Strategy"], "ringall");
  assertEquals(members.length, 3);
  await replayed.finished;
  // What was held until now is delivered by a timer, which is older than this one.
  await new Promise((resolve) => setTimeout(resolve, 0));
  await dami.ping();
  assertEquals(heard.map((event) => [event.Event, event["Uniqueid"]]), [
    ["FullyBooted", undefined],
    ["Newchannel", "1795364878.1"],
    ["Hangup", "1795364878.1"],
    ["Newchannel", "1795364878.2"],
    ["Hangup", "1795364878.2"],
  ]);
  const channels = heard.slice(1).map((event) => event["Channel"]);
  assertEquals(channels[0], channels[1]);
  assertEquals(
    channels[0],
    `PJSIP/${heard[1]?.["CallerIDNum"]}-00000001`,
  );
});

Deno.test("dami record keeps what shall not be masked, and says so", async () => {
  await using file = await place();
  await using server = AmiServer.start();
  await using run = new DamiRun([
    "record",
    file.path,
    "--port",
    `${server.port}`,
    "--count",
    "3",
    "--keep-names",
    "--keep",
    "4930999999",
  ]);
  await sent(server, "Login");
  call(server, 1);
  const { code, errors } = await run.finished();
  assertEquals(code, 0);
  assertMatch(errors, /: its names are not masked\.\n$/);
  const recording = await read(file.path);
  const { names, numbers } = recording.masked;
  assertEquals({ names, numbers }, { names: false, numbers: true });
  const text = await Deno.readTextFile(file.path);
  assert(text.includes("Zoë Müller"));
  assert(text.includes("Exten: 4930999999"));
  assert(!text.includes("4930123456"));
});

Deno.test({
  name: "dami record ends in good order by Ctrl-C",
  ignore: !IS_POSIX,
  fn: async () => {
    await using file = await place();
    await using server = AmiServer.start();
    const { port } = server;
    await using run = new DamiRun(
      ["record", file.path, "--port", `${port}`, "--do", "Ping"],
    );
    await sent(server, "Ping");
    run.kill("SIGINT");
    const { code, errors } = await run.finished();
    assertEquals(code, 130);
    assertMatch(errors, /^dami: Recorded \d+ events? in 0:0\d to /);
    assertEquals((await read(file.path)).end?.by, "client");
    assertEquals(server.received.at(-1)?.name, "Logoff");
  },
});

Deno.test("dami record ends after a time, and records what it is told to", async () => {
  await using file = await place();
  await using server = AmiServer.start();
  const args = ["record", file.path, "--port", `${server.port}`];
  const { code, errors } = await runDami(
    [...args, "--for", "300ms", "--events", "system,agent"],
  );
  assertEquals(code, 0);
  assertEquals(server.received[0]?.get("Events"), "system,agent");
  assertMatch(errors, /^dami: Recorded 1 event in 0:00 to /);
  assert(((await read(file.path)).end?.at ?? 0) >= 300);
});

Deno.test("dami record tells that the PBX ended the session", async () => {
  for (const options of [[], ["--count", "100"]]) {
    await using file = await place();
    await using server = AmiServer.start();
    const args = ["record", file.path, "--port", `${server.port}`];
    await using run = new DamiRun([...args, ...options, "--do", "Ping"]);
    await sent(server, "Ping");
    await server.restart();
    const { code, errors } = await run.finished();
    assertEquals(code, options.length === 0 ? 0 : 1);
    assertMatch(
      errors,
      options.length === 0
        ? /^dami: The PBX ended the session\. Recorded /
        : /^dami: The PBX ended the session too early\. /,
    );
    assertEquals((await read(file.path)).end?.by, "pbx");
  }
});

Deno.test("a refused login is recorded", async () => {
  await using file = await place();
  await using server = AmiServer.start();
  const { code, errors } = await runDami(
    ["record", file.path, "--port", `${server.port}`],
    { env: { DAMI_SECRET: "wrong" } },
  );
  assertEquals(code, 1);
  assertMatch(errors, /^dami: The PBX refused the login of 'admin'/);
  const recording = await read(file.path);
  assertEquals(recording.end?.by, "pbx");
  assertMatch(textOf(recording, "received"), /Authentication failed/);
  assert(!textOf(recording, "sent").includes("wrong"));
});

Deno.test("no file is left where there is nothing to be recorded", async () => {
  await using file = await place();
  const server = AmiServer.start();
  const { port } = server;
  await server.close();
  const { code, errors } = await runDami(
    ["record", file.path, "--port", `${port}`],
  );
  assertEquals(code, 1);
  assertMatch(errors, /^dami: Nothing listens at 127\.0\.0\.1:/);
  assert(isGone(file.path));
});

Deno.test("dami record writes to the standard output, and to no file twice", async () => {
  await using file = await place();
  await using server = AmiServer.start();
  const args = ["--port", `${server.port}`, "--for", "100ms"];
  const { code, output } = await runDami(["record", "-", ...args]);
  assertEquals(code, 0);
  assertEquals(parseRecording(output).end?.by, "client");
  await Deno.writeTextFile(file.path, "precious");
  const refused = await runDami(["record", file.path, ...args]);
  assertEquals(refused.code, 1);
  assertMatch(refused.errors, /exists: choose another, or give --force\.\n$/);
  assertEquals(await Deno.readTextFile(file.path), "precious");
  assertEquals(
    (await runDami(["record", file.path, ...args, "--force"])).code,
    0,
  );
  assertEquals((await read(file.path)).end?.by, "client");
});

Deno.test("dami record refuses what it cannot do, in one sentence", async () => {
  const cases: [args: string[], sentence: string][] = [
    [[], "No file was given: name the file to write"],
    [["a", "b"], "Unexpected argument 'b': name one file"],
    [
      ["a", "--count", "0"],
      "--count must be a whole number, 1 or more, not '0'",
    ],
  ];
  for (const [args, sentence] of cases) {
    assertEquals(await runDami(["record", ...args]), {
      code: 2,
      output: "",
      errors: `dami: ${sentence}.\n`,
    });
  }
});

terminalTest("dami record shows its progress", async () => {
  await using file = await place();
  await using server = AmiServer.start();
  await using session = TerminalSession.dami(
    ["record", file.path, "--port", `${server.port}`, "--count", "5"],
  );
  await sent(server, "Login");
  call(server, 1);
  await session.until("60%  3 events");
  call(server, 2);
  const { code, shown } = await session.finished();
  assertEquals(code, 0);
  // What was shown is gone before the last sentence comes.
  const last = shown.slice(shown.lastIndexOf("\r\x1b[K"));
  assert(last.startsWith("\r\x1b[Kdami: Recorded 5 events in "), last);
});

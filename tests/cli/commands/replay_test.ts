import { assert, assertEquals, assertMatch } from "@std/assert";
import { DAMI } from "../../../mod.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import {
  LOGIN,
  recordingFile,
  type Written,
} from "../../testing/_recordings.ts";
import { DamiRun, runDami } from "../_run.ts";
import { TerminalSession, terminalTest } from "../_terminal.ts";
import { IS_POSIX } from "../../_posix.ts";

/** Two events, half a second apart. */
const SESSION: readonly Written[] = [
  ...LOGIN,
  [100, "<", "Event: Newchannel\nPrivilege: call,all\nChannel: A\n\n"],
  [600, "<", "Event: Hangup\nPrivilege: call,all\nChannel: A\n\n"],
];

/** Returns the address at which the command says that it listens. */
function portIn(output: string): number {
  const [, port = ""] = / at 127\.0\.0\.1:(\d+):/.exec(output) ?? [];
  return Number(port);
}

async function portOf(run: DamiRun): Promise<number> {
  return portIn(await run.untilOutput("everyone who logs in"));
}

/** A client that has logged in. */
async function connect(port: number): Promise<DAMI> {
  const dami = new DAMI({ port, timeout: 60_000 });
  await dami.connectAndLogin({ username: "who", secret: "ever" });
  return dami;
}

Deno.test("dami replay plays a recording until it is over and its client has left", async () => {
  await using file = await recordingFile(SESSION);
  await using run = new DamiRun([
    "replay",
    file.path,
    "--port",
    "0",
    "--speed",
    "max",
  ]);
  await using dami = await connect(await portOf(run));
  const names: unknown[] = [];
  const ended = Promise.withResolvers<void>();
  dami.on("*", ({ Event }) => {
    names.push(Event);
    if (Event === "Hangup") ended.resolve();
  });
  await dami.listen();
  await ended.promise;
  assertEquals(names, ["Newchannel", "Hangup"]);
  assertEquals(await dami.ping(), true);
  dami.close();
  const { code, output, errors } = await run.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertMatch(
    output,
    /^Playing .*\.dami at 127\.0\.0\.1:\d+: 2 events in 0:00, to everyone who logs in\n$/,
  );
});

Deno.test({
  name: "dami replay ends by Ctrl-C",
  ignore: !IS_POSIX,
  fn: async () => {
    await using file = await recordingFile(SESSION);
    await using run = new DamiRun(
      ["replay", file.path, "--port", "0", "--loop", "--speed", "100"],
    );
    await using dami = await connect(await portOf(run));
    await dami.listen();
    let rounds = 0;
    for await (const _event of dami.events("Hangup")) {
      if (++rounds === 3) break;
    }
    run.kill("SIGINT");
    assertEquals((await run.finished()).code, 130);
  },
});

terminalTest("dami replay shows its progress", async () => {
  await using file = await recordingFile(SESSION);
  await using session = TerminalSession.dami(
    ["replay", file.path, "--port", "0"],
  );
  const port = portIn(await session.until("everyone who logs in"));
  await session.until("  0%  0 events");
  await using dami = await connect(port);
  await dami.listen();
  await session.until("1 event  ");
  await session.until("100%  2 events");
  dami.close();
  const { code, shown } = await session.finished();
  assertEquals(code, 0);
  assert(shown.endsWith("\r\x1b[K"), "What was shown is not gone");
});

Deno.test("dami replay needs no more permissions than to read and to listen", async () => {
  await using file = await recordingFile(SESSION);
  await using run = new DamiRun(
    ["replay", file.path, "--port", "0", "--speed", "max"],
    { permissions: ["--allow-net=127.0.0.1:0", `--allow-read=${file.path}`] },
  );
  const dami = await connect(await portOf(run));
  dami.close();
  assertEquals((await run.finished()).code, 0);
});

Deno.test("dami replay refuses what it cannot play, in one sentence", async () => {
  await using file = await recordingFile(SESSION);
  await using server = AmiServer.start();
  const { path } = file;
  const cases: [args: string[], code: number, sentence: string][] = [
    [[], 2, "No file was given: name a recording"],
    [["a", "b"], 2, "Unexpected argument 'b': name one file"],
    [
      [path, "--speed", "0"],
      2,
      "--speed must be a number such as 10 or 0.5, or max, not '0'",
    ],
    [
      [path, "--port", "65536"],
      2,
      "--port must be a number up to 65535 (0 takes a free one), not '65536'",
    ],
    [[`${path}.no`], 1, `There is no file '${path}.no': name a recording`],
    [
      ["tests/captures/badlogin-22.txt"],
      1,
      "The file 'tests/captures/badlogin-22.txt' is not a recording that can be played: Cannot read the recording as line 1 is no JSON",
    ],
    [
      [path, "--port", `${server.port}`],
      1,
      `127.0.0.1:${server.port} is already in use: choose another port with --port`,
    ],
  ];
  for (const [args, code, sentence] of cases) {
    assertEquals(await runDami(["replay", ...args]), {
      code,
      output: "",
      errors: `dami: ${sentence}.\n`,
    });
  }
  const folder = await runDami(["replay", "tests"]);
  assertEquals(folder.code, 1);
  assert(folder.errors.startsWith("dami: "));
});

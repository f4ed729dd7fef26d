import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { DamiRun, runDami, type RunResult } from "./_run.ts";
import { shellLine, TerminalSession, terminalTest } from "./_terminal.ts";

function run(server: AmiServer, ...args: string[]): Promise<RunResult> {
  return runDami([...args, "--port", `${server.port}`]);
}

/** Calls somebody who stays. */
async function call(server: AmiServer): Promise<void> {
  const { code } = await run(
    server,
    "do",
    "Originate",
    "Channel=PJSIP/6001",
    "Context=default",
    "Exten=6002",
    "Priority=1",
    "Async=true",
    "CallerID=Zoë <100>",
  );
  assertEquals(code, 0);
}

const LONG = { ringTime: 0, talkTime: 600_000 };

Deno.test("dami calls shows the calls that there are", async () => {
  await using server = AmiServer.start(LONG);
  assertEquals(await run(server, "calls"), {
    code: 0,
    output: "",
    errors: "dami: There are no calls.\n",
  });
  await call(server);
  await using watching = new DamiRun([
    "calls",
    "--watch",
    "--interval",
    "50ms",
    "--port",
    `${server.port}`,
  ]);
  await watching.untilOutput("Talking");
  const { code, output, errors } = await run(server, "calls");
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertMatch(
    output,
    /^Caller +With +State +Duration +Application +Channels\n/,
  );
  assertMatch(
    output,
    /^\S.* +Talking +00:00:\d\d +Dial\(PJSIP\/6002\S*\) +PJSIP\/6001-00000000 PJSIP\/6002-00000001$/m,
  );
  const json = await run(server, "calls", "--json");
  const parsed: unknown = JSON.parse(json.output);
  assert(typeof parsed === "object" && parsed !== null && "state" in parsed);
  assertEquals(parsed.state, "Talking");
});

Deno.test("dami queues shows queues and members, those that are named", async () => {
  await using server = AmiServer.start();
  const { code, output } = await run(server, "queues");
  assertEquals(code, 0);
  assertEquals(
    output,
    `Queue    Strategy  Waiting  Longest    Free  Completed  Abandoned  In time
sales    rrmemory        0           0 of 0          0          0      0 %
support  ringall         0           2 of 2          0          0      0 %

Queue    Member       Interface           State       Paused  Calls  Last call
support  Alice Jones  Local/2000@default  Not in use              0
support  Bob: Smith   Local/2001@default  Not in use              0
`,
  );
  const named = await run(server, "queues", "SALES");
  assertMatch(named.output, /^Queue .*\nsales .*\n$/);
  assertEquals(
    (await run(server, "queues", "s*", "--json")).output.split("\n").length,
    3,
  );
  assertEquals(await run(server, "queues", "suport"), {
    code: 2,
    output: "",
    errors: "dami: There is no queue 'suport': perhaps 'support' is meant.\n",
  });
});

Deno.test("dami peers shows the phones that the PBX has, whatever modules it has", async () => {
  await using server = AmiServer.start();
  server.on("IAXpeers", () => [
    { Response: "Success", EventList: "start" },
    {
      Event: "PeerEntry",
      Channeltype: "IAX2",
      ObjectName: "trunk",
      IPaddress: "192.0.2.7",
      IPport: 4569,
      Status: "OK (3 ms)",
    },
    { Event: "PeerlistComplete", EventList: "Complete", ListItems: 1 },
  ]);
  assertEquals(
    (await run(server, "peers")).output,
    `Peer        State        Address                  Channels
PJSIP/6001  Not in use   sip:6001@127.0.0.1:5071
PJSIP/6002  Not in use   sip:6002@127.0.0.1:5072
PJSIP/6003  Unavailable  not registered
SIP/6101    Unmonitored  not registered
SIP/6102    Unmonitored  not registered
IAX2/trunk  OK (3 ms)    192.0.2.7:4569
`,
  );
  server.on("SIPpeers", () => ({
    Response: "Error",
    Message:
      "Invalid/unknown command: SIPpeers. Use Action: ListCommands to show available commands.",
  }));
  const { code, output } = await run(server, "peers", "PJSIP/*", "iax2/trunk");
  assertEquals(code, 0);
  assertEquals(output.split("\n").length, 6);
});

Deno.test("dami peers fails where the user may not see them", async () => {
  await using server = AmiServer.start();
  server.on("SIPpeers", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  assertEquals(await run(server, "peers"), {
    code: 1,
    output: "",
    errors:
      "dami: The user 'admin' may not do 'SIPpeers': add its class to 'write' of this user in manager.conf.\n",
  });
});

Deno.test({
  name:
    "--watch shows one state below the other in a pipe, without escape sequences",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using server = AmiServer.start();
    await using watching = new DamiRun([
      "queues",
      "--watch",
      "--interval",
      "10ms",
      "--port",
      `${server.port}`,
    ]);
    await server.next("QueueStatus");
    await server.next("QueueStatus");
    await server.next("QueueStatus");
    await watching.untilOutput("\n\nQueues  admin@127.0.0.1");
    watching.kill("SIGINT");
    const { code, output, errors } = await watching.finished();
    assertEquals({ code, errors }, { code: 130, errors: "" });
    assert(!output.includes("\x1b"));
    assertMatch(
      output,
      /^Queues {2}admin@127\.0\.0\.1:\d+, \d\d:\d\d:\d\d, Ctrl-C ends\n/,
    );
  },
});

terminalTest(
  "--watch redraws in place, and Ctrl-C leaves the terminal as it was",
  async () => {
    await using server = AmiServer.start(LONG);
    const settings = await Deno.makeTempFile();
    const line = shellLine([
      "calls",
      "--watch",
      "--interval",
      "50ms",
      "--port",
      `${server.port}`,
    ]);
    try {
      await using session = new TerminalSession(
        `trap : INT; stty -a > "$SETTINGS"; ${line}; echo "status=$?"; stty -a | cmp - "$SETTINGS" && echo same`,
        { DAMI_SECRET: "mysecret", SETTINGS: settings },
      );
      await session.until("There are no calls.");
      await call(server);
      await session.until("Talking");
      await session.type("\x03");
      const { shown } = await session.finished();
      // Another screen, without a cursor and without lines that wrap, and back again at the very end.
      const entered = "\x1b[?1049h\x1b[?25l\x1b[?7l";
      const left = "\x1b[?7h\x1b[?25h\x1b[?1049l";
      const [before = "", rest = ""] = shown.split(entered);
      assertEquals(before, "");
      const [drawn = "", after = ""] = rest.split(left);
      assertMatch(after, /status=130\r\nsame/);
      assert(!after.includes("\x1b"), after);
      // Each time from the upper left corner on, without erasing all.
      assert(drawn.split("\x1b[H").length > 2);
      assert(!drawn.includes("\x1b[2J"));
    } finally {
      await Deno.remove(settings);
    }
  },
);

terminalTest(
  "--watch says that it is not up to date while there is no connection",
  async () => {
    await using server = AmiServer.start();
    await using session = TerminalSession.dami([
      "queues",
      "--watch",
      "--interval",
      "50ms",
      "--port",
      `${server.port}`,
    ]);
    await session.until("support");
    server.on("QueueStatus", (_action, client) => client.cut());
    await session.until("Not up to date: ");
    await session.type("\x03");
    assertEquals((await session.finished()).code, 130);
  },
);

terminalTest("--watch fits a terminal that is small", async () => {
  const queues = Array.from({ length: 40 }, (_, index) => ({
    name: `queue-${index}`,
  }));
  await using server = AmiServer.start({ queues });
  const line = shellLine([
    "queues",
    "--watch",
    "--port",
    `${server.port}`,
  ]);
  await using session = new TerminalSession(
    `stty cols 60 rows 10; exec ${line}`,
    { DAMI_SECRET: "mysecret", NO_COLOR: "1" },
  );
  await session.until("lines more");
  await session.type("\x03");
  const { shown } = await session.finished();
  const [, drawn = ""] = shown.split("\x1b[H");
  const lines = drawn.split("\x1b[J")[0]?.split("\r\n") ?? [];
  assertEquals(lines.length, 10);
  assertEquals(lines.at(-1), "… and 34 lines more\x1b[K");
});

Deno.test("a signal that comes twice ends the command at once", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using server = AmiServer.start();
  await using watching = new DamiRun([
    "queues",
    "--watch",
    "--port",
    `${server.port}`,
  ]);
  await watching.untilOutput("support");
  // It would wait for the goodbye.
  server.stall();
  watching.kill("SIGINT");
  const timer = setInterval(() => watching.kill("SIGINT"), 50);
  try {
    const begin = performance.now();
    assertEquals((await watching.finished()).code, 130);
    assert(performance.now() - begin < 1_500);
  } finally {
    clearInterval(timer);
  }
});

terminalTest(
  "Ctrl-Z gives the terminal back until --watch goes on",
  async () => {
    await using server = AmiServer.start();
    await using session = new TerminalSession("exec bash --norc -i", {
      DAMI_SECRET: "mysecret",
      DAMI_PORT: `${server.port}`,
      PS1: "> ",
    });
    await session.type(`${shellLine(["queues", "--watch"])}\r`);
    await session.until("\x1b[?1049h");
    await session.until("support");
    await session.type("\x1a");
    await session.until(/\[\?1049l[^]*Stopped/);
    await session.type("fg\r");
    await session.until(/Stopped[^]*\[\?1049h[^]*support/);
    await session.type("\x03");
    await session.until(/Stopped[^]*\[\?1049l/);
    await session.type("echo status=$?; exit\r");
    await session.until("status=130");
  },
);

import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { DamiRun, runDami, type RunResult } from "../_run.ts";
import { shellLine, TerminalSession, terminalTest } from "../_terminal.ts";
import { IS_POSIX } from "../../_posix.ts";

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

Deno.test("dami calls shows current calls", async () => {
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
sales    rrmemory        0           0 of 0          0          0
support  ringall         0           2 of 2          0          0

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
    errors: "dami: There is no queue 'suport': did you mean 'support'?\n",
  });
});

Deno.test("dami peers shows the phones that the PBX has, whatever modules it has", async () => {
  await using server = AmiServer.start();
  server.on("IAXpeerlist", () => [
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

const REFUSED = { Response: "Error", Message: "Permission denied" };

Deno.test("dami peers fails where the user may not see some, and shows the others", async () => {
  await using server = AmiServer.start();
  server.on("SIPpeers", () => REFUSED);
  const { code, output, errors } = await run(server, "peers");
  assertEquals(code, 1);
  assertMatch(output, /^PJSIP\/6001 /m);
  assert(!output.includes("SIP/6101"));
  assertMatch(
    errors,
    /^dami: The user 'admin' may not send 'SIPpeers': .* manager\.conf\.\n$/,
  );
});

Deno.test("dami peers says which details it cannot show", async () => {
  await using server = AmiServer.start();
  server.on("DeviceStateList", () => REFUSED);
  const { code, output, errors } = await run(server, "peers");
  assertEquals(code, 0);
  assertMatch(output, /^PJSIP\/6001 +Unknown +sip:/m);
  assertMatch(
    errors,
    /^dami: Cannot show the devices: The user 'admin' may not send 'DeviceStateList': .*\n$/,
  );
});

Deno.test("dami calls works for a user who is refused CoreShowChannels, and without the module of parking", async () => {
  await using server = AmiServer.start();
  server.on("CoreShowChannels", () => REFUSED);
  server.on("Status", () => [
    { Response: "Success", EventList: "start" },
    {
      Event: "Status",
      Channel: "PJSIP/6001-00000000",
      ChannelState: 6,
      ChannelStateDesc: "Up",
      CallerIDNum: 6001,
      Exten: 500,
      Uniqueid: "1.1",
      Linkedid: "1.1",
      Application: "Queue",
      Data: "support",
      Seconds: 7,
    },
    { Event: "StatusComplete", EventList: "Complete", ListItems: 1 },
  ]);
  server.on("ParkedCalls", () => ({
    Response: "Error",
    Message:
      "Invalid/unknown command: ParkedCalls. Use Action: ListCommands to show available commands.",
  }));
  const { code, output, errors } = await run(server, "calls");
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertMatch(
    output,
    /^6001 +500 +In a queue +00:00:07 +Queue\(support\) +PJSIP\/6001-00000000$/m,
  );
});

Deno.test("dami calls asks for no events", async () => {
  await using server = AmiServer.start();
  await run(server, "calls");
  assertEquals(server.received[0]?.get("Events"), "off");
});

/** Raises an event of a queue member who is paused. */
function pauseMember(server: AmiServer, pausedReason: string): void {
  server.emit({
    Event: "QueueMemberPause",
    Privilege: "agent,all",
    Queue: "support",
    MemberName: "Bob: Smith",
    Interface: "Local/2001@default",
    Status: 1,
    Paused: 1,
    PausedReason: pausedReason,
  });
}

/** Returns the output in a pipe: each state without the line above it, which has the time. */
function statesOf(output: string): string[] {
  return output.split(/^\S+ {2}admin@.*\n/m).slice(1);
}

Deno.test({
  name:
    "--watch shows one state below the other in a pipe, without escape sequences",
  ignore: !IS_POSIX,
  fn: async () => {
    await using server = AmiServer.start();
    await using watching = new DamiRun([
      "queues",
      "--watch",
      "--port",
      `${server.port}`,
    ]);
    await watching.untilOutput("support");
    server.forget();
    pauseMember(server, "lunch");
    await watching.untilOutput("paused: lunch");
    // What changes nothing that is shown writes nothing.
    pauseMember(server, "lunch");
    pauseMember(server, "tea");
    await watching.untilOutput("paused: tea");
    watching.kill("SIGINT");
    const { code, output, errors } = await watching.finished();
    assertEquals({ code, errors }, { code: 130, errors: "" });
    assert(!output.includes("\x1b"));
    assertMatch(
      output,
      /^Queues {2}admin@127\.0\.0\.1:\d+, \d\d:\d\d:\d\d, Ctrl-C ends\n/,
    );
    const states = statesOf(output);
    assertEquals(states.length, 3, output);
    // Everything was asked for once, and reported since.
    assertEquals(server.received.map(({ name }) => name), ["Logoff"]);
  },
});

for (const command of ["calls", "queues", "peers"]) {
  Deno.test(`dami ${command} shows the same with and without --watch`, async () => {
    await using server = AmiServer.start(LONG);
    const peers = [
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
    ];
    server.on("IAXpeerlist", () => peers);
    await using watching = new DamiRun([
      command,
      "--watch",
      "--port",
      `${server.port}`,
    ]);
    await watching.untilOutput("Ctrl-C ends\n\n");
    // Once from the lists, and once from events.
    for (const isCalled of [false, true]) {
      if (isCalled) await call(server);
      if (isCalled && command !== "queues") {
        await watching.untilOutput("PJSIP/6001-");
      }
      const late = performance.now() + 30_000;
      while (true) {
        const { output } = await run(server, command);
        const shown = statesOf(await watching.untilOutput("\n\n"));
        // The clock goes on meanwhile.
        const [wanted, got] = [output, shown.at(-1) ?? ""].map((text) =>
          text.replace(/\d\d:\d\d:\d\d/g, "00:00:00").trim()
        );
        if (got === (wanted || "There are no calls.")) break;
        assert(performance.now() < late, `${got} is not ${wanted}`);
      }
    }
  });
}

Deno.test("--watch asks anew after a reload, and when a SIP peer has changed", async () => {
  await using server = AmiServer.start();
  await using watching = new DamiRun([
    "peers",
    "--watch",
    "--port",
    `${server.port}`,
  ]);
  await watching.untilOutput("SIP/6101");
  const peer = { Event: "PeerEntry", Channeltype: "SIP", ObjectName: 6101 };
  server.on("SIPpeers", () => [
    { Response: "Success", EventList: "start" },
    { ...peer, IPaddress: "192.0.2.1", IPport: 5060, Status: "OK (5 ms)" },
    { Event: "PeerlistComplete", EventList: "Complete", ListItems: 1 },
  ]);
  server.emit({
    Event: "PeerStatus",
    Privilege: "system,all",
    ChannelType: "SIP",
    Peer: "SIP/6101",
    PeerStatus: "Registered",
    Address: "192.0.2.1:5060",
  });
  await watching.untilOutput("192.0.2.1:5060");
  server.on("SIPpeers", () => [
    { Response: "Success", EventList: "start" },
    { ...peer, ObjectName: 6999, IPaddress: "-none-", Status: "Unmonitored" },
    { Event: "PeerlistComplete", EventList: "Complete", ListItems: 1 },
  ]);
  server.emit({
    Event: "Reload",
    Privilege: "system,all",
    Module: "chan_sip.so",
    Status: 0,
  });
  await watching.untilOutput("SIP/6999");
});

Deno.test("--watch reports which snapshots failed, and not that there is nothing", async () => {
  await using server = AmiServer.start();
  server.on("QueueStatus", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  await using watching = new DamiRun([
    "queues",
    "support",
    "--watch",
    "--port",
    `${server.port}`,
  ]);
  const output = await watching.untilOutput("manager.conf");
  assertMatch(
    output,
    /\nCannot show the queues: The user 'admin' may not send 'QueueStatus': /,
  );
  assert(!output.includes("There are no"));
});

Deno.test("--watch refuses an unknown name", async () => {
  await using server = AmiServer.start();
  assertEquals(await run(server, "queues", "suport", "--watch"), {
    code: 2,
    output: "",
    errors: "dami: There is no queue 'suport': did you mean 'support'?\n",
  });
});

terminalTest(
  "--watch redraws in place, and Ctrl-C leaves the terminal as it was",
  async () => {
    await using server = AmiServer.start(LONG);
    const settings = await Deno.makeTempFile();
    const line = shellLine(["calls", "--watch", "--port", `${server.port}`]);
    try {
      await using session = new TerminalSession(
        `trap : INT; stty -a > "$SETTINGS"; ${line}; echo "status=$?"; stty -a | cmp - "$SETTINGS" && echo same`,
        { DAMI_SECRET: "mysecret", SETTINGS: settings },
      );
      await session.until("There are no calls.");
      await call(server);
      await session.until("Talking");
      // The duration runs, and nobody is asked for it.
      server.forget();
      await session.until("00:00:01");
      await session.until("00:00:02");
      assertEquals(server.received, []);
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

/** The last screen that was drawn. */
function lastScreen(shown: string): string {
  return shown.slice(shown.lastIndexOf("\x1b[H"));
}

terminalTest(
  "--watch redraws when a call comes and goes, and not before --interval",
  async () => {
    // Longer than the time between two redraws, so that it is shown.
    await using server = AmiServer.start({ ringTime: 0, talkTime: 1_000 });
    await using session = TerminalSession.dami([
      "calls",
      "--watch",
      "--port",
      `${server.port}`,
    ]);
    await session.until("There are no calls.");
    await call(server);
    await session.until(/PJSIP\/6001-[^]*There are no calls\./);
    await using slow = TerminalSession.dami([
      "calls",
      "--watch",
      "--interval",
      "1h",
      "--port",
      `${server.port}`,
    ]);
    await slow.until("There are no calls.");
    await call(server);
    await session.until(/PJSIP\/6001-00000002[^]*There are no calls\./);
    assertEquals(slow.shown.split("\x1b[H").length, 2);
  },
);

terminalTest(
  "--watch redraws about ten times in a second at most",
  async () => {
    await using server = AmiServer.start();
    await using session = TerminalSession.dami([
      "queues",
      "--watch",
      "--port",
      `${server.port}`,
    ]);
    await session.until("support");
    const begin = performance.now();
    for (let count = 0; count < 500; count++) {
      pauseMember(server, `reason ${count}`);
      if (count % 10 === 0) await new Promise((go) => setTimeout(go, 10));
    }
    await session.until("reason 499");
    const tenths = (performance.now() - begin) / 100;
    const redraws = session.shown.split("\x1b[H").length - 1;
    assert(redraws > 1 && redraws <= tenths + 2, `${redraws} in ${tenths}`);
  },
);

terminalTest(
  "--watch says that it is not up to date while there is no connection, and heals",
  async () => {
    await using server = AmiServer.start(LONG);
    await using session = TerminalSession.dami([
      "calls",
      "--watch",
      "--port",
      `${server.port}`,
    ]);
    await call(server);
    await session.until("Talking");
    await server.restart({ downFor: 200 });
    // What was last known stays, until it is known that the call is gone.
    await session.until(/Not up to date: [^]*There are no calls\./);
    const [, stale = ""] = session.shown.split("Not up to date: ");
    assertMatch(stale.split("\x1b[H")[0] ?? "", /Talking/);
    assert(!lastScreen(session.shown).includes("Not up to date"));
    await call(server);
    await session.until(/There are no calls\.[^]*PJSIP\/6001-/);
    server.cut();
    await session.until(/Not up to date: [^]*Not up to date: /);
    await session.type("\x03");
    assertEquals((await session.finished()).code, 130);
  },
);

terminalTest(
  "--watch ends with the reason when it may not log in again",
  async () => {
    await using server = AmiServer.start();
    await using session = TerminalSession.dami([
      "queues",
      "--watch",
      "--port",
      `${server.port}`,
    ]);
    await session.until("support");
    server.on("Login", () => ({
      Response: "Error",
      Message: "Authentication failed",
    }));
    server.cut();
    assertEquals((await session.finished()).code, 1);
    await session.until("The PBX refused the login of 'admin'");
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
  await session.until("Page keys scroll");
  await session.type("\x03");
  const { shown } = await session.finished();
  const [, drawn = ""] = shown.split("\x1b[H");
  const lines = drawn.split("\x1b[J")[0]?.split("\r\n") ?? [];
  assertEquals(lines.length, 10);
  assertEquals(
    lines.at(-1),
    "… lines 1-7 of 41; arrows and Page keys scroll\x1b[K",
  );
});

terminalTest(
  "--watch scrolls by keys, echoes none of them, and q quits",
  async () => {
    const queues = Array.from({ length: 40 }, (_, index) => ({
      name: `queue-${index}`,
    }));
    await using server = AmiServer.start({ queues });
    const line = shellLine(["queues", "--watch", "--port", `${server.port}`]);
    const settings = await Deno.makeTempFile();
    try {
      await using session = new TerminalSession(
        `stty cols 60 rows 10; stty -a > "$SETTINGS"; ${line}; echo "status=$?"; stty -a | cmp - "$SETTINGS" && echo same`,
        { DAMI_SECRET: "mysecret", NO_COLOR: "1", SETTINGS: settings },
      );
      await session.until("lines 1-7 of 41");
      await session.type("xyz\x1b[B");
      await session.until("lines 2-8 of 41");
      await session.type("\x1b[6~");
      await session.until("lines 8-14 of 41");
      await session.type("\x1b[F");
      await session.until("lines 35-41 of 41");
      await session.type("\x1b[A");
      await session.until("lines 34-40 of 41");
      await session.type("\x1b[H\x1b[5~");
      await session.until(/lines 34-40[^]*lines 1-7 of 41/);
      await session.type("q");
      const { shown } = await session.finished();
      assertMatch(shown, /status=0\r\nsame/);
      assertMatch(shown, /q quits/);
      assert(!shown.includes("xyz"));
    } finally {
      await Deno.remove(settings);
    }
  },
);

Deno.test("a signal that comes twice ends the command at once", {
  ignore: !IS_POSIX,
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
    await session.until(/Stopped[^]*\[\?1049l[^]*> $/);
    await session.type("echo status=$?; exit\r");
    await session.until("status=130");
  },
);

Deno.test("--watch says which events do not arrive, and goes on by snapshots", async () => {
  await using server = AmiServer.start({
    queues: [{ name: "support", members: [{ interface: "PJSIP/6001" }] }],
  });
  await using watching = new DamiRun([
    "queues",
    "--watch",
    "--port",
    `${server.port}`,
  ]);
  await watching.untilOutput("support");
  // A member is paused, and no event says so.
  const member = {
    Event: "QueueMember",
    Queue: "support",
    Name: "PJSIP/6001",
    Location: "PJSIP/6001",
    StateInterface: "PJSIP/6001",
    Membership: "dynamic",
    Penalty: 0,
    CallsTaken: 0,
    LastCall: 0,
    LastPause: 0,
    LoginTime: 0,
    InCall: 0,
    Status: 1,
    Paused: 1,
    PausedReason: "lunch",
    Wrapuptime: 0,
  };
  server.on("QueueStatus", () => [
    { Response: "Success", EventList: "start" },
    {
      Event: "QueueParams",
      Queue: "support",
      Max: 0,
      Strategy: "ringall",
      Calls: 0,
      Holdtime: 0,
      TalkTime: 0,
      Completed: 0,
      Abandoned: 0,
      ServiceLevel: 0,
      ServicelevelPerf: "0.0",
      Weight: 0,
    },
    member,
    { Event: "QueueStatusComplete", EventList: "Complete", ListItems: 2 },
  ]);
  await watching.untilOutput("lunch");
  await watching.untilOutput(
    "Not live: events of class agent do not arrive (read = … in manager.conf; see dami doctor)",
  );
});

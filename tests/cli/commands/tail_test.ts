import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { until } from "../../_waiting.ts";
import { runChild } from "../../_run_child.ts";
import { DamiRun, runDami } from "../_run.ts";
import { shellLine, TerminalSession, terminalTest } from "../_terminal.ts";
import { IS_POSIX } from "../../_posix.ts";

const ROOT = new URL("../../../", import.meta.url);

const HANGUP = {
  Event: "Hangup",
  Privilege: "call,all",
  Channel: "PJSIP/6001-00000001",
  Cause: 16,
  "Cause-txt": "Normal Clearing",
};

const NEWCHANNEL = {
  Event: "Newchannel",
  Privilege: "call,all",
  Channel: "PJSIP/6002-00000002",
  CallerIDNum: "6002",
  Exten: "1000",
};

function tail(server: AmiServer, ...args: string[]): DamiRun {
  return new DamiRun(["tail", "--port", `${server.port}`, ...args]);
}

/** Waits until somebody is logged in and hears events. */
async function untilTailing(server: AmiServer): Promise<void> {
  await server.next("Login");
  await until(() => server.clients.length === 1);
}

/** Lines without the time of day. */
function withoutTimes(output: string): string[] {
  return output.trimEnd().split("\n").map((line) =>
    line.replace(/\d\d:\d\d:\d\d\.\d\d\d/g, "TIME")
  );
}

Deno.test("dami tail shows each event on a line, without colors in a pipe", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "--count", "3");
  await process.untilOutput("FullyBooted");
  server.emit([NEWCHANNEL, HANGUP]);
  const { code, output, errors } = await process.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertEquals(withoutTimes(output).slice(1), [
    "TIME  Newchannel          PJSIP/6002-00000002       CallerIDNum=6002  Exten=1000",
    "TIME  Hangup              PJSIP/6001-00000001       Cause=16  Cause-txt=Normal Clearing",
  ]);
  assertEquals(server.received.at(-1)?.name, "Logoff");
});

Deno.test("dami tail shows the events of the names given alone, in any letter case", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "hangup", "HANGUP", "-n", "1");
  await untilTailing(server);
  server.emit([NEWCHANNEL, HANGUP]);
  const { code, output } = await process.finished();
  assertEquals(code, 0);
  assertEquals(withoutTimes(output).length, 1);
  assertMatch(output, /Hangup/);
});

Deno.test("dami tail takes wildcards in names, and conditions of which all must hold", async () => {
  await using server = AmiServer.start();
  const conditions = [
    "--where",
    "channel=pjsip/6001-*",
    "--where",
    "Cause!=17",
  ];
  await using process = tail(server, "H*", "New*", ...conditions, "-n", "2");
  await untilTailing(server);
  server.emit([
    NEWCHANNEL,
    { ...HANGUP, Cause: 17 },
    { ...HANGUP, Event: "SoftHangupRequest" },
    HANGUP,
    { ...HANGUP, Event: "Newstate" },
  ]);
  const { output } = await process.finished();
  assertEquals(
    withoutTimes(output).map((line) => line.split(/ +/)[1]),
    ["Hangup", "Newstate"],
  );
});

Deno.test("dami tail --json has each event as DAMI gives it, with the time", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "Hangup", "--json", "-n", "1");
  await untilTailing(server);
  const before = Date.now();
  server.emit({ ...HANGUP, ChanVariable: ["A=1", "B=2"], Name: 'Zoë "\x1b' });
  const { output } = await process.finished();
  const parsed: unknown = JSON.parse(output);
  assert(typeof parsed === "object" && parsed !== null && "$time" in parsed);
  const { $time: time, ...event } = parsed;
  assertEquals(event, {
    ...HANGUP,
    ChanVariable: ["A=1", "B=2"],
    Name: 'Zoë "\x1b',
  });
  const at = Date.parse(String(time));
  assert(at >= before && at <= Date.now());
});

Deno.test("dami tail --full shows all headers", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "Hangup", "--full", "-n", "1");
  await untilTailing(server);
  server.emit(HANGUP);
  const { output } = await process.finished();
  assertEquals(withoutTimes(output), [
    "TIME  Hangup",
    "  Privilege: call,all",
    "  Channel: PJSIP/6001-00000001",
    "  Cause: 16",
    "  Cause-txt: Normal Clearing",
  ]);
});

Deno.test("dami tail --for ends in time, and fails if that was too short for --count", async () => {
  await using server = AmiServer.start();
  const place = ["tail", "--port", `${server.port}`, "Hangup", "--for"];
  assertEquals(await runDami([...place, "50ms"]), {
    code: 0,
    output: "",
    errors: "",
  });
  assertEquals(await runDami([...place, "50ms", "--count", "2"]), {
    code: 1,
    output: "",
    errors:
      "dami: Only 0 of 2 events arrived in time: wait longer with --for.\n",
  });
});

Deno.test("dami tail says that a name is not known, and waits all the same", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "Hangupp", "-n", "1");
  await untilTailing(server);
  server.emit({ ...HANGUP, Event: "Hangupp" });
  const { code, output, errors } = await process.finished();
  assertEquals(code, 0);
  assertMatch(output, /Hangupp/);
  assertEquals(
    errors,
    "dami: Asterisk has no event 'Hangupp' of its own: did you mean 'Hangup'?\n",
  );
});

Deno.test("dami tail says that a name is like no event of Asterisk", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "Foo", "-n", "1");
  await untilTailing(server);
  server.emit({ ...HANGUP, Event: "Foo" });
  const { code, errors } = await process.finished();
  assertEquals({ code, errors }, {
    code: 0,
    errors:
      "dami: Asterisk has no event 'Foo' of its own, so it can only come from a program.\n",
  });
});

terminalTest(
  "dami tail says in a terminal that it waits, and after a while of silence what to do",
  async () => {
    await using server = AmiServer.start();
    await using session = TerminalSession.dami([
      "tail",
      "Hangup",
      "--port",
      `${server.port}`,
    ]);
    await session.until(
      /dami: Connected to 127\.0\.0\.1:\d+, waiting for events\./,
    );
    await session.until(
      /No event for 10 seconds[^]*dami\s+doctor --event Hangup/,
    );
    await session.type("\x03");
    assertEquals((await session.finished()).code, 130);
  },
);

Deno.test("dami tail goes on when the connection was lost, and shows the gap", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "Hangup", "-n", "2");
  await untilTailing(server);
  server.emit(HANGUP);
  await process.untilOutput("Normal Clearing");
  server.cut();
  await process.untilOutput("Reconnected");
  server.emit(HANGUP);
  const { code, output } = await process.finished();
  assertEquals(code, 0);
  const [first, lost, gap, second] = withoutTimes(output);
  assertMatch(first ?? "", /^TIME {2}Hangup/);
  assertMatch(
    lost ?? "",
    /^--- TIME Connection lost, reconnecting: /,
  );
  assertMatch(
    gap ?? "",
    /^--- TIME Reconnected; events were missed from TIME to TIME \(0:0\d\)$/,
  );
  assertMatch(second ?? "", /^TIME {2}Hangup/);
});

Deno.test("dami tail --json reports the gap on the standard error", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "Hangup", "--json", "-n", "2");
  await untilTailing(server);
  server.emit(HANGUP);
  await process.untilOutput("Normal Clearing");
  server.cut();
  await server.next("Login");
  await until(() => server.clients.length === 1);
  server.emit(HANGUP);
  const { code, output, errors } = await process.finished();
  assertEquals(code, 0);
  for (const line of output.trimEnd().split("\n")) JSON.parse(line);
  assertMatch(
    errors,
    /^dami: Connection lost, reconnecting.*\.\ndami: Reconnected; events were missed from .*\.\n$/,
  );
});

Deno.test("dami tail ends with one sentence when it may no longer log in", async () => {
  await using server = AmiServer.start();
  await using process = tail(server, "FullyBooted");
  await process.untilOutput("FullyBooted");
  server.on("Login", () => ({
    Response: "Error",
    Message: "Authentication failed",
  }));
  server.cut();
  const { code, errors } = await process.finished();
  assertEquals(code, 1);
  assertMatch(errors, /^dami: The PBX refused the login of 'admin': .*\.\n$/);
});

Deno.test({
  name: "dami tail ends quietly when nobody reads any more",
  ignore: !IS_POSIX,
  fn: async () => {
    await using server = AmiServer.start();
    const line = shellLine(["tail", "--json", "--port", `${server.port}`]);
    const shell = runChild("sh", [
      "-c",
      `(${line}; echo "status $?" >&2) | head -n 1`,
    ], { cwd: ROOT, env: { DAMI_SECRET: "mysecret" } });
    // Only who writes finds out that nobody reads.
    const timer = setInterval(() => server.emit(HANGUP), 5);
    try {
      const { output, errors } = await shell;
      assertMatch(output, /^\{"\$time":.*\}\n$/);
      assertEquals(errors, "status 0\n");
    } finally {
      clearInterval(timer);
    }
    // It has said goodbye all the same.
    assertEquals(server.received.at(-1)?.name, "Logoff");
  },
});

Deno.test({
  name: "dami tail says when its output cannot be written",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using server = AmiServer.start();
    const line = shellLine(["tail", "--port", `${server.port}`]);
    const { code, errors } = await runChild("sh", [
      "-c",
      `${line} > /dev/full`,
    ], { cwd: ROOT, env: { DAMI_SECRET: "mysecret" } });
    assertEquals(code, 1);
    assertMatch(
      errors,
      /^dami: Cannot write the output: .*\.\n$/,
    );
  },
});

Deno.test("dami tail loses none of many events, and keeps their order", async () => {
  await using server = AmiServer.start();
  const count = 20_000;
  await using process = tail(server, "Hangup", "--json", "-n", `${count}`);
  await untilTailing(server);
  for (let sent = 0; sent < count; sent += 500) {
    const batch = Array.from({ length: 500 }, (_, index) => ({
      ...HANGUP,
      Sequence: sent + index,
    }));
    server.emit(batch);
  }
  const { code, output } = await process.finished();
  assertEquals(code, 0);
  const numbers = Array.from(
    output.matchAll(/"Sequence":(\d+)/g),
    ([, number]) => Number(number),
  );
  assertEquals(numbers, Array.from({ length: count }, (_, index) => index));
});

Deno.test({
  name: "Ctrl-C ends dami tail, which says goodbye",
  ignore: !IS_POSIX,
  fn: async () => {
    await using server = AmiServer.start();
    for (
      const [signal, status] of [["SIGINT", 130], ["SIGTERM", 143]] as const
    ) {
      await using process = tail(server);
      await process.untilOutput("FullyBooted");
      process.kill(signal);
      const { code, errors } = await process.finished();
      assertEquals({ code, errors }, { code: status, errors: "" });
      assertEquals(server.received.at(-1)?.name, "Logoff");
    }
  },
});

terminalTest(
  "dami tail has colors in a terminal, and none with NO_COLOR",
  async () => {
    await using server = AmiServer.start();
    const args = ["tail", "Hangup", "-n", "1", "--port", `${server.port}`];
    for (
      const [env, isColored] of [[{}, true], [
        { NO_COLOR: "1" },
        false,
      ]] as const
    ) {
      await using session = TerminalSession.dami(args, {
        DAMI_SECRET: "mysecret",
        ...env,
      });
      await untilTailing(server);
      server.emit({ ...HANGUP, "Cause-txt": "\x1b]0;evil\x07\x9b2J" });
      const { code, shown } = await session.finished();
      assertEquals(code, 0);
      assertEquals(shown.includes("\x1b[31mHangup"), isColored, shown);
      assert(shown.includes("\\x1b]0;evil\\x07\\x9b2J"), shown);
      assert(!shown.includes("\x07") && !shown.includes("\x9b"), shown);
      assertEquals(shown.includes("\x1b"), isColored);
    }
  },
);

terminalTest(
  "Ctrl-C in a terminal ends dami tail and leaves the terminal as it was",
  async () => {
    await using server = AmiServer.start();
    const settings = await Deno.makeTempFile();
    const line = shellLine(["tail", "--port", `${server.port}`]);
    try {
      await using session = new TerminalSession(
        `trap : INT; stty -a > "$SETTINGS"; ${line}; echo "status=$?"; stty -a | cmp - "$SETTINGS" && echo same`,
        { DAMI_SECRET: "mysecret", SETTINGS: settings },
      );
      await session.until("FullyBooted");
      await session.type("\x03");
      const { shown } = await session.finished();
      assertMatch(shown, /status=130\r\nsame/);
    } finally {
      await Deno.remove(settings);
    }
  },
);

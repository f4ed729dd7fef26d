import { assert, assertEquals, assertMatch } from "@std/assert";
import { DamiRun, runDami, type RunResult } from "../cli/_run.ts";
import { DEADLINE } from "./_arrivals.ts";
import { type AsteriskContext, asteriskTest } from "./_asterisk.ts";

/** Returns the address of Asterisk and the credentials, as users have them in their environment. */
function environment(
  asterisk: AsteriskContext,
  username = asterisk.credentials.username,
): Record<string, string> {
  return {
    DAMI_HOSTNAME: asterisk.options.hostname,
    DAMI_PORT: `${asterisk.options.port}`,
    DAMI_USERNAME: username,
    DAMI_SECRET: asterisk.credentials.secret,
  };
}

function run(asterisk: AsteriskContext, ...args: string[]): Promise<RunResult> {
  return runDami(args, { env: environment(asterisk) });
}

asteriskTest(
  "dami do shows a response, a list and a command",
  async (asterisk) => {
    const settings = await run(asterisk, "do", "CoreSettings");
    assertEquals({ ...settings, output: "" }, {
      code: 0,
      output: "",
      errors: "",
    });
    assertMatch(
      settings.output,
      new RegExp(`^AsteriskVersion +${asterisk.major}\\.`, "m"),
    );

    const endpoints = await run(asterisk, "do", "PJSIPShowEndpoints");
    assertEquals(endpoints.code, 0);
    assertMatch(endpoints.output, /^ObjectType +ObjectName .*DeviceState/);
    assertMatch(endpoints.output, /^endpoint +6001 +6001 .*Unavailable/m);

    const command = "dialplan show globals";
    const printed = await run(asterisk, "do", "Command", command);
    assertEquals(printed.code, 0);
    assertEquals(printed.output, await asterisk.console(command));
  },
);

asteriskTest(
  "dami do shows the detail of an endpoint, of several kinds",
  async (asterisk) => {
    const { code, output } = await run(
      asterisk,
      "do",
      "PJSIPShowEndpoint",
      "Endpoint=6001",
    );
    assertEquals(code, 0);
    assertMatch(output, /^EndpointDetail\n\n/);
    assertMatch(output, /^ObjectName +6001$/m);
    assertMatch(output, /^AorDetail$/m);
  },
);

asteriskTest("dami do names the nearest action", async (asterisk) => {
  assertEquals(await run(asterisk, "do", "QueStatus"), {
    code: 1,
    output: "",
    errors:
      "dami: The PBX has no action 'QueStatus': did you mean 'QueueStatus'?\n",
  });
});

asteriskTest("dami do tells an empty list from a failure", async (asterisk) => {
  const empty = await run(asterisk, "do", "ConfbridgeList", "Conference=none");
  assertEquals(empty, {
    code: 0,
    output: "",
    errors: "dami: The list is empty: No active conferences.\n",
  });
  const failed = await run(asterisk, "do", "Hangup", "Channel=none");
  assertEquals(failed, {
    code: 1,
    output: "",
    errors:
      "dami: The PBX refused 'Hangup': No such channel (check the headers).\n",
  });
  const command = await run(asterisk, "do", "Command", "no such thing");
  assertEquals(command.code, 1);
  assertMatch(command.output, /^No such command 'no such thing'/);
});

asteriskTest("dami do --json gives what DAMI gives", async (asterisk) => {
  const { output } = await run(
    asterisk,
    "do",
    "QueueStatus",
    "Queue=support",
    "--json",
  );
  const frames = output.trimEnd().split("\n").map((line): unknown =>
    JSON.parse(line)
  );
  await using dami = await asterisk.connect({ events: false });
  const answer = await dami.to("QueueStatus", { Queue: "support" });
  const names = (list: readonly unknown[]) =>
    list.map((frame) =>
      typeof frame === "object" && frame !== null ? Object.keys(frame) : []
    );
  assertEquals(names(frames), names(answer));
});

asteriskTest("dami says that the login is refused", async (asterisk) => {
  const { code, errors } = await runDami(["do", "Ping"], {
    env: { ...environment(asterisk), DAMI_SECRET: "wrong" },
  });
  assertEquals(code, 1);
  assertMatch(
    errors,
    /^dami: The PBX refused the login of '.*': check .*\.\n$/,
  );
});

/** The call of a number; other tests have calls meanwhile. */
async function callOf(
  asterisk: AsteriskContext,
  number: string,
  wanted = "Up",
  username?: string,
): Promise<{ state: string; channel: string; others: readonly unknown[] }> {
  const late = Date.now() + DEADLINE;
  while (Date.now() < late) {
    const { code, output } = await runDami(["calls", "--json"], {
      env: environment(asterisk, username),
    });
    assertEquals(code, 0);
    const line = output.split("\n").find((each) =>
      each.includes(`<${number}>`)
    );
    const call: unknown = JSON.parse(line ?? "null");
    if (typeof call !== "object" || call === null) continue;
    assert("state" in call && typeof call.state === "string");
    assert("channels" in call && Array.isArray(call.channels));
    assert("others" in call && Array.isArray(call.others));
    const { state, channels, others } = call;
    if (state === wanted) {
      return { state, channel: String(channels[0]), others };
    }
  }
  throw new Error(`There is no call of ${number} in the state ${wanted}`);
}

asteriskTest(
  "dami calls says where a call is, also to a user without the class system",
  async (asterisk) => {
    await using dami = await asterisk.connect({ events: false });
    const places = [
      ["park", "Parked"],
      ["waiting", "In a queue"],
      ["room-cli", "In a conference"],
    ] as const;
    for (const [exten, state] of places) {
      const number = `${Math.floor(1e9 * Math.random())}`;
      await dami.to("Originate", {
        Channel: "Local/hold@tests",
        Context: "tests",
        Exten: exten,
        Priority: 1,
        CallerID: `Zoë <${number}>`,
        Async: true,
      });
      const seen = await callOf(asterisk, number, state);
      const restricted = await callOf(asterisk, number, state, "supervisor");
      assertEquals(restricted, seen);
      if (state === "Parked") assertMatch(String(seen.others), /^7\d\d$/);
      await dami.to("Hangup", { Channel: seen.channel });
    }
  },
);

asteriskTest(
  "dami tail shows a call, and dami calls has it meanwhile",
  async (asterisk) => {
    const number = `${Math.floor(1e9 * Math.random())}`;
    await using tail = new DamiRun([
      "tail",
      "FullyBooted",
      "Newchannel",
      "Hangup",
    ], { env: environment(asterisk) });
    await tail.untilOutput("FullyBooted");
    const originate = await run(
      asterisk,
      "do",
      "Originate",
      "Channel=Local/hold@tests",
      "Application=Wait",
      "Data=60",
      `CallerID=Zoë <${number}>`,
      "Async=true",
    );
    assertEquals(originate.code, 0, originate.errors);
    const { channel } = await callOf(asterisk, number);
    await tail.untilOutput(`Newchannel          ${channel}  `);
    const calls = await run(asterisk, "calls");
    assertMatch(
      calls.output,
      new RegExp(
        `^Zoë <${number}> +hold +Up +00:00:\\d\\d +Wait\\(60\\) `,
        "m",
      ),
    );
    const hangup = await run(asterisk, "do", "Hangup", `Channel=${channel}`);
    assertEquals(hangup.code, 0, hangup.errors);
    const output = await tail.untilOutput(
      `Hangup              ${channel}  Cause=`,
    );
    for (const line of output.trimEnd().split("\n")) {
      assertMatch(
        line,
        /^\d\d:\d\d:\d\d\.\d{3} {2}(FullyBooted|Newchannel|Hangup) /,
      );
    }
    tail.kill("SIGINT");
    assertEquals((await tail.finished()).code, 130);
  },
);

asteriskTest(
  "dami queues and dami peers show all queues and peers",
  async (asterisk) => {
    const queues = await run(asterisk, "queues", "support");
    assertEquals({ ...queues, output: "" }, {
      code: 0,
      output: "",
      errors: "",
    });
    assertMatch(queues.output, /^support +ringall +\d+ /m);
    assertMatch(queues.output, /^support +Alice Jones +Local\/2000@default /m);
    const peers = await run(asterisk, "peers");
    assertEquals({ ...peers, output: "" }, { code: 0, output: "", errors: "" });
    assertMatch(peers.output, /^PJSIP\/6001 +Unavailable +not registered$/m);
    assertMatch(peers.output, /^IAX2\/7101 +/m);
    assertEquals(/^SIP\/6101 +/m.test(peers.output), asterisk.major < 21);
  },
);

/** The line about something in what was shown last, with one blank between the columns. */
function lastLine(output: string, start: string): string | undefined {
  const line = output.split("\n").findLast((each) => each.startsWith(start));
  return line?.trimEnd().replace(/ +/g, " ").replace(/\d\d:\d\d:\d\d/, "TIME");
}

/** Waits until the watching command shows the same about something as the plain one. */
async function untilSame(
  asterisk: AsteriskContext,
  watching: DamiRun,
  { command, start }: { command: string; start: string },
): Promise<string> {
  const late = Date.now() + DEADLINE;
  while (true) {
    const { output } = await run(asterisk, command);
    const once = lastLine(output, start);
    const live = lastLine(await watching.untilOutput(start), start);
    if (once !== undefined && once === live) return once;
    assert(Date.now() < late, `'${live}' is not '${once}'`);
  }
}

asteriskTest(
  "--watch shows what the command alone shows, as it changes",
  async (asterisk) => {
    const env = environment(asterisk);
    await using calls = new DamiRun(["calls", "--watch"], { env });
    await using queues = new DamiRun(["queues", "--watch"], { env });
    await using peers = new DamiRun(["peers", "--watch"], { env });
    await using dami = await asterisk.connect({ events: false });

    for (const start of ["PJSIP/6001 ", "PJSIP/6002 ", "IAX2/7101 "]) {
      await untilSame(asterisk, peers, { command: "peers", start });
    }
    assert(!(await peers.untilOutput("PJSIP/")).includes("Not known"));

    const queue = { command: "queues", start: "support  Alice Jones " };
    await untilSame(asterisk, queues, queue);
    const reason = `pause ${crypto.randomUUID()}`;
    const member = { Queue: "support", Interface: "Local/2000@default" };
    await dami.to("QueuePause", { ...member, Paused: true, Reason: reason });
    await queues.untilOutput(reason);
    assertMatch(await untilSame(asterisk, queues, queue), /pause/);
    await dami.to("QueuePause", { ...member, Paused: false });

    const number = `${Math.floor(1e9 * Math.random())}`;
    await dami.to("Originate", {
      Channel: "Local/hold@tests",
      Application: "Wait",
      Data: 60,
      CallerID: `Zoë <${number}>`,
      Async: true,
    });
    const call = { command: "calls", start: `Zoë <${number}> ` };
    let line = "";
    const late = Date.now() + DEADLINE;
    while (!line.includes(" Up TIME Wait(60) ")) {
      line = await untilSame(asterisk, calls, call);
      assert(Date.now() < late, line);
    }
    const [Channel = ""] = line.match(/Local\/hold@tests-\S+;1/) ?? [];
    await dami.to("Hangup", { Channel });
    while (true) {
      const states = (await calls.untilOutput(number)).split("Ctrl-C ends");
      if (!states.at(-1)?.includes(number)) break;
      assert(Date.now() < late, states.at(-1));
      await new Promise((go) => setTimeout(go, 50));
    }
  },
);

asteriskTest(
  "dami tail --json gives the events that DAMI gives",
  async (asterisk) => {
    await using dami = await asterisk.connect({ events: false });
    await using tail = new DamiRun(
      ["tail", "UserEvent", "FullyBooted", "--json"],
      { env: environment(asterisk) },
    );
    await tail.untilOutput("FullyBooted");
    const id = crypto.randomUUID();
    await dami.to("UserEvent", {
      UserEvent: "Command",
      Id: id,
      Text: 'va: lue "ë"',
      Number: "0042",
    });
    const output = await tail.untilOutput(`"Number":"0042"`);
    const line = output.split("\n").find((each) => each.includes(id)) ?? "";
    const event: unknown = JSON.parse(line);
    assert(typeof event === "object" && event !== null);
    assert("Text" in event && "Id" in event && "$time" in event);
    assertEquals([event.Text, event.Id], ['va: lue "ë"', id]);
  },
);

asteriskTest(
  "dami connects encrypted, and says what to do where it cannot trust",
  async (asterisk) => {
    const { hostname, port, tls } = asterisk.tlsOptions;
    const { username, secret } = asterisk.credentials;
    const file = await Deno.makeTempFile({ suffix: ".pem" });
    const env = { DAMI_SECRET: secret };
    const url = `damis://${username}@${hostname}:${port}`;
    try {
      await Deno.writeTextFile(file, tls.caCerts.join("\n"));
      const args = [url, "do", "Ping", "--ca", file];
      assertMatch((await runDami(args, { env })).output, /^Ping +Pong$/m);
      const named = [...args, "--server-name", asterisk.serverName];
      assertMatch((await runDami(named, { env })).output, /^Ping +Pong$/m);
      const { code, errors } = await runDami([url, "do", "Ping"], { env });
      assertEquals(code, 1);
      assertMatch(
        errors,
        /^dami: Cannot trust the certificate of .*: pass it, or that of its authority, with --ca\.\n$/,
      );
    } finally {
      await Deno.remove(file);
    }
  },
);

import { AmiServer } from "@dami/dami/testing";
import { assertEquals, assertMatch } from "@std/assert";
import { DamiRun, runDami, type RunResult } from "../_run.ts";
import { IS_POSIX } from "../../_posix.ts";

function run(server: AmiServer, ...args: string[]): Promise<RunResult> {
  return runDami(["do", "--port", `${server.port}`, ...args]);
}

Deno.test("dami do shows a response as its headers", async () => {
  await using server = AmiServer.start();
  const { code, output, errors } = await run(server, "Ping");
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertMatch(output, /^Ping {7}Pong\nTimestamp {2}\d+\.\d+\n$/);
  assertEquals(server.received.at(-1)?.name, "Logoff");
});

Deno.test("dami do shows a list as a table", async () => {
  await using server = AmiServer.start();
  const { code, output } = await run(server, "PJSIPShowEndpoints");
  assertEquals(code, 0);
  assertEquals(
    output,
    `ObjectType  ObjectName  Aor   Auths  Contacts                       DeviceState
endpoint    6001        6001  6001   6001/sip:6001@127.0.0.1:5071,  Not in use
endpoint    6002        6002  6002   6002/sip:6002@127.0.0.1:5072,  Not in use
endpoint    6003        6003  6003                                  Unavailable
`,
  );
});

Deno.test("dami do shows what a command of the console prints", async () => {
  await using server = AmiServer.start();
  assertEquals(await run(server, "Command", "core", "show", "version"), {
    code: 0,
    output: "Asterisk 22.10.1 built by dami @ testing\n",
    errors: "",
  });
  const failed = await run(server, "Command", "no such thing");
  assertEquals(failed.code, 1);
  assertMatch(failed.output, /^No such command 'no such thing'/);
  assertEquals(
    failed.errors,
    "dami: The console of the PBX refused the command: see its output above.\n",
  );
});

Deno.test("dami do sends what is written, and repeats headers", async () => {
  await using server = AmiServer.start();
  const headers = [
    "Channel=PJSIP/6001",
    "Application=Wait",
    "Data=1",
    "Async=true",
  ];
  const variables = ["Variable=A=1", "Variable=B=x=y"];
  const { code } = await run(server, "Originate", ...headers, ...variables);
  assertEquals(code, 0);
  const action = await server.next("Originate");
  assertEquals(action.get("Data"), "1");
  assertEquals(action.getAll("Variable"), ["A=1", "B=x=y"]);
});

Deno.test("dami do --json has every frame on a line, also of an error", async () => {
  await using server = AmiServer.start();
  const list = await run(server, "QueueStatus", "--json");
  const frames: unknown[] = list.output.trimEnd().split("\n").map((line) =>
    JSON.parse(line)
  );
  assertEquals(
    frames.map((frame) =>
      typeof frame === "object" && frame !== null && "Event" in frame
        ? frame.Event
        : "Response"
    ),
    [
      "Response",
      "QueueParams",
      "QueueMember",
      "QueueMember",
      "QueueParams",
      "QueueStatusComplete",
    ],
  );
  const failed = await run(server, "Hangup", "Channel=x", "--json");
  assertEquals(failed.code, 1);
  assertMatch(
    failed.output,
    /^\{"Response":"Error".*"Message":"No such channel"\}\n$/,
  );
});

Deno.test("dami do names the nearest action where there is none of that name", async () => {
  await using server = AmiServer.start();
  assertEquals(await run(server, "QueStatus"), {
    code: 1,
    output: "",
    errors:
      "dami: The PBX has no action 'QueStatus': did you mean 'QueueStatus'?\n",
  });
  // A user that may not list its actions gets no answer.
  server.on("ListCommands", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  const { errors } = await run(server, "ConfbridgeLst");
  assertMatch(errors, /did you mean 'ConfbridgeList'\?/);
});

Deno.test("dami do says why the PBX refuses, in one sentence", async () => {
  await using server = AmiServer.start();
  server.on("Reload", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  server.on("QueueAdd", () => ({
    Response: "Error",
    Message: "Unable to add\x1b[31m interface: Already there\n",
  }));
  assertEquals(
    (await run(server, "Reload")).errors,
    "dami: The user 'admin' may not send 'Reload': add 'system' or 'config' to 'write' of this user in manager.conf.\n",
  );
  assertEquals(
    (await run(server, "QueueAdd", "Queue=x")).errors,
    "dami: The PBX refused 'QueueAdd': Unable to add\\x1b[31m interface: Already there.\n",
  );
});

Deno.test("dami do points to the headers where they are at fault", async () => {
  await using server = AmiServer.start();
  server.on("QueueAdd", () => ({
    Response: "Error",
    Message: "'Queue' not specified.",
  }));
  assertEquals(
    (await run(server, "QueueAdd")).errors,
    "dami: The PBX refused 'QueueAdd': 'Queue' not specified (check the headers).\n",
  );
});

Deno.test("dami do takes an empty list for a success", async () => {
  await using server = AmiServer.start({ endpoints: [] });
  assertEquals(await run(server, "CoreShowChannels"), {
    code: 0,
    output: "",
    errors: "dami: The list is empty.\n",
  });
  assertEquals(await run(server, "PJSIPShowEndpoints"), {
    code: 0,
    output: "",
    errors: "dami: The list is empty: No endpoints found.\n",
  });
});

Deno.test("dami do shows the beginning of a list that failed halfway", async () => {
  await using server = AmiServer.start();
  server.on("CoreShowChannelMap", () => [
    { Response: "Success", EventList: "start" },
    { Event: "CoreShowChannelMap", ConnectedChannel: "PJSIP/1-1" },
    { Response: "Error", Message: "Could not complete channel map" },
  ]);
  const { code, output, errors } = await run(server, "CoreShowChannelMap");
  assertEquals(code, 1);
  assertEquals(output, "ConnectedChannel\nPJSIP/1-1\n");
  assertMatch(errors, /: Could not complete channel map\./);
});

Deno.test("dami do waits no longer than its timeout", async () => {
  await using server = AmiServer.start();
  server.on("Ping", () => new Promise(() => {}));
  const { code, errors } = await run(server, "Ping", "--timeout", "100ms");
  assertEquals(code, 1);
  assertEquals(
    errors,
    'dami: Action "Ping" was not answered within 100 ms: try again, or wait longer.\n',
  );
});

Deno.test("dami do says that it is not known whether it was done when the connection is lost", async () => {
  await using server = AmiServer.start();
  server.on("Reload", (_action, client) => client.cut());
  const { code, errors } = await run(server, "Reload");
  assertEquals(code, 1);
  assertMatch(
    errors,
    /^dami: The connection was lost before 'Reload' was answered, so check whether it took effect: .*\.\n$/,
  );
});

Deno.test("dami do refuses what must not reach the wire", async () => {
  await using server = AmiServer.start();
  const { code, errors } = await run(
    server,
    "Hangup",
    "Channel=x\r\nAction: Logoff",
  );
  assertEquals(code, 2);
  assertEquals(errors.split("\n").length, 2);
  assertEquals(server.received.some(({ name }) => name === "Hangup"), false);
});

Deno.test({
  name: "Ctrl-C ends dami do while it waits",
  ignore: !IS_POSIX,
  fn: async () => {
    await using server = AmiServer.start();
    server.on("Reload", () => new Promise(() => {}));
    await using waiting = new DamiRun([
      "do",
      "Reload",
      "--port",
      `${server.port}`,
    ]);
    await server.next("Reload");
    waiting.kill("SIGINT");
    assertEquals(await waiting.finished(), {
      code: 130,
      output: "",
      errors: "",
    });
  },
});

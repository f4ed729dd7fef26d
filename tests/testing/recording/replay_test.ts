import { assert, assertEquals, assertRejects } from "@std/assert";
import { AmiResponseError, DAMI, type DAMIData } from "../../../mod.ts";
import {
  type AmiReplayOptions,
  AmiServer,
  RecordingError,
} from "../../../src/testing/ami_server.ts";
import { RawClient, value } from "../_raw_client.ts";
import { LOGIN, recordingFile, type Written } from "../_recordings.ts";

/** Events of 200 to 600 ms, a list, and a call with its outcome. */
const SESSION: readonly Written[] = [
  ...LOGIN,
  [100, "<", "Event: FullyBooted\nPrivilege: system,all\n\n"],
  [200, ">", "Action: QueueStatus\nActionID: a2\nQueue: support\n\n"],
  [201, "<", "Response: Success\nActionID: a2\nEventList: start\n\n"],
  [201, "<", "Event: QueueParams\nQueue: support\nActionID: a2\n\n"],
  [
    201,
    "<",
    "Event: QueueStatusComplete\nActionID: a2\nEventList: Complete\n\n",
  ],
  [300, "<", "Event: Newchannel\nPrivilege: call,all\nChannel: A\n\n"],
  [400, ">", "Action: Originate\nActionID: a3\nAsync: true\n\n"],
  [401, "<", "Response: Success\nActionID: a3\nMessage: queued\n\n"],
  [
    500,
    "<",
    "Event: OriginateResponse\nPrivilege: call,all\nActionID: a3\nResponse: Failure\nReason: 5\nUniqueid: 1.2\n\n",
  ],
  [600, "<", "Event: Hangup\nPrivilege: call,all\nChannel: A\n\n"],
];

/** A PBX that replays the session, and its file, which goes with it. */
async function replaying(
  options: AmiReplayOptions = {},
  pieces = SESSION,
  end?: { at: number; by: "pbx" | "client" },
): Promise<AmiServer> {
  await using file = await recordingFile(pieces, end);
  return await AmiServer.replay(file.path, options);
}

/** A client that hears everything from its login on. */
async function listening(
  server: AmiServer,
): Promise<{ dami: DAMI; heard: DAMIData[] }> {
  const { hostname, port } = server;
  const dami = new DAMI({ hostname, port, timeout: 5_000 });
  await dami.connectAndLogin({ username: "who", secret: "ever" });
  await dami.listen();
  const heard: DAMIData[] = [];
  dami.on("*", (event) => heard.push(event));
  // What was held until now is delivered by a timer, which is older than this one.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return { dami, heard };
}

function names(events: readonly DAMIData[]): unknown[] {
  return events.map((event) => event["Event"]);
}

const PLAYED = ["FullyBooted", "Newchannel", "OriginateResponse", "Hangup"];

Deno.test("a recording is played to every client that logs in, events alone", async () => {
  await using server = await replaying({ speed: Infinity });
  for (const _client of ["first", "second"]) {
    const { dami, heard } = await listening(server);
    await server.finished;
    assertEquals(await dami.ping(), true);
    assertEquals(names(heard), PLAYED);
    dami.close();
  }
});

Deno.test("a recording is played in its time, or faster", async () => {
  await using server = await replaying({ speed: 5 });
  const began = performance.now();
  const { dami, heard } = await listening(server);
  const hungUp = Promise.withResolvers<void>();
  dami.on("Hangup", () => hungUp.resolve());
  await hungUp.promise;
  // 500 ms after the login, five times as fast.
  assert(performance.now() - began >= 99);
  assertEquals(names(heard), PLAYED);
  dami.close();
});

Deno.test("progress reports how much was played", async () => {
  await using server = await replaying({ speed: Infinity });
  const whole = { totalEvents: 4, duration: 500 };
  assertEquals(server.progress, { events: 0, at: 0, ...whole });
  const { dami } = await listening(server);
  await server.finished;
  assertEquals(server.progress, { events: 4, at: 500, ...whole });
  dami.close();
});

Deno.test("an action is answered as it was, with the ActionID of the client", async () => {
  await using server = await replaying();
  const { dami } = await listening(server);
  const [response, params, complete] = await dami.to("QueueStatus", {
    ActionID: "mine",
    Queue: "another",
  });
  assertEquals(response, {
    Response: "Success",
    ActionID: "mine",
    EventList: "start",
  });
  assertEquals<unknown>(params, {
    Event: "QueueParams",
    Queue: "support",
    ActionID: "mine",
  });
  assertEquals(complete?.["ActionID"], "mine");
  dami.close();
});

Deno.test("an action that was not recorded is refused, but for the usual ones", async () => {
  await using server = await replaying();
  const { dami } = await listening(server);
  const error = await assertRejects(
    () => dami.to("CoreStatus"),
    AmiResponseError,
  );
  assertEquals(
    error.message.includes("The recording holds no answer to this action"),
    true,
  );
  assertEquals(await dami.ping(), true);
  const [events] = await dami.to("Events", { EventMask: "off" });
  assertEquals(events.Events, "Off");
  const [challenge] = await dami.to("Challenge", { AuthType: "MD5" });
  assertEquals(challenge.Response, "Success");
  await dami.disconnect();
  assertEquals(server.received.at(-1)?.name, "Logoff");
});

Deno.test("a call has its outcome, asked for before or after it was played", async () => {
  for (const speed of [10, Infinity]) {
    await using server = await replaying({ speed });
    const { dami, heard } = await listening(server);
    if (speed === Infinity) await server.finished;
    const { outcome, response } = await dami.originate({
      Channel: "PJSIP/6001",
      Application: "Wait",
    });
    assertEquals(outcome, "busy");
    const ids = heard.filter((event) => event.Event === "OriginateResponse")
      .map((event) => event["ActionID"]);
    assertEquals(ids.at(-1), response.ActionID);
    if (speed === Infinity) assertEquals(ids[0], "a3");
    dami.close();
  }
});

Deno.test("the event mask of the client counts", async () => {
  await using server = await replaying({ speed: Infinity });
  using client = await RawClient.connect(server.port);
  assertEquals(await client.line(), "Asterisk Call Manager/11.0.0");
  await client.send("Action: Login\r\nUsername: a\r\nEvents: system\r\n\r\n");
  assertEquals(value(await client.frame(), "Response"), "Success");
  await server.finished;
  await client.send("Action: Ping\r\nActionID: p\r\n\r\n");
  const frames = await client.framesUntil("Ping: Pong");
  assertEquals(frames.map((frame) => frame[0]), [
    ["Event", "FullyBooted"],
    ["Response", "Success"],
  ]);
});

Deno.test("nothing is answered before the login but what logs in", async () => {
  await using server = await replaying();
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: QueueStatus\r\n\r\n");
  assertEquals(value(await client.frame(), "Message"), "Permission denied");
  await client.send("Action: Challenge\r\nAuthType: MD5\r\n\r\n");
  assertEquals(value(await client.frame(), "Response"), "Success");
  await client.send("Action: Login\r\nAuthType: MD5\r\nKey: 0\r\n\r\n");
  const accepted = "Authentication accepted";
  assertEquals(value(await client.frame(), "Message"), accepted);
  await client.send("Action: Login\r\n\r\n");
  await client.framesUntil("Message: Already authenticated");
});

Deno.test("a refused login is replayed as one", async () => {
  const refused: Written[] = [
    ...LOGIN.slice(0, 2),
    [
      1100,
      "<",
      "Response: Error\nActionID: a1\nMessage: Authentication failed\n\n",
    ],
  ];
  await using server = await replaying({}, refused);
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Login\r\nActionID: x\r\n\r\n");
  assertEquals(
    await client.rest(),
    "Response: Error\r\nActionID: x\r\nMessage: Authentication failed\r\n\r\n",
  );
});

Deno.test("a recording without a login lets everybody in", async () => {
  const events: Written[] = [
    [0, "<", "Asterisk Call Manager/2.10.6\n"],
    [5, "<", "Event: A\n\n"],
  ];
  await using server = await replaying({}, events);
  const { dami, heard } = await listening(server);
  await server.finished;
  await dami.ping();
  assertEquals(names(heard), ["A"]);
  dami.close();
});

Deno.test("the connection stays at the end, or ends as recorded", async () => {
  const cutOff: Written[] = [
    ...LOGIN,
    [150, "<", "Event: A\n\nEvent: B\nHalf"],
  ];
  const end = { at: 200, by: "pbx" } as const;
  for (const atEnd of ["as-recorded", "stay"] as const) {
    await using server = await replaying(
      { speed: Infinity, atEnd },
      cutOff,
      end,
    );
    using client = await RawClient.connect(server.port);
    await client.line();
    await client.send("Action: Login\r\nActionID: x\r\n\r\n");
    await client.frame();
    assertEquals(await client.until("Half"), "Event: A\r\n\r\nEvent: B\r\n");
    if (atEnd === "as-recorded") {
      assertEquals(await client.rest(), "");
      continue;
    }
    await client.send("Action: Ping\r\n\r\n");
    await client.framesUntil("Ping: Pong");
  }
});

Deno.test("a recording can be played over and over", async () => {
  await using server = await replaying({ speed: Infinity, loop: true });
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Login\r\n\r\n");
  for (let round = 0; round < 3; round++) {
    await client.framesUntil("Event: Hangup");
  }
});

Deno.test("bytes that are not UTF-8 arrive as they were", async () => {
  const path = await Deno.makeTempFile();
  const lines = [
    '{"dami":1,"recorded":"2026-11-22"}',
    '[0,"<","Asterisk Call Manager/11.0.0\\r\\n"]',
    '[1,"<","Event: A\\r\\nName: Jos\\u00e9\\r\\n\\r\\n","latin1"]',
  ];
  await Deno.writeTextFile(path, lines.join("\n"));
  await using server = await AmiServer.replay(path, { speed: Infinity });
  await Deno.remove(path);
  await using dami = new DAMI({ port: server.port, encoding: "latin1" });
  await dami.connectAndLogin({ username: "a", secret: "b" });
  await dami.listen();
  const heard = Promise.withResolvers<unknown>();
  dami.once("A", (event) => heard.resolve(event["Name"]));
  assertEquals(await heard.promise, "José");
});

Deno.test("scripts go before the recording, and events can be sent beside it", async () => {
  await using server = await replaying({ speed: Infinity });
  server.on("QueueStatus", () => ({ Response: "Error", Message: "mine" }));
  const { dami, heard } = await listening(server);
  await server.finished;
  server.emit({ Event: "Extra", Privilege: "call,all" });
  await assertRejects(() => dami.to("QueueStatus"), AmiResponseError, "mine");
  assertEquals(names(heard), [...PLAYED, "Extra"]);
  dami.close();
});

Deno.test("closing ends what is being played, and settles finished", async () => {
  const server = await replaying();
  const { dami } = await listening(server);
  const { finished } = server;
  await server.close();
  await finished;
  dami.close();
});

Deno.test("finished resolves for a PBX without a recording when it is closed", async () => {
  const server = AmiServer.start();
  assertEquals(server.progress, undefined);
  const { finished } = server;
  await server.close();
  await finished;
});

Deno.test("a client that leaves is played to no longer", async () => {
  await using server = await replaying();
  const { dami } = await listening(server);
  dami.close();
  const { dami: next, heard } = await listening(server);
  await next.to("QueueStatus");
  assertEquals(names(heard), ["FullyBooted"]);
  next.close();
});

Deno.test("AmiServer.replay() refuses what it cannot play", async () => {
  await using file = await recordingFile(SESSION);
  for (const speed of [0, -1, NaN]) {
    await assertRejects(
      () => AmiServer.replay(file.path, { speed }),
      RangeError,
      `Cannot replay as 'speed' must be a positive number or Infinity: current value is ${speed}`,
    );
  }
  await assertRejects(
    () => AmiServer.replay(`${file.path}.no`),
    Deno.errors.NotFound,
  );
  const capture = new URL("../../captures/calls-22.txt", import.meta.url);
  const error = await assertRejects(
    () => AmiServer.replay(capture),
    RecordingError,
  );
  assertEquals(error.line, 1);
});

Deno.test("a recording whose last line is cut off is played up to there, and says so", async () => {
  await using file = await recordingFile(SESSION);
  const text = await Deno.readTextFile(file.path);
  const lines = text.trimEnd().split("\n").length;
  await Deno.writeTextFile(file.path, text.slice(0, text.trimEnd().length - 9));
  await using server = await AmiServer.replay(file.path, { speed: Infinity });
  assertEquals(server.progress?.cutLine, lines);
  using client = await RawClient.loggedIn(server.port);
  assertEquals(value(await client.frame(), "Event"), "Newchannel");
  await server.finished;
  assertEquals(server.progress?.events, server.progress?.totalEvents);
});

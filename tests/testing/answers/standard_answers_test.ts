import { assertEquals, assertMatch } from "@std/assert";
import { createHash } from "node:crypto";
import {
  AmiServer,
  type AmiServerOptions,
} from "../../../src/testing/ami_server.ts";
import { captured, capturedAnswer } from "../_captured.ts";
import {
  masked,
  names,
  RawClient,
  type RawFrame,
  value,
} from "../_raw_client.ts";

/** The PBX of the session with Asterisk 16. */
const ASTERISK_16: AmiServerOptions = {
  amiVersion: "5.0.4",
  asteriskVersion: "16.28.0~dfsg-0+deb11u4",
  endpoints: [{ name: "6002" }, { name: "6001" }, { name: "6003" }],
  queues: [
    {
      name: "support",
      timeout: 5,
      members: [
        {
          interface: "Local/2000@default",
          name: "Alice Jones",
          stateInterface: "hint:2000@default",
          status: 5,
        },
        { interface: "Local/2001@default", name: "Bob: Smith", penalty: 1 },
      ],
    },
    { name: "sales", strategy: "rrmemory" },
  ],
};

/** The frames that answer an action, sent with the ActionID. */
async function answer(
  client: RawClient,
  actionId: string,
  lines: string,
): Promise<RawFrame[]> {
  await client.send(`${lines}\r\nActionID: ${actionId}\r\n\r\n`);
  const first = await client.frame();
  if (value(first, "EventList") !== "start") return [first];
  return [first, ...await client.framesUntil("EventList: Complete")];
}

const SAME_AS_ASTERISK: [
  actionId: string,
  action: string,
  volatileHeaders: string[],
][] = [
  ["2", "Action: CoreSettings", []],
  ["3", "Action: CoreShowChannels", []],
  ["4", "Action: PJSIPShowEndpoints", []],
  ["6", "Action: QueueStatus", ["LoginTime"]],
  ["8", "Action: SIPpeers", []],
  ["13", "Action: GetConfig\r\nFilename: queues.conf", []],
  ["16", "Action: Command\r\nCommand: core show channels", []],
  ["18", "Action: Command\r\nCommand: no such thing", []],
  ["31", "Action: NoSuchAction", []],
  ["41", "Action: Ping", ["Timestamp"]],
  ["46", "Action: Events\r\nEventMask: call", []],
  ["47", "Action: Challenge\r\nAuthType: MD5", ["Challenge"]],
  ["bye", "Action: Logoff", []],
];

for (const [actionId, action, volatileHeaders] of SAME_AS_ASTERISK) {
  const title = action.replaceAll("\r\n", ", ");
  Deno.test(`the answer to ${title} is that of Asterisk 16`, async () => {
    await using server = AmiServer.start(ASTERISK_16);
    using client = await RawClient.loggedIn(server.port);
    const real = await capturedAnswer("lists-16.txt", actionId);
    const ours = await answer(client, actionId, action);
    assertEquals(
      ours.map((frame) => masked(frame, volatileHeaders)),
      real.map((frame) => masked(frame, volatileHeaders)),
    );
  });
}

Deno.test("the greeting and the login are those of Asterisk 22", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.connect(server.port);
  assertEquals(await client.line(), "Asterisk Call Manager/11.0.0");
  await client.send(
    "Action: Login\r\nActionID: login-1\r\nUsername: ADMIN\r\nSecret: mysecret\r\n\r\n",
  );
  const [response, booted] = await captured("calls-22.txt");
  assertEquals(await client.frame(), response);
  const ours = await client.frame();
  const times = ["Uptime", "LastReload"];
  assertEquals(masked(ours, times), masked(booted ?? [], times));
});

Deno.test("a refused login is that of Asterisk 22, then the stream ends", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.connect(server.port);
  await client.send(
    "Action: Login\r\nActionID: login-1\r\nUsername: admin\r\nSecret: wrong\r\n\r\n",
  );
  const file = new URL("../../captures/badlogin-22.txt", import.meta.url);
  assertEquals(await client.rest(), await Deno.readTextFile(file));
});

Deno.test("a refused login waits for as long as the option says", async () => {
  await using server = AmiServer.start({ refusalDelay: 60 });
  using client = await RawClient.connect(server.port);
  const start = performance.now();
  await client.send("Action: Login\r\nUsername: x\r\nSecret: y\r\n\r\n");
  assertMatch(await client.rest(), /Authentication failed/);
  assertEquals(performance.now() - start >= 50, true);
});

Deno.test("a login with MD5 works on the same connection only", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Challenge\r\nAuthType: md5\r\n\r\n");
  const number = value(await client.frame(), "Challenge");
  assertMatch(number, /^\d+$/);
  const key = createHash("md5").update(`${number}mysecret`).digest("hex");
  const login =
    `Action: Login\r\nAuthType: MD5\r\nUsername: admin\r\nKey: ${key}\r\n\r\n`;
  using other = await RawClient.connect(server.port);
  await other.send(login);
  assertMatch(await other.rest(), /Authentication failed/);
  await client.send(login);
  assertEquals(value(await client.frame(), "Response"), "Success");
});

Deno.test("before the login only Login, Challenge and Logoff run", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Ping\r\nActionID: 1\r\n\r\n");
  assertEquals(await client.frame(), [
    ["Response", "Error"],
    ["ActionID", "1"],
    ["Message", "Permission denied"],
  ]);
  await client.send("Action: Logoff\r\n\r\n");
  assertMatch(await client.rest(), /^Response: Goodbye\r\n/);
});

Deno.test("an action without ActionID is answered without one", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await client.send("action: QUEUESTATUS\nqueue: sales\n\n");
  const frames = await client.framesUntil("EventList: Complete");
  assertEquals(frames.length, 3);
  assertEquals(
    frames.some((frame) => names(frame).includes("ActionID")),
    false,
  );
});

Deno.test("QueueStatus keeps to the queue and the member asked for", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const lines = "Action: QueueStatus\r\nQueue: support\r\nMember: Bob: Smith";
  const [, ...items] = await answer(client, "1", lines);
  assertEquals(items.map((frame) => value(frame, "Event")), [
    "QueueParams",
    "QueueMember",
    "QueueStatusComplete",
  ]);
  assertEquals(value(items[1], "Location"), "Local/2001@default");
});

Deno.test("GetConfig keeps to the category asked for", async () => {
  await using server = AmiServer.start({
    configurations: { "x.conf": { a: ["k=v", "k=w"], b: [] } },
  });
  using client = await RawClient.loggedIn(server.port);
  const ask = (extra: string): Promise<RawFrame[]> =>
    answer(client, "1", `Action: GetConfig\r\n${extra}`);
  assertEquals(await ask("Filename: x.conf\r\nCategory: a"), [[
    ["Response", "Success"],
    ["ActionID", "1"],
    ["Category-000000", "a"],
    ["Line-000000-000000", "k=v"],
    ["Line-000000-000001", "k=w"],
  ]]);
  const [none] = await ask("Filename: x.conf\r\nCategory: c");
  assertEquals(none?.at(-1), ["No categories found", ""]);
  const [missing] = await ask("Filename: y.conf");
  assertEquals(value(missing, "Message"), "Config file not found");
  const [unnamed] = await ask("X: y");
  assertEquals(value(unnamed, "Message"), "Filename not specified");
});

Deno.test("Events without a mask is refused, off is off", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const [refused] = await answer(client, "1", "Action: Events");
  assertEquals(value(refused, "Message"), "Invalid event mask");
  const [off] = await answer(client, "2", "Action: Events\r\nEventMask: off");
  assertEquals(value(off, "Events"), "Off");
});

Deno.test("UserEvent comes back as an event, as from Asterisk 22", async () => {
  await using server = AmiServer.start({ timestamps: true });
  using client = await RawClient.loggedIn(server.port);
  await client.send(
    "Action: UserEvent\r\nUserEvent: Hello\r\nActionID: u1\r\nHeader1: x\r\n\r\n",
  );
  const real = await capturedAnswer("calls-22.txt", "u1");
  const ours = await client.frames(2);
  assertEquals(
    ours.map((frame) => masked(frame, ["Timestamp"])),
    real.map((frame) => masked(frame, ["Timestamp"])),
  );
});

Deno.test("DeviceStateList has the endpoints as PJSIPShowEndpoints has them", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const list = await answer(client, "1", "Action: DeviceStateList");
  assertEquals(
    list.slice(1, -1).map((frame) => [
      value(frame, "Event"),
      value(frame, "Device"),
      value(frame, "State"),
    ]),
    [
      ["DeviceStateChange", "PJSIP/6001", "NOT_INUSE"],
      ["DeviceStateChange", "PJSIP/6002", "NOT_INUSE"],
      ["DeviceStateChange", "PJSIP/6003", "UNAVAILABLE"],
    ],
  );
  assertEquals(value(list.at(-1), "Event"), "DeviceStateListComplete");
});

Deno.test("ListCommands lists built-in and scripted actions", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("MeetmeList", () => {});
  const [frame = []] = await answer(client, "1", "Action: ListCommands");
  const listed = names(frame).slice(2);
  assertEquals(listed.includes("MeetmeList"), true);
  assertEquals(listed.includes("PJSIPShowEndpoints"), true);
  assertEquals(
    listed.map((name) => name.toLowerCase()),
    listed.map((name) => name.toLowerCase()).toSorted(),
  );
});

Deno.test("frames over the limits are refused, the session goes on", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const long = `X: ${"x".repeat(2_000)}`;
  const [tooLong] = await answer(client, "1", `Action: Ping\r\n${long}`);
  assertEquals(
    value(tooLong, "Message"),
    "Failed to parse message: line too long",
  );
  const many = "Variable: a=1\r\n".repeat(128);
  await client.send(`Action: Ping\r\nActionID: 2\r\n${many}\r\n`);
  assertEquals(await client.frame(), [
    ["Response", "Error"],
    ["ActionID", "2"],
    ["Message", "Too many lines in message or allocation failure"],
  ]);
  await client.send("\r\n");
  assertEquals(await client.frame(), [
    ["Response", "Error"],
    ["Message", "Missing action in request"],
  ]);
  const [pong] = await answer(client, "3", "Action: Ping");
  assertEquals(value(pong, "Ping"), "Pong");
});

Deno.test("a second login changes nothing", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const lines = "Action: Login\r\nUsername: eve\r\nSecret: wrong";
  const [again] = await answer(client, "1", lines);
  assertEquals(value(again, "Message"), "Already authenticated");
  assertEquals(server.clients[0]?.username, "admin");
});

Deno.test("a blank after the name makes another action of it", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const [unknown] = await answer(client, "1", "Action: Ping ");
  assertEquals(
    value(unknown, "Message"),
    "Invalid/unknown command: Ping . Use Action: ListCommands to show available commands.",
  );
});

Deno.test("a PBX without endpoints says so with an error", async () => {
  await using server = AmiServer.start({ endpoints: [], peers: [] });
  using client = await RawClient.loggedIn(server.port);
  const [none] = await answer(client, "1", "Action: PJSIPShowEndpoints");
  assertEquals(value(none, "Message"), "No endpoints found");
  const list = await answer(client, "2", "Action: SIPpeers");
  assertEquals(value(list.at(-1), "ListItems"), "0");
});

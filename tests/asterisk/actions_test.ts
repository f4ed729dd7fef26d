import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type ActionData,
  type ActionResult,
  AmiResponseError,
  type DAMI,
  type DAMIData,
  UNPARSED_LINES,
} from "../../mod.ts";
import { EventLog } from "./_event_log.ts";
import { asteriskTest } from "./_asterisk.ts";

/** An action and how Asterisk answers it. */
interface Expectation {
  action: string;
  data?: ActionData;
  /** A list: the names of its items, and of what completes it. */
  list?: { items: string[]; completion: string; count?: number };
  /** A refusal: the text of it. */
  error?: string;
  /** `true` if the refusal only means that there is nothing to list. */
  emptyList?: boolean;
  /** The last version that has the action. */
  until?: number;
  /** The first version of those tested that has the action. */
  since?: number;
  /** `true` if both versions lack it. */
  unknown?: boolean;
}

function list(
  action: string,
  items: string[],
  completion: string,
  more: { data?: ActionData; count?: number; until?: number; since?: number } =
    {},
): Expectation {
  const { count, ...rest } = more;
  return {
    action,
    list: { items, completion, ...(count === undefined ? {} : { count }) },
    ...rest,
  };
}

/** The fewest characters of a channel's name that `iax2 show netstats` prints. */
const IAX_NAME_WIDTH = 20;

/** The steps of each of a session's many actions, in this order. */
const EXPECTATIONS: readonly Expectation[] = [
  { action: "CoreStatus" },
  { action: "CoreSettings" },
  list("CoreShowChannels", ["CoreShowChannel"], "CoreShowChannelsComplete"),
  list("PJSIPShowEndpoints", ["EndpointList"], "EndpointListComplete", {
    count: 3,
  }),
  list(
    "PJSIPShowEndpoint",
    ["AorDetail", "AuthDetail", "EndpointDetail"],
    "EndpointDetailComplete",
    { data: { Endpoint: 6001 }, count: 3 },
  ),
  list(
    "QueueStatus",
    ["QueueEntry", "QueueMember", "QueueParams"],
    "QueueStatusComplete",
  ),
  list("QueueSummary", ["QueueSummary"], "QueueSummaryComplete", { count: 4 }),
  list("SIPpeers", ["PeerEntry"], "PeerlistComplete", { count: 2, until: 20 }),
  {
    action: "DBPut",
    data: { Family: "dami-actions", Key: "k1", Val: "v: 1" },
  },
  list("DBGet", ["DBGetResponse"], "DBGetComplete", {
    data: { Family: "dami-actions", Key: "k1" },
    count: 1,
  }),
  {
    action: "DBGet",
    data: { Family: "dami-actions", Key: "nope" },
    error: "Database entry not found",
    emptyList: true,
  },
  list("DBGetTree", ["DBGetTreeResponse"], "DBGetTreeComplete", {
    data: { Family: "dami-actions" },
    count: 1,
  }),
  { action: "GetConfig", data: { Filename: "queues.conf" } },
  { action: "GetConfigJSON", data: { Filename: "queues.conf" } },
  { action: "ListCommands" },
  { action: "Command", data: { Command: "core show channels" } },
  { action: "Command", data: { Command: "dialplan show default" } },
  {
    action: "Command",
    data: { Command: "no such thing" },
    error: "Command output follows",
  },
  list("Status", ["Status"], "StatusComplete"),
  list("ParkedCalls", ["ParkedCall"], "ParkedCallsComplete", { count: 0 }),
  list(
    "ExtensionStateList",
    ["ExtensionStatus"],
    "ExtensionStateListComplete",
    {
      count: 2,
    },
  ),
  list("DeviceStateList", ["DeviceStateChange"], "DeviceStateListComplete"),
  list("ShowDialPlan", ["ListDialplan"], "ShowDialPlanComplete", {
    data: { Context: "default" },
  }),
  list("BridgeList", ["BridgeListItem"], "BridgeListComplete"),
  list(
    "BridgeTechnologyList",
    ["BridgeTechnologyListItem"],
    "BridgeTechnologyListComplete",
  ),
  list("Agents", ["Agents"], "AgentsComplete", { count: 1 }),
  // A list that is empty is a plain response here.
  { action: "VoicemailUsersList", since: 22 },
  list("IAXpeers", ["PeerEntry"], "PeerlistComplete", { count: 2 }),
  { action: "NoSuchAction", unknown: true },
  { action: "Getvar", data: { Variable: "EPOCH" } },
  { action: "Queues", unknown: true },
  { action: "QueueRule" },
  list("PJSIPShowAors", ["AorList"], "AorListComplete", { count: 3 }),
  {
    action: "PJSIPShowContacts",
    error: "No Contacts found",
    emptyList: true,
  },
  list(
    "PJSIPShowRegistrationsOutbound",
    ["AuthDetail", "OutboundRegistrationDetail"],
    "OutboundRegistrationDetailComplete",
    { count: 0 },
  ),
  { action: "LoggerRotate" },
  { action: "ModuleCheck", data: { Module: "app_dial" } },
  {
    action: "Filter",
    data: { Operation: "Add", Filter: "Event: Newchannel" },
  },
  { action: "Ping" },
  list(
    "PresenceStateList",
    ["PresenceStateChange"],
    "PresenceStateListComplete",
    { count: 0 },
  ),
  { action: "MeetmeList", unknown: true },
  {
    action: "MixMonitorMute",
    error: "No direction specified. Must be read, write or both",
  },
  { action: "Events", data: { EventMask: "call" } },
  { action: "Challenge", data: { AuthType: "MD5" } },
  list("FAXSessions", ["FAXSessionsEntry"], "FAXSessionsComplete", {
    count: 0,
  }),
  list(
    "PJSIPShowSubscriptionsInbound",
    ["InboundSubscriptionDetail"],
    "InboundSubscriptionDetailComplete",
    { count: 0 },
  ),
  {
    action: "PJSIPShowResourceLists",
    error: "No resource lists found",
    emptyList: true,
  },
  { action: "PJSIPQualify", data: { Endpoint: 6001 } },
  {
    action: "SorceryMemoryCacheExpire",
    error: "SorceryMemoryCacheExpire requires that a cache name be provided.",
  },
  // Beyond those that everybody knows.
  {
    action: "FAXSession",
    data: { SessionNumber: 1 },
    error: "Session not found",
  },
  list("IAXpeerlist", ["PeerEntry"], "PeerlistComplete", { count: 2 }),
  list("IAXregistry", ["RegistryEntry"], "RegistrationsComplete", { count: 0 }),
  list("Hangup", ["ChannelHungup"], "ChannelsHungupListComplete", {
    data: { Channel: "/^nothing-is-called-so$/" },
    count: 0,
  }),
  list("PJSIPHangup", ["ChannelHungup"], "ChannelsHungupListComplete", {
    data: { Channel: "/^nothing-is-called-so$/" },
    count: 0,
    since: 22,
  }),
  {
    action: "Hangup",
    data: { Channel: "PJSIP/nobody-00000001" },
    error: "No such channel",
  },
  {
    action: "PJSIPShowEndpoint",
    data: { Endpoint: "nobody" },
    error: "Unable to retrieve endpoint nobody",
  },
  list("PJSIPShowAuths", ["AuthList"], "AuthListComplete", { count: 3 }),
  list(
    "PJSIPShowSubscriptionsOutbound",
    ["OutboundSubscriptionDetail"],
    "OutboundSubscriptionDetailComplete",
    { count: 0 },
  ),
  list(
    "PJSIPShowRegistrationsInbound",
    ["InboundRegistrationDetail"],
    "InboundRegistrationDetailComplete",
    { count: 3 },
  ),
  list(
    "PJSIPShowRegistrationInboundContactStatuses",
    ["ContactStatusDetail"],
    "ContactStatusDetailComplete",
    { count: 0 },
  ),
  list(
    "PJSIPShowMaintenance",
    ["PJSIPMaintenanceStatus"],
    "PJSIPMaintenanceStatusComplete",
    { count: 0, since: 22 },
  ),
  {
    action: "VoicemailUserStatus",
    data: { Context: "default", Mailbox: 1 },
    since: 22,
  },
  {
    action: "VoicemailBoxSummary",
    data: { Context: "default", Mailbox: 1 },
    since: 22,
  },
  list("Parkinglots", ["Parkinglot"], "ParkinglotsComplete", { count: 1 }),
  {
    action: "BridgeInfo",
    data: { BridgeUniqueid: "nothing-is-called-so" },
    error: "Specified BridgeUniqueid not found",
  },
  {
    action: "ShowDialPlan",
    data: { Context: "nothing-is-called-so" },
    error: "Did not find context nothing-is-called-so",
  },
  list("QueueStatus", [], "QueueStatusComplete", {
    data: { Queue: "nothing-is-called-so" },
    count: 0,
  }),
  list("SIPshowregistry", ["RegistryEntry"], "RegistrationsComplete", {
    count: 0,
    until: 20,
  }),
  list("SIPpeerstatus", ["PeerStatus"], "SIPpeerstatusComplete", {
    count: 2,
    until: 20,
  }),
  {
    action: "SIPshowpeer",
    data: { Peer: "nobody" },
    error: "Peer nobody not found.",
    until: 20,
  },
  {
    action: "DBDelTree",
    data: { Family: "nothing-is-called-so" },
    error: "Database entry not found",
  },
  {
    action: "Getvar",
    data: { Channel: "PJSIP/nobody-00000001", Variable: "X" },
    error: "No such channel",
  },
];

/** Returns the answer of this version, whether or not it has the action. */
function of(expectation: Expectation, major: number): Expectation {
  const { action, data = {}, since = 0, until = Infinity, unknown } =
    expectation;
  if (!unknown && major >= since && major <= until) return expectation;
  const error =
    `Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.`;
  return { action, data, error };
}

function assertAnswer(expectation: Expectation, answer: ActionResult): void {
  const { action, list, error } = expectation;
  assertEquals(error, undefined, `${action} succeeded`);
  const [response, ...events] = answer;
  assertEquals(response.Response, "Success", action);
  if (list === undefined) {
    assertEquals(events, [], action);
    return;
  }
  const completion = events.at(-1);
  const items = events.slice(0, -1);
  assertEquals(String(response.EventList).toLowerCase(), "start", action);
  assertEquals(completion?.Event, list.completion, action);
  assertEquals(completion?.EventList, "Complete", action);
  for (const { Event } of items) {
    assert(list.items.includes(String(Event)), `${action}: ${Event}`);
  }
  if (list.count !== undefined) assertEquals(items.length, list.count, action);
  const { action: name } = expectation;
  if (name !== "PJSIPShowRegistrationsOutbound") {
    assertEquals(completion?.ListItems, items.length, action);
  }
}

async function check(dami: DAMI, expectation: Expectation): Promise<void> {
  const { action, data = {}, error, emptyList = false } = expectation;
  let refusal: unknown;
  try {
    assertAnswer(expectation, await dami.to(action, data));
    return;
  } catch (thrown) {
    refusal = thrown;
  }
  if (!(refusal instanceof AmiResponseError) || error === undefined) {
    throw refusal;
  }
  assertEquals(refusal.action, action);
  assertEquals(refusal.response.Response, "Error", action);
  assertEquals(refusal.response.Message, error, action);
  assertEquals(refusal.emptyList, emptyList, action);
  assertEquals(refusal.frames, [refusal.response], action);
}

asteriskTest(
  "to() settles every action, one after another",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    for (const expectation of EXPECTATIONS) {
      await check(dami, of(expectation, asterisk.major));
    }
  },
);

asteriskTest("to() settles every action, all at once", async (asterisk) => {
  await using dami = await asterisk.connect();
  await Promise.all(EXPECTATIONS.map((expectation) => {
    return check(dami, of(expectation, asterisk.major));
  }));
});

asteriskTest("items of lists do not reach the listeners", async (asterisk) => {
  await using dami = await asterisk.connect({ integers: false });
  await dami.listen();
  const log = new EventLog(dami);
  const mark = crypto.randomUUID();
  const names = [
    "DeviceStateList",
    "ExtensionStateList",
    "QueueStatus",
    "IAXpeers",
    "PJSIPShowEndpoints",
  ];
  const answers = await Promise.all(names.map((name) => dami.to(name)));
  await dami.to("UserEvent", { UserEvent: "Lists", Mark: mark });
  await log.named("UserEvent", "Mark", mark);

  const lists = new Set(answers.flatMap((answer) => answer.map(identify)));
  assertEquals(log.items.filter((event) => lists.has(identify(event))), []);
});

/** Returns all of a frame, to compare it with another. */
function identify(frame: DAMIData): string {
  return JSON.stringify(frame);
}

asteriskTest("WaitEvent ends with the events that came", async (asterisk) => {
  await using dami = await asterisk.connect();
  const [response, ...events] = await dami.to("WaitEvent", { Timeout: 1 });
  assertEquals(response.Message, "Waiting for Event completed.");
  assertEquals(events.at(-1)?.Event, "WaitEventComplete");
});

asteriskTest("FAXStats has one event", async (asterisk) => {
  await using dami = await asterisk.connect();
  const [response, stats, ...more] = await dami.to("FAXStats");
  assertEquals(response.Message, "FAXStats event will follow");
  assertEquals(stats?.Event, "FAXStats");
  assertEquals(stats?.CurrentSessions, 0);
  assertEquals(more, []);
});

asteriskTest("ListCommands names actions as headers", async (asterisk) => {
  await using dami = await asterisk.connect();
  const [response] = await dami.to("ListCommands");
  assertMatch(String(response.Ping), /^Keepalive command\./);
  assertMatch(String(response.Events), /^Control Event Flow\./);
  assertMatch(String(response.Originate), /^Originate a call\./);
  assert(Object.keys(response).length > 100);
});

asteriskTest(
  "GetConfig keeps a line that is not a header",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const [response] = await dami.to("GetConfig", {
      Filename: "agents.conf",
      Category: "nothing-is-called-so",
    });
    assertEquals(response[UNPARSED_LINES], ["No categories found"]);
  },
);

asteriskTest("GetConfig and GetConfigJSON give the same", async (asterisk) => {
  await using dami = await asterisk.connect();
  const [config] = await dami.to("GetConfig", {
    Filename: "queues.conf",
    Category: "support",
  });
  const values = Object.entries(config)
    .filter(([name]) => name.startsWith("Line-000000-"))
    .map(([, value]) => value);
  assertEquals(values, [
    "strategy=ringall",
    "timeout=5",
    "member=Local/2000@default,0,Alice Jones,hint:2000@default",
    "member=Local/2001@default,1,Bob: Smith",
    "member=Local/2002@default,2,Zoë Müller",
  ]);
  const [{ JSON: json }] = await dami.to("GetConfigJSON", {
    Filename: "queues.conf",
  });
  assert(String(json).includes('"member":"Local/2001@default,1,Bob: Smith"'));
});

asteriskTest(
  "the answer to Hangup with a pattern is a list",
  async (asterisk) => {
    await using dami = await asterisk.connect({ integers: false });
    await dami.listen();
    const log = new EventLog(dami);
    const id = crypto.randomUUID();
    await dami.to("Originate", {
      Channel: "Local/hold@tests",
      Application: "Wait",
      Data: 60,
      Async: true,
      ChannelId: id,
      OtherChannelId: `${id}-other`,
    });
    const { Channel } = await log.named("Newchannel", "Uniqueid", id);
    await log.named("OriginateResponse", "Uniqueid", id);
    const pattern = `/^${String(Channel).replace(/;\d$/, "")}/`;
    const [response, ...items] = await dami.to("Hangup", { Channel: pattern });
    assertEquals(response.Message, "Channels hung up will follow");
    assertEquals(items.pop()?.Event, "ChannelsHungupListComplete");
    // The other half of the Local channel may be gone before its turn comes.
    const halves = items.map((item) => item.Event);
    assert(halves.length === 1 || halves.length === 2, `${halves.length}`);
    assert(halves.every((name) => name === "ChannelHungup"), `${halves}`);
    await log.named("Hangup", "Uniqueid", id);
  },
);

asteriskTest("IAXnetstats gives its text", async (asterisk) => {
  await using dami = await asterisk.connect({ integers: false });
  await dami.listen();
  const log = new EventLog(dami);
  const id = crypto.randomUUID();
  await dami.to("Originate", {
    Channel: "Local/iax@tests",
    Application: "Wait",
    Data: 60,
    Async: true,
    ChannelId: id,
    OtherChannelId: `${id}-other`,
  });
  await log.named("OriginateResponse", "Uniqueid", id);
  const printed = await asterisk.console("iax2 show netstats");
  const [text] = await dami.to("IAXnetstats");
  // The figures change; the names of the channels do not, but are cut to a width.
  const channels = (lines: string[]) =>
    lines.filter((line) => line.startsWith("IAX2/"))
      .map((line) => line.split(" ")[0]?.slice(0, IAX_NAME_WIDTH));
  const lines = text[UNPARSED_LINES];
  assert(Array.isArray(lines), JSON.stringify(text));
  assert(channels(lines).length > 0, JSON.stringify(text));
  assertEquals(channels(lines), channels(printed.split("\n")));
  const { Channel } = await log.named("Newchannel", "Uniqueid", id);
  await dami.to("Hangup", { Channel: String(Channel) });
  await log.named("Hangup", "Uniqueid", id);
});

asteriskTest(
  "IAXnetstats settles if there is nothing to report",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const answers = await Promise.all([
      dami.to("IAXnetstats"),
      dami.to("IAXnetstats"),
      dami.to("Ping"),
      dami.to("IAXnetstats"),
    ]);
    assertEquals(answers.map((answer) => answer.length), [1, 1, 1, 1]);
    assertEquals(answers[2]?.[0].Ping, "Pong");
  },
);

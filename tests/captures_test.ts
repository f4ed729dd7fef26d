/**
 * Real sessions with Asterisk, byte for byte, and what is read of them.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { ActionMap } from "../src/actions/action_map.ts";
import { DataParser } from "../src/wire/data_parser.ts";
import { DEFAULT_LIMITS } from "../src/options/options.ts";
import { Statistics } from "../src/statistics.ts";
import { chunked, comparable, readWire } from "./_wire.ts";

const PARSER = new DataParser("catalog");

type CaptureName = "lists-16" | "calls-22" | "badlogin-22";

function capture(name: CaptureName): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(new URL(`./captures/${name}.txt`, import.meta.url));
}

/** An action, and the names in its answer: of the response, and of the events with their number. */
type Exchange = [actionId: string, action: string, answer: string];

const LISTS_16: Exchange[] = [
  ["login-1", "Login", "Success"],
  ["1", "CoreStatus", "Success"],
  ["2", "CoreSettings", "Success"],
  ["3", "CoreShowChannels", "Success, CoreShowChannelsComplete"],
  [
    "4",
    "PJSIPShowEndpoints",
    "Success, 3 EndpointList, EndpointListComplete",
  ],
  [
    "5",
    "PJSIPShowEndpoint",
    "Success, EndpointDetail, AuthDetail, AorDetail, EndpointDetailComplete",
  ],
  [
    "6",
    "QueueStatus",
    "Success, QueueParams, 2 QueueMember, QueueParams, QueueStatusComplete",
  ],
  ["7", "QueueSummary", "Success, 2 QueueSummary, QueueSummaryComplete"],
  ["8", "SIPpeers", "Success, 2 PeerEntry, PeerlistComplete"],
  ["9", "DBPut", "Success"],
  ["10", "DBGet", "Success, DBGetResponse, DBGetComplete"],
  ["11", "DBGet", "Error"],
  ["12", "DBGetTree", "Success, DBGetTreeResponse, DBGetTreeComplete"],
  ["13", "GetConfig", "Success"],
  ["14", "GetConfigJSON", "Success"],
  ["15", "ListCommands", "Success"],
  ["16", "Command", "Success"],
  ["17", "Command", "Success"],
  ["18", "Command", "Error"],
  ["19", "Status", "Success, StatusComplete"],
  ["20", "ParkedCalls", "Success, ParkedCallsComplete"],
  ["21", "ConfbridgeListRooms", "Error"],
  ["22", "ConfbridgeList", "Error"],
  [
    "23",
    "ExtensionStateList",
    "Success, 4 ExtensionStatus, ExtensionStateListComplete",
  ],
  [
    "24",
    "DeviceStateList",
    "Success, 7 DeviceStateChange, DeviceStateListComplete",
  ],
  ["25", "ShowDialPlan", "Success, 21 ListDialplan, ShowDialPlanComplete"],
  ["26", "BridgeList", "Success, BridgeListComplete"],
  [
    "27",
    "BridgeTechnologyList",
    "Success, 4 BridgeTechnologyListItem, BridgeTechnologyListComplete",
  ],
  ["28", "Agents", "Success, AgentsComplete"],
  ["29", "VoicemailUsersList", "Error"],
  ["30", "IAXpeers", "Success, PeerlistComplete"],
  ["31", "NoSuchAction", "Error"],
  ["32", "Getvar", "Success"],
  ["33", "Queues", "Error"],
  ["34", "QueueRule", "Success"],
  ["35", "PJSIPShowAors", "Success, 3 AorList, AorListComplete"],
  ["36", "PJSIPShowContacts", "Error"],
  [
    "37",
    "PJSIPShowRegistrationsOutbound",
    "Success, OutboundRegistrationDetailComplete",
  ],
  ["38", "LoggerRotate", "Success"],
  ["39", "ModuleCheck", "Success"],
  ["40", "Filter", "Success"],
  ["41", "Ping", "Success"],
  ["42", "PresenceStateList", "Success, PresenceStateListComplete"],
  ["43", "MeetmeList", "Error"],
  ["44", "MixMonitorMute", "Error"],
  ["45", "WaitEvent", "Success, WaitEventComplete"],
  ["46", "Events", "Success"],
  ["47", "Challenge", "Success"],
  ["48", "FAXSessions", "Success, FAXSessionsComplete"],
  [
    "49",
    "PJSIPShowSubscriptionsInbound",
    "Success, InboundSubscriptionDetailComplete",
  ],
  ["50", "PJSIPShowResourceLists", "Error"],
  ["51", "PJSIPQualify", "Success"],
  ["52", "SorceryMemoryCacheExpire", "Error"],
  ["bye", "Logoff", "Goodbye"],
];

const CALLS_22: Exchange[] = [
  ["login-1", "Login", "Success"],
  ["o1", "Originate", "Success"],
  ["o2", "Originate", "Success"],
  ["o3", "Originate", "Success"],
  ["o4", "Originate", "Success"],
  ["o5", "Originate", "Success"],
  ["o6", "Originate", "Success"],
  [
    "c1",
    "CoreShowChannels",
    "Success, 10 CoreShowChannel, CoreShowChannelsComplete",
  ],
  ["c2", "Status", "Success, 10 Status, StatusComplete"],
  [
    "c3",
    "QueueStatus",
    "Success, QueueParams, 2 QueueMember, QueueParams, QueueStatusComplete",
  ],
  ["c4", "ConfbridgeList", "Success, ConfbridgeList, ConfbridgeListComplete"],
  [
    "c5",
    "ConfbridgeListRooms",
    "Success, ConfbridgeListRooms, ConfbridgeListRoomsComplete",
  ],
  ["c6", "CoreShowChannelMap", "Error"],
  ["o7", "Originate", "Success"],
  ["u1", "UserEvent", "Success"],
  ["q1", "QueuePause", "Success"],
  ["bye", "Logoff", "Goodbye"],
];

/** The events of `calls-22.txt` that are for listeners, with their number. */
const CALLS_22_EVENTS: Record<string, number> = {
  AgentCalled: 1,
  AgentConnect: 1,
  AsyncAGIEnd: 1,
  AsyncAGIStart: 1,
  BridgeCreate: 2,
  BridgeEnter: 3,
  ConfbridgeJoin: 1,
  ConfbridgeStart: 1,
  DeviceStateChange: 24,
  DialBegin: 6,
  DialEnd: 6,
  FullyBooted: 1,
  Hangup: 8,
  HangupRequest: 3,
  LocalBridge: 6,
  NewCallerid: 3,
  NewConnectedLine: 3,
  Newchannel: 14,
  Newexten: 24,
  Newstate: 12,
  OriginateResponse: 6,
  QueueCallerJoin: 1,
  QueueCallerLeave: 1,
  QueueMemberPause: 1,
  SoftHangupRequest: 4,
  SuccessfulAuth: 1,
  TestEvent: 13,
  UserEvent: 2,
  VarSet: 20,
};

/** `["Success", "Status", "Status"]` → `"Success, 2 Status"`. */
function summary(names: string[]): string {
  const runs: { name: string; count: number }[] = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last?.name === name) last.count++;
    else runs.push({ name, count: 1 });
  }
  return runs
    .map(({ name, count }) => count === 1 ? name : `${count} ${name}`)
    .join(", ");
}

/** Sends all actions at once, and gives the answers and what is left for listeners. */
async function exchange(
  name: CaptureName,
  exchanges: Exchange[],
): Promise<{ answers: Exchange[]; events: string[]; dropped: number }> {
  const { frames } = await readWire([await capture(name)]);
  const actions = new ActionMap(DEFAULT_LIMITS, new Statistics());
  const answers = exchanges.map(([actionId, action]) =>
    actions.add(
      { actionId, action, timeout: Infinity },
      () => ({ started: true, cancel() {} }),
    )
  );
  const events: string[] = [];
  let dropped = 0;
  for (const frame of frames) {
    if (frame.kind === "response") {
      if (!actions.takeResponse(frame)) dropped++;
    } else if (!actions.takeEvent(frame)) {
      events.push(frame.name);
    }
  }
  const settled = await Promise.all(answers);
  return {
    answers: exchanges.map(([actionId, action], index) => [
      actionId,
      action,
      summary((settled[index]?.frames ?? []).map((frame) => frame.name)),
    ]),
    events,
    dropped,
  };
}

Deno.test("captures: every action of lists-16.txt gets its own whole answer", async () => {
  const { answers, events, dropped } = await exchange("lists-16", LISTS_16);
  assertEquals(answers, LISTS_16);
  assertEquals(events, []);
  // A Ping was sent without an ActionID.
  assertEquals(dropped, 1);
});

Deno.test("captures: every action of calls-22.txt gets its own whole answer, and listeners all else", async () => {
  const { answers, events, dropped } = await exchange("calls-22", CALLS_22);
  assertEquals(answers, CALLS_22);
  const counts: Record<string, number> = {};
  for (const name of events) counts[name] = (counts[name] ?? 0) + 1;
  assertEquals(counts, CALLS_22_EVENTS);
  assertEquals(dropped, 0);
});

Deno.test("captures: badlogin-22.txt refuses the login", async () => {
  const { frames } = await readWire([await capture("badlogin-22")]);
  assertEquals(frames.map((frame) => frame.data(PARSER)), [{
    Response: "Error",
    ActionID: "login-1",
    Message: "Authentication failed",
  }]);
});

for (const name of ["lists-16", "calls-22", "badlogin-22"] as const) {
  Deno.test(`captures: not a byte of ${name}.txt is lost`, async () => {
    const bytes = await capture(name);
    const { greeting, frames, cutOff } = await readWire([bytes]);
    const rebuilt = [
      greeting,
      ...frames.flatMap((frame) => [...frame.lines, ""]),
      "",
    ].join("\n");
    // But for the line feeds that Asterisk puts where none belongs.
    const sent = new TextDecoder().decode(bytes)
      .replaceAll("\r\n", "\n")
      .replaceAll(/\n{3,}/g, "\n\n");
    assertEquals(rebuilt, sent);
    assertEquals(cutOff, []);
  });

  Deno.test(`captures: ${name}.txt is read the same in any chunks`, async () => {
    const bytes = await capture(name);
    const whole = comparable(await readWire([bytes]));
    await fc.assert(
      fc.asyncProperty(chunked(bytes, 1_000), async (chunks) => {
        assertEquals(comparable(await readWire(chunks)), whole);
      }),
      { numRuns: 20 },
    );
  });
}

for (const name of ["lists-16", "calls-22"] as const) {
  Deno.test(`captures: a number of ${name}.txt is the text that was sent`, async () => {
    const { frames } = await readWire([await capture(name)]);
    const texts = new DataParser(false);
    for (const { lines } of frames) {
      const sent = Object.entries(texts.parse(lines));
      const read = Object.entries(PARSER.parse(lines));
      assertEquals(
        read.map(([header, value]) => [
          header,
          Array.isArray(value) ? value : String(value),
        ]),
        sent.map(([header, value]) => [header, value ?? ""]),
      );
    }
  });
}

Deno.test("captures: names are strings and quantities numbers", async () => {
  const { frames } = await readWire([await capture("calls-22")]);
  const types = new Map<string, Set<string>>();
  for (const frame of frames) {
    for (const [header, value] of Object.entries(frame.data(PARSER))) {
      const seen = types.get(header) ?? new Set();
      types.set(header, seen.add(typeof value));
    }
  }
  for (const name of ["CallerIDNum", "Exten", "ActionID", "Value", "AppData"]) {
    assertEquals(types.get(name), new Set(["string"]), name);
  }
  for (const name of ["ChannelState", "Priority", "Cause", "Position"]) {
    assertEquals(types.get(name), new Set(["number"]), name);
  }
});

Deno.test("captures: awkward values of calls-22.txt arrive as they are", async () => {
  const { frames } = await readWire([await capture("calls-22")]);
  const userEvent = frames.find((frame) =>
    frame.name === "UserEvent" && frame.get("userevent") === "Custom"
  )?.data(PARSER);
  assert(userEvent !== undefined);
  assertEquals(userEvent.Key, "va: lue");
  assertEquals(userEvent["Näme"], "Zoë");
  const status = frames.find((frame) =>
    frame.name === "Status" && frame.lines.includes("Variable: A=1")
  );
  assertEquals(status?.data(PARSER).Variable, ["A=1", "B=two words"]);
});

Deno.test("captures: an action whose answer is not in the capture stays unanswered", async () => {
  const { frames } = await readWire([await capture("calls-22")]);
  const actions = new ActionMap(DEFAULT_LIMITS, new Statistics());
  const answer = actions.add(
    { actionId: "nobody", action: "Ping", timeout: 20 },
    () => ({ started: true, cancel() {} }),
  );
  for (const frame of frames) {
    if (frame.kind === "event") actions.takeEvent(frame);
    else actions.takeResponse(frame);
  }
  await assertRejects(() => answer, Error, "not answered within 20 ms");
});

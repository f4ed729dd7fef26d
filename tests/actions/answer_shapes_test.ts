import { assertEquals } from "@std/assert";
import {
  answerShape,
  isBroadcast,
  isEmptyList,
} from "../../src/actions/answer_shapes.ts";

/** Letter cases in which people write one name. */
function inEachCase(name: string): string[] {
  return [name, name.toLowerCase(), name.toUpperCase()];
}

/** Names that any object has although they are not actions. */
const INHERITED_NAMES = ["", "__proto__", "constructor", "toString"];

// Written down from the table of lists, and not from the source.
const SHAPES = {
  WaitEvent: { endsWithEvent: "WaitEventComplete" },
  FAXSession: { endsWithEvent: "FAXSession" },
  FAXStats: { endsWithEvent: "FAXStats" },
  DataGet: { endsWithEvent: "DataGet Tree" },
  IAXpeers: {
    itemWithoutActionId: "PeerEntry",
    completion: "PeerlistComplete",
  },
  IAXnetstats: { isFreeText: true },
  Queues: { isFreeText: true },
  SKINNYshowdevice: { isFreeText: true },
  SKINNYshowline: { isFreeText: true },
  Agents: { completion: "AgentsComplete" },
  BridgeInfo: { completion: "BridgeInfoComplete" },
  BridgeList: { completion: "BridgeListComplete" },
  BridgeTechnologyList: { completion: "BridgeTechnologyListComplete" },
  DAHDIShowChannels: { completion: "DAHDIShowChannelsComplete" },
  DBGet: {
    completion: "DBGetComplete",
    completionBefore12: "DBGetResponse",
  },
  IAXpeerlist: { completion: "PeerlistComplete" },
  ParkedCalls: { completion: "ParkedCallsComplete" },
  Parkinglots: { completion: "ParkinglotsComplete" },
  QueueStatus: { completion: "QueueStatusComplete" },
  QueueSummary: { completion: "QueueSummaryComplete" },
  SIPpeerstatus: { completion: "SIPpeerstatusComplete" },
  Status: { completion: "StatusComplete" },
  VoicemailUsersList: {
    completion: "VoicemailUserEntryComplete",
    messageOfNone: "There are no voicemail users currently defined.",
  },
};

for (const [action, shape] of Object.entries(SHAPES)) {
  Deno.test(`answerShape() knows how the answer to ${action} ends, in any case`, () => {
    for (const name of inEachCase(action)) {
      assertEquals(answerShape(name), shape);
    }
  });
}

Deno.test("answerShape() knows the lists that Asterisk 11 does not announce", () => {
  for (
    const [action, end] of [
      ["Agents", "AgentsComplete"],
      ["DBGet", "DBGetResponse"],
      ["ParkedCalls", "ParkedCallsComplete"],
      ["QueueStatus", "QueueStatusComplete"],
      ["QueueSummary", "QueueSummaryComplete"],
      ["Status", "StatusComplete"],
      ["VoicemailUsersList", "VoicemailUserEntryComplete"],
      // These are no other there.
      ["WaitEvent", "WaitEventComplete"],
      ["Ping", undefined],
      ["CoreShowChannels", undefined],
    ] as const
  ) {
    assertEquals(answerShape(action, true).endsWithEvent, end, action);
  }
});

Deno.test("answerShape() knows nothing special of ordinary actions", () => {
  for (
    const action of [
      ...INHERITED_NAMES,
      "Ping",
      "Command",
      "Originate",
      // Ordinary since all of its versions say `EventList: Complete`.
      "CoreShowChannels",
      "FAXSessions",
      "ConfbridgeList",
      "PJSIPShowEndpoints",
      "SIPpeers",
      // Near to those that are special.
      "Queue",
      "QueueStatusComplete",
      "WaitEvents",
      "IAXpeers ",
    ]
  ) {
    assertEquals(answerShape(action), {}, action);
  }
});

for (const event of ["OriginateResponse", "SIPQualifyPeerDone", "UserEvent"]) {
  Deno.test(`isBroadcast() says that ${event} is for everybody`, () => {
    assertEquals(isBroadcast(event), true);
  });
}

Deno.test("isBroadcast() is false for every other event", () => {
  for (
    const event of [
      ...INHERITED_NAMES,
      "Hangup",
      "QueueMember",
      "DeviceStateChange",
      "ContactStatusDetail",
      "Originate",
    ]
  ) {
    assertEquals(isBroadcast(event), false, event);
  }
});

const EMPTY_LISTS = {
  ConfbridgeList: "No active conferences.",
  ConfbridgeListRooms: "No active conferences.",
  MeetmeList: "No active conferences.",
  MeetmeListRooms: "No active conferences.",
  PJSIPShowAors: "No AORs found",
  PJSIPShowAuths: "No Auths found",
  PJSIPShowContacts: "No Contacts found",
  PJSIPShowEndpoints: "No endpoints found",
  PJSIPShowResourceLists: "No resource lists found",
  ExtensionStateList: "No dialplan hints are available",
  DBGet: "Database entry not found",
};

for (const [action, message] of Object.entries(EMPTY_LISTS)) {
  Deno.test(`isEmptyList() takes "${message}" of ${action} for an empty list`, () => {
    for (const name of inEachCase(action)) {
      assertEquals(isEmptyList(name, message), true);
    }
  });

  Deno.test(`isEmptyList() takes no other error of ${action} for an empty list`, () => {
    for (
      const other of [
        "",
        "Permission denied",
        "Missing action in request",
        `Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.`,
        "Asterisk is shutting down",
        `${message} in context "x"`,
        `Failed: ${message}`,
        `${message}\nx`,
      ]
    ) {
      assertEquals(isEmptyList(action, other), false, other);
    }
  });
}

Deno.test("isEmptyList() does not confuse the texts of two actions", () => {
  for (const message of new Set(Object.values(EMPTY_LISTS))) {
    for (
      const action of [...INHERITED_NAMES, "Ping", "DBPut", "ConfbridgeKick"]
    ) {
      assertEquals(isEmptyList(action, message), false, action);
    }
  }
  assertEquals(isEmptyList("DBGet", "No active conferences."), false);
  assertEquals(isEmptyList("ConfbridgeList", "No Contacts found"), false);
});

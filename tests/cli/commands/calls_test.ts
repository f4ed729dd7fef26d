import { assertEquals } from "@std/assert";
import {
  type CallChannel,
  listedChannel,
  liveChannel,
} from "../../../src/cli/commands/call_channel.ts";
import { groupCalls } from "../../../src/cli/commands/calls.ts";

function channel(
  name: string,
  more: Record<string, string | number> = {},
): CallChannel {
  return listedChannel({
    Event: "CoreShowChannel",
    Channel: name,
    ChannelStateDesc: "Up",
    CallerIDNum: "<unknown>",
    CallerIDName: "<unknown>",
    Exten: "",
    Uniqueid: "1.1",
    Linkedid: "1.1",
    Application: "",
    ApplicationData: "",
    Duration: "00:00:10",
    BridgeId: "",
    ...more,
  });
}

Deno.test("groupCalls() shows who talks with whom", () => {
  assertEquals(
    groupCalls([
      channel("PJSIP/6002-00000002", {
        CallerIDNum: 6002,
        Uniqueid: "1.2",
        Duration: "00:00:09",
        Application: "AppDial",
        BridgeId: "b",
      }),
      channel("PJSIP/6001-00000001", {
        CallerIDNum: 6001,
        CallerIDName: "Zoë",
        Exten: 6002,
        Application: "Dial",
        ApplicationData: "PJSIP/6002,20",
        BridgeId: "b",
      }),
    ]),
    [{
      linkedid: "1.1",
      caller: "Zoë <6001>",
      others: ["6002"],
      state: "Talking",
      duration: "00:00:10",
      application: "Dial(PJSIP/6002,20)",
      channels: ["PJSIP/6001-00000001", "PJSIP/6002-00000002"],
    }],
  );
});

Deno.test("groupCalls() shows what was dialled while nobody is there", () => {
  const [call] = groupCalls([
    channel("PJSIP/6001-00000001", {
      Exten: 1000,
      ChannelStateDesc: "Ring",
      Application: "Wait",
      ApplicationData: 1,
    }),
  ]);
  assertEquals(call?.caller, "PJSIP/6001");
  assertEquals(call?.others, ["1000"]);
  assertEquals(call?.state, "Ring");
  assertEquals(call?.application, "Wait(1)");
});

Deno.test("groupCalls() says that it rings as long as one side does", () => {
  const [call] = groupCalls([
    channel("PJSIP/6001-00000001"),
    channel("PJSIP/6002-00000002", {
      Uniqueid: "1.2",
      ChannelStateDesc: "Ringing",
    }),
  ]);
  assertEquals(call?.state, "Ringing");
});

Deno.test("groupCalls() leaves the halves of Local channels out where there are people", () => {
  const [call] = groupCalls([
    channel("PJSIP/6001-00000001", { CallerIDNum: 6001, Exten: 500 }),
    channel("Local/2000@default-00000000;1", { Uniqueid: "1.2" }),
    channel("Local/2000@default-00000000;2", { Uniqueid: "1.3" }),
    channel("PJSIP/6002-00000002", { CallerIDNum: 6002, Uniqueid: "1.4" }),
  ]);
  assertEquals(call?.others, ["6002"]);
  assertEquals(call?.channels.length, 4);
});

Deno.test("groupCalls() goes on when the channel that began the call has left", () => {
  const [call] = groupCalls([
    channel("PJSIP/6002-00000002", {
      CallerIDNum: 6002,
      Uniqueid: "1.2",
      Duration: "00:00:05",
    }),
    channel("PJSIP/6003-00000003", {
      CallerIDNum: 6003,
      Uniqueid: "1.3",
      Duration: "00:01:00",
    }),
  ]);
  assertEquals(call?.caller, "6003");
  assertEquals(call?.duration, "00:01:00");
});

Deno.test("groupCalls() has the longest call first", () => {
  const calls = groupCalls([
    channel("A-1", { Linkedid: "1", Duration: "00:00:10" }),
    channel("B-1", { Linkedid: "2", Duration: "01:00:00" }),
    channel("C-1", { Linkedid: "", Uniqueid: "3", Duration: "00:00:30" }),
  ]);
  assertEquals(calls.map(({ linkedid }) => linkedid), ["2", "3", "1"]);
  assertEquals(groupCalls([]), []);
});

Deno.test("groupCalls() has those that began together in the order in which they came", () => {
  const calls = groupCalls([
    channel("A-10", { Linkedid: "1.10", Uniqueid: "1.10" }),
    channel("A-9", { Linkedid: "1.9", Uniqueid: "1.9" }),
  ]);
  assertEquals(calls.map(({ linkedid }) => linkedid), ["1.9", "1.10"]);
});

Deno.test("liveChannel() gives what the PBX would list", () => {
  const now = 1_000_000_000_000;
  const live = liveChannel({
    uniqueid: "1.1",
    linkedid: "1.1",
    name: "PJSIP/6001-00000001",
    device: "PJSIP/6001",
    state: "Up",
    callerIdNum: "6001",
    callerIdName: "Zoë",
    connectedLineNum: "",
    connectedLineName: "",
    accountCode: "",
    language: "en",
    context: "default",
    exten: "6002",
    priority: 1,
    application: "Dial",
    applicationData: "PJSIP/6002,20",
    bridgeId: "b",
    createdAt: now - 3_667_900,
    answeredAt: undefined,
    heldSince: undefined,
    parking: undefined,
  }, now);
  assertEquals(
    live,
    channel("PJSIP/6001-00000001", {
      CallerIDNum: 6001,
      CallerIDName: "Zoë",
      Exten: 6002,
      Application: "Dial",
      ApplicationData: "PJSIP/6002,20",
      BridgeId: "b",
      Duration: "01:01:07",
    }),
  );
});

import { assertEquals } from "@std/assert";
import { groupCalls } from "../../src/cli/calls.ts";

function channel(
  name: string,
  more: Record<string, string | number> = {},
): Record<string, string | number> {
  return {
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
  };
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

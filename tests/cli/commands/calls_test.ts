import { assertEquals } from "@std/assert";
import { type Call, shownCalls } from "../../../src/cli/commands/calls.ts";
import type {
  Call as LiveCall,
  Channel,
  DeviceState,
} from "../../../src/live/live_pbx.ts";
import { newRecord } from "../../../src/live/records/growing_record.ts";

const NOW = 1_000_000_000_000;

function channel(more: Partial<Channel> & { name: string }): Channel {
  return {
    uniqueid: "1.1",
    linkedid: "1.1",
    device: more.name.replace(/-[^-]*$/, ""),
    state: "Up",
    callerIdNum: "",
    callerIdName: "",
    connectedLineNum: "",
    connectedLineName: "",
    accountCode: "",
    language: "en",
    context: "default",
    exten: "",
    priority: 1,
    application: "",
    applicationData: "",
    bridgeId: "",
    createdAt: NOW - 10_000,
    answeredAt: undefined,
    heldSince: undefined,
    parking: undefined,
    ...more,
  };
}

const ALICE = channel({
  name: "PJSIP/6001-00000001",
  callerIdNum: "6001",
  callerIdName: "Zoë",
  exten: "6002",
  application: "Dial",
  applicationData: "PJSIP/6002,20",
});
const BOB = channel({
  name: "PJSIP/6002-00000002",
  uniqueid: "1.2",
  callerIdNum: "6002",
  application: "AppDial",
});

function call(
  channels: readonly Channel[],
  more: Partial<LiveCall> = {},
): LiveCall {
  return {
    id: "1.1",
    state: "up",
    parties: channels.filter(({ name }) => !name.startsWith("Local/")),
    talks: [],
    transfers: [],
    channels: channels.map(({ uniqueid }) => uniqueid),
    startedAt: NOW - 10_500,
    answeredAt: undefined,
    connectedAt: undefined,
    cause: 0,
    causeText: "",
    record: newRecord("1.1"),
    ...more,
  };
}

/** Returns the lines that are shown for one call. */
function shown(
  channels: readonly Channel[],
  more: Partial<LiveCall> = {},
  devices: readonly (readonly [string, { state: DeviceState }])[] = [],
): Call | undefined {
  const one = call(channels, more);
  return shownCalls({
    calls: new Map([[one.id, one]]),
    channels: new Map(channels.map((each) => [each.uniqueid, each])),
    devices: new Map(devices),
  }, NOW)[0];
}

Deno.test("shownCalls() shows who talks to whom", () => {
  assertEquals(shown([ALICE, BOB], { state: "talking" }), {
    linkedid: "1.1",
    caller: "Zoë <6001>",
    others: ["6002"],
    state: "Talking",
    duration: "00:00:10",
    application: "Dial(PJSIP/6002,20)",
    channels: ["PJSIP/6001-00000001", "PJSIP/6002-00000002"],
  });
});

Deno.test("shownCalls() shows what was dialled while nobody is there", () => {
  const one = channel({ name: "PJSIP/my-trunk-00000001", exten: "1000" });
  const { caller, others, state } = shown([one], { state: "dialing" }) ?? {};
  assertEquals([caller, others, state], [
    "PJSIP/my-trunk",
    ["1000"],
    "Dialing",
  ]);
  assertEquals(shown([ALICE, BOB], { state: "ringing" })?.state, "Ringing");
});

Deno.test("shownCalls() says what a call is up in", () => {
  const inApplication = (application: string) =>
    shown([{ ...ALICE, application, applicationData: "a" }])?.state;
  assertEquals(
    ["Queue", "ConfBridge", "MeetMe", "VoiceMail", "VoiceMailMain", "Wait", ""]
      .map(inApplication),
    [
      "In a queue",
      "In a conference",
      "In a conference",
      "In voicemail",
      "In voicemail",
      "Up",
      "Up",
    ],
  );
  const ringing = shown([{ ...ALICE, application: "Queue" }, BOB], {
    state: "ringing",
  });
  assertEquals(ringing?.state, "Ringing");
});

Deno.test("shownCalls() shows a parked call with its space", () => {
  const parked = {
    ...ALICE,
    parking: { lot: "default", space: "701", since: NOW },
  };
  const { others, state } = shown([parked], { state: "parked" }) ?? {};
  assertEquals([others, state], [["701"], "Parked"]);
});

Deno.test("shownCalls() shows a call on hold by its events or by the state of a device", () => {
  const held = (state: LiveCall["state"], device: DeviceState) =>
    shown([ALICE, BOB], { state }, [["PJSIP/6002", { state: device }]])?.state;
  assertEquals(held("held", "INUSE"), "On hold");
  assertEquals(held("talking", "ONHOLD"), "On hold");
  assertEquals(held("talking", "INUSE"), "Talking");
  assertEquals(held("up", "ONHOLD"), "Up");
});

const HALF = channel({
  name: "Local/2000@default-00000000;1",
  callerIdNum: "100",
  exten: "hold",
  application: "Wait",
  applicationData: "60",
});
const OTHER_HALF = channel({
  name: "Local/2000@default-00000000;2",
  uniqueid: "1.3",
});

Deno.test("shownCalls() counts no half of a Local channel where there are two parties", () => {
  const alice = { ...ALICE, uniqueid: "1.4" };
  const { caller, others, channels } = shown(
    [HALF, OTHER_HALF, BOB, alice],
    { state: "talking" },
  ) ?? {};
  assertEquals([caller, others, channels?.length], [
    "6002",
    ["Zoë <6001>"],
    4,
  ]);
});

Deno.test("shownCalls() shows a Local channel that began a call with one party or none", () => {
  const one = shown([HALF, OTHER_HALF, BOB]);
  assertEquals([one?.caller, one?.others, one?.application], [
    "100",
    ["6002"],
    "Wait(60)",
  ]);
  const none = shown([HALF, OTHER_HALF]);
  assertEquals([none?.caller, none?.others, none?.state], [
    "100",
    ["hold"],
    "Up",
  ]);
});

Deno.test("shownCalls() goes on when the channel that began the call has left", () => {
  const cara = channel({
    name: "PJSIP/6003-00000003",
    uniqueid: "1.3",
    callerIdNum: "6003",
  });
  assertEquals(shown([BOB, cara])?.caller, "6002");
});

Deno.test("shownCalls() has the longest call first, and those of one time in the order in which they came", () => {
  const calls = [
    call([], { id: "1.10" }),
    call([], { id: "1.9" }),
    call([], { id: "2.1", startedAt: NOW - 60_000 }),
  ];
  const rows = shownCalls({
    calls: new Map(calls.map((each) => [each.id, each])),
    channels: new Map(),
    devices: new Map(),
  }, NOW);
  assertEquals(rows.map(({ linkedid }) => linkedid), ["2.1", "1.9", "1.10"]);
});

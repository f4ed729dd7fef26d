import { assertEquals } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { AgiScripts } from "../../../src/testing/agi/agi_scripts.ts";
import { AgiSimulation } from "../../../src/testing/agi/agi_simulation.ts";
import { Call } from "../../../src/testing/calls/call.ts";
import { CallEvents, Reason } from "../../../src/testing/calls/call_events.ts";
import { ChannelNumbers } from "../../../src/testing/calls/channel_numbers.ts";
import { Conversations } from "../../../src/testing/calls/conversations.ts";
import type { AmiFrame } from "../../../src/testing/server/frame_writer.ts";
import type { OriginateOrder } from "../../../src/testing/calls/originate_order.ts";
import {
  type AmiServerOptions,
  resolveServerOptions,
} from "../../../src/testing/server_options.ts";
import { captured } from "../_captured.ts";
import { originate, originateOrder } from "../_originate.ts";
import { names, RawClient, type RawFrame, value } from "../_raw_client.ts";

/** A frame's event name and the names of its headers. */
function shape(frame: RawFrame): string {
  return `${value(frame, "Event")}: ${names(frame).slice(1).join(" ")}`;
}

/** The event names of the frames. */
function eventsOf(frames: RawFrame[]): string[] {
  return frames.map((frame) => value(frame, "Event"));
}

/** A call without a server, and the events that it sends. */
function callOf(
  order: OriginateOrder,
  options: AmiServerOptions,
): { call: Call; events: AmiFrame[] } {
  const events: AmiFrame[] = [];
  const emit = (event: AmiFrame) => void events.push(event);
  const callEvents = new CallEvents({ timestamps: false, emit });
  const call = new Call({
    order,
    options: resolveServerOptions({ ringTime: 0, talkTime: 0, ...options }),
    numbers: new ChannelNumbers(),
    events: callEvents,
    conversations: new Conversations(callEvents),
    agi: new AgiSimulation({
      timestamps: false,
      scripts: new AgiScripts(),
      emit,
    }),
  });
  return { call, events };
}

Deno.test("an answered Local call has the events of Asterisk 22", async () => {
  await using server = AmiServer.start({
    timestamps: true,
    extensions: {
      "1000": [
        "Answer()",
        "Wait(0.05)",
        "Set(FOO=bar: baz)",
        "UserEvent(Custom,Key: va: lue,Näme: Zoë)",
        "Hangup()",
      ],
    },
  });
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate(
    "Channel: Local/1000@default",
    "Context: default",
    "Exten: 1000",
    "Priority: 2",
    "CallerID: Zoë Ünï <5551>",
    "Variable: A=1",
    "Variable: B=two words",
    "Async: true",
  ));
  assertEquals(
    value(await client.frame(), "Message"),
    "Originate successfully queued",
  );
  const ours: RawFrame[] = [];
  while (ours.filter((each) => value(each, "Event") === "Hangup").length < 2) {
    ours.push(await client.frame());
  }
  const real = (await captured("calls-22.txt")).filter((frame) => {
    const isOfCall = frame.some(([name, text]) =>
      /uniqueid$/i.test(name) && /^1795364878\.[01]$/.test(text)
    );
    // TestEvent comes of a build for tests only, the others answer lists.
    return isOfCall && !names(frame).includes("ActionID") ||
      value(frame, "ActionID") === "o1" && names(frame).includes("Event");
  });
  const isOfCall = (frame: RawFrame): boolean =>
    !["DeviceStateChange", "TestEvent", "Status"]
      .includes(value(frame, "Event"));
  const wanted = real.filter(isOfCall).map(shape);
  const got = ours.filter(isOfCall).map(shape);
  assertEquals(got.toSorted(), wanted.toSorted());
  // Up to the answer there is one order; from there on two channels run side
  // by side, each of which has its own.
  const until = wanted.findIndex((line) => line.startsWith("OriginateResp"));
  assertEquals(got.slice(0, until + 1), wanted.slice(0, until + 1));
  for (const leg of [";1", ";2"]) {
    const ofLeg = (frame: RawFrame): boolean =>
      isOfCall(frame) && value(frame, "Channel").endsWith(leg);
    assertEquals(
      ours.filter(ofLeg).map(shape),
      real.filter(ofLeg).map(shape),
    );
  }
});

Deno.test("values of an answered Local call are those of the action", async () => {
  await using server = AmiServer.start({
    extensions: { "1000": ["Answer()", "Wait(0.01)", "Hangup(21)"] },
  });
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate(
    "Channel: Local/1000@default",
    "Application: Wait",
    "Data: 9",
    "CallerID: Zoë <5551>",
    "ChannelId: mine",
    "Account: acme",
    "Async: true",
  ));
  const frames = await client.framesUntil("Event: OriginateResponse");
  assertEquals(frames.at(-1), [
    ["Event", "OriginateResponse"],
    ["Privilege", "call,all"],
    ["ActionID", "o"],
    ["Response", "Success"],
    ["Channel", "Local/1000@default-00000000;1"],
    ["Application", "Wait"],
    ["Data", "9"],
    ["Reason", "4"],
    ["Uniqueid", "mine"],
    ["CallerIDNum", "5551"],
    ["CallerIDName", "Zoë"],
  ]);
  const hangup = (await client.framesUntil("Event: Hangup")).at(-1);
  assertEquals(value(hangup, "Cause"), "21");
  assertEquals(value(hangup, "Cause-txt"), "Call Rejected");
  assertEquals(value(hangup, "AccountCode"), "acme");
});

Deno.test("a Local call to nowhere fails as with Asterisk 22", async () => {
  await using server = AmiServer.start({ timestamps: true });
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate(
    "Channel: Local/9999@default",
    "Application: Echo",
    "Async: true",
  ));
  const ours = await client.frames(9);
  const all = await captured("calls-22.txt");
  const start = all.findIndex((frame) => value(frame, "ActionID") === "o4");
  const real = all.slice(start, start + 9);
  // Its number in the session, the times and the letters of the ActionID.
  const plain = (frame: RawFrame): RawFrame =>
    frame.map(([name, text]) => [
      name,
      /Timestamp|Uniqueid|Linkedid|ActionID/.test(name)
        ? text.replace(/\d+\.\d+|^o.?$/, "*")
        : text.replace(/-0000000\d;/, "-*;"),
    ]);
  assertEquals(ours.map(plain), real.map(plain));
});

Deno.test("a call to an endpoint that is not registered fails", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  for (const channel of ["PJSIP/6003", "PJSIP/nobody", "DAHDI/1"]) {
    await client.send(originate(
      `Channel: ${channel}`,
      "Application: Echo",
      "Async: true",
    ));
    const [response, result] = await client.frames(2);
    assertEquals(value(response, "Response"), "Success");
    assertEquals(value(result, "Response"), "Failure");
    assertEquals(value(result, "Channel"), channel);
    assertEquals(value(result, "Reason"), "0");
    assertEquals(value(result, "Uniqueid"), "<unknown>");
    await client.send(originate(`Channel: ${channel}`, "Application: Echo"));
    assertEquals(await client.frame(), [
      ["Response", "Error"],
      ["ActionID", "o"],
      ["Message", "Originate failed"],
    ]);
  }
});

Deno.test("two endpoints ring, talk in a bridge, and hang up", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate(
    "Channel: PJSIP/6001",
    "Context: default",
    "Exten: 6002",
    "Priority: 1",
    "Async: true",
  ));
  await client.frame();
  const frames = [
    ...await client.framesUntil("Event: Hangup"),
    ...await client.framesUntil("Event: Hangup"),
  ];
  const dialled = frames.filter((frame) =>
    value(frame, "Event") !== "DeviceStateChange"
  );
  assertEquals(eventsOf(dialled), [
    "Newchannel",
    "Newexten",
    "DialBegin",
    "Newstate",
    "Newstate",
    "DialEnd",
    "Newexten",
    "OriginateResponse",
    "Newchannel",
    "DialBegin",
    "Newstate",
    "Newstate",
    "DialEnd",
    "BridgeCreate",
    "BridgeEnter",
    "BridgeEnter",
    "HangupRequest",
    "BridgeLeave",
    "BridgeLeave",
    "BridgeDestroy",
    "Hangup",
    "Hangup",
  ]);
  const bridge = dialled.filter((frame) =>
    value(frame, "Event").startsWith("Bridge")
  );
  assertEquals(
    bridge.map((frame) => value(frame, "BridgeNumChannels")),
    ["0", "1", "2", "1", "0", "0"],
  );
  const real = await captured("calls-22.txt");
  const enter = real.find((frame) => value(frame, "Event") === "BridgeEnter");
  assertEquals(
    names(bridge[1] ?? []),
    names(enter ?? []).filter((name) => name !== "Timestamp"),
  );
  assertEquals(value(dialled.at(-1), "Cause-txt"), "Normal Clearing");
});

Deno.test("an endpoint that does not take a call ends as PJSIP on Asterisk 22", async () => {
  await using server = AmiServer.start({
    endpoints: [
      { name: "busy", contact: "sip:busy@127.0.0.1", onCall: "busy" },
      { name: "no", contact: "sip:no@127.0.0.1", onCall: "rejected" },
      { name: "away", contact: "sip:away@127.0.0.1", onCall: "no-answer" },
    ],
  });
  using client = await RawClient.loggedIn(server.port);
  const cases: [string, string, string, string][] = [
    ["busy", "0", "BUSY", "17"],
    ["no", "0", "NOANSWER", "21"],
    // No DialEnd is sent: what stands there is of the ringing.
    ["away", "3", "", "19"],
  ];
  for (const [name, reason, dialStatus, cause] of cases) {
    await client.send(originate(
      `Channel: PJSIP/${name}`,
      "Application: Echo",
      "Timeout: 30",
      "Async: true",
    ));
    const frames = await client.framesUntil("Event: Hangup");
    const [, , response, hangup] = frames.slice(-4);
    assertEquals(value(frames.at(-3), "DialStatus"), dialStatus);
    assertEquals(value(response, "Reason"), reason, name);
    assertEquals(value(hangup, "Cause"), cause);
  }
});

Deno.test("a Local call that nobody answers in time gives reason 3", async () => {
  await using server = AmiServer.start({
    extensions: { "1": ["Wait(60)", "Answer()"] },
  });
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate(
    "Channel: Local/1@default",
    "Application: Echo",
    "Timeout: 20",
    "Async: true",
  ));
  const frames = await client.framesUntil("Event: OriginateResponse");
  assertEquals(value(frames.at(-1), "Reason"), "3");
  const hangups = [
    ...await client.framesUntil("Event: Hangup"),
    ...await client.framesUntil("Event: Hangup"),
  ];
  assertEquals(hangups.length, 2);
});

Deno.test("end() hangs up with its cause, and only the first counts", async () => {
  const { call, events } = callOf(
    originateOrder("Channel: PJSIP/6001", "Application: Echo", "Async: true"),
    { ringTime: 60_000 },
  );
  const running = call.run();
  assertEquals(
    call.channels.map(({ name }) => name),
    ["PJSIP/6001-00000000"],
  );
  call.end(21);
  call.end(16);
  await running;
  assertEquals(await call.outcome, Reason.failed);
  assertEquals(call.channels, []);
  assertEquals(
    events.slice(-2).map((event) => event["Event"]),
    ["OriginateResponse", "Hangup"],
  );
  assertEquals(events.at(-1)?.["Cause"], 21);
});

Deno.test("a Dial that is busy goes on with the next application", async () => {
  const { call, events } = callOf(
    originateOrder("Channel: Local/1@default", "Application: Echo"),
    {
      endpoints: [{ name: "busy", contact: "sip:busy@x", onCall: "busy" }],
      extensions: { "1": ["Dial(PJSIP/busy,30)", "NoOp(next)", "Hangup(17)"] },
    },
  );
  await call.run();
  assertEquals(await call.outcome, Reason.failed);
  const steps = events.filter((event) => event["Event"] === "Newexten");
  assertEquals(
    steps.map((event) => [event["Priority"], event["AppData"]]),
    [
      [1, "(Outgoing Line)"],
      [1, "PJSIP/busy,30"],
      [2, "next"],
      [3, "17"],
    ],
  );
  const ends = events.filter((event) => event["Event"] === "DialEnd");
  assertEquals(
    ends.map((event) => [event["DestChannel"], event["DialStatus"]]),
    [
      ["PJSIP/busy-00000000", "BUSY"],
      ["Local/1@default-00000000;1", "BUSY"],
    ],
  );
  const hangups = events.filter((event) => event["Event"] === "Hangup");
  assertEquals(
    hangups.map((event) => [event["Channel"], event["Cause-txt"]]),
    [
      ["PJSIP/busy-00000000", "User busy"],
      ["Local/1@default-00000000;1", "User busy"],
      ["Local/1@default-00000000;2", "User busy"],
    ],
  );
});

Deno.test("the variables come last first on the leg of the action", async () => {
  const { call, events } = callOf(
    originateOrder(
      "Channel: Local/1@default",
      "Application: Echo",
      "Variable: A=1,B=2",
    ),
    { extensions: { "1": ["Set(C=3=4)"] } },
  );
  await call.run();
  const sets = events.filter((event) => event["Event"] === "VarSet");
  assertEquals(
    sets.map((event) => [
      String(event["Channel"]).slice(-1),
      event["Variable"],
      event["Value"],
    ]),
    [
      ["1", "B", "2"],
      ["1", "A", "1"],
      ["2", "A", "1"],
      ["2", "B", "2"],
      ["2", "C", "3=4"],
    ],
  );
});

/** Calls 6001, and sends it to the extension 1. */
const FROM_6001 = originateOrder(
  "Channel: PJSIP/6001",
  "Context: default",
  "Exten: 1",
  "Priority: 1",
);

Deno.test("Dial gives up after its seconds, and the call ends with the next application", async () => {
  const { call, events } = callOf(
    FROM_6001,
    {
      endpoints: [
        { name: "6001", contact: "sip:6001@x" },
        { name: "away", contact: "sip:away@x", onCall: "no-answer" },
      ],
      extensions: { "1": ["Dial(PJSIP/away,0.02)", "Hangup()"] },
    },
  );
  await call.run();
  const ends = events.filter((event) => event["Event"] === "DialEnd");
  assertEquals(ends.at(-1)?.["DialStatus"], "NOANSWER");
  assertEquals(call.channels, []);
});

Deno.test("DIALSTATUS and the cause of the caller are those of Asterisk 22 and PJSIP", async () => {
  const cases = [
    ["busy", "BUSY", "BUSY", 17],
    ["rejected", "NOANSWER", "CHANUNAVAIL", 21],
    ["no-answer", "NOANSWER", "NOANSWER", 16],
  ] as const;
  for (const [onCall, dialStatus, variable, cause] of cases) {
    const { call, events } = callOf(
      FROM_6001,
      {
        endpoints: [
          { name: "6001", contact: "sip:6001@x" },
          { name: "6002", contact: "sip:6002@x", onCall },
        ],
        extensions: { "1": ["Dial(PJSIP/6002,0.02)", "Hangup()"] },
      },
    );
    const running = call.run();
    const [caller] = call.channels;
    await running;
    const ends = events.filter((event) => event["Event"] === "DialEnd");
    assertEquals(ends.at(-1)?.["DialStatus"], dialStatus);
    assertEquals(caller?.variables.get("DIALSTATUS"), variable);
    assertEquals(
      events.findLast((event) => event["Event"] === "Hangup")?.["Cause"],
      cause,
    );
  }
});

for (
  const [application, reason, dialStatus, cause] of [
    ["Busy(1)", Reason.busy, "BUSY", 17],
    ["Congestion(1)", Reason.congested, "CONGESTION", 34],
  ] as const
) {
  Deno.test(`a Local call to ${application} is refused at once, as with Asterisk 22`, async () => {
    const { call, events } = callOf(
      originateOrder("Channel: Local/1@default", "Application: Echo"),
      { extensions: { "1": [application] } },
    );
    await call.run();
    assertEquals(await call.outcome, reason);
    const end = events.find((event) => event["Event"] === "DialEnd");
    assertEquals(end?.["DialStatus"], dialStatus);
    const state = events.find((event) => event["Event"] === "Newstate");
    assertEquals(state?.["ChannelStateDesc"], "Busy");
    assertEquals(events.at(-1)?.["Cause"], cause);
  });
}

Deno.test("a Local call that rings unanswered has no DialEnd, as with Asterisk 22", async () => {
  const { call, events } = callOf(
    originateOrder(
      "Channel: Local/1@default",
      "Application: Echo",
      "Timeout: 20",
    ),
    { extensions: { "1": ["Ringing()", "Wait(60)"] } },
  );
  await call.run();
  assertEquals(await call.outcome, Reason.ringing);
  const names = events.map((event) => event["Event"]);
  assertEquals(names.includes("DialState"), true);
  assertEquals(names.includes("DialEnd"), false);
  assertEquals(events.at(-1)?.["Cause"], 19);
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  CallEvents,
  Reason,
  timestamp,
} from "../../../src/testing/calls/call_events.ts";
import { Channel, ChannelState } from "../../../src/testing/calls/channel.ts";
import type { AmiFrame } from "../../../src/testing/server/frame_writer.ts";
import { captured } from "../_captured.ts";
import { originateOrder } from "../_originate.ts";
import { names, value } from "../_raw_client.ts";

/** Events without a capture have the headers of another one. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ["BridgeLeave", "BridgeEnter"],
  ["BridgeDestroy", "BridgeCreate"],
]);

function channelOf(leg: string): Channel {
  return new Channel({
    name: `Local/1000@default-00000000;${leg}`,
    uniqueid: `1795364878.${leg}`,
    linkedid: "1795364878.1",
    state: ChannelState.down,
    context: "default",
    exten: "1000",
    device: "Local/1000@default",
  });
}

/** The events that are sent while something runs. */
function eventsOf(
  send: (events: CallEvents) => void,
  timestamps = false,
): AmiFrame[] {
  const sent: AmiFrame[] = [];
  send(new CallEvents({ timestamps, emit: (event) => sent.push(event) }));
  return sent;
}

Deno.test("every event has the class and the headers of Asterisk 22", async () => {
  const one = channelOf("1");
  const two = channelOf("2");
  const bridge = { id: "b", members: 1 };
  const sent = eventsOf((events) => {
    events.newchannel(one);
    events.newstate(one);
    events.newexten(one);
    events.newCallerid(one);
    events.newConnectedLine(one);
    events.varSet(one, "A", "1");
    events.userEvent(one, "Custom", ["Key: va: lue", "Näme: Zoë"]);
    events.localBridge(one, two);
    events.dialBegin(undefined, one, "1000@default");
    events.dialEnd(undefined, one, "ANSWER");
    events.bridgeCreate(bridge);
    events.bridgeEnter(bridge, one);
    events.bridgeLeave(bridge, one);
    events.bridgeDestroy(bridge);
    events.hangupRequest(one, 16);
    events.softHangupRequest(one, 16);
    events.hangup(one, 16);
    events.deviceStateChange("Local/1000@default", "INUSE");
  }, true);
  const real = await captured("calls-22.txt");
  for (const event of sent) {
    const name = String(event["Event"]);
    const like = ALIKE.get(name) ?? name;
    const shapes = real.filter((frame) => value(frame, "Event") === like)
      .map((frame) => [value(frame, "Privilege"), ...names(frame)].join(" "));
    const shape = [event["Privilege"], ...Object.keys(event)].join(" ");
    assert(shapes.includes(shape), `${name} is not like ${shapes[0]}`);
  }
  assertEquals(sent.length, 18);
});

Deno.test("an event tells what the channel is like when it is sent", () => {
  const channel = channelOf("1");
  const [before, after] = eventsOf((events) => {
    events.newstate(channel);
    channel.state = ChannelState.up;
    events.newstate(channel);
  });
  assertEquals(before?.["ChannelStateDesc"], "Down");
  assertEquals(after?.["ChannelStateDesc"], "Up");
});

Deno.test("events carry Timestamp only if they shall", () => {
  const channel = channelOf("1");
  const [without] = eventsOf((events) => events.newchannel(channel));
  assertEquals(without?.["Timestamp"], []);
  const [timed] = eventsOf((events) => events.newchannel(channel), true);
  assertMatch(String(timed?.["Timestamp"]), /^\d{10}\.\d{6}$/);
  assertMatch(timestamp(), /^\d{10}\.\d{6}$/);
});

Deno.test("userEvent() takes its headers apart at the first colon", () => {
  const [event] = eventsOf((events) =>
    events.userEvent(channelOf("1"), "Custom", ["Key: va: lue", "Bare", "X:1"])
  );
  assertEquals(event?.["Privilege"], "user,all");
  assertEquals(event?.["UserEvent"], "Custom");
  assertEquals(event?.["Key"], "va: lue");
  assertEquals(event?.["Bare"], "");
  assertEquals(event?.["X"], "1");
});

Deno.test("the dialling channel comes before the dialled one, if there is one", () => {
  const one = channelOf("1");
  const two = channelOf("2");
  const [begin, end] = eventsOf((events) => {
    events.dialBegin(one, two, "6001");
    events.dialEnd(undefined, two, "BUSY");
  });
  assertEquals(begin?.["Channel"], one.name);
  assertEquals(begin?.["DestChannel"], two.name);
  assertEquals(begin?.["DialString"], "6001");
  assertEquals(end?.["Channel"], undefined);
  assertEquals(end?.["DestChannel"], two.name);
  assertEquals(end?.["DialStatus"], "BUSY");
});

Deno.test("hangup() says what the cause is called", () => {
  const [known, unknown] = eventsOf((events) => {
    events.hangup(channelOf("1"), 17);
    events.hangup(channelOf("1"), 99);
  });
  assertEquals(known?.["Cause-txt"], "User busy");
  assertEquals(unknown?.["Cause"], 99);
  assertEquals(unknown?.["Cause-txt"], "Unknown");
});

Deno.test("originateResponse() names the channel, or what was asked for", () => {
  const application = originateOrder(
    "Channel: Local/1000@default",
    "Application: Echo",
    "Data: d",
    "CallerID: Zoë <5551>",
  );
  const extension = { ...application, actionId: "", application: "" };
  const [success, failure] = eventsOf((events) => {
    events.originateResponse(application, Reason.answered, channelOf("1"));
    events.originateResponse(
      { ...extension, exten: "1", context: "c", callerIdName: "" },
      Reason.busy,
      undefined,
    );
  });
  assertEquals(success, {
    Event: "OriginateResponse",
    Privilege: "call,all",
    Timestamp: [],
    ActionID: "o",
    Response: "Success",
    Channel: "Local/1000@default-00000000;1",
    Application: "Echo",
    Data: "d",
    Reason: 4,
    Uniqueid: "1795364878.1",
    CallerIDNum: "5551",
    CallerIDName: "Zoë",
  });
  assertEquals(failure, {
    Event: "OriginateResponse",
    Privilege: "call,all",
    Timestamp: [],
    ActionID: [],
    Response: "Failure",
    Channel: "Local/1000@default",
    Context: "c",
    Exten: "1",
    Reason: 5,
    Uniqueid: "<unknown>",
    CallerIDNum: "5551",
    CallerIDName: "<unknown>",
  });
});

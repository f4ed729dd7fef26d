import { assertEquals } from "@std/assert";
import { CallChannels } from "../../../src/testing/calls/call_channels.ts";
import { CallEvents } from "../../../src/testing/calls/call_events.ts";
import { ChannelState } from "../../../src/testing/calls/channel.ts";
import { ChannelNumbers } from "../../../src/testing/calls/channel_numbers.ts";
import type { AmiFrame } from "../../../src/testing/server/frame_writer.ts";
import { originateOrder } from "../_originate.ts";

function start(): { channels: CallChannels; events: AmiFrame[] } {
  const events: AmiFrame[] = [];
  const callEvents = new CallEvents({
    timestamps: false,
    emit: (event) => events.push(event),
  });
  return {
    channels: new CallChannels(new ChannelNumbers(), callEvents),
    events,
  };
}

Deno.test("openLocal() opens two legs with one Linkedid", () => {
  const { channels, events } = start();
  const [one, two] = channels.openLocal("1000", "default", "mine");
  assertEquals(channels.live, [one, two]);
  assertEquals(
    events.map((event) => [
      event["Event"],
      event["Channel"],
      event["ChannelStateDesc"],
      event["Uniqueid"],
      event["Linkedid"],
    ]),
    [
      [
        "Newchannel",
        "Local/1000@default-00000000;1",
        "Down",
        "mine",
        "mine",
      ],
      [
        "Newchannel",
        "Local/1000@default-00000000;2",
        "Ring",
        "mine;2",
        "mine",
      ],
    ],
  );
  assertEquals(one.device, "Local/1000@default");
  assertEquals(two.exten, "1000");
});

Deno.test("openLocal() makes a Uniqueid for each leg if none is wished for", () => {
  const { channels } = start();
  const [one, two] = channels.openLocal("1000", "default", "");
  assertEquals(one.uniqueid.split(".")[1], "0");
  assertEquals(two.uniqueid.split(".")[1], "1");
  assertEquals(two.linkedid, one.uniqueid);
});

Deno.test("openEndpoint() opens a channel on its own, or for one that dials", () => {
  const { channels, events } = start();
  const one = channels.openEndpoint("6001", {
    context: "",
    exten: "1000",
    channelId: "mine",
  });
  assertEquals(one.name, "PJSIP/6001-00000000");
  assertEquals(one.context, "default");
  assertEquals(one.exten, "1000");
  assertEquals(one.linkedid, "mine");
  const two = channels.openEndpoint("6002", {
    context: "office",
    linkedid: one.linkedid,
  });
  assertEquals(two.name, "PJSIP/6002-00000001");
  assertEquals(two.callerIdNum, "6002");
  assertEquals(two.context, "office");
  assertEquals(two.exten, "");
  assertEquals(two.linkedid, "mine");
  assertEquals(two.uniqueid.split(".")[1], "1");
  assertEquals(events.map((event) => event["CallerIDNum"]), ["6001", "6002"]);
});

Deno.test("a change is made before its event is sent", () => {
  const { channels, events } = start();
  const channel = channels.openEndpoint("6001", { context: "" });
  channels.setState(channel, ChannelState.up);
  assertEquals(events.at(-1)?.["Event"], "Newstate");
  assertEquals(events.at(-1)?.["ChannelStateDesc"], "Up");
  channels.enter(channel, { application: "Wait", data: "1" });
  assertEquals(events.at(-1)?.["Event"], "Newexten");
  assertEquals(events.at(-1)?.["Application"], "Wait");
  assertEquals(channel.applicationData, "1");
});

Deno.test("setCaller() sets caller and connected line, if one was given", () => {
  const { channels, events } = start();
  const channel = channels.openEndpoint("6001", { context: "" });
  const set = (...lines: string[]): void =>
    channels.setCaller(
      channel,
      originateOrder("Channel: PJSIP/6001", "Application: Echo", ...lines),
    );
  set();
  assertEquals(events.length, 1);
  set("CallerID: Zoë");
  assertEquals(
    events.slice(1).map((event) => [
      event["Event"],
      event["CallerIDNum"],
      event["CallerIDName"],
      event["ConnectedLineName"],
    ]),
    [
      ["NewCallerid", "<unknown>", "Zoë", "<unknown>"],
      ["NewConnectedLine", "<unknown>", "Zoë", "Zoë"],
    ],
  );
});

Deno.test("hangUp() takes a channel out once", () => {
  const { channels, events } = start();
  const [one, two] = channels.openLocal("1000", "default", "");
  channels.hangUp(one, 16);
  channels.hangUp(one, 17);
  assertEquals(channels.live, [two]);
  const hangups = events.filter((event) => event["Event"] === "Hangup");
  assertEquals(hangups.map((event) => event["Cause"]), [16]);
});

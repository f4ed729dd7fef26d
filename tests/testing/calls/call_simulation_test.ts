import { assert, assertEquals } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { Reason } from "../../../src/testing/calls/call_events.ts";
import { CallSimulation } from "../../../src/testing/calls/call_simulation.ts";
import type { AmiFrame } from "../../../src/testing/server/frame_writer.ts";
import { resolveServerOptions } from "../../../src/testing/server_options.ts";
import { captured } from "../_captured.ts";
import { originate, originateOrder } from "../_originate.ts";
import { names, RawClient, type RawFrame, value } from "../_raw_client.ts";

/** The event names of the frames. */
function eventsOf(frames: RawFrame[]): string[] {
  return frames.map((frame) => value(frame, "Event"));
}

Deno.test("a synchronous Originate answers when the call is answered", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate("Channel: PJSIP/6001", "Application: Echo"));
  const [response, first] = await client.frames(2);
  assertEquals(value(response, "Response"), "Success");
  assertEquals(value(response, "Message"), "Originate successfully queued");
  assertEquals(value(first, "Event"), "Newchannel");
  const events = eventsOf(await client.framesUntil("Event: Hangup"));
  assert(!events.includes("OriginateResponse"));
});

Deno.test("CoreShowChannels shows a call, Hangup ends it", async () => {
  await using server = AmiServer.start({ talkTime: 60_000 });
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate(
    "Channel: PJSIP/6001",
    "Context: default",
    "Exten: 6002",
    "Priority: 1",
    "Async: true",
  ));
  await client.framesUntil("BridgeNumChannels: 2");
  await client.send("Action: CoreShowChannels\r\nActionID: c\r\n\r\n");
  const list = await client.framesUntil("EventList: Complete");
  assertEquals(value(list.at(-1), "ListItems"), "2");
  const channel = list.find((frame) =>
    value(frame, "Channel").startsWith("PJSIP/6001")
  );
  const real = await captured("calls-22.txt");
  const item = real.find((frame) =>
    value(frame, "Event") === "CoreShowChannel"
  );
  assertEquals(names(channel ?? []), names(item ?? []));
  assertEquals(value(channel, "Application"), "Dial");
  await client.send("Action: Command\r\nCommand: core show channels\r\n\r\n");
  const output = (await client.frame()).filter(([name]) => name === "Output");
  assertEquals(output.at(-3)?.[1], "2 active channels");
  await client.send("Action: PJSIPShowEndpoints\r\nActionID: p\r\n\r\n");
  const endpoints = await client.framesUntil("EventList: Complete");
  assertEquals(value(endpoints[1], "DeviceState"), "In use");
  await client.send(
    `Action: Hangup\r\nActionID: h\r\nChannel: ${
      value(channel, "Channel")
    }\r\n\r\n`,
  );
  assertEquals(value(await client.frame(), "Message"), "Channel Hungup");
  const end = [
    ...await client.framesUntil("Event: Hangup"),
    ...await client.framesUntil("Event: Hangup"),
  ];
  assertEquals(value(end.at(-1), "Cause"), "16");
  await client.send("Action: Hangup\r\nChannel: nobody\r\n\r\n");
  assertEquals(value(await client.frame(), "Message"), "No such channel");
});

Deno.test("closing in the middle of a call leaves nothing behind", async () => {
  const server = AmiServer.start({ talkTime: 60_000, ringTime: 5 });
  using client = await RawClient.loggedIn(server.port);
  await client.send(originate("Channel: PJSIP/6001", "Application: Echo"));
  await client.framesUntil("Event: DialEnd");
  await client.send(originate(
    "Channel: Local/2000@default",
    "Application: Echo",
  ));
  await server.next("Originate");
  await server.next("Originate");
  await server.close();
});

Deno.test("the calls that go on, their channels and endpoints are known", async () => {
  const options = resolveServerOptions({ ringTime: 0, talkTime: 60_000 });
  const [one, two, away] = options.endpoints;
  assert(one !== undefined && two !== undefined && away !== undefined);
  const simulation = new CallSimulation({ options, emit: () => {} });
  const states = (): string[] =>
    [one, two, away].map((endpoint) => simulation.stateOf(endpoint));
  assertEquals(states(), ["Not in use", "Not in use", "Unavailable"]);
  const first = simulation.originate(
    originateOrder("Channel: PJSIP/6001", "Application: Echo"),
  );
  assertEquals(states(), ["Ringing", "Not in use", "Unavailable"]);
  assertEquals(await first, Reason.answered);
  assertEquals(states(), ["In use", "Not in use", "Unavailable"]);
  const failed = simulation.originate(
    originateOrder("Channel: PJSIP/6003", "Application: Echo"),
  );
  assertEquals(await failed, Reason.failed);
  const second = simulation.originate(
    originateOrder("Channel: PJSIP/6002", "Application: Echo"),
  );
  assertEquals(await second, Reason.answered);
  assertEquals(
    simulation.channels.map(({ name }) => name),
    ["PJSIP/6002-00000001", "PJSIP/6001-00000000"],
  );
  assertEquals(
    simulation.channelsOf(one).map(({ name }) => name),
    ["PJSIP/6001-00000000"],
  );
  assertEquals(simulation.active, 2);
  assertEquals(simulation.processed, 3);
  await simulation.stop();
  assertEquals(simulation.active, 0);
  assertEquals(simulation.channels, []);
});

Deno.test("hangUp() ends the call of that channel only", async () => {
  const options = resolveServerOptions({ ringTime: 0, talkTime: 60_000 });
  const hungUp = Promise.withResolvers<AmiFrame>();
  const simulation = new CallSimulation({
    options,
    emit: (event) => {
      if (event["Event"] === "Hangup") hungUp.resolve(event);
    },
  });
  for (const channel of ["PJSIP/6001", "PJSIP/6002"]) {
    await simulation.originate(
      originateOrder(`Channel: ${channel}`, "Application: Echo"),
    );
  }
  assertEquals(simulation.hangUp("PJSIP/6003-00000000", 16), false);
  assertEquals(simulation.hangUp("PJSIP/6001-00000000", 21), true);
  const event = await hungUp.promise;
  assertEquals(event["Channel"], "PJSIP/6001-00000000");
  assertEquals(event["Cause"], 21);
  assertEquals(
    simulation.channels.map(({ name }) => name),
    ["PJSIP/6002-00000001"],
  );
  await simulation.stop();
});

Deno.test("stop() ends the calls without a further event", async () => {
  const options = resolveServerOptions({ ringTime: 60_000 });
  const events: AmiFrame[] = [];
  const simulation = new CallSimulation({
    options,
    emit: (event) => events.push(event),
  });
  const outcome = simulation.originate(
    originateOrder(
      "Channel: PJSIP/6001",
      "Application: Echo",
      "Timeout: 99999",
    ),
  );
  const count = events.length;
  assertEquals(events.at(-1)?.["State"], "RINGING");
  await simulation.stop();
  assertEquals(await outcome, Reason.failed);
  assertEquals(events.length, count);
});

Deno.test("a call to an extension that does not exist is refused in the words of Asterisk", async () => {
  await using server = AmiServer.start({
    extensions: { "1000": ["Answer()"] },
  });
  using client = await RawClient.loggedIn(server.port);
  for (const place of [["9999", "1"], ["1000", "99"]] as const) {
    await client.send(originate(
      "Channel: PJSIP/6001",
      "Context: default",
      `Exten: ${place[0]}`,
      `Priority: ${place[1]}`,
      "Async: true",
    ));
    assertEquals(
      value(await client.frame(), "Message"),
      "Extension does not exist.",
    );
  }
});

Deno.test("Hangup takes a Uniqueid, and a regular expression for several", async () => {
  await using server = AmiServer.start({ talkTime: 60_000 });
  using client = await RawClient.loggedIn(server.port);
  for (const id of ["one", "two", "three"]) {
    await client.send(originate(
      "Channel: PJSIP/6001",
      "Application: Echo",
      `ChannelId: ${id}`,
      "Async: true",
    ));
    await client.framesUntil("Event: OriginateResponse");
  }
  await client.send("Action: Hangup\r\nActionID: h\r\nChannel: two\r\n\r\n");
  const hangup = (await client.framesUntil("Event: Hangup")).at(-1);
  assertEquals(value(hangup, "Uniqueid"), "two");
  await client.send(
    "Action: Hangup\r\nActionID: r\r\nChannel: /^PJSIP\\/6001-.*$/\r\n\r\n",
  );
  const list = (await client.framesUntil("EventList: Complete")).filter((
    frame,
  ) => value(frame, "ActionID") === "r");
  assertEquals(list.map((frame) => value(frame, "Event")), [
    "",
    "ChannelHungup",
    "ChannelHungup",
    "ChannelsHungupListComplete",
  ]);
  assertEquals(value(list.at(-1), "ListItems"), "2");
});

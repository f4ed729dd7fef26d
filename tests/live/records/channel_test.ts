import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Channel,
  CHANNEL_EVENTS,
  channelChange,
  channelOf,
  isLocal,
  otherHalf,
  PARKING_EVENTS,
  reduceChannel,
  reduceParking,
} from "../../../src/live/records/channel.ts";
import {
  AT,
  context,
  event,
  type Headers,
  item,
  leg,
  prefixed,
  room,
} from "../_frames.ts";

function started(headers: Headers = {}): Channel {
  const channel = reduceChannel(
    undefined,
    event("Newchannel", leg("100.1", headers)),
    context(AT),
  );
  assert(channel !== undefined);
  return channel;
}

function after(channel: Channel, frame: Headers, at = AT + 1): Channel {
  const next = reduceChannel(channel, frame, context(at));
  assert(next !== undefined);
  return next;
}

Deno.test("reduceChannel() makes a channel of Newchannel, and of nothing else", () => {
  assertEquals(
    started({
      ChannelStateDesc: "Ring",
      CallerIDNum: 6001,
      CallerIDName: 'O\\\'Brien \\"Bob\\"',
      ConnectedLineName: "<unknown>",
      AccountCode: "acc",
      Linkedid: "99.7",
      Priority: 3,
    }),
    {
      uniqueid: "100.1",
      linkedid: "99.7",
      name: "PJSIP/100.1-0000000a",
      device: "PJSIP/100.1",
      state: "Ring",
      callerIdNum: "6001",
      callerIdName: 'O\'Brien "Bob"',
      connectedLineNum: "",
      connectedLineName: "",
      accountCode: "acc",
      language: "en",
      context: "default",
      exten: "100",
      priority: 3,
      application: "",
      applicationData: "",
      bridgeId: "",
      createdAt: AT,
      answeredAt: undefined,
      heldSince: undefined,
      parking: undefined,
    },
  );
  for (const name of CHANNEL_EVENTS) {
    if (name === "Newchannel") continue;
    assertEquals(
      reduceChannel(undefined, event(name, leg("100.1")), context(AT)),
      undefined,
      `${name} behind the Hangup must not bring the channel back`,
    );
  }
});

Deno.test("reduceChannel() takes a state that Asterisk does not have for Unknown", () => {
  assertEquals(started({ ChannelStateDesc: "Dreaming" }).state, "Unknown");
  assertEquals(
    started({ ChannelStateDesc: "Dialing Offhook" }).state,
    "Dialing Offhook",
  );
});

Deno.test("reduceChannel() gives the same record if an event says nothing new", () => {
  const channel = started({ ChannelStateDesc: "Ringing" });
  for (const name of ["Newstate", "NewCallerid", "NewConnectedLine"]) {
    assertStrictEquals(
      reduceChannel(
        channel,
        event(name, leg("100.1", { ChannelStateDesc: "Ringing" })),
        context(AT + 5),
      ),
      channel,
    );
  }
});

Deno.test("reduceChannel() never changes a record", () => {
  const channel = Object.freeze(started({ ChannelStateDesc: "Down" }));
  const next = after(channel, event("Newstate", leg("100.1")));
  assertEquals([channel.state, next.state], ["Down", "Up"]);
});

Deno.test("reduceChannel() reports when a channel is answered, once, and never lets it leave Up", () => {
  const up = after(
    started({ ChannelStateDesc: "Ringing" }),
    event("Newstate", leg("100.1")),
    AT + 10,
  );
  assertEquals(up.answeredAt, AT + 10);
  const late = after(
    up,
    event("Newstate", leg("100.1", { ChannelStateDesc: "Ringing" })),
    AT + 20,
  );
  assertEquals([late.state, late.answeredAt], ["Up", AT + 10]);
  assertEquals(
    started({ ChannelStateDesc: "Up" }).answeredAt,
    undefined,
    "who is up from the first has no known answer",
  );
});

Deno.test("reduceChannel() follows each header that can change", () => {
  const changed = {
    CallerIDNum: "1",
    CallerIDName: "a\\\\b",
    ConnectedLineNum: "2",
    ConnectedLineName: "c",
    AccountCode: "d",
    Language: "de",
    Context: "e",
    Exten: "f",
    Priority: 9,
    Linkedid: "50.1",
  };
  const channel = started();
  const next = after(channel, event("NewCallerid", leg("100.1", changed)));
  assertEquals(next, {
    ...channel,
    callerIdNum: "1",
    callerIdName: "a\\b",
    connectedLineNum: "2",
    connectedLineName: "c",
    accountCode: "d",
    language: "de",
    context: "e",
    exten: "f",
    priority: 9,
    linkedid: "50.1",
  });
  // And one at a time.
  for (const [name, value] of Object.entries(changed)) {
    const one = after(
      channel,
      event("Newstate", leg("100.1", { [name]: value })),
    );
    assert(one !== channel, name);
  }
});

Deno.test("a channel has the device that its name begins with", () => {
  const devices = {
    "PJSIP/6001-0000000a": "PJSIP/6001",
    "SIP/trunk-berlin-0000000a": "SIP/trunk-berlin",
    "IAX2/peer-7": "IAX2/peer",
    "Local/2000@office-00000005;1": "Local/2000@office",
    "Message/ast_msg_queue": "Message/ast_msg_queue",
  };
  for (const [Channel, device] of Object.entries(devices)) {
    assertEquals(started({ Channel }).device, device);
  }
});

Deno.test("reduceChannel() takes a Rename, which has no other headers", () => {
  const channel = started({ CallerIDNum: "6001" });
  const renamed = after(channel, {
    Event: "Rename",
    Privilege: "call,all",
    Channel: channel.name,
    Newname: "PJSIP/6001-0000000b",
    Uniqueid: "100.1",
  });
  assertEquals(renamed, {
    ...channel,
    name: "PJSIP/6001-0000000b",
    device: "PJSIP/6001",
  });
});

Deno.test("reduceChannel() reports since when a channel holds, from the first Hold on", () => {
  const held = after(started(), event("Hold", leg("100.1")), AT + 1);
  const again = after(held, event("Hold", leg("100.1")), AT + 2);
  assertEquals([held.heldSince, again.heldSince], [AT + 1, AT + 1]);
  const resumed = after(again, event("Unhold", leg("100.1")), AT + 3);
  assertEquals(resumed.heldSince, undefined);
});

Deno.test("reduceChannel() follows a channel into a bridge and out of it", () => {
  const inside = after(
    started(),
    event("BridgeEnter", room("b1"), leg("100.1")),
  );
  assertEquals(inside.bridgeId, "b1");
  const outside = after(inside, event("BridgeLeave", room("b1"), leg("100.1")));
  assertEquals(outside.bridgeId, "");
});

Deno.test("reduceChannel() keeps the bridge that a channel has entered before it left another", () => {
  const one = after(started(), event("BridgeEnter", room("b1"), leg("100.1")));
  const two = after(one, event("BridgeEnter", room("b2"), leg("100.1")));
  const left = after(two, event("BridgeLeave", room("b1"), leg("100.1")));
  assertEquals(left.bridgeId, "b2");
});

Deno.test("reduceChannel() takes the application of Newexten with its place", () => {
  const next = after(
    started(),
    event("Newexten", leg("100.1", { Priority: 2 }), {
      Extension: "100",
      Application: "Queue",
      AppData: "support,,,,10",
    }),
  );
  assertEquals(
    [next.application, next.applicationData, next.priority],
    ["Queue", "support,,,,10", 2],
  );
});

Deno.test("reduceChannel() ends with Hangup", () => {
  assertEquals(
    reduceChannel(
      started(),
      event("Hangup", leg("100.1"), { Cause: 16 }),
      context(AT),
    ),
    undefined,
  );
});

Deno.test("reduceParking() parks and unparks", () => {
  const channel = started();
  const place = {
    Parkinglot: "default",
    ParkingSpace: 701,
    ParkingDuration: 0,
  };
  const parkee = prefixed("Parkee", leg("100.1"));
  const parked = reduceParking(
    channel,
    event("ParkedCall", parkee, place),
    context(AT),
  );
  assertEquals(parked.parking, { lot: "default", space: "701", since: AT });
  assertStrictEquals(
    reduceParking(parked, event("ParkedCall", parkee, place), context(AT + 9)),
    parked,
    "the same place is nothing new",
  );
  for (const name of PARKING_EVENTS) {
    if (name === "ParkedCall") continue;
    const free = reduceParking(
      parked,
      event(name, parkee, place),
      context(AT + 1),
    );
    assertEquals(free.parking, undefined, name);
    assertStrictEquals(
      reduceParking(free, event(name, parkee), context(AT)),
      free,
    );
  }
});

Deno.test("reduceParking() counts the time of an item back from now", () => {
  const parked = reduceParking(
    started(),
    item("ParkedCall", prefixed("Parkee", leg("100.1")), {
      Parkinglot: "default",
      ParkingSpace: 702,
      ParkingDuration: 30,
    }),
    context(AT),
  );
  assertEquals(parked.parking?.since, AT - 30_000);
});

Deno.test("channelOf() reads an item of CoreShowChannels", () => {
  const channel = channelOf(
    item("CoreShowChannel", leg("100.1"), {
      Application: "Queue",
      ApplicationData: "support",
      Duration: "01:02:03",
      BridgeId: "b1",
    }),
    undefined,
    context(AT),
  );
  assertEquals(channel.createdAt, AT - 3_723_000);
  assertEquals(
    [channel.application, channel.applicationData, channel.bridgeId],
    ["Queue", "support", "b1"],
  );
  assertEquals(channel.answeredAt, undefined);
});

Deno.test("channelOf() reads an item of Status, whose headers have other names", () => {
  const channel = channelOf(
    {
      ...item("Status", leg("100.1")),
      Seconds: 5,
      Application: "Wait",
      Data: "8",
      BridgeID: "b2",
    },
    undefined,
    context(AT),
  );
  assertEquals(channel.createdAt, AT - 5_000);
  assertEquals(
    [channel.application, channel.applicationData, channel.bridgeId],
    ["Wait", "8", "b2"],
  );
});

Deno.test("channelOf() keeps what no snapshot holds, and takes the rest from the snapshot", () => {
  const held = after(
    started({ ChannelStateDesc: "Ringing" }),
    event("Hold", leg("100.1", { ChannelStateDesc: "Ringing" })),
  );
  const parked = reduceParking(
    held,
    event("ParkedCall", { Parkinglot: "x", ParkingSpace: 1 }),
    context(AT),
  );
  const channel = channelOf(
    item("CoreShowChannel", leg("100.1", { Channel: "PJSIP/new-1" }), {
      Duration: "00:00:50",
      BridgeId: "",
    }),
    parked,
    context(AT + 100),
  );
  assertEquals(channel.createdAt, AT);
  assertEquals(channel.heldSince, AT + 1);
  assertEquals(channel.answeredAt, AT + 100);
  assertEquals(channel.name, "PJSIP/new-1");
  assertEquals(channel.parking, undefined, "the list of parked calls decides");
});

Deno.test("isLocal() and otherHalf() know the halves of a Local channel", () => {
  const local = started({ Channel: "Local/100@default-00000001;1" });
  assert(isLocal(local));
  assert(!isLocal(started()));
  assertEquals(otherHalf(local.name), "Local/100@default-00000001;2");
  assertEquals(otherHalf(otherHalf(local.name)), local.name);
});

Deno.test("channelChange() reports the beginning, of what is new, and of the end", () => {
  const one = started();
  const two = { ...one, name: "other" };
  assertEquals(channelChange(undefined, one, AT), {
    type: "channel-started",
    at: AT,
    channel: one,
  });
  assertEquals(channelChange(one, two, AT), {
    type: "channel-changed",
    at: AT,
    channel: two,
    before: one,
  });
  assertEquals(channelChange(two, undefined, AT), {
    type: "channel-ended",
    at: AT,
    channel: two,
  });
  assertEquals(channelChange(one, one, AT), undefined);
  assertEquals(channelChange(undefined, undefined, AT), undefined);
});

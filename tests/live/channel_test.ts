import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Channel,
  channelOf,
  reduceChannel,
  reduceParking,
} from "../../src/live/channel.ts";

const HEADERS = {
  Channel: "PJSIP/a-1",
  ChannelStateDesc: "Ring",
  CallerIDNum: 100,
  CallerIDName: "O\\'Brien",
  ConnectedLineNum: "<unknown>",
  Uniqueid: "1.1",
  Linkedid: "1.1",
};

function reduce(
  channel: Channel | undefined,
  Event: string,
  more: Record<string, string | number> = {},
): Channel | undefined {
  return reduceChannel(channel, { Event, ...HEADERS, ...more }, 1_000);
}

Deno.test("only Newchannel makes a channel, and Hangup ends it", () => {
  assertEquals(reduce(undefined, "Newstate"), undefined);
  const channel = reduce(undefined, "Newchannel");
  assertEquals(channel?.callerIdNum, "100");
  assertEquals(channel?.callerIdName, "O'Brien");
  assertEquals(channel?.connectedLineNum, "");
  assertEquals(reduce(channel, "Hangup"), undefined);
});

Deno.test("an event that tells nothing new, or is late, leaves the record", () => {
  const channel = reduce(undefined, "Newchannel");
  assertStrictEquals(reduce(channel, "Newstate"), channel);
  const up = reduce(channel, "Newstate", { ChannelStateDesc: "Up" });
  assertEquals([up?.state, up?.answeredAt], ["Up", 1_000]);
  assertStrictEquals(reduce(up, "Newstate"), up);
});

Deno.test("leaving a bridge that it is not in any more changes nothing", () => {
  const channel = reduce(undefined, "Newchannel");
  const one = reduce(channel, "BridgeEnter", { BridgeUniqueid: "one" });
  const two = reduce(one, "BridgeEnter", { BridgeUniqueid: "two" });
  assertEquals(
    reduce(two, "BridgeLeave", { BridgeUniqueid: "one" })?.bridgeId,
    "two",
  );
  assertEquals(
    reduce(two, "BridgeLeave", { BridgeUniqueid: "two" })?.bridgeId,
    "",
  );
});

Deno.test("a channel is held, renamed and parked", () => {
  const channel = reduce(undefined, "Newchannel");
  const held = reduce(channel, "Hold");
  assertEquals(held?.heldSince, 1_000);
  assertEquals(reduce(held, "Unhold")?.heldSince, undefined);
  assertEquals(reduce(channel, "Rename", { Newname: "X/1" })?.name, "X/1");
  if (channel === undefined) throw new Error("There is no channel");
  const event = { Event: "ParkedCall", Parkinglot: "l", ParkingSpace: 701 };
  const parked = reduceParking(channel, event, 5);
  assertEquals(parked.parking, { lot: "l", space: "701", since: 5 });
  assertStrictEquals(reduceParking(parked, event, 6), parked);
  const gone = reduceParking(parked, { Event: "ParkedCallTimeOut" }, 7);
  assertEquals(gone.parking, undefined);
});

Deno.test("a snapshot tells the age, and keeps what only events tell", () => {
  const item = { ...HEADERS, Duration: "00:01:30", BridgeId: "b" };
  const fresh = channelOf(item, undefined, 100_000);
  assertEquals([fresh.createdAt, fresh.bridgeId], [10_000, "b"]);
  const held = { ...fresh, heldSince: 7 };
  const again = channelOf(item, held, 200_000);
  assertEquals([again.createdAt, again.heldSince], [10_000, 7]);
});

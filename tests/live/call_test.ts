import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Call,
  callChanges,
  callOf,
  merged,
  transferOf,
  withCause,
} from "../../src/live/call.ts";
import { type Channel, reduceChannel } from "../../src/live/channel.ts";

function channel(
  uniqueid: string,
  name: string,
  more: Partial<Channel> = {},
): Channel {
  const made = reduceChannel(undefined, {
    Event: "Newchannel",
    Channel: name,
    ChannelStateDesc: "Up",
    Uniqueid: uniqueid,
    Linkedid: "1",
  }, 1_000);
  if (made === undefined) throw new Error("Newchannel made no channel");
  return { ...made, ...more };
}

function call(channels: Channel[], previous?: Call, at = 2_000): Call {
  return callOf("1", channels, { at, previous });
}

const A = channel("1", "PJSIP/a-1", { bridgeId: "b1" });
const B = channel("2", "PJSIP/b-2", { bridgeId: "b1" });

Deno.test("two parties in one bridge talk, since they both are in it", () => {
  const before = call([A, { ...B, bridgeId: "" }]);
  assertEquals([before.state, before.talks], ["up", []]);
  const after = call([A, B], before, 3_000);
  assertEquals(after.talks, [{ parties: ["1", "2"], since: 3_000 }]);
  assertEquals(after.connectedAt, 3_000);
  const later = call([A, { ...B, accountCode: "x" }], after, 4_000);
  assertStrictEquals(later.talks, after.talks);
});

Deno.test("a Local channel is a wire, and no party", () => {
  const one = channel("3", "Local/x@y-1;1", { bridgeId: "b1" });
  const two = channel("4", "Local/x@y-1;2", { bridgeId: "b2" });
  const far = { ...B, bridgeId: "b2" };
  const joined = call([A, one, two, far]);
  assertEquals(joined.parties.map(({ uniqueid }) => uniqueid), ["1", "2"]);
  assertEquals(joined.talks[0]?.parties, ["1", "2"]);
  assertEquals(call([A, one, { ...two, bridgeId: "" }, far]).talks, []);
});

Deno.test("a call that rings, is held or is parked says so", () => {
  const ringing = { ...B, state: "Ringing" as const, bridgeId: "" };
  assertEquals(call([A, ringing]).state, "ringing");
  const talking = call([A, B]);
  const held = call([A, { ...B, heldSince: 5 }], talking);
  assertEquals(held.state, "held");
  const types = (before: Call, after: Call) =>
    callChanges(before, after, { at: 1 }).map(({ type }) => type);
  assertEquals(types(talking, held), ["call-held"]);
  assertEquals(types(held, call([A, B], held)), ["call-resumed"]);
  const parking = { lot: "default", space: "701", since: 1 };
  const parked = call([{ ...A, bridgeId: "", parking }]);
  assertEquals(parked.state, "parked");
});

Deno.test("the channel that a call began with has the last word on the cause", () => {
  const ended = (causes: [string, number][]) =>
    causes.reduce(
      (call, [id, Cause]) => withCause(call, id, { Cause, "Cause-txt": "t" }),
      call([A, B]),
    ).cause;
  assertEquals(ended([["2", 17], ["1", 16]]), 16);
  assertEquals(ended([["2", 17], ["1", 0]]), 17);
  assertEquals(ended([["1", 0]]), 0);
});

Deno.test("a call that goes on takes over what the other was", () => {
  const other = { ...call([A]), startedAt: 1, answeredAt: 2 };
  const goesOn = merged({ ...call([A, B]), answeredAt: undefined }, other);
  assertEquals([goesOn.startedAt, goesOn.answeredAt], [1, 2]);
});

Deno.test("a transfer that failed is none", () => {
  const event = { Event: "BlindTransfer", Extension: 100, Context: "c" };
  assertEquals(transferOf({ ...event, Result: "Fail" }, 1), undefined);
  assertEquals(transferOf({ ...event, Result: "Success" }, 1)?.to, "100@c");
});

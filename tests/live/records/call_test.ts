import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Call,
  callChanges,
  callEnded,
  callOf,
  causeOf,
  merged,
} from "../../../src/live/records/call.ts";
import { endedRecord } from "../../../src/live/records/ended_record.ts";
import { newRecord } from "../../../src/live/records/growing_record.ts";
import {
  type Transfer,
  transferOf,
} from "../../../src/live/records/transfer.ts";
import { type Channel, channelOf } from "../../../src/live/records/channel.ts";
import { surroundingsOf } from "../_surroundings.ts";
import { AT, context, event, item, leg, prefixed } from "../_frames.ts";

function channel(uniqueid: string, fields: Partial<Channel> = {}): Channel {
  const made = channelOf(
    item("CoreShowChannel", leg(uniqueid, { ChannelStateDesc: "Down" })),
    undefined,
    context(AT),
  );
  return { ...made, ...fields };
}

const up = (uniqueid: string, fields: Partial<Channel> = {}) =>
  channel(uniqueid, { state: "Up", ...fields });

function call(channels: readonly Channel[], previous?: Call, at = AT): Call {
  return callOf("1.1", channels, {
    at,
    previous,
    surroundings: surroundingsOf(channels),
    record: newRecord("1.1"),
  });
}

const PARKING = { lot: "default", space: "701", since: AT };

Deno.test("callOf() reports where a call is", () => {
  const states: [Call["state"], Channel[]][] = [
    ["dialing", [channel("1.1")]],
    ["dialing", [channel("1.1", { state: "Ring" }), channel("2.1")]],
    ["ringing", [channel("1.1", { state: "Ringing" })]],
    ["up", [up("1.1")]],
    ["up", [up("1.1", { bridgeId: "b" })]],
    ["up", [up("1.1", { bridgeId: "b" }), up("2.1", { bridgeId: "c" })]],
    ["ringing", [up("1.1"), channel("2.1", { state: "Ringing" })]],
    ["talking", [up("1.1", { bridgeId: "b" }), up("2.1", { bridgeId: "b" })]],
    ["held", [
      up("1.1", { bridgeId: "b", heldSince: AT }),
      up("2.1", { bridgeId: "b" }),
    ]],
    ["parked", [up("1.1", { parking: PARKING })]],
    ["up", [up("1.1", { heldSince: AT })]],
  ];
  for (const [state, channels] of states) {
    assertEquals(call(channels).state, state, Deno.inspect(channels));
  }
});

Deno.test("callOf() reports who talks to whom, and keeps the time while they are the same", () => {
  const two = [up("1.1", { bridgeId: "b" }), up("2.1", { bridgeId: "b" })];
  const first = call(two);
  assertEquals(first.talks, [{ parties: ["1.1", "2.1"], since: AT }]);
  const second = call(two, first, AT + 5);
  assertStrictEquals(second.talks, first.talks);
  const three = call([...two, up("3.1", { bridgeId: "b" })], second, AT + 9);
  assertEquals(three.talks, [
    { parties: ["1.1", "2.1", "3.1"], since: AT + 9 },
  ]);
  assertEquals(three.connectedAt, AT, "the first talk counts");
});

Deno.test("callOf() keeps two talks of one call apart", () => {
  const { talks, state } = call([
    up("1.1", { bridgeId: "b" }),
    up("2.1", { bridgeId: "c", heldSince: AT }),
    up("3.1", { bridgeId: "b" }),
    up("4.1", { bridgeId: "c" }),
  ]);
  assertEquals(talks.map(({ parties }) => parties), [
    ["1.1", "3.1"],
    ["2.1", "4.1"],
  ]);
  assertEquals(state, "held");
});

Deno.test("callOf() counts no half of a Local channel, and joins what is at its ends", () => {
  const one = up("2.1", { name: "Local/9@x-1;1", bridgeId: "b" });
  const two = up("2.2", { name: "Local/9@x-1;2", bridgeId: "c" });
  const ends = [
    up("1.1", { bridgeId: "b" }),
    up("3.1", { bridgeId: "c" }),
  ];
  const joined = call([...ends, one, two]);
  assertEquals(joined.parties.map(({ uniqueid }) => uniqueid), ["1.1", "3.1"]);
  assertEquals(joined.talks.map(({ parties }) => parties), [["1.1", "3.1"]]);
  assertEquals(joined.channels, ["1.1", "3.1", "2.1", "2.2"]);
  assertEquals(joined.state, "talking");
  const apart = call([...ends, one, { ...two, bridgeId: "" }]);
  assertEquals([apart.talks, apart.state], [[], "up"]);
});

Deno.test("callOf() joins a chain of Local channels, in whatever order they are", () => {
  const half = (name: string, bridgeId: string) =>
    up(name, { name: `Local/${name}`, bridgeId });
  const halves = [
    half("x-1;1", "a"),
    half("x-1;2", "b"),
    half("x-2;2", "b"),
    half("x-2;1", "c"),
    half("x-3;1", "c"),
    half("x-3;2", "d"),
  ];
  const ends = [up("1.1", { bridgeId: "a" }), up("2.1", { bridgeId: "d" })];
  for (const order of [halves, halves.toReversed()]) {
    assertEquals(call([...ends, ...order]).talks.length, 1);
  }
});

Deno.test("callOf() takes a call among Local channels alone as answered when one of them is", () => {
  const half = channel("1.1", { name: "Local/9@x-1;1" });
  const { state, parties, answeredAt } = call([half]);
  assertEquals([state, parties, answeredAt], ["dialing", [], undefined]);
  const answered = call([{ ...half, state: "Up", answeredAt: AT + 3 }]);
  assertEquals([answered.state, answered.answeredAt], ["up", AT + 3]);
});

Deno.test("callOf() keeps when the call began, was answered and connected", () => {
  const early = call([
    channel("1.1", { createdAt: AT - 9 }),
    channel("2.1", { createdAt: AT - 20 }),
  ]);
  assertEquals([early.startedAt, early.answeredAt], [AT - 20, undefined]);
  const answered = call([up("1.1", { answeredAt: AT + 1 })], early, AT + 2);
  assertEquals([answered.startedAt, answered.answeredAt], [AT - 20, AT + 1]);
  const later = call([up("3.1", { answeredAt: AT + 7 })], answered, AT + 8);
  assertEquals(later.answeredAt, AT + 1);
  assertEquals(call([up("1.1")]).answeredAt, AT, "when it was first seen");
});

Deno.test("causeOf() takes the cause of the channel, and of a phone that hung up by itself not that of whom it called", () => {
  const hangup = (Cause: number, text: string) =>
    event("Hangup", { Cause, "Cause-txt": text });
  const busy = { cause: 17, causeText: "User busy" };
  const normal = { cause: 16, causeText: "Normal Clearing" };
  assertEquals(causeOf(hangup(0, "Unknown"), undefined), undefined);
  assertEquals(causeOf(hangup(17, "User busy"), undefined), busy);
  assertEquals(causeOf(hangup(17, "User busy"), 17), busy);
  assertEquals(causeOf(hangup(17, "User busy"), 0), normal);
  assertEquals(causeOf(hangup(0, "Unknown"), 16), normal);
  assertEquals(causeOf(hangup(0, "Unknown"), 0), normal);
});

Deno.test("merged() takes over what is earlier, and the transfers in their order", () => {
  const transfer = (at: number): Transfer => ({
    kind: "blind",
    by: "x",
    to: "y",
    at,
  });
  const one: Call = {
    ...call([up("1.1")]),
    startedAt: AT + 5,
    answeredAt: AT + 6,
    connectedAt: undefined,
    transfers: [transfer(AT + 9)],
  };
  const two: Call = {
    ...call([up("2.1")]),
    startedAt: AT,
    answeredAt: AT + 8,
    connectedAt: AT + 8,
    transfers: [transfer(AT + 3)],
  };
  const both = merged(one, two);
  assertEquals(
    [both.startedAt, both.answeredAt, both.connectedAt],
    [AT, AT + 6, AT + 8],
  );
  assertEquals(both.transfers.map(({ at }) => at), [AT + 3, AT + 9]);
  assertEquals(both.parties, one.parties);
});

Deno.test("transferOf() reads a blind transfer", () => {
  const report = event("BlindTransfer", {
    Result: "Success",
    ...prefixed("Transferer", leg("2.1")),
    ...prefixed("Transferee", leg("1.1")),
    IsExternal: "Yes",
    Context: "default",
    Extension: 4000,
  });
  assertEquals(transferOf(report, AT), {
    kind: "blind",
    by: "PJSIP/2.1-0000000a",
    to: "4000@default",
    at: AT,
  });
});

Deno.test("transferOf() reads an attended transfer, to a channel, to an application and to a number that was called", () => {
  const report = event("AttendedTransfer", {
    Result: "Success",
    ...prefixed("OrigTransferer", leg("2.1")),
    ...prefixed("SecondTransferer", leg("3.1", { ConnectedLineNum: 4000 })),
    DestType: "Bridge",
  });
  assertEquals(transferOf(report, AT), {
    kind: "attended",
    by: "PJSIP/2.1-0000000a",
    to: "4000",
    at: AT,
  });
  assertEquals(
    transferOf({ ...report, DestType: "App", DestApp: "Queue" }, AT)?.to,
    "Queue",
  );
  assertEquals(
    transferOf({ ...report, TransferTargetChannel: "PJSIP/4000-1" }, AT)?.to,
    "PJSIP/4000-1",
  );
});

Deno.test("transferOf() takes no transfer that failed", () => {
  for (const Result of ["Fail", "Invalid", "Not Permitted"]) {
    assertEquals(transferOf(event("BlindTransfer", { Result }), AT), undefined);
    const attended = event("AttendedTransfer", { Result });
    assertEquals(transferOf(attended, AT), undefined);
  }
});

const typesOf = (before: Call | undefined, after: Call) =>
  callChanges(before, after, AT).map(({ type }) => type);

Deno.test("callChanges() reports each step of a call", () => {
  const dialing = call([channel("1.1")]);
  const ringing = call([channel("1.1", { state: "Ringing" })], dialing);
  const answered = call([up("1.1")], ringing);
  const talking = call([
    up("1.1", { bridgeId: "b" }),
    up("2.1", { bridgeId: "b" }),
  ], answered);
  const held = call([
    up("1.1", { bridgeId: "b", heldSince: AT }),
    up("2.1", { bridgeId: "b" }),
  ], talking);
  const parked = call([up("2.1", { parking: PARKING })], talking);
  assertEquals(typesOf(undefined, dialing), ["call-started"]);
  assertEquals(typesOf(dialing, ringing), ["call-changed"]);
  assertEquals(typesOf(ringing, answered), ["call-answered"]);
  assertEquals(typesOf(answered, talking), ["call-connected"]);
  assertEquals(typesOf(talking, held), ["call-held"]);
  assertEquals(typesOf(held, talking), ["call-resumed"]);
  const consulting = call([up("1.1", { heldSince: AT }), up("2.1")], held);
  assertEquals(typesOf(held, consulting), ["call-changed"]);
  assertEquals(typesOf(consulting, held), ["call-changed"]);
  assertEquals(typesOf(consulting, call([up("2.1")], held)), ["call-resumed"]);
  assertEquals(typesOf(talking, parked), ["call-parked"]);
  assertEquals(typesOf(parked, call([up("2.1")], parked)), ["call-unparked"]);
  assertEquals(typesOf(undefined, call([up("1.1")])), [
    "call-started",
    "call-answered",
  ]);
  assertEquals(typesOf(talking, talking), []);
});

Deno.test("callChanges() reports each transfer once", () => {
  const before = call([up("1.1")]);
  const transfer: Transfer = { kind: "blind", by: "x", to: "y", at: AT };
  const after = { ...before, transfers: [transfer] };
  assertEquals(callChanges(before, after, AT), [
    { type: "call-transferred", at: AT, call: after, transfer },
  ]);
  const copied = { ...after, transfers: [...after.transfers] };
  assertEquals(typesOf(after, copied), ["call-changed"]);
});

Deno.test("callEnded() reports how a call ended, and does not know if that was missed", () => {
  const cause = { cause: 16, causeText: "Normal Clearing" };
  const ended = { ...call([up("1.1")]), ...cause };
  const end = (lost: boolean) => {
    const at = AT;
    const record = endedRecord(ended.record, { at, cause: 16, lost });
    return callEnded(ended, record, at);
  };
  const told = end(false);
  assertEquals(
    [told.cause, told.causeText, told.answered, told.lost],
    [16, "Normal Clearing", true, false],
  );
  const missed = end(true);
  assertEquals(
    [missed.cause, missed.causeText, missed.answered, missed.lost],
    [0, "", true, true],
  );
});

import { assertEquals } from "@std/assert";
import { until } from "../_waiting.ts";
import {
  ALICE,
  BOB,
  DOWN,
  enter,
  event,
  hangup,
  item,
  leave,
  leg,
  listed,
  prefixed,
  RINGING,
  room,
  talk,
} from "./_frames.ts";
import { Stage, steps } from "./_stage.ts";

Deno.test("calls of which Asterisk makes one without an event are asked for", async () => {
  await using stage = await Stage.set();
  const eve = { ...BOB, Linkedid: "1.2" };
  await stage.play(...talk(ALICE, eve, "b1"));
  assertEquals(stage.pbx.calls.size, 2);
  stage.lists.items.CoreShowChannels = [listed(ALICE, "b1"), listed(BOB, "b1")];
  stage.lists.items.BridgeList = [item("BridgeListItem", room("b1"))];
  await stage.changes.first("call-merged");
  assertEquals([...stage.pbx.calls.keys()], ["1.1"]);
  assertEquals(stage.call.state, "talking");
});

Deno.test("calls that an event shows to be one are not asked for", async () => {
  await using stage = await Stage.set();
  const asked = stage.lists.server.received.length;
  const eve = { ...BOB, Linkedid: "1.2" };
  await stage.play(
    ...talk(ALICE, eve, "b1"),
    event("NewConnectedLine", BOB),
  );
  assertEquals([...stage.pbx.calls.keys()], ["1.1"]);
  // Longer than calls are left before they are asked for.
  const begin = performance.now();
  await until(() => performance.now() > begin + 400);
  const names = stage.lists.server.received.slice(asked).map(({ name }) =>
    name
  );
  assertEquals(names.filter((name) => name === "CoreShowChannels"), []);
});

Deno.test("Newexten is followed if it is asked for, and only then", async () => {
  for (const dialplan of [false, true]) {
    await using stage = await Stage.set(() => {}, { dialplan });
    await stage.play(
      event("Newchannel", ALICE),
      {
        ...event("Newexten", { ...ALICE, Priority: 7 }),
        Privilege: "dialplan,all",
        Application: "Queue",
        AppData: "support",
      },
    );
    const [channel] = stage.pbx.channels.values();
    assertEquals(
      [channel?.application, channel?.priority],
      dialplan ? ["Queue", 7] : ["", 1],
    );
  }
});

Deno.test("halves of Local channels are not parties, and those at their ends talk", async () => {
  await using stage = await Stage.set();
  const half = (uniqueid: string, end: string) =>
    leg(uniqueid, {
      Channel: `Local/2000@default-00000005;${end}`,
      Linkedid: "1.1",
    });
  const types = await stage.play(
    event("Newchannel", ALICE, DOWN),
    event("Newstate", ALICE),
    event("Newchannel", half("1.3", "1"), DOWN),
    event("Newchannel", half("1.4", "2"), DOWN),
    event(
      "LocalBridge",
      prefixed("LocalOne", half("1.3", "1")),
      prefixed("LocalTwo", half("1.4", "2")),
      { LocalOptimization: "No" },
    ),
    event("Newchannel", BOB, DOWN),
    event("Newstate", BOB, RINGING),
    event("Newstate", BOB),
    event("Newstate", half("1.4", "2")),
    event("BridgeCreate", room("b2")),
    enter("b2", BOB),
    enter("b2", half("1.4", "2")),
    event("Newstate", half("1.3", "1")),
    event("BridgeCreate", room("b1")),
    enter("b1", half("1.3", "1")),
    enter("b1", ALICE),
  );
  assertEquals(steps(types), [
    "call-started",
    "call-answered",
    "call-connected",
  ]);
  const { parties, talks, channels } = stage.call;
  assertEquals(parties.map(({ uniqueid }) => uniqueid), ["1.1", "1.2"]);
  assertEquals(talks.map((talk) => talk.parties), [["1.1", "1.2"]]);
  assertEquals(channels.length, 4);
});

Deno.test("hold and resume are reported", async () => {
  await using stage = await Stage.set();
  await stage.play(...talk(ALICE, BOB, "b1"));
  assertEquals(
    steps(await stage.play(event("Hold", BOB, { MusicClass: "default" }))),
    ["call-held"],
  );
  assertEquals(stage.call.state, "held");
  assertEquals(steps(await stage.play(event("Unhold", BOB))), ["call-resumed"]);
  assertEquals(stage.call.state, "talking");
});

Deno.test("a blind transfer is reported with its target, and the call goes on", async () => {
  await using stage = await Stage.set();
  const carol = leg("1.3", {
    Channel: "PJSIP/carol-00000003",
    Linkedid: "1.1",
  });
  await stage.play(...talk(ALICE, BOB, "b1"));
  const types = await stage.play(
    event("BlindTransfer", { Result: "Success" }, {
      ...prefixed("Transferer", BOB),
      ...prefixed("Transferee", ALICE),
      ...room("b1", { BridgeNumChannels: 2 }),
      IsExternal: "Yes",
      Context: "default",
      Extension: 4000,
    }),
    leave("b1", BOB),
    leave("b1", ALICE),
    event("BridgeDestroy", room("b1")),
    hangup(BOB),
    event("Newchannel", carol, DOWN),
    event("Newstate", carol, RINGING),
    event("Newstate", carol),
    event("BridgeCreate", room("b2")),
    enter("b2", carol),
    enter("b2", ALICE),
  );
  assertEquals(steps(types), ["call-transferred"]);
  const { transfers, parties, state } = stage.call;
  assertEquals(
    transfers.map(({ kind, by, to }) => [kind, by, to]),
    [["blind", "PJSIP/bob-00000002", "4000@default"]],
  );
  assertEquals(parties.map(({ uniqueid }) => uniqueid), ["1.1", "1.3"]);
  assertEquals(state, "talking");
});

Deno.test("an attended transfer makes two calls one, and ends none", async () => {
  await using stage = await Stage.set();
  // Bob holds Alice and calls Carol from a second line.
  const second = leg("2.1", { Channel: "PJSIP/bob-00000003" });
  const carol = leg("2.2", {
    Channel: "PJSIP/carol-00000004",
    Linkedid: "2.1",
  });
  await stage.play(...talk(ALICE, BOB, "b1"));
  const asked = await stage.play(
    event("Hold", BOB),
    ...talk(second, carol, "b2"),
  );
  assertEquals(steps(asked), [
    "call-held",
    "call-started",
    "call-answered",
    "call-connected",
  ]);
  assertEquals(stage.pbx.calls.size, 2);
  const joined = { ...carol, Linkedid: "1.1" };
  const types = await stage.play(
    event("AttendedTransfer", {
      Result: "Success",
      ...prefixed("OrigTransferer", BOB),
      ...prefixed("OrigBridge", { Uniqueid: "b1" }),
      ...prefixed("SecondTransferer", second),
      ...prefixed("SecondBridge", { Uniqueid: "b2" }),
      DestType: "Bridge",
      DestBridgeUniqueid: "b1",
      ...prefixed("Transferee", ALICE),
      ...prefixed("TransferTarget", carol),
      IsExternal: "Yes",
    }),
    leave("b2", carol),
    { ...enter("b1", joined), SwapUniqueid: "1.2" },
    leave("b1", BOB),
    leave("b2", second),
    event("BridgeDestroy", room("b2")),
    hangup(BOB),
    hangup(second),
  );
  assertEquals(steps(types), [
    "call-transferred",
    "call-resumed",
    "call-merged",
  ]);
  const [merger] = stage.merged;
  assertEquals([merger?.call.id, merger?.into.id], ["2.1", "1.1"]);
  const { id, transfers, parties, state } = stage.call;
  assertEquals(id, "1.1");
  assertEquals(
    transfers.map(({ kind, by, to }) => [kind, by, to]),
    [["attended", "PJSIP/bob-00000002", "PJSIP/carol-00000004"]],
  );
  assertEquals(parties.map(({ uniqueid }) => uniqueid), ["1.1", "2.2"]);
  assertEquals(state, "talking");
});

Deno.test("a call is held once and resumed once in a transfer by feature code", async () => {
  await using stage = await Stage.set();
  await stage.play(...talk(ALICE, BOB, "b1"));
  const carol = leg("1.3", {
    Channel: "PJSIP/carol-00000003",
    Linkedid: "1.1",
  });
  // As measured with Asterisk 22: there is no Unhold.
  const types = await stage.play(
    event("Hold", BOB),
    leave("b1", BOB),
    event("Newchannel", carol, DOWN),
    event("BridgeCreate", room("b2")),
    enter("b2", BOB),
    event("Newstate", carol),
    enter("b2", carol),
    leave("b2", BOB),
    enter("b1", BOB),
    leave("b1", BOB),
    enter("b2", BOB),
    event("HangupRequest", BOB, { Cause: 16 }),
    leave("b2", BOB),
    leave("b2", carol),
    enter("b1", carol),
    hangup(BOB),
  );
  assertEquals(steps(types), ["call-held", "call-resumed"]);
  assertEquals(stage.call.state, "talking");
});

Deno.test("a call is parked, and taken back by somebody else", async () => {
  await using stage = await Stage.set();
  const place = {
    ParkerDialString: "PJSIP/bob",
    Parkinglot: "default",
    ParkingSpace: 701,
    ParkingTimeout: 45,
    ParkingDuration: 0,
  };
  const lot = room("p1", {
    BridgeType: "",
    BridgeTechnology: "holding_bridge",
    BridgeCreator: "Parking",
    BridgeName: "default",
  });
  await stage.play(...talk(ALICE, BOB, "b1"));
  const parked = await stage.play(
    event("BridgeCreate", lot),
    leave("b1", BOB),
    leave("b1", ALICE),
    event("BridgeEnter", lot, ALICE),
    event("ParkedCall", prefixed("Parkee", ALICE), place),
    event("BridgeDestroy", room("b1")),
    hangup(BOB),
  );
  assertEquals(steps(parked), ["call-parked"]);
  assertEquals(stage.call.state, "parked");
  const { parking } = stage.pbx.channels.get("1.1") ?? {};
  assertEquals([parking?.lot, parking?.space], ["default", "701"]);
  const carol = leg("3.1", { Channel: "PJSIP/carol-00000005" });
  const joined = { ...carol, Linkedid: "1.1" };
  const taken = await stage.play(
    event("Newchannel", carol, DOWN),
    event("Newstate", carol),
    event("UnParkedCall", prefixed("Parkee", ALICE), place, {
      ...prefixed("Retriever", carol),
    }),
    event("BridgeLeave", lot, ALICE),
    event("BridgeDestroy", lot),
    event("BridgeCreate", room("b3")),
    enter("b3", ALICE),
    enter("b3", joined),
  );
  assertEquals(steps(taken), [
    "call-started",
    "call-answered",
    "call-unparked",
    "call-merged",
  ]);
  assertEquals(stage.call.state, "talking");
  assertEquals(stage.pbx.channels.get("1.1")?.parking, undefined);
});

Deno.test("a parked call that is given up ends as any other", async () => {
  await using stage = await Stage.set();
  const place = { Parkinglot: "default", ParkingSpace: 701 };
  const types = await stage.play(
    event("Newchannel", ALICE),
    event("ParkedCall", prefixed("Parkee", ALICE), place),
    event("ParkedCallGiveUp", prefixed("Parkee", ALICE), place),
    hangup(ALICE),
  );
  assertEquals(steps(types), [
    "call-started",
    "call-answered",
    "call-parked",
    "call-unparked",
    "call-ended",
  ]);
});

/** A bridge of a conference. */
const CONFERENCE = room("c1", {
  BridgeType: "base",
  BridgeTechnology: "softmix",
  BridgeCreator: "ConfBridge",
  BridgeName: 4000,
});

Deno.test("callers of one conference hear each other, and each has a call", async () => {
  await using stage = await Stage.set();
  const members = ["1.1", "2.1", "3.1"].map((uniqueid) => leg(uniqueid));
  await stage.play(event("BridgeCreate", CONFERENCE));
  const { calls } = stage.pbx;
  for (const [index, member] of members.entries()) {
    await stage.play(
      event("Newchannel", member, DOWN),
      event("Newstate", member),
      event("BridgeEnter", CONFERENCE, member),
    );
    const state = index === 0 ? "up" : "talking";
    assertEquals(
      [...calls.values()].map((call) => call.state),
      Array(index + 1).fill(state),
    );
  }
  const bridge = stage.pbx.bridges.get("c1");
  assertEquals([bridge?.name, bridge?.creator], ["4000", "ConfBridge"]);
  assertEquals(bridge?.channels, ["1.1", "2.1", "3.1"]);
  assertEquals(calls.get("1.1")?.talks[0]?.parties, ["1.1", "2.1", "3.1"]);
  assertEquals(calls.get("2.1")?.talks[0]?.parties, ["2.1", "1.1", "3.1"]);
  assertEquals(calls.get("1.1")?.parties.length, 1);
  const [first = {}, second = {}, third = {}] = members;
  await stage.play(event("BridgeLeave", CONFERENCE, first), hangup(first));
  assertEquals([...calls.keys()], ["2.1", "3.1"]);
  assertEquals(calls.get("3.1")?.talks[0]?.parties, ["3.1", "2.1"]);
  await stage.play(event("BridgeLeave", CONFERENCE, second));
  assertEquals(
    [...calls.values()].map(({ state, talks }) => [state, talks.length]),
    [["up", 0], ["up", 0]],
  );
  const types = await stage.play(
    hangup(second),
    event("BridgeLeave", CONFERENCE, third),
    hangup(third),
    event("BridgeDestroy", CONFERENCE),
  );
  assertEquals(steps(types), ["call-ended", "call-ended"]);
  assertEquals(stage.pbx.bridges.size, 0);
});

Deno.test("a conference is shown as it is when it began before the start", async () => {
  const members = [
    leg("1.1"),
    leg("2.1"),
    leg("2.2", { Linkedid: "2.1" }),
  ];
  const announcer = leg("3.1", { Channel: "CBAnn/4000-00000001;2" });
  await using stage = await Stage.set((lists) => {
    lists.items.CoreShowChannels = [...members, announcer].map((each) =>
      listed(each, "c1")
    );
    lists.items.BridgeList = [item("BridgeListItem", CONFERENCE)];
  });
  const { calls } = stage.pbx;
  assertEquals(
    [...calls.values()].map((
      { id, state, talks },
    ) => [id, state, ...talks.map(({ parties }) => parties.join())]),
    [["1.1", "talking", "1.1,2.1,2.2"], ["2.1", "talking", "2.1,2.2,1.1"]],
  );
  const before = calls.get("1.1")?.talks;
  await stage.pbx.refresh();
  assertEquals(calls.get("1.1")?.talks, before);
  assertEquals(await stage.types(), ["snapshot-begin", "snapshot-end"]);
});

Deno.test("parties in a holding bridge or a parking lot do not talk", async () => {
  await using stage = await Stage.set();
  const lounge = room("h1", {
    BridgeType: "base",
    BridgeTechnology: "holding_bridge",
    BridgeCreator: "BridgeWait",
  });
  await stage.play(
    event("Newchannel", ALICE),
    event("Newchannel", BOB),
    event("BridgeCreate", lounge),
    event("BridgeEnter", lounge, ALICE),
    event("BridgeEnter", lounge, BOB),
  );
  assertEquals([stage.call.state, stage.call.talks], ["up", []]);
  assertEquals(stage.call.connectedAt, undefined);
  const place = (ParkingSpace: number) => ({
    Parkinglot: "default",
    ParkingSpace,
    ParkingDuration: 0,
  });
  const lot = room("p1", {
    BridgeType: "parking",
    BridgeTechnology: "holding_bridge",
    BridgeCreator: "Parking",
  });
  await stage.play(
    event("BridgeLeave", lounge, ALICE),
    event("BridgeLeave", lounge, BOB),
    event("BridgeEnter", lot, ALICE),
    event("ParkedCall", prefixed("Parkee", ALICE), place(701)),
    event("BridgeEnter", lot, BOB),
    event("ParkedCall", prefixed("Parkee", BOB), place(702)),
  );
  assertEquals([stage.call.state, stage.call.talks], ["parked", []]);
});

Deno.test("a bridge that begins to mix lets its parties talk", async () => {
  await using stage = await Stage.set();
  const kind = (BridgeTechnology: string) =>
    room("s1", { BridgeType: "stasis", BridgeTechnology });
  await stage.play(
    event("Newchannel", ALICE),
    event("Newchannel", leg("9.1")),
    event("BridgeEnter", kind("holding_bridge"), ALICE),
    event("BridgeEnter", kind("holding_bridge"), leg("9.1")),
  );
  const states = () => [...stage.pbx.calls.values()].map(({ state }) => state);
  assertEquals(states(), ["up", "up"]);
  await stage.play(event("BridgeCreate", kind("simple_bridge")));
  assertEquals(states(), ["talking", "talking"]);
});

Deno.test("calls in a bridge of Stasis are asked for, as Asterisk merges them without an event", async () => {
  await using stage = await Stage.set();
  const stasis = room("s1", { BridgeType: "stasis" });
  const other = leg("2.1");
  await stage.play(
    event("Newchannel", ALICE),
    event("Newchannel", other),
    event("BridgeCreate", stasis),
    event("BridgeEnter", stasis, ALICE),
    event("BridgeEnter", stasis, other),
  );
  assertEquals(
    [...stage.pbx.calls.values()].map(({ state }) => state),
    ["talking", "talking"],
  );
  stage.lists.items.CoreShowChannels = [
    listed(ALICE, "s1"),
    listed({ ...other, Linkedid: "1.1" }, "s1"),
  ];
  stage.lists.items.BridgeList = [item("BridgeListItem", stasis)];
  await stage.changes.first("call-merged");
  assertEquals(stage.call.talks[0]?.parties, ["1.1", "2.1"]);
});

Deno.test("channels that Asterisk makes for itself are neither calls nor parties", async () => {
  const messages = leg("0.1", { Channel: "Message/ast_msg_queue" });
  await using stage = await Stage.set((lists) => {
    lists.items.CoreShowChannels = [listed(messages)];
  });
  const snoop = leg("5.1", { Channel: "Snoop/1.1-00000001" });
  await stage.play(
    ...talk(ALICE, BOB, "b1"),
    event("Newchannel", snoop),
    enter("b1", snoop),
  );
  assertEquals(stage.call.talks[0]?.parties, ["1.1", "1.2"]);
  assertEquals(stage.pbx.channels.size, 4);
  const types = await stage.play(hangup(snoop), hangup(messages));
  assertEquals(types, ["channel-ended", "channel-ended"]);
});

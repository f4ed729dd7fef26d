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

Deno.test("halves of Local channels are no parties, and those at their ends talk", async () => {
  await using stage = await Stage.set();
  const half = (uniqueid: string, end: string) =>
    leg(uniqueid, {
      Channel: `Local/2000@default-00000005;${end}`,
      Linkedid: "1.1",
    });
  const told = await stage.play(
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
  assertEquals(steps(told), [
    "call-started",
    "call-answered",
    "call-connected",
  ]);
  const { parties, talks, channels } = stage.call;
  assertEquals(parties.map(({ uniqueid }) => uniqueid), ["1.1", "1.2"]);
  assertEquals(talks.map((talk) => talk.parties), [["1.1", "1.2"]]);
  assertEquals(channels.length, 4);
});

Deno.test("hold and resume are told", async () => {
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

Deno.test("a blind transfer is told with its target, and the call goes on", async () => {
  await using stage = await Stage.set();
  const carol = leg("1.3", {
    Channel: "PJSIP/carol-00000003",
    Linkedid: "1.1",
  });
  await stage.play(...talk(ALICE, BOB, "b1"));
  const told = await stage.play(
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
  assertEquals(steps(told), ["call-transferred"]);
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
  const told = await stage.play(
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
  assertEquals(told.includes("call-merged"), false, "Bob's line was the last");
  assertEquals(steps(told), ["call-transferred", "call-resumed", "call-ended"]);
  const { id, transfers, parties, state } = stage.call;
  assertEquals(id, "1.1");
  assertEquals(
    transfers.map(({ kind, by, to }) => [kind, by, to]),
    [["attended", "PJSIP/bob-00000002", "PJSIP/carol-00000004"]],
  );
  assertEquals(parties.map(({ uniqueid }) => uniqueid), ["1.1", "2.2"]);
  assertEquals(state, "talking");
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
  const told = await stage.play(
    event("Newchannel", ALICE),
    event("ParkedCall", prefixed("Parkee", ALICE), place),
    event("ParkedCallGiveUp", prefixed("Parkee", ALICE), place),
    hangup(ALICE),
  );
  assertEquals(steps(told), [
    "call-started",
    "call-answered",
    "call-parked",
    "call-unparked",
    "call-ended",
  ]);
});

Deno.test("a conference is one call whose parties all talk", async () => {
  await using stage = await Stage.set();
  const conference = room("c1", {
    BridgeType: "base",
    BridgeTechnology: "softmix",
    BridgeCreator: "ConfBridge",
    BridgeName: 4000,
  });
  const members = ["1.1", "2.1", "3.1"].map((uniqueid) => leg(uniqueid));
  await stage.play(event("BridgeCreate", conference));
  for (const [index, member] of members.entries()) {
    await stage.play(
      event("Newchannel", member, DOWN),
      event("Newstate", member),
      event("BridgeEnter", conference, { ...member, Linkedid: "1.1" }),
    );
    assertEquals(stage.call.parties.length, index + 1);
    assertEquals(stage.call.state, index === 0 ? "up" : "talking");
  }
  const bridge = stage.pbx.bridges.get("c1");
  assertEquals([bridge?.name, bridge?.creator], ["4000", "ConfBridge"]);
  assertEquals(bridge?.channels, ["1.1", "2.1", "3.1"]);
  assertEquals(stage.call.talks[0]?.parties, ["1.1", "2.1", "3.1"]);
  // The one that the call began with leaves first.
  const first = { ...members[0] };
  await stage.play(event("BridgeLeave", conference, first), hangup(first));
  assertEquals(stage.call.id, "1.1");
  assertEquals(stage.call.talks[0]?.parties, ["2.1", "3.1"]);
  const rest = members.slice(1).map((each) => ({ ...each, Linkedid: "1.1" }));
  const told = await stage.play(
    ...rest.flatMap((each) => [
      event("BridgeLeave", conference, each),
      hangup(each),
    ]),
    event("BridgeDestroy", conference),
  );
  assertEquals(steps(told), ["call-ended"]);
  assertEquals(stage.pbx.bridges.size, 0);
});

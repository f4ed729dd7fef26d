import { assertEquals, assertInstanceOf } from "@std/assert";
import { AmiClosedError, AmiConnectionError } from "../../mod.ts";
import { settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import {
  ALICE,
  event,
  item,
  leg,
  listed,
  prefixed,
  room,
  talk,
} from "./_frames.ts";
import { Stage } from "./_stage.ts";

Deno.test("refresh() reports what the configuration has that is new", async () => {
  await using stage = await Stage.set();
  stage.lists.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  await stage.pbx.refresh();
  assertEquals(stage.pbx.state, "live");
  assertEquals(await stage.changes.take(), [
    "snapshot-begin",
    "queue-added",
    "snapshot-end",
  ]);
  assertEquals(stage.changes.of("snapshot-begin"), []);
});

Deno.test("refresh() reports nothing new of a call that is parked, held or has been merged", async () => {
  await using stage = await Stage.set();
  const { lists } = stage;
  const parked = {
    ...prefixed("Parkee", ALICE),
    Parkinglot: "default",
    ParkingSpace: 701,
    ParkingDuration: 0,
  };
  await stage.play(
    event("Newchannel", ALICE),
    event("ParkedCall", parked),
    ...talk(leg("5.1"), leg("5.2", { Linkedid: "5.1" }), "b5"),
    event("Hold", leg("5.1")),
  );
  lists.items.CoreShowChannels = [
    listed(leg("5.2", { Linkedid: "5.1" }), "b5"),
    listed(ALICE),
    listed(leg("5.1"), "b5"),
  ];
  lists.items.BridgeList = [item("BridgeListItem", room("b5"))];
  lists.items.ParkedCalls = [item("ParkedCall", parked)];
  await stage.pbx.refresh();
  assertEquals(await stage.changes.take(), ["snapshot-begin", "snapshot-end"]);
});

Deno.test("refresh() twice at once takes snapshots of after the second call", async () => {
  await using stage = await Stage.set();
  const { lists, pbx } = stage;
  const held = lists.hold("QueueStatus");
  const one = pbx.refresh();
  await held.asked;
  const two = pbx.refresh();
  lists.items.QueueStatus = [item("QueueParams", { Queue: "late" })];
  held.release([]);
  await within(Promise.all([one, two]));
  assertEquals(pbx.queues.has("late"), true);
  assertEquals(lists.count("QueueStatus"), 3, "start(), and two more");
});

Deno.test("refresh() during a gap waits for the connection, and gives what is", async () => {
  await using stage = await Stage.set();
  const { lists, pbx, changes } = stage;
  await lists.server.refuse();
  lists.server.cut();
  await changes.first("stale");
  const refreshing = pbx.refresh();
  lists.items.CoreShowChannels = [listed(ALICE)];
  await lists.server.accept();
  await within(refreshing);
  assertEquals([...pbx.channels.keys()], ["1.1"]);
  await until(() => changes.of("snapshot-end").length === 2);
  assertEquals(pbx.state, "live");
  assertEquals(changes.of("call-started").length, 1);
});

Deno.test("refresh() while the snapshots of a gap are taken resolves with what is", async () => {
  await using stage = await Stage.set();
  const { lists, pbx } = stage;
  const held = lists.hold("CoreShowChannels");
  lists.server.cut();
  await held.asked;
  const refreshing = pbx.refresh();
  lists.items.CoreShowChannels = [listed(ALICE)];
  held.release([]);
  await within(refreshing);
  assertEquals([...pbx.channels.keys()], ["1.1"]);
  assertEquals(pbx.state, "live");
});

Deno.test("refresh() rejects with a typed error when the connection is lost meanwhile", async () => {
  await using stage = await Stage.set();
  const { lists, pbx, changes } = stage;
  const held = lists.hold("BridgeList");
  const refreshing = settled(pbx.refresh());
  const second = settled(pbx.refresh());
  await held.asked;
  lists.server.on("BridgeList", () => lists.list("BridgeList"));
  lists.server.cut();
  assertInstanceOf(await within(refreshing), AmiConnectionError);
  assertInstanceOf(await within(second), AmiConnectionError);
  await changes.first("snapshot-end");
  assertEquals(pbx.state, "live", "the gap has snapshots of its own");
  await within(pbx.refresh());
});

Deno.test("refresh() rejects with a typed error when the program closes the connection or stops", async () => {
  for (const end of ["close", "stop"] as const) {
    await using stage = await Stage.set();
    const held = stage.lists.hold("BridgeList");
    const refreshing = settled(stage.pbx.refresh());
    await held.asked;
    if (end === "close") stage.dami.close();
    else stage.pbx.stop();
    assertInstanceOf(await within(refreshing), AmiClosedError, end);
    assertEquals(stage.pbx.state, "stopped");
    const late = await within(settled(stage.pbx.refresh()));
    assertInstanceOf(late, AmiClosedError, end);
    assertEquals(stage.pbx.state, "stopped");
  }
});

Deno.test("what a reload has made new shows by itself", async () => {
  await using stage = await Stage.set();
  const asked = stage.lists.count("QueueStatus");
  stage.lists.items.QueueStatus = [item("QueueParams", { Queue: "new" })];
  stage.lists.items.PJSIPShowEndpoints = [
    item("EndpointList", { ObjectName: "6002", Contacts: "" }),
  ];
  const reload = (Module: string) => event("Reload", { Module, Status: 0 });
  stage.lists.server.emit([reload("res_pjsip.so"), reload("app_queue.so")]);
  const { reason } = await stage.changes.first("snapshot-end");
  assertEquals(reason, "reload");
  assertEquals([...stage.pbx.queues.keys()], ["new"]);
  assertEquals([...stage.pbx.endpoints.keys()], ["PJSIP/6002"]);
  assertEquals(stage.lists.count("QueueStatus"), asked + 1);
});

import { assertEquals } from "@std/assert";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { until, within } from "../_waiting.ts";
import { ALICE, BOB, item, leg, listed, room, talk } from "./_frames.ts";
import { LIST_ACTIONS, ListingPbx } from "./_pbx.ts";
import { Stage } from "./_stage.ts";

Deno.test("what vanished during a gap is reported as changes, and what is new, too", async () => {
  await using stage = await Stage.set((lists) => {
    lists.items.DeviceStateList = [
      item("DeviceStateChange", { Device: "PJSIP/alice", State: "INUSE" }),
    ];
    lists.items.ExtensionStateList = [
      item("ExtensionStatus", { Exten: 1, Context: "x", Status: 0 }),
    ];
    lists.items.PJSIPShowEndpoints = [
      item("EndpointList", { ObjectName: "alice", Contacts: "" }),
    ];
    lists.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  });
  const { lists, pbx, changes } = stage;
  await stage.play(...talk(ALICE, BOB, "b1"));
  const carol = leg("9.1", { Channel: "PJSIP/carol-00000009" });
  for (const action of LIST_ACTIONS) delete lists.items[action];
  lists.items.CoreShowChannels = [listed(carol)];
  lists.items.QueueStatus = [item("QueueParams", { Queue: "sales" })];
  await stage.lose();
  const ended = changes.of("call-ended");
  assertEquals(ended.map(({ call, lost, cause }) => [call.id, lost, cause]), [
    ["1.1", true, 0],
  ]);
  assertEquals(changes.of("call-started").map(({ call }) => call.id), ["9.1"]);
  assertEquals(await changes.take(), [
    "stale",
    "snapshot-begin",
    "channel-ended",
    "channel-ended",
    "call-ended",
    "bridge-ended",
    "channel-started",
    "call-started",
    "call-answered",
    "queue-removed",
    "queue-added",
    "device-removed",
    "extension-removed",
    "endpoint-removed",
    "snapshot-end",
  ]);
  assertEquals(pbx.state, "live");
  assertEquals([...pbx.calls.keys()], ["9.1"]);
  assertEquals([...pbx.queues.keys()], ["sales"]);
});

Deno.test("a call that goes on through a gap is reported as nothing", async () => {
  await using stage = await Stage.set();
  await stage.play(...talk(ALICE, BOB, "b1"));
  const before = stage.call;
  stage.lists.items.CoreShowChannels = [
    listed(BOB, "b1"),
    listed(ALICE, "b1"),
  ];
  stage.lists.items.BridgeList = [item("BridgeListItem", room("b1"))];
  await stage.lose();
  assertEquals(await stage.changes.take(), [
    "stale",
    "snapshot-begin",
    "snapshot-end",
  ]);
  assertEquals(stage.call, before);
});

Deno.test("what was last known is shown while the connection is lost", async () => {
  await using stage = await Stage.set();
  const { pbx, lists, changes } = stage;
  await stage.play(...talk(ALICE, BOB, "b1"));
  await lists.server.refuse();
  lists.server.cut();
  await changes.first("stale");
  assertEquals(pbx.state, "stale");
  assertEquals(stage.call.state, "talking");
  const held = lists.hold("CoreShowChannels");
  await lists.server.accept();
  await held.asked;
  assertEquals(pbx.state, "syncing");
  assertEquals(stage.call.state, "talking");
  held.release();
  await until(() => pbx.state === "live");
  assertEquals(pbx.calls.size, 0);
});

Deno.test("a connection that is lost again while the snapshots are taken has snapshots of its own", async () => {
  await using stage = await Stage.set();
  const { lists, pbx, changes } = stage;
  const errors: unknown[] = [];
  pbx.addEventListener("error", ({ error }) => errors.push(error));
  await stage.play(...talk(ALICE, BOB, "b1"));
  const held = lists.hold("CoreShowChannels");
  lists.server.cut();
  await held.asked;
  lists.server.on(
    "CoreShowChannels",
    () => lists.list("CoreShowChannels", [listed(BOB)]),
  );
  await stage.lose();
  assertEquals(changes.of("stale").length, 2);
  assertEquals(changes.of("snapshot-end").length, 1);
  assertEquals([...pbx.channels.keys()], ["1.2"]);
  assertEquals([pbx.state, errors], ["live", []]);
});

Deno.test("the snapshots are taken again when the PBX has loaded everything", async () => {
  await using stage = await Stage.set((lists) => {
    lists.refuse("QueueStatus", "Invalid/unknown command: QueueStatus.");
  });
  const { lists, pbx, changes } = stage;
  assertEquals([...pbx.problems.keys()], ["queues"]);
  lists.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  lists.server.on("QueueStatus", () => lists.list("QueueStatus"));
  lists.server.emit({
    Event: "FullyBooted",
    Privilege: "system,all",
    Uptime: 3,
    Status: "Fully Booted",
  });
  const { reason } = await changes.first("snapshot-end");
  assertEquals(reason, "boot");
  assertEquals(changes.of("queue-added").length, 1);
  assertEquals(pbx.problems.size, 0);
});

Deno.test("snapshots during which the PBX has loaded everything are taken once more", async () => {
  for (const [Uptime, times] of [[3, 2], [3_600, 1]] as const) {
    await using lists = new ListingPbx();
    await using dami = await lists.connect();
    const held = lists.hold("QueueStatus");
    const starting = LivePbx.start(dami);
    await held.asked;
    lists.server.emit({
      Event: "FullyBooted",
      Privilege: "system,all",
      Uptime,
      Status: "Fully Booted",
    });
    assertEquals(await dami.ping(), true);
    lists.items.QueueStatus = [item("QueueParams", { Queue: "new" })];
    held.release([]);
    using pbx = await within(starting);
    assertEquals(lists.count("CoreShowChannels"), times, `Uptime ${Uptime}`);
    assertEquals(pbx.queues.has("new"), times === 2);
  }
});

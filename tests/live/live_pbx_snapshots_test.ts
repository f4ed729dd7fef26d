import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import { getEventListeners } from "node:events";
import { AmiClosedError, AmiConnectionError } from "../../mod.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { settled } from "../_faults.ts";
import { within } from "../_waiting.ts";
import {
  ALICE,
  BOB,
  device,
  event,
  hangup,
  type Headers,
  item,
  listed,
  RINGING,
  talk,
} from "./_frames.ts";
import { Changes, LIST_ACTIONS, ListingPbx } from "./_pbx.ts";
import { Stage } from "./_stage.ts";

/** More events than are kept while a snapshot is under way, which change nothing. */
function backlog(): Headers[] {
  return Array.from({ length: 20_001 }, () => event("Unhold", ALICE));
}

Deno.test("a snapshot that fails is a problem, and all the rest works", async () => {
  await using stage = await Stage.set((lists) => {
    lists.refuse("DeviceStateList");
    lists.items.CoreShowChannels = [listed(ALICE)];
  });
  const { pbx, lists, changes } = stage;
  assertEquals(pbx.state, "live");
  assertEquals([...pbx.problems.keys()], ["devices"]);
  assertEquals([...pbx.calls.keys()], ["1.1"]);
  assertEquals(await stage.play(device("PJSIP/alice", "INUSE")), [
    "device-changed",
  ]);
  await pbx.refresh();
  const [problem] = changes.of("problem");
  assertEquals(problem?.snapshot, "devices");
  assertEquals(problem?.error, pbx.problems.get("devices"));
  lists.server.on("DeviceStateList", () => lists.list("DeviceStateList"));
  await pbx.refresh();
  assertEquals(pbx.problems.size, 0, "it can be had again");
});

Deno.test("a list that is refused at a refresh ends nothing that is known, and at a gap all of it", async () => {
  await using stage = await Stage.set((lists) => {
    lists.items.CoreShowChannels = [listed(ALICE)];
    lists.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  });
  const { pbx, lists } = stage;
  await stage.play(device("PJSIP/alice", "INUSE"));
  await stage.types();
  for (const action of LIST_ACTIONS) lists.refuse(action);
  await pbx.refresh();
  assertEquals([...pbx.calls.keys()], ["1.1"]);
  assertEquals([...pbx.queues.keys()], ["support"]);
  assertEquals([...pbx.devices.keys()], ["PJSIP/alice"]);
  assert(pbx.problems.has("channels"));
  const types = await stage.types();
  assertEquals(types.filter((type) => type.endsWith("-ended")), []);

  await stage.lose();
  assertEquals([pbx.calls.size, pbx.queues.size, pbx.devices.size], [0, 0, 0]);
});

Deno.test("every snapshot can fail, and events are followed all the same", async () => {
  await using stage = await Stage.set((lists) => {
    for (const action of LIST_ACTIONS) lists.refuse(action);
  });
  assertEquals([...stage.pbx.problems.keys()].toSorted(), [
    "bridges",
    "channels",
    "devices",
    "endpoints",
    "extensions",
    "parking",
    "queues",
  ]);
  await stage.play(...talk(ALICE, BOB, "b1"));
  assertEquals(stage.call.state, "talking");
});

Deno.test("what is left out is not asked for", async () => {
  await using stage = await Stage.set(() => {}, {
    without: ["endpoints", "queues"],
  });
  assertEquals(stage.lists.count("PJSIPShowEndpoints"), 0);
  assertEquals(stage.lists.count("QueueStatus"), 0);
  assertEquals(stage.pbx.problems.size, 0);
});

Deno.test("start() reports no change for what was there before it", async () => {
  await using stage = await Stage.set((lists) => {
    lists.items.CoreShowChannels = [listed(ALICE)];
  });
  assertEquals(await stage.types(), []);
  assertEquals(stage.pbx.calls.size, 1);
});

Deno.test("start() loses no event that comes while the snapshots are taken", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const held = lists.hold("CoreShowChannels");
  const starting = LivePbx.start(dami);
  await held.asked;
  lists.server.emit(talk(ALICE, BOB, "b1"));
  assertEquals(await dami.ping(), true);
  // The list is older than the call.
  held.release([]);
  using pbx = await within(starting);
  assertEquals(pbx.calls.get("1.1")?.state, "talking");
  assertEquals(pbx.bridges.get("b1")?.channels, ["1.2", "1.1"]);
});

Deno.test("start() shows no channel that was hung up while the snapshots were taken", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const held = lists.hold("ParkedCalls");
  lists.items.CoreShowChannels = [listed(ALICE), listed(BOB)];
  const starting = LivePbx.start(dami);
  await held.asked;
  lists.server.emit([hangup(ALICE), event("Newstate", ALICE)]);
  assertEquals(await dami.ping(), true);
  held.release();
  using pbx = await within(starting);
  assertEquals([...pbx.channels.keys()], ["1.2"]);
});

Deno.test("start() takes a snapshot again that has waited behind more events than are kept", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const held = lists.hold("CoreShowChannels");
  const starting = LivePbx.start(dami);
  await held.asked;
  lists.server.emit(backlog());
  assertEquals(await dami.ping(), true);
  lists.items.CoreShowChannels = [listed(BOB)];
  // The list is older than the events.
  held.release([listed(ALICE)]);
  using pbx = await within(starting);
  assertEquals([...pbx.channels.keys()], ["1.2"]);
  assertEquals(lists.count("CoreShowChannels"), 2);
});

Deno.test("a snapshot that is taken again says so", async () => {
  await using stage = await Stage.set();
  const { lists, pbx } = stage;
  const held = lists.hold("CoreShowChannels");
  const refreshing = pbx.refresh();
  await held.asked;
  await stage.play(...backlog());
  held.release([listed(ALICE)]);
  await within(refreshing);
  assertEquals(await stage.types(), ["snapshot-begin", "snapshot-end"]);
  assertEquals([pbx.state, pbx.channels.size], ["live", 0]);
});

Deno.test("start() keeps no events of what the snapshots that it waits for do not show", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const held = lists.hold("QueueStatus");
  const without = ["channels", "parking", "bridges"] as const;
  const starting = LivePbx.start(dami, { without });
  await held.asked;
  lists.server.emit(backlog());
  assertEquals(await dami.ping(), true);
  held.release();
  using pbx = await within(starting);
  assertEquals([pbx.state, lists.count("QueueStatus")], ["live", 1]);
});

Deno.test("events that were held before start() are older than its snapshots, and reported to nobody", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  lists.server.emit([
    event("Newchannel", ALICE),
    event("Newchannel", BOB, RINGING),
    {
      Event: "FullyBooted",
      Privilege: "system,all",
      Uptime: 3,
      Status: "Fully Booted",
    },
  ]);
  assertEquals(await dami.ping(), true);
  lists.items.CoreShowChannels = [listed(BOB)];
  using pbx = await LivePbx.start(dami);
  const changes = new Changes(pbx);
  assertEquals(await dami.ping(), true);
  assertEquals(await changes.take(), []);
  assertEquals([...pbx.channels.values()].map(({ state }) => state), ["Up"]);
  assertEquals(lists.count("CoreShowChannels"), 1);
});

Deno.test("start() rejects without a connection, and with a signal that is aborted", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const signal = AbortSignal.abort(new RangeError("Enough"));
  await assertRejects(
    () => LivePbx.start(dami, { signal }),
    RangeError,
    "Enough",
  );
  dami.close();
  await assertRejects(() => LivePbx.start(dami), AmiClosedError);
});

Deno.test("start() rejects with the reason of its signal while the snapshots are taken, and leaves no listener", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const held = lists.hold("BridgeList");
  const controller = new AbortController();
  const starting = settled(
    LivePbx.start(dami, { signal: controller.signal }),
  );
  await held.asked;
  controller.abort(new RangeError("Enough"));
  assertInstanceOf(await within(starting), RangeError);
  assertEquals(getEventListeners(dami, "gap").length, 0);
});

Deno.test("start() rejects with a typed error when the connection is lost", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  const held = lists.hold("BridgeList");
  const starting = settled(LivePbx.start(dami));
  await held.asked;
  lists.server.cut();
  assertInstanceOf(await within(starting), AmiConnectionError);
});

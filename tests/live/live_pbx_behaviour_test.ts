/**
 * What `LivePbx` promises, against the embedded PBX: snapshots that fail, are
 * late or are older than the events, gaps, and whole calls as Asterisk tells
 * of them.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { getEventListeners } from "node:events";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiLimitError,
  type DAMI,
} from "../../mod.ts";
import {
  type Change,
  LivePbx,
  type LivePbxOptions,
} from "../../src/live/live_pbx.ts";
import { AT_ONCE, settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import { event, type Headers, item, leg, prefixed, room } from "./_frames.ts";
import { Changes, LIST_ACTIONS, ListingPbx } from "./_pbx.ts";

const RECONNECT = { reconnect: AT_ONCE };

/** Alice calls Bob. */
const ALICE = leg("1.1", { Channel: "PJSIP/alice-00000001" });
const BOB = leg("1.2", { Channel: "PJSIP/bob-00000002", Linkedid: "1.1" });

const down = { ChannelState: 0, ChannelStateDesc: "Down" };
const ringing = { ChannelState: 5, ChannelStateDesc: "Ringing" };

const enter = (id: string, headers: Headers) =>
  event("BridgeEnter", room(id), headers);
const leave = (id: string, headers: Headers) =>
  event("BridgeLeave", room(id), headers);
const hangup = (headers: Headers, Cause = 16) =>
  event("Hangup", headers, { Cause, "Cause-txt": "Normal Clearing" });
const device = (name: string, State: string) =>
  event("DeviceStateChange", { Device: name, State });

/** A channel as it is listed. */
function listed(headers: Headers, BridgeId = ""): Headers {
  return item("CoreShowChannel", headers, {
    Application: "",
    ApplicationData: "",
    Duration: "00:00:01",
    BridgeId,
  });
}

/** Two that begin a call and talk in a bridge. */
function talk(one: Headers, two: Headers, bridge: string): Headers[] {
  return [
    event("Newchannel", one, down),
    event("Newstate", one),
    event("Newchannel", two, down),
    event("Newstate", two, ringing),
    event("Newstate", two),
    event("BridgeCreate", room(bridge)),
    enter(bridge, two),
    enter(bridge, one),
  ];
}

/** A PBX that is followed. */
class Stage implements AsyncDisposable {
  readonly lists: ListingPbx;
  readonly dami: DAMI;
  readonly pbx: LivePbx;
  readonly changes: Changes;

  private constructor(lists: ListingPbx, dami: DAMI, pbx: LivePbx) {
    this.lists = lists;
    this.dami = dami;
    this.pbx = pbx;
    this.changes = new Changes(pbx);
  }

  static async set(
    prepare: (lists: ListingPbx) => void = () => {},
    options: LivePbxOptions = {},
  ): Promise<Stage> {
    const lists = new ListingPbx();
    prepare(lists);
    const dami = await lists.connect(RECONNECT);
    return new Stage(lists, dami, await LivePbx.start(dami, options));
  }

  /** Lets something happen, and waits until it was told. */
  async play(...events: Headers[]): Promise<Change["type"][]> {
    this.lists.server.emit(events);
    return await this.told();
  }

  /** The names of what was told since the last call. What the PBX has sent was told when its answer is there. */
  async told(): Promise<Change["type"][]> {
    assertEquals(await this.dami.ping(), true);
    return await this.changes.take();
  }

  /** Loses the connection, and waits for what follows. */
  async lose(): Promise<void> {
    this.lists.server.cut();
    await this.changes.first("snapshot-end");
  }

  get call() {
    assertEquals(this.pbx.calls.size, 1);
    const [call] = this.pbx.calls.values();
    assert(call !== undefined);
    return call;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pbx.stop();
    await within(this.changes.ended);
    this.dami.close();
    await this.lists[Symbol.asyncDispose]();
  }
}

/** Only what is told of calls, and not every change of them. */
const steps = (types: readonly Change["type"][]) =>
  types.filter((type) => type.startsWith("call-") && type !== "call-changed");

// Snapshots

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
  await stage.told();
  for (const action of LIST_ACTIONS) lists.refuse(action);
  await pbx.refresh();
  assertEquals([...pbx.calls.keys()], ["1.1"]);
  assertEquals([...pbx.queues.keys()], ["support"]);
  assertEquals([...pbx.devices.keys()], ["PJSIP/alice"]);
  assert(pbx.problems.has("channels"));
  const told = await stage.told();
  assertEquals(told.filter((type) => type.endsWith("-ended")), []);

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

Deno.test("start() tells nothing of what was there before it", async () => {
  await using stage = await Stage.set((lists) => {
    lists.items.CoreShowChannels = [listed(ALICE)];
  });
  assertEquals(await stage.told(), []);
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
  // The list is of before the call.
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

Deno.test("events that were held before start() are older than its snapshots, and told to nobody", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  lists.server.emit([
    event("Newchannel", ALICE),
    event("Newchannel", BOB, ringing),
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

// Events during a snapshot

Deno.test("an event during a snapshot is told once, whether the list is older or newer", async () => {
  const begin = talk(ALICE, BOB, "b1");
  const lists: [string, Headers[], Headers[]][] = [
    ["older", [], []],
    [
      "in between",
      [listed({ ...ALICE, ...ringing })],
      [],
    ],
    [
      "newer",
      [listed(ALICE, "b1"), listed(BOB, "b1")],
      [item("BridgeListItem", room("b1"))],
    ],
  ];
  for (const [what, channels, bridges] of lists) {
    await using stage = await Stage.set();
    const { pbx } = stage;
    stage.lists.items.BridgeList = bridges;
    const held = stage.lists.hold("CoreShowChannels");
    const refreshing = pbx.refresh();
    await held.asked;
    const during = await stage.play(...begin);
    assertEquals(steps(during), [
      "call-started",
      "call-answered",
      "call-connected",
    ], what);
    held.release(channels);
    await within(refreshing);
    assertEquals(await stage.told(), ["snapshot-end"], what);
    assertEquals(stage.call.state, "talking", what);
  }
});

Deno.test("the end of a call during a snapshot is told once, and with its cause", async () => {
  await using stage = await Stage.set();
  await stage.play(...talk(ALICE, BOB, "b1"));
  const held = stage.lists.hold("CoreShowChannels");
  const refreshing = stage.pbx.refresh();
  await held.asked;
  stage.lists.server.emit([
    leave("b1", BOB),
    leave("b1", ALICE),
    event("BridgeDestroy", room("b1")),
    hangup(BOB),
    hangup(ALICE),
  ]);
  const { cause, lost } = await stage.changes.first("call-ended");
  assertEquals([cause, lost], [16, false]);
  await stage.changes.take();
  held.release([listed(ALICE, "b1"), listed(BOB, "b1")]);
  await within(refreshing);
  assertEquals(await stage.told(), ["snapshot-end"]);
  assertEquals([stage.pbx.calls.size, stage.pbx.channels.size], [0, 0]);
});

Deno.test("devices and queues that change during a snapshot are told once", async () => {
  const member = (headers: Headers) => ({
    Queue: "support",
    Membership: "static",
    StateInterface: "PJSIP/alice",
    Status: 1,
    Paused: 0,
    PausedReason: "",
    ...headers,
  });
  await using stage = await Stage.set((lists) => {
    lists.items.DeviceStateList = [
      item("DeviceStateChange", { Device: "PJSIP/alice", State: "NOT_INUSE" }),
    ];
    lists.items.QueueStatus = [
      item("QueueParams", { Queue: "support" }),
      item("QueueMember", member({ Name: "Alice", Location: "PJSIP/alice" })),
    ];
  });
  const held = stage.lists.hold("CoreShowChannels");
  const refreshing = stage.pbx.refresh();
  await held.asked;
  const during = await stage.play(
    device("PJSIP/alice", "RINGING"),
    event(
      "QueueMemberPause",
      member({
        MemberName: "Alice",
        Interface: "PJSIP/alice",
        Paused: 1,
        PausedReason: "tea",
      }),
    ),
  );
  assertEquals(during, ["snapshot-begin", "device-changed", "member-paused"]);
  held.release();
  await within(refreshing);
  assertEquals(await stage.told(), ["snapshot-end"]);
  assertEquals(stage.pbx.devices.get("PJSIP/alice")?.state, "RINGING");
  const queue = stage.pbx.queues.get("support");
  assertEquals(queue?.members.get("PJSIP/alice")?.pausedReason, "tea");
});

// The gap

Deno.test("what vanished during a gap is told as changes, and what is new, too", async () => {
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

Deno.test("a call that goes on through a gap is told as nothing", async () => {
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

// FullyBooted

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

// refresh()

Deno.test("refresh() tells what the configuration has that is new", async () => {
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

Deno.test("refresh() tells nothing new of a call that is parked, held or has been merged", async () => {
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

// stop()

Deno.test("stop() ends the iterators, removes the listeners, and keeps what was known", async () => {
  await using stage = await Stage.set();
  const { pbx, dami, lists } = stage;
  let stops = 0;
  pbx.addEventListener("stop", () => stops++);
  await stage.play(...talk(ALICE, BOB, "b1"));
  assert(getEventListeners(dami, "gap").length > 0);
  const waiting = pbx.changes().next();
  pbx.stop();
  pbx.stop();
  assertEquals(await within(waiting), { done: true, value: undefined });
  await within(stage.changes.ended);
  for (const name of ["gap", "disconnect", "close"]) {
    assertEquals(getEventListeners(dami, name).length, 0, name);
  }
  lists.server.emit([hangup(ALICE), hangup(BOB)]);
  assertEquals(await dami.ping(), true, "the connection is the program's");
  assertEquals(stage.call.state, "talking");
  assertEquals([pbx.state, stops], ["stopped", 1]);
  const late = await within(pbx.changes().next());
  assertEquals(late, { done: true, value: undefined });
});

Deno.test("stop() while the snapshots of a gap are taken leaves it stopped", async () => {
  await using stage = await Stage.set();
  const { pbx, lists } = stage;
  const errors: unknown[] = [];
  pbx.addEventListener("error", ({ error }) => errors.push(error));
  const held = lists.hold("CoreShowChannels");
  lists.server.cut();
  await held.asked;
  pbx.stop();
  await within(stage.changes.ended);
  held.release([listed(ALICE)]);
  assertEquals(await stage.dami.ping(), true);
  assertEquals([pbx.state, pbx.channels.size], ["stopped", 0]);
  assertEquals(errors, []);
});

Deno.test("it stops when there will be no connection any more", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  using pbx = await LivePbx.start(dami);
  const changes = new Changes(pbx);
  lists.server.cut();
  await within(changes.ended);
  assertEquals(changes.all.map(({ type }) => type), ["stale"]);
  assertEquals(pbx.state, "stopped");
});

// Listeners and iterators

Deno.test("a listener that throws harms neither the others nor the iterators", async () => {
  await using stage = await Stage.set();
  const { pbx } = stage;
  const log: unknown[] = [];
  pbx.addEventListener("error", ({ error }) => log.push(error));
  pbx.addEventListener("call-started", () => {
    throw new RangeError("one");
  });
  pbx.addEventListener("call-started", () => Promise.reject("two"));
  pbx.addEventListener(
    "call-started",
    ({ detail }) => log.push(detail.call.id),
  );
  const told = await stage.play(...talk(ALICE, BOB, "b1"), hangup(ALICE));
  assertEquals(steps(told)[0], "call-started");
  await until(() => log.length === 3);
  assert(log.includes("1.1") && log.includes("two"));
  assert(log.some((each) => each instanceof RangeError));
  assertEquals([...pbx.channels.keys()], ["1.2"]);
});

Deno.test("a listener for errors that throws is not told of itself", async () => {
  await using stage = await Stage.set();
  let count = 0;
  stage.pbx.addEventListener("error", () => {
    count++;
    throw new Error("again");
  });
  stage.pbx.addEventListener("channel-started", () => {
    throw new Error("first");
  });
  const told = await stage.play(event("Newchannel", ALICE));
  assertEquals(told.includes("channel-started"), true);
  assertEquals(count, 1);
});

Deno.test("changes() reaches who waits before any timer", async () => {
  await using stage = await Stage.set();
  const log: string[] = [];
  const timers = Promise.withResolvers<void>();
  stage.pbx.addEventListener("channel-started", () => {
    log.push("listener");
    setTimeout(() => {
      log.push("timer");
      timers.resolve();
    }, 0);
  });
  const reading = (async () => {
    for await (const { type } of stage.pbx.changes()) {
      if (type !== "channel-started") continue;
      log.push("iterator");
      break;
    }
  })();
  stage.lists.server.emit(event("Newchannel", ALICE));
  await within(Promise.all([reading, timers.promise]));
  assertEquals(log, ["listener", "iterator", "timer"]);
});

Deno.test("changes() holds its bounds: an error, or the oldest are dropped", async () => {
  await using stage = await Stage.set();
  const { pbx } = stage;
  const strict = pbx.changes({ maxQueue: 2 });
  const lax = pbx.changes({ maxQueue: 2, overflow: "drop-oldest" });
  await stage.play(
    device("PJSIP/1", "INUSE"),
    device("PJSIP/2", "INUSE"),
    device("PJSIP/3", "INUSE"),
  );
  assertEquals([strict.queued, lax.queued, lax.dropped], [2, 2, 1]);
  await strict.next();
  await strict.next();
  await assertRejects(() => strict.next(), AmiLimitError);
  const { value } = await lax.next();
  assert(value?.type === "device-changed");
  assertEquals(value.device.name, "PJSIP/2");
  assertThrows(() => pbx.changes({ maxQueue: 0 }), RangeError);
});

Deno.test("changes() ends with its signal, and the others go on", async () => {
  await using stage = await Stage.set();
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = settled(stage.pbx.changes({ signal }).next());
  controller.abort(new RangeError("Enough"));
  assertInstanceOf(await within(waiting), RangeError);
  assertInstanceOf(
    await within(settled(stage.pbx.changes({ signal }).next())),
    RangeError,
  );
  assertEquals(await stage.play(device("PJSIP/1", "INUSE")), [
    "device-changed",
  ]);
});

// Queues

Deno.test("the figures of a queue are asked for when a caller has left it", async () => {
  await using stage = await Stage.set((lists) => {
    lists.items.QueueStatus = [
      item("QueueParams", { Queue: "support", Abandoned: 0 }),
    ];
  });
  const place = { Queue: "support", Position: 1, Count: 1 };
  const joined = await stage.play(
    event("Newchannel", ALICE),
    event("QueueCallerJoin", ALICE, place),
  );
  assertEquals(joined.at(-1), "caller-joined");
  stage.lists.items.QueueStatus = [
    item("QueueParams", { Queue: "support", Abandoned: 1 }),
  ];
  await stage.play(
    event("QueueCallerAbandon", ALICE, place),
    event("QueueCallerLeave", ALICE, place),
  );
  const { queue, before } = await stage.changes.first("queue-changed");
  assertEquals([before.abandoned, queue.abandoned], [0, 1]);
  const asked = stage.lists.server.received.findLast(({ name }) =>
    name === "QueueStatus"
  );
  assertEquals(asked?.get("Queue"), "support");
});

Deno.test("a queue that is not known is asked for when something is told of it", async () => {
  await using stage = await Stage.set();
  stage.lists.items.QueueStatus = [
    item("QueueParams", { Queue: "new" }),
    item("QueueEntry", { Queue: "new", Position: 1, Uniqueid: "1.1", Wait: 0 }),
  ];
  stage.lists.server.emit(
    event("QueueCallerJoin", ALICE, { Queue: "new", Position: 1, Count: 1 }),
  );
  const { queue } = await stage.changes.first("queue-added");
  assertEquals(queue.callers.map(({ uniqueid }) => uniqueid), ["1.1"]);
});

Deno.test("a queue that cannot be asked for is a problem, and nothing else", async () => {
  await using stage = await Stage.set((lists) => {
    lists.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  });
  stage.lists.refuse("QueueStatus");
  stage.lists.server.emit(
    event("AgentComplete", ALICE, { Queue: "support" }),
  );
  const { snapshot } = await stage.changes.first("problem");
  assertEquals(snapshot, "queues");
  assertEquals([...stage.pbx.queues.keys()], ["support"]);
  assertEquals(stage.pbx.state, "live");
});

// Whole calls

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
    event("Newchannel", ALICE, down),
    event("Newstate", ALICE),
    event("Newchannel", half("1.3", "1"), down),
    event("Newchannel", half("1.4", "2"), down),
    event(
      "LocalBridge",
      prefixed("LocalOne", half("1.3", "1")),
      prefixed("LocalTwo", half("1.4", "2")),
      { LocalOptimization: "No" },
    ),
    event("Newchannel", BOB, down),
    event("Newstate", BOB, ringing),
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
    event("Newchannel", carol, down),
    event("Newstate", carol, ringing),
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
    event("Newchannel", carol, down),
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
      event("Newchannel", member, down),
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

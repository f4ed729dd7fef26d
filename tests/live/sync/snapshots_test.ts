import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import {
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
  type DAMI,
} from "../../../mod.ts";
import type { SnapshotKind } from "../../../src/live/change.ts";
import { takeQueue, takeSnapshots } from "../../../src/live/sync/snapshots.ts";
import { settled } from "../../_faults.ts";
import { within } from "../../_waiting.ts";
import { item, leg } from "../_frames.ts";
import { ListingPbx } from "../_pbx.ts";

interface Taken {
  readonly problems: [SnapshotKind, Error][];
  readonly snapshots: Awaited<ReturnType<typeof takeSnapshots>>;
}

async function take(
  dami: DAMI,
  except: readonly SnapshotKind[] = [],
  signal = new AbortController().signal,
): Promise<Taken> {
  const problems: [SnapshotKind, Error][] = [];
  const snapshots = await within(takeSnapshots(dami, {
    except: new Set(except),
    signal,
    onProblem: (kind, error) => problems.push([kind, error]),
  }));
  return { problems, snapshots };
}

const CHANNEL = item("CoreShowChannel", leg("1.1"), { BridgeId: "" });
const UNKNOWN_COMMAND =
  "Invalid/unknown command: X. Use Action: ListCommands to show available commands.";

Deno.test("takeSnapshots() gives the items of each list, without what is around them", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.items.CoreShowChannels = [CHANNEL];
  pbx.items.BridgeList = [
    item("BridgeListItem", { BridgeUniqueid: "b1" }),
    item("BridgeListItem", { BridgeUniqueid: "b2" }),
  ];
  const { snapshots, problems } = await take(dami);
  assertEquals(problems, []);
  assertEquals(snapshots.channels?.map(({ Uniqueid }) => Uniqueid), ["1.1"]);
  assertEquals(
    snapshots.bridges?.map(({ BridgeUniqueid }) => BridgeUniqueid),
    ["b1", "b2"],
  );
  assertEquals(snapshots.parking, []);
  assertEquals(Object.keys(snapshots).toSorted(), [
    "bridges",
    "channels",
    "devices",
    "endpoints",
    "extensions",
    "parking",
    "queues",
  ]);
});

Deno.test("takeSnapshots() sends all actions at once", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  const channels = pbx.hold("CoreShowChannels");
  const taken = take(dami);
  await channels.asked;
  await within(pbx.server.next("IAXpeerlist"));
  channels.release();
  assertEquals((await taken).problems, []);
});

Deno.test("takeSnapshots() does not ask for what is left out", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  const { snapshots } = await take(dami, ["endpoints", "queues"]);
  assertEquals([snapshots.endpoints, snapshots.queues], [undefined, undefined]);
  for (
    const action of [
      "PJSIPShowEndpoints",
      "SIPpeers",
      "IAXpeerlist",
      "QueueStatus",
    ]
  ) assertEquals(pbx.count(action), 0, action);
});

Deno.test("takeSnapshots() puts the endpoints of all technologies together", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.items.PJSIPShowEndpoints = [item("EndpointList", { ObjectName: "a" })];
  pbx.items.SIPpeers = [item("PeerEntry", { ObjectName: "b" })];
  pbx.items.IAXpeerlist = [item("PeerEntry", { ObjectName: "c" })];
  const { snapshots } = await take(dami);
  assertEquals(
    snapshots.endpoints?.map(({ ObjectName }) => ObjectName).toSorted(),
    ["a", "b", "c"],
  );
});

Deno.test("takeSnapshots() reports a refusal, and returns the rest", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.items.CoreShowChannels = [CHANNEL];
  pbx.refuse("DeviceStateList");
  const { snapshots, problems } = await take(dami);
  assertEquals(problems.map(([kind]) => kind), ["devices"]);
  assertInstanceOf(problems[0]?.[1], AmiResponseError);
  assertEquals(snapshots.devices, undefined);
  assertEquals(snapshots.channels?.length, 1);
});

Deno.test("takeSnapshots() asks for Status where CoreShowChannels is refused", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.refuse("CoreShowChannels");
  pbx.server.on("Status", () => [
    { Response: "Success", EventList: "start" },
    { ...item("Status", leg("1.1")), Seconds: 3 },
    { Event: "StatusComplete", EventList: "Complete", ListItems: 1 },
  ]);
  const { snapshots, problems } = await take(dami);
  assertEquals(problems, []);
  assertEquals(snapshots.channels?.map(({ Seconds }) => Seconds), [3]);
  pbx.refuse("Status");
  assertEquals((await take(dami)).problems.map(([kind]) => kind), ["channels"]);
});

Deno.test("takeSnapshots() reports a refusal of SIP and IAX2, but not that they are not loaded", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.refuse("SIPpeers", UNKNOWN_COMMAND);
  const remove = pbx.refuse("IAXpeerlist", UNKNOWN_COMMAND);
  assertEquals((await take(dami)).problems, []);
  remove();
  pbx.refuse("IAXpeerlist");
  const { problems, snapshots } = await take(dami);
  assertEquals(problems.map(([kind]) => kind), ["endpoints"]);
  assertEquals(snapshots.endpoints, [], "those that were listed are kept");
});

Deno.test("takeSnapshots() takes an error that says that there is none for an empty list", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.refuse("PJSIPShowEndpoints", "No endpoints found");
  pbx.refuse("ExtensionStateList", "No dialplan hints are available");
  const { problems, snapshots } = await take(dami);
  assertEquals(problems, []);
  assertEquals([snapshots.endpoints, snapshots.extensions], [[], []]);
});

Deno.test("takeSnapshots() reports an answer that does not come", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect({ timeout: 100 });
  pbx.server.on("ParkedCalls", () => {});
  const { problems, snapshots } = await take(dami);
  assertEquals(problems.map(([kind]) => kind), ["parking"]);
  assertInstanceOf(problems[0]?.[1], AmiTimeoutError);
  assertEquals(snapshots.bridges, []);
});

Deno.test("takeSnapshots() rejects when the connection is lost", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  const held = pbx.hold("BridgeList");
  const taken = settled(take(dami));
  await held.asked;
  pbx.server.cut();
  assertInstanceOf(await within(taken), AmiConnectionError);
});

Deno.test("takeSnapshots() rejects with the reason of its signal", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  const held = pbx.hold("BridgeList");
  const controller = new AbortController();
  const taken = take(dami, [], controller.signal);
  await held.asked;
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => taken, RangeError, "Enough");
});

Deno.test("takeQueue() asks for one queue alone", async () => {
  await using pbx = new ListingPbx();
  await using dami = await pbx.connect();
  pbx.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  const { signal } = new AbortController();
  const items = await takeQueue(dami, "support", signal);
  assertEquals(items[0]?.Queue, "support");
  const asked = pbx.server.received.find(({ name }) => name === "QueueStatus");
  assertEquals(asked?.get("Queue"), "support");
  pbx.refuse("QueueStatus");
  const error = await settled(takeQueue(dami, "support", signal));
  assert(error instanceof AmiResponseError);
});

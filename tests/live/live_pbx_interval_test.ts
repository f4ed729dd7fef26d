import { assertEquals } from "@std/assert";
import { within } from "../_waiting.ts";
import {
  ALICE,
  BOB,
  device,
  event,
  hangup,
  type Headers,
  item,
  leave,
  listed,
  RINGING,
  room,
  talk,
} from "./_frames.ts";
import { Stage, steps } from "./_stage.ts";

Deno.test("an event during a snapshot is reported once, whether the list is older or newer", async () => {
  const begin = talk(ALICE, BOB, "b1");
  const lists: [string, Headers[], Headers[]][] = [
    ["older", [], []],
    [
      "in between",
      [listed({ ...ALICE, ...RINGING })],
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
    assertEquals(await stage.types(), ["snapshot-end"], what);
    assertEquals(stage.call.state, "talking", what);
  }
});

Deno.test("the end of a call during a snapshot is reported once, and with its cause", async () => {
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
  assertEquals(await stage.types(), ["snapshot-end"]);
  assertEquals([stage.pbx.calls.size, stage.pbx.channels.size], [0, 0]);
});

Deno.test("devices and queues that change during a snapshot are reported once", async () => {
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
  assertEquals(during, [
    "snapshot-begin",
    "device-changed",
    "member-paused",
    "figures-changed",
  ]);
  held.release();
  await within(refreshing);
  assertEquals(await stage.types(), ["snapshot-end"]);
  assertEquals(stage.pbx.devices.get("PJSIP/alice")?.state, "RINGING");
  const queue = stage.pbx.queues.get("support");
  assertEquals(queue?.members.get("PJSIP/alice")?.pausedReason, "tea");
});

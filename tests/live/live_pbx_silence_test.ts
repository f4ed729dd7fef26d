import { assert, assertEquals, assertRejects } from "@std/assert";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { until } from "../_waiting.ts";
import { ALICE, event, item, leg, listed } from "./_frames.ts";
import { ListingPbx } from "./_pbx.ts";
import { Stage } from "./_stage.ts";

const OFTEN = { checkInterval: 20 };

Deno.test("calls are shown to a user who gets no events of calls, and the problem is reported", async () => {
  await using stage = await Stage.set(() => {}, OFTEN);
  const { pbx, lists, changes } = stage;
  assertEquals(pbx.state, "live");
  lists.items.CoreShowChannels = [listed(ALICE)];
  await changes.first("call-started");
  await until(() => pbx.state === "polling");
  assert(pbx.problems.get("channels")?.message.includes("'call'"));
  assert(!pbx.problems.has("queues"));
  const { snapshot } = await changes.first("problem");
  assertEquals(snapshot, "channels");
  lists.items.CoreShowChannels = [];
  await changes.first("call-ended");
  await pbx.refresh();
  assert(pbx.problems.has("channels"), "it is still a problem");
});

Deno.test("the record of a call whose events do not come knows that it knows little", async () => {
  await using stage = await Stage.set(() => {}, OFTEN);
  const { pbx, lists, changes } = stage;
  lists.items.CoreShowChannels = [listed(ALICE)];
  await until(() => pbx.state === "polling");
  await until(() => stage.call.record.gaps.length > 1);
  lists.items.CoreShowChannels = [];
  const { record } = await changes.first("call-ended");
  assertEquals([record.disposition, record.lost], ["unknown", true]);
  assert(pbx.figures.report().incomplete.length > 0);
});

Deno.test("the record of a call is whole where only the dialplan is not heard", async () => {
  await using stage = await Stage.set(() => {}, { ...OFTEN, dialplan: true });
  const { pbx, lists } = stage;
  // It is listed from its beginning on, whenever the next look is.
  lists.items.CoreShowChannels = [listed(ALICE)];
  await stage.play(event("Newchannel", ALICE));
  lists.items.CoreShowChannels = [
    listed(ALICE, "", { Application: "Queue" }),
  ];
  await until(() => pbx.problems.has("channels"));
  const asked = lists.count("CoreShowChannels");
  await until(() => lists.count("CoreShowChannels") > asked + 2);
  assertEquals(stage.call.record.gaps, []);
});

Deno.test("queues and endpoints are shown without their events, too", async () => {
  const member = (Paused: number) => [
    item("QueueParams", { Queue: "support" }),
    item("QueueMember", {
      Queue: "support",
      Name: "Alice",
      Location: "PJSIP/alice",
      Paused,
    }),
  ];
  const endpoint = (Contacts: string) => [
    item("EndpointList", { ObjectName: "alice", Contacts }),
  ];
  await using stage = await Stage.set((lists) => {
    lists.items.QueueStatus = member(0);
    lists.items.PJSIPShowEndpoints = endpoint("");
  }, OFTEN);
  const { pbx, lists } = stage;
  lists.items.QueueStatus = member(1);
  lists.items.PJSIPShowEndpoints = endpoint("alice/sip:alice@192.0.2.1,");
  await until(() =>
    pbx.problems.has("queues") && pbx.problems.has("endpoints")
  );
  assertEquals(pbx.state, "polling");
  const queue = pbx.queues.get("support");
  assertEquals(queue?.members.get("PJSIP/alice")?.isPaused, true);
});

Deno.test("the application of a channel is shown without events of the dialplan", async () => {
  await using stage = await Stage.set(() => {}, { ...OFTEN, dialplan: true });
  // It is listed from its beginning on, whenever the next look is.
  stage.lists.items.CoreShowChannels = [listed(ALICE)];
  await stage.play(event("Newchannel", ALICE));
  stage.lists.items.CoreShowChannels = [
    listed(ALICE, "", { Application: "Queue" }),
  ];
  await until(() => stage.pbx.state === "polling");
  assert(stage.pbx.problems.get("channels")?.message.includes("'dialplan'"));
  assertEquals(stage.pbx.channels.get("1.1")?.application, "Queue");
});

Deno.test("a class of which an event has come is asked for no more", async () => {
  await using stage = await Stage.set(() => {}, OFTEN);
  const { lists } = stage;
  await stage.play(
    event("Newchannel", ALICE),
    { ...event("QueueMemberAdded", { Queue: "x" }), Privilege: "agent,all" },
    { ...event("Reload", { Module: "x" }), Privilege: "system,all" },
  );
  await stage.changes.first("snapshot-end");
  // A look that was under way is over by then.
  assertEquals(await stage.dami.ping(), true);
  const asked = lists.server.received.length;
  const begin = performance.now();
  await until(() => performance.now() > begin + 100);
  assertEquals(lists.server.received.length, asked);
  assertEquals(stage.pbx.state, "live");
});

Deno.test("a difference that an event reports a moment later is no problem", async () => {
  await using stage = await Stage.set(() => {}, OFTEN);
  const { pbx, lists, changes } = stage;
  lists.items.CoreShowChannels = [listed(ALICE)];
  await changes.first("call-started");
  await stage.play(event("Newchannel", ALICE));
  const begin = performance.now();
  await until(() => performance.now() > begin + 1_200);
  assertEquals([pbx.state, pbx.problems.size], ["live", 0]);
});

Deno.test("events that come after all end the problem", async () => {
  await using stage = await Stage.set(() => {}, OFTEN);
  const { pbx, lists } = stage;
  lists.items.CoreShowChannels = [listed(ALICE)];
  await until(() => pbx.state === "polling");
  lists.items.CoreShowChannels = [listed(ALICE), listed(leg("2.1"))];
  await stage.play(event("Newchannel", leg("2.1")));
  await until(() => pbx.state === "live");
  assertEquals(pbx.problems.size, 0);
});

Deno.test("the option 'checkInterval' is checked", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  for (const checkInterval of [0, -1, NaN, 2 ** 31]) {
    await assertRejects(
      () => LivePbx.start(dami, { checkInterval }),
      RangeError,
      "checkInterval",
    );
  }
  using pbx = await LivePbx.start(dami, { checkInterval: Infinity });
  assertEquals(pbx.state, "live");
});

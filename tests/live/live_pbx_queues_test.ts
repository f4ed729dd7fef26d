import { until } from "../_waiting.ts";
import { assertEquals } from "@std/assert";
import { ALICE, event, hangup, item, leg } from "./_frames.ts";
import { Stage } from "./_stage.ts";

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
  assertEquals(joined.slice(-2), ["caller-joined", "figures-changed"]);
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

Deno.test("a queue that is not known is asked for when something is reported of it", async () => {
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

/** A queue with one caller, followed. */
async function waiting(): Promise<Stage> {
  const stage = await Stage.set((lists) => {
    lists.items.QueueStatus = [item("QueueParams", { Queue: "support" })];
  });
  await stage.play(
    event("Newchannel", ALICE),
    event("QueueCallerJoin", ALICE, PLACE),
  );
  return stage;
}

/** A member who could be rung joins the queue. */
const FREE = event("QueueMemberAdded", {
  Queue: "support",
  MemberName: "Bob",
  Interface: "PJSIP/bob",
  StateInterface: "PJSIP/bob",
  Status: 1,
  Paused: 0,
});

const PLACE = { Queue: "support", Position: 1, Count: 1 };

Deno.test("the cause of a caller who hung up in a queue is not that of an agent who was busy", async () => {
  await using stage = await waiting();
  const types = await stage.play(
    event("HangupRequest", ALICE),
    event("QueueCallerAbandon", ALICE, PLACE),
    event("QueueCallerLeave", ALICE, PLACE),
    hangup(ALICE, 17),
  );
  assertEquals(types.includes("caller-left"), true);
  const { cause, causeText } = stage.ended;
  assertEquals([cause, causeText], [16, "Normal Clearing"]);
});

Deno.test("a caller whose time in the queue is over has not abandoned", async () => {
  await using stage = await waiting();
  // The variable is set a moment after the caller has left.
  const statuses = ["", "TIMEOUT"];
  stage.lists.server.on("Getvar", () => ({
    Response: "Success",
    Variable: "QUEUESTATUS",
    Value: statuses.shift() ?? "",
  }));
  stage.lists.server.emit([
    event("QueueCallerAbandon", ALICE, PLACE),
    event("QueueCallerLeave", ALICE, PLACE),
  ]);
  const { reason, abandoned, lost } = await stage.changes.first("caller-left");
  assertEquals([reason, abandoned, lost], ["timeout", false, false]);
});

Deno.test("the reason why a caller left is reported without the right to ask for it", async () => {
  await using stage = await waiting();
  stage.lists.refuse("Getvar");
  stage.lists.server.emit([
    event("QueueCallerAbandon", ALICE, PLACE),
    event("QueueCallerLeave", ALICE, PLACE),
    // A phone of a technology that does not report that it hangs up.
    event("SoftHangupRequest", ALICE),
    hangup(ALICE),
  ]);
  const { reason } = await stage.changes.first("caller-left");
  assertEquals(reason, "abandoned");
});

Deno.test("a caller who stays on the line has not abandoned, without the right to ask for the reason", async () => {
  await using stage = await waiting();
  stage.lists.refuse("Getvar");
  stage.lists.server.emit([
    FREE,
    event("QueueCallerAbandon", ALICE, PLACE),
    event("QueueCallerLeave", ALICE, PLACE),
  ]);
  const { reason, abandoned } = await stage.changes.first("caller-left");
  assertEquals([reason, abandoned], ["timeout", false]);
});

Deno.test("a caller whose time is over has not abandoned, though the channel is gone before the reason is asked for", async () => {
  await using stage = await waiting();
  stage.lists.server.on("Getvar", () => ({
    Response: "Error",
    Message: "No such channel",
  }));
  const next = { ...ALICE, Priority: 2 };
  stage.lists.server.emit([
    FREE,
    event("QueueCallerAbandon", ALICE, PLACE),
    event("QueueCallerLeave", ALICE, PLACE),
  ]);
  stage.lists.server.emit([event("SoftHangupRequest", next), hangup(next)]);
  const { reason, abandoned } = await stage.changes.first("caller-left");
  assertEquals([reason, abandoned], ["timeout", false]);
});

Deno.test("a caller who was transferred into a queue waits in place of who joined it", async () => {
  await using stage = await waiting();
  const customer = leg("7.1", { CallerIDNum: 5550100 });
  stage.lists.items.QueueStatus = [
    item("QueueParams", { Queue: "support" }),
    item("QueueEntry", {
      Queue: "support",
      Position: 1,
      Channel: "PJSIP/7.1",
      Uniqueid: "7.1",
      CallerIDNum: 5550100,
      CallerIDName: "Customer",
      Wait: 5,
    }),
  ];
  await stage.play(event("Newchannel", customer), hangup(ALICE));
  await until(() =>
    stage.pbx.queues.get("support")?.callers[0]?.uniqueid === "7.1"
  );
  assertEquals(stage.pbx.queues.get("support")?.callers.length, 1);
  await stage.types();
  const types = await stage.play(
    event("HangupRequest", customer),
    event("QueueCallerAbandon", customer, PLACE),
    event("QueueCallerLeave", customer, PLACE),
  );
  assertEquals(types, ["caller-left", "figures-changed"]);
});

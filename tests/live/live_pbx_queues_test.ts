import { assertEquals } from "@std/assert";
import { ALICE, event, item } from "./_frames.ts";
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

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  callersOf,
  figuresOf,
  hasSameFigures,
  membersOf,
  queuesOf,
} from "../../../src/live/records/queue.ts";
import { AT, captured, context, type Headers, item } from "../_frames.ts";

const PARAMS: Headers = {
  Queue: "support",
  Max: 10,
  Strategy: "ringall",
  Calls: 2,
  Holdtime: 11,
  TalkTime: 22,
  Completed: 3,
  Abandoned: 4,
  ServiceLevel: 60,
  ServicelevelPerf: "33.3",
  ServicelevelPerf2: "66.7",
  Weight: 5,
};

const params = (Queue = "support") => item("QueueParams", { ...PARAMS, Queue });

const member = (Queue: string, Location: string) =>
  item("QueueMember", { Queue, Name: Location, Location, Status: 1 });

const entry = (Queue: string, Uniqueid: string, Position: number) =>
  item("QueueEntry", { Queue, Uniqueid, Position, Channel: "x", Wait: 1 });

Deno.test("queuesOf() puts together what belongs to each queue", () => {
  const queues = queuesOf([
    params("one"),
    member("one", "PJSIP/1"),
    entry("one", "1.1", 1),
    params("two"),
    member("two", "PJSIP/2"),
    member("two", "PJSIP/1"),
    item("QueueStatusComplete", { EventList: "Complete" }),
  ]);
  assertEquals(
    [...queues].map(([name, { figures, members, callers }]) => [
      name,
      figures.Queue,
      members.map(({ Location }) => Location),
      callers.map(({ Uniqueid }) => Uniqueid),
    ]),
    [
      ["one", "one", ["PJSIP/1"], ["1.1"]],
      ["two", "two", ["PJSIP/2", "PJSIP/1"], []],
    ],
  );
});

Deno.test("queuesOf() takes no member of a queue that is not there", () => {
  assertEquals(queuesOf([member("one", "PJSIP/1")]).size, 0);
});

Deno.test("queuesOf() and figuresOf() read what Asterisk answered", async () => {
  const frames = await captured("lists-16");
  const queues = queuesOf(frames.filter(({ ActionID }) => ActionID === 6));
  assertEquals([...queues.keys()], ["support", "sales"]);
  const support = queues.get("support");
  assertEquals(support?.members.length, 2);
  assertEquals(
    figuresOf(support?.figures ?? {}, context()).strategy,
    "ringall",
  );
  assertEquals(figuresOf(support?.figures ?? {}, context()).max, 0);
});

Deno.test("figuresOf() reads every figure, and 0 for what is missing", () => {
  assertEquals(figuresOf(params(), context()), {
    strategy: "ringall",
    max: 10,
    weight: 5,
    holdTime: 11,
    talkTime: 22,
    completed: 3,
    abandoned: 4,
    serviceLevel: 60,
    serviceLevelPerf: 33.3,
    serviceLevelPerf2: 66.7,
  });
  assertEquals(figuresOf({}, context()).holdTime, 0);
});

Deno.test("hasSameFigures() sees a difference in each figure", () => {
  assertEquals(
    hasSameFigures(
      figuresOf(params(), context()),
      figuresOf(params(), context()),
    ),
    true,
  );
  for (const name of Object.keys(PARAMS)) {
    if (name === "Queue" || name === "Calls") continue;
    assertEquals(
      hasSameFigures(
        figuresOf(params(), context()),
        figuresOf({ ...params(), [name]: "77" }, context()),
      ),
      false,
      name,
    );
  }
});

Deno.test("membersOf() goes by the interface, and keeps the records of which nothing is new", () => {
  const snapshot = {
    figures: params(),
    members: [member("support", "PJSIP/1"), member("support", "PJSIP/2")],
    callers: [],
  };
  const members = membersOf(snapshot, undefined, context());
  assertEquals([...members.keys()], ["PJSIP/1", "PJSIP/2"]);
  const again = membersOf(snapshot, members, context());
  for (const [key, record] of members) {
    assertStrictEquals(again.get(key), record);
  }
});

Deno.test("callersOf() goes by the position, and keeps the records of which nothing is new", () => {
  const snapshot = {
    figures: params(),
    members: [],
    callers: [entry("support", "2.1", 2), entry("support", "1.1", 1)],
  };
  const callers = callersOf(snapshot, [], context(AT));
  assertEquals(callers.map(({ uniqueid }) => uniqueid), ["1.1", "2.1"]);
  const again = callersOf(snapshot, callers, context(AT + 5_000));
  assertEquals(again.every((each, index) => each === callers[index]), true);
});

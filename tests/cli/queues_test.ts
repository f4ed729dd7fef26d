import { assertEquals } from "@std/assert";
import { queueLines, readQueues } from "../../src/cli/queues.ts";
import { TerminalStub } from "./_plain_terminal.ts";

const NOW = 1_000_000_000_000;

const ITEMS = [
  {
    Event: "QueueParams",
    Queue: "support",
    Strategy: "ringall",
    Calls: 2,
    Completed: 7,
    Abandoned: 3,
    ServicelevelPerf: "85.5",
  },
  {
    Event: "QueueMember",
    Queue: "support",
    Name: "Alice Jones",
    Location: "PJSIP/6001",
    Status: 1,
    Paused: 0,
    PausedReason: "",
    CallsTaken: 4,
    LastCall: 999_999_900,
  },
  {
    Event: "QueueMember",
    Queue: "support",
    Name: "Bob: Smith",
    Location: "PJSIP/6002",
    Status: 1,
    Paused: 1,
    PausedReason: "lunch",
    CallsTaken: 0,
    LastCall: 0,
  },
  {
    Event: "QueueEntry",
    Queue: "support",
    Position: 2,
    Channel: "PJSIP/7-2",
    CallerIDNum: "<unknown>",
    CallerIDName: "<unknown>",
    Wait: 5,
  },
  {
    Event: "QueueEntry",
    Queue: "support",
    Position: 1,
    Channel: "PJSIP/7-1",
    CallerIDNum: "0123",
    CallerIDName: "Zoë",
    Wait: 65,
  },
  { Event: "QueueParams", Queue: "sales", Strategy: "rrmemory" },
];

Deno.test("readQueues() puts members and callers to their queues", () => {
  const [sales, support] = readQueues(ITEMS);
  assertEquals(sales, {
    name: "sales",
    strategy: "rrmemory",
    completed: 0,
    abandoned: 0,
    serviceLevel: 0,
    members: [],
    callers: [],
  });
  assertEquals(
    support?.members.map(({ state, isPaused }) => [state, isPaused]),
    [
      ["Not in use", false],
      ["Not in use", true],
    ],
  );
  assertEquals(support?.callers, [
    { caller: "Zoë <0123>", channel: "PJSIP/7-1", wait: 65 },
    { caller: "PJSIP/7-2", channel: "PJSIP/7-2", wait: 5 },
  ]);
});

Deno.test("queueLines() shows queues, members and who waits", () => {
  assertEquals(queueLines(readQueues(ITEMS), new TerminalStub(), NOW), [
    "Queue    Strategy  Waiting  Longest    Free  Completed  Abandoned  In time",
    "sales    rrmemory        0           0 of 0          0          0      0 %",
    "support  ringall         2     1:05  1 of 2          7          3   85.5 %",
    "",
    "Queue    Member       Interface   State       Paused         Calls  Last call",
    "support  Alice Jones  PJSIP/6001  Not in use                     4   1:40 ago",
    "support  Bob: Smith   PJSIP/6002  Not in use  paused: lunch      0",
    "",
    "Queue    Position  Caller      Wait  Channel",
    "support         1  Zoë <0123>  1:05  PJSIP/7-1",
    "support         2  PJSIP/7-2   0:05  PJSIP/7-2",
  ]);
  assertEquals(queueLines([], new TerminalStub(), NOW), []);
});

import { assertEquals } from "@std/assert";
import {
  liveQueues,
  queueLines,
  readQueues,
} from "../../../src/cli/commands/queues.ts";
import type { QueueMember } from "../../../src/live/live_pbx.ts";
import { TerminalStub } from "../_plain_terminal.ts";

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

function member(more: Partial<QueueMember>): QueueMember {
  return {
    queue: "support",
    interface: "PJSIP/6001",
    name: "Alice Jones",
    stateInterface: "PJSIP/6001",
    membership: "static",
    penalty: 0,
    callsTaken: 4,
    lastCallAt: 999_999_900_000,
    lastPauseAt: undefined,
    loginAt: undefined,
    isInCall: false,
    state: "NOT_INUSE",
    isPaused: false,
    pausedReason: "",
    wrapupTime: 0,
    ...more,
  };
}

Deno.test("liveQueues() gives what readQueues() gives", () => {
  const figures = {
    max: 0,
    weight: 0,
    holdTime: 0,
    talkTime: 0,
    completed: 0,
    abandoned: 0,
    serviceLevel: 0,
    serviceLevelPerf: 0,
    serviceLevelPerf2: 0,
  };
  const caller = { queue: "support", callerIdNum: "", callerIdName: "" };
  const bob = member({
    interface: "PJSIP/6002",
    name: "Bob: Smith",
    isPaused: true,
    pausedReason: "lunch",
    callsTaken: 0,
    lastCallAt: undefined,
  });
  const queues = liveQueues([
    {
      ...figures,
      name: "support",
      strategy: "ringall",
      completed: 7,
      abandoned: 3,
      serviceLevelPerf: 85.5,
      members: new Map([["PJSIP/6001", member({})], ["PJSIP/6002", bob]]),
      callers: [
        {
          ...caller,
          uniqueid: "1",
          channel: "PJSIP/7-1",
          callerIdNum: "0123",
          callerIdName: "Zoë",
          position: 1,
          joinedAt: NOW - 65_900,
        },
        {
          ...caller,
          uniqueid: "2",
          channel: "PJSIP/7-2",
          position: 2,
          joinedAt: NOW - 5_000,
        },
      ],
    },
    {
      ...figures,
      name: "sales",
      strategy: "rrmemory",
      members: new Map(),
      callers: [],
    },
  ], NOW);
  assertEquals(queues, readQueues(ITEMS));
});

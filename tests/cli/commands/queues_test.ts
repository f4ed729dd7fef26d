import { assertEquals } from "@std/assert";
import { queueLines, shownQueues } from "../../../src/cli/commands/queues.ts";
import type { Queue, QueueMember } from "../../../src/live/live_pbx.ts";
import { idleMember } from "../../live/_members.ts";
import { TerminalStub } from "../_plain_terminal.ts";

const NOW = 1_000_000_000_000;

function member(more: Partial<QueueMember>): QueueMember {
  return idleMember({
    queue: "support",
    interface: "PJSIP/6001",
    name: "Alice Jones",
    stateInterface: "PJSIP/6001",
    membership: "static",
    callsTaken: 4,
    lastCallAt: 999_999_900_000,
    ...more,
  });
}

const FIGURES = {
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
const CALLER = { queue: "support", callerIdNum: "", callerIdName: "" };
const BOB = member({
  interface: "PJSIP/6002",
  name: "Bob: Smith",
  isPaused: true,
  pausedReason: "lunch",
  callsTaken: 0,
  lastCallAt: undefined,
});
const QUEUES: readonly Queue[] = [
  {
    ...FIGURES,
    name: "support",
    strategy: "ringall",
    completed: 7,
    abandoned: 3,
    serviceLevelPerf: 85.5,
    members: new Map([["PJSIP/6001", member({})], ["PJSIP/6002", BOB]]),
    callers: [
      {
        ...CALLER,
        uniqueid: "1",
        channel: "PJSIP/7-1",
        callerIdNum: "0123",
        callerIdName: "Zoë",
        position: 1,
        joinedAt: NOW - 65_900,
      },
      {
        ...CALLER,
        uniqueid: "2",
        channel: "PJSIP/7-2",
        position: 2,
        joinedAt: NOW - 5_000,
      },
    ],
  },
  {
    ...FIGURES,
    name: "sales",
    strategy: "rrmemory",
    members: new Map(),
    callers: [],
  },
];

Deno.test("shownQueues() has the queues by name, with members and callers", () => {
  const [sales, support] = shownQueues(QUEUES, NOW);
  assertEquals(sales, {
    name: "sales",
    strategy: "rrmemory",
    completed: 0,
    abandoned: 0,
    serviceLevel: 0,
    members: [],
    callers: [],
  });
  assertEquals(support, {
    name: "support",
    strategy: "ringall",
    completed: 7,
    abandoned: 3,
    serviceLevel: 85.5,
    members: [
      {
        name: "Alice Jones",
        interface: "PJSIP/6001",
        state: "Not in use",
        isPaused: false,
        pausedReason: "",
        callsTaken: 4,
        lastCall: 999_999_900,
      },
      {
        name: "Bob: Smith",
        interface: "PJSIP/6002",
        state: "Not in use",
        isPaused: true,
        pausedReason: "lunch",
        callsTaken: 0,
        lastCall: 0,
      },
    ],
    callers: [
      { caller: "Zoë <0123>", channel: "PJSIP/7-1", wait: 65 },
      { caller: "PJSIP/7-2", channel: "PJSIP/7-2", wait: 5 },
    ],
  });
});

Deno.test("queueLines() shows queues, members and callers, and no share where nothing was measured", () => {
  assertEquals(queueLines(shownQueues(QUEUES, NOW), new TerminalStub(), NOW), [
    "Queue    Strategy  Waiting  Longest    Free  Completed  Abandoned  In time",
    "sales    rrmemory        0           0 of 0          0          0",
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

Deno.test("queueLines() leaves columns out at 80 and 60 columns, and cuts no name", () => {
  const shown = (width: number) =>
    queueLines(shownQueues(QUEUES, NOW), new TerminalStub(width), NOW);
  assertEquals(shown(80)[2], shown(Infinity)[2]);
  assertEquals(shown(60), [
    "Queue    Waiting  Longest    Free  Completed  Abandoned",
    "sales          0           0 of 0          0          0",
    "support        2     1:05  1 of 2          7          3",
    "",
    "Queue    Member       State       Paused         Calls",
    "support  Alice Jones  Not in use                     4",
    "support  Bob: Smith   Not in use  paused: lunch      0",
    "",
    "Queue    Position  Caller      Wait  Channel",
    "support         1  Zoë <0123>  1:05  PJSIP/7-1",
    "support         2  PJSIP/7-2   0:05  PJSIP/7-2",
  ]);
});

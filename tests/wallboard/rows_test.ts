import type {
  Call,
  Channel,
  FiguresReport,
  Queue,
  QueueCaller,
  QueueMember,
} from "@dami/dami/live";
import { assertEquals } from "@std/assert";
import { FigureBook } from "../../src/live/figures/figure_book.ts";
import { countAnswer } from "../../src/live/figures/queue_report.ts";
import { newRecord } from "../../src/live/records/growing_record.ts";
import { agentRows } from "../../examples/wallboard/agent_rows.ts";
import { callRows, MAX_CALLS } from "../../examples/wallboard/call_rows.ts";
import { queueRows } from "../../examples/wallboard/queue_rows.ts";
import { idleMember } from "../live/_members.ts";

function channel(name: string, fields: Partial<Channel> = {}): Channel {
  return {
    uniqueid: name,
    linkedid: name,
    name,
    device: name.replace(/-[^-]*$/, ""),
    state: "Up",
    callerIdNum: "",
    callerIdName: "",
    connectedLineNum: "",
    connectedLineName: "",
    accountCode: "",
    language: "en",
    context: "default",
    exten: "s",
    priority: 1,
    application: "",
    applicationData: "",
    bridgeId: "",
    createdAt: 1_000,
    answeredAt: 2_000,
    heldSince: undefined,
    parking: undefined,
    ...fields,
  };
}

function call(
  id: string,
  parties: readonly Channel[],
  fields: Partial<Call> = {},
): Call {
  return {
    id,
    state: "up",
    parties,
    talks: [],
    transfers: [],
    channels: parties.map(({ uniqueid }) => uniqueid),
    startedAt: 1_000,
    answeredAt: undefined,
    connectedAt: undefined,
    cause: 0,
    causeText: "",
    record: newRecord(id),
    ...fields,
  };
}

function member(
  name: string,
  fields: Partial<QueueMember> = {},
): QueueMember {
  return idleMember({
    queue: "support",
    interface: `PJSIP/${name}`,
    name,
    stateInterface: `PJSIP/${name}`,
    membership: "static",
    ...fields,
  });
}

function caller(uniqueid: string, joinedAt: number): QueueCaller {
  return {
    queue: "support",
    uniqueid,
    channel: uniqueid,
    callerIdNum: "",
    callerIdName: "",
    position: 1,
    joinedAt,
  };
}

function queue(
  name: string,
  members: readonly QueueMember[] = [],
  callers: readonly QueueCaller[] = [],
): Queue {
  return {
    name,
    members: new Map(members.map((each) => [each.interface, each])),
    callers,
    strategy: "ringall",
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
}

const NOW = 1_000_000;

/** Figures of a caller who was lost in each queue in the present minute, and of one who was answered, after so many seconds. */
function figures(...queues: [name: string, wait?: number][]): FiguresReport {
  const book = new FigureBook({ timeZone: "UTC", saved: undefined, now: NOW });
  for (const [name, wait] of queues) {
    const { minutes } = book.countQueue(name, NOW, (counts) => {
      counts.abandoned++;
      if (wait !== undefined) countAnswer(counts, wait * 1_000, true);
    });
    const minute = minutes.of(NOW);
    minute.abandoned++;
    if (wait !== undefined) minute.answered++;
  }
  return book.report(NOW);
}

function pbx(
  queues: readonly Queue[],
  calls: readonly Call[] = [],
  channels: readonly Channel[] = [],
  counted = figures(),
) {
  return {
    name: "pbx",
    figures: counted,
    channels: new Map(channels.map((each) => [each.uniqueid, each])),
    queues: new Map(queues.map((each) => [each.name, each])),
    calls: new Map(calls.map((each) => [each.id, each])),
  };
}

const nowhere = () => undefined;

Deno.test("callRows() shows who talks to whom since when, the newest first", () => {
  const ann = channel("PJSIP/6001-1", {
    callerIdName: "Ann",
    callerIdNum: "6001",
  });
  const bob = channel("PJSIP/6002-2", { callerIdNum: "6002" });
  const talks = [{ parties: [ann.uniqueid, bob.uniqueid], since: 5_000 }];
  const rows = callRows([pbx([], [
    call("1", [ann, bob], { state: "talking", talks }),
    call("2", [channel("PJSIP/6-03-3", { exten: "*97" })], {
      startedAt: 2_000,
      answeredAt: 3_000,
    }),
    call("3", [], { startedAt: 3_000, state: "dialing" }),
  ])], nowhere);
  const nobody = { name: "", number: "" };
  assertEquals(rows, [
    {
      key: "pbx/1",
      pbx: "pbx",
      from: { name: "Ann", number: "6001" },
      to: { name: "", number: "6002" },
      state: "talking",
      since: 5_000,
      queue: "",
    },
    {
      key: "pbx/3",
      pbx: "pbx",
      from: nobody,
      to: nobody,
      state: "dialing",
      since: 3_000,
      queue: "",
    },
    {
      key: "pbx/2",
      pbx: "pbx",
      from: { name: "", number: "PJSIP/6-03" },
      to: { name: "", number: "*97" },
      state: "up",
      since: 3_000,
      queue: "",
    },
  ]);
});

Deno.test("callRows() shows those who wait first, with their queue, also while an agent is rung", () => {
  const ann = channel("PJSIP/trunk-1", { callerIdNum: "1" });
  const zoe = channel("PJSIP/trunk-3", { callerIdNum: "3" });
  const agent = channel("PJSIP/6101-2", { state: "Ringing" });
  const waiting = pbx(
    [queue("support", [], [
      caller(ann.uniqueid, 4_000),
      caller(zoe.uniqueid, 3_000),
    ])],
    [
      call("0", [channel("PJSIP/6001-9")], { answeredAt: 9_000 }),
      call("1", [ann, agent], { state: "ringing" }),
      call("2", [zoe]),
    ],
  );
  const rows = callRows([waiting], nowhere);
  assertEquals(
    rows.map(({ from, to, state, since, queue }) => [
      from.number,
      to.name,
      state,
      since,
      queue,
    ]),
    [
      ["3", "support", "waiting", 3_000, "pbx/support"],
      ["1", "support", "waiting", 4_000, "pbx/support"],
      ["PJSIP/6001", "", "up", 9_000, ""],
    ],
  );
});

Deno.test("callRows() names the agent, and the queue that a call came by", () => {
  const ann = channel("PJSIP/trunk-1", { callerIdNum: "1" });
  const agent = channel("PJSIP/6101-2", { callerIdNum: "6101" });
  const talks = [{ parties: [ann.uniqueid, agent.uniqueid], since: 5_000 }];
  const [row] = callRows([
    pbx(
      [queue("support", [member("6101", { name: "Alice Jones" })])],
      [call("1", [ann, agent], { state: "talking", talks })],
    ),
  ], (key) => key === "pbx/PJSIP/trunk-1" ? "support" : undefined);
  assertEquals(row?.to, { name: "Alice Jones", number: "6101" });
  assertEquals(row?.queue, "pbx/support");
});

Deno.test("callRows() shows a call among Local channels alone", () => {
  const halves = [";1", ";2"].map((half) =>
    channel(`Local/hold@tests-00000001${half}`, { callerIdNum: "100" })
  );
  const [one = channel("")] = halves;
  const ids = halves.map(({ uniqueid }) => uniqueid);
  const local = call("1", [], { channels: ids });
  const [row] = callRows([pbx([], [local], halves)], nowhere);
  assertEquals([row?.from.number, row?.to.number, row?.state], [
    "100",
    "s",
    "up",
  ]);
  const queues = [queue("support", [], [caller(one.uniqueid, 4_000)])];
  const [waiting] = callRows([pbx(queues, [local], halves)], nowhere);
  assertEquals([waiting?.to.name, waiting?.state], ["support", "waiting"]);
});

Deno.test("callRows() counts a talk that was there before from its beginning", () => {
  const parties = ["PJSIP/6001-1", "PJSIP/6002-2"].map((name) =>
    channel(name, { answeredAt: undefined })
  );
  const talks = [{
    parties: parties.map(({ uniqueid }) => uniqueid),
    since: 9,
  }];
  const [row] = callRows([
    pbx([], [call("1", parties, { state: "talking", talks, startedAt: 3 })]),
  ], nowhere);
  assertEquals(row?.since, 3);
});

Deno.test("callRows() is bounded", () => {
  const calls = Array.from({ length: 800 }, (_, index) => call(`${index}`, []));
  assertEquals(callRows([pbx([], calls)], nowhere).length, MAX_CALLS);
});

Deno.test("queueRows() counts callers, agents and the day of each queue", () => {
  const members = [
    member("1"),
    member("2", { state: "UNKNOWN" }),
    member("3", { isPaused: true }),
    member("4", { state: "INUSE" }),
    member("5", { state: "RINGING" }),
    member("6", { state: "UNAVAILABLE" }),
    member("7", { isInCall: true }),
    member("8", { state: "INUSE", isPaused: true }),
  ];
  const callers = [caller("b", 5_000), caller("c", 6_000)];
  const queues = [queue("q9", members, callers)];
  const [row] = queueRows([pbx(queues, [], [], figures(["q9", 7]))]);
  assertEquals(row, {
    key: "pbx/q9",
    pbx: "pbx",
    name: "q9",
    waiting: 2,
    longestSince: 5_000,
    agents: 8,
    free: 2,
    present: 5,
    answered: 1,
    lost: 1,
    waits: [[7, 1]],
    hour: [[16, 1, 1]],
  });
});

Deno.test("queueRows() keeps a queue that is gone, so that the rows add up to the day", () => {
  const counted = figures(["support"], ["gone"]);
  const rows = queueRows([
    pbx([queue("support"), queue("new")], [], [], counted),
  ]);
  assertEquals(rows.map(({ name, lost, agents }) => [name, lost, agents]), [
    ["support", 1, 0],
    ["gone", 1, 0],
    ["new", 0, 0],
  ]);
});

Deno.test("agentRows() shows each agent once, with the state and since when", () => {
  const talking = channel("PJSIP/4-0001");
  const ringing = channel("PJSIP/5-0002", { state: "Ringing", createdAt: 6 });
  const talks = [{ parties: ["x", talking.uniqueid], since: 8 }];
  const members = [
    member("1", { lastCallAt: 3, loginAt: 1 }),
    member("3", { isPaused: true, pausedReason: "Lunch", lastPauseAt: 4 }),
    member("4", { state: "INUSE", isPaused: true }),
    member("5", { state: "RINGING" }),
    member("6", { state: "UNAVAILABLE" }),
  ];
  const rows = agentRows([
    pbx([
      queue("support", members),
      queue("sales", [
        member("1", { queue: "sales", loginAt: 2, lastCallAt: 5 }),
      ]),
    ], [
      call("1", [channel("x"), talking], { state: "talking", talks }),
      call("2", [ringing]),
    ]),
  ]);
  assertEquals(
    rows.map(({ name, state, reason, isPaused, since, queues }) => [
      name,
      state,
      reason,
      isPaused,
      since,
      queues.length,
    ]),
    [
      ["1", "free", "", false, 5, 2],
      ["3", "paused", "Lunch", true, 4, 1],
      ["4", "talking", "", true, 8, 1],
      ["5", "ringing", "", false, 6, 1],
      ["6", "away", "", false, null, 1],
    ],
  );
});

Deno.test("agentRows() tells agents of one name apart by their number", () => {
  const named = (name: string, location: string) =>
    member(location, { name, interface: location });
  const rows = agentRows([
    pbx([queue("support", [
      named("Alice", "PJSIP/6101"),
      named("Bob", "PJSIP/6102"),
      named("Alice", "PJSIP/6103"),
      named("Zoe", "PJSIP/6104"),
      named("Zoe", "SIP/6104"),
    ])]),
  ]);
  assertEquals(rows.map(({ name, detail }) => [name, detail]), [
    ["Alice", "6101"],
    ["Alice", "6103"],
    ["Bob", ""],
    ["Zoe", "PJSIP/6104"],
    ["Zoe", "SIP/6104"],
  ]);
  // Namesakes in two PBXs are told apart by these.
  const one = pbx([queue("support", [named("Alice", "PJSIP/6101")])]);
  const two = agentRows([one, { ...one, name: "other" }]);
  assertEquals(two.map(({ detail }) => detail), ["", ""]);
});

import type {
  Call,
  Channel,
  Queue,
  QueueCaller,
  QueueMember,
} from "@dami/dami/live";
import { assertEquals } from "@std/assert";
import { agentsOf, callsOf, queuesOf } from "../../examples/wallboard/board.ts";
import { newRecord } from "../../src/live/records/growing_record.ts";

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
  return {
    queue: "support",
    interface: `PJSIP/${name}`,
    name,
    stateInterface: `PJSIP/${name}`,
    membership: "static",
    penalty: 0,
    callsTaken: 0,
    lastCallAt: undefined,
    lastPauseAt: undefined,
    loginAt: undefined,
    isInCall: false,
    state: "NOT_INUSE",
    isPaused: false,
    pausedReason: "",
    wrapupTime: 0,
    ...fields,
  };
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

function pbx(
  queues: readonly Queue[],
  calls: readonly Call[] = [],
  channels: readonly Channel[] = [],
) {
  return {
    channels: new Map(channels.map((each) => [each.uniqueid, each])),
    queues: new Map(queues.map((each) => [each.name, each])),
    calls: new Map(calls.map((each) => [each.id, each])),
  };
}

const none = () => ({ answered: 0, lost: 0 });

Deno.test("callsOf() shows who talks to whom since when, the newest first", () => {
  const ann = channel("PJSIP/6001-1", { callerIdName: "Ann" });
  const bob = channel("PJSIP/6002-2", { callerIdNum: "6002" });
  const talks = [{ parties: [ann.uniqueid, bob.uniqueid], since: 5_000 }];
  const shown = callsOf(pbx([], [
    call("1", [ann, bob], { state: "talking", talks }),
    call("2", [channel("PJSIP/6-03-3", { exten: "*97" })], {
      startedAt: 2_000,
      answeredAt: 3_000,
    }),
    call("3", [], { startedAt: 3_000, state: "dialing" }),
  ]));
  assertEquals(shown, {
    total: 3,
    talking: 1,
    rows: [
      { id: "3", from: "", to: "", state: "dialing", since: 3_000 },
      { id: "2", from: "PJSIP/6-03", to: "*97", state: "up", since: 3_000 },
      { id: "1", from: "Ann", to: "6002", state: "talking", since: 5_000 },
    ],
  });
});

Deno.test("callsOf() shows those who wait with their queue, also while an agent is rung", () => {
  const ann = channel("PJSIP/trunk-1", { callerIdNum: "1" });
  const agent = channel("PJSIP/6101-2", { state: "Ringing" });
  const waiting = pbx(
    [queue("support", [], [caller(ann.uniqueid, 4_000)])],
    [call("1", [ann, agent], { state: "ringing" })],
  );
  assertEquals(callsOf(waiting).rows, [
    { id: "1", from: "1", to: "support", state: "waiting", since: 4_000 },
  ]);
});

Deno.test("callsOf() shows a call among Local channels alone", () => {
  const halves = [";1", ";2"].map((half) =>
    channel(`Local/hold@tests-00000001${half}`, { callerIdNum: "100" })
  );
  const [one = channel("")] = halves;
  const ids = halves.map(({ uniqueid }) => uniqueid);
  const local = call("1", [], { channels: ids });
  const [row] = callsOf(pbx([], [local], halves)).rows;
  assertEquals([row?.from, row?.to, row?.state], ["100", "s", "up"]);
  const queues = [queue("support", [], [caller(one.uniqueid, 4_000)])];
  assertEquals(callsOf(pbx(queues, [local], halves)).rows, [
    { id: "1", from: "100", to: "support", state: "waiting", since: 4_000 },
  ]);
});

Deno.test("callsOf() counts a talk that was there before from its beginning", () => {
  const parties = ["PJSIP/6001-1", "PJSIP/6002-2"].map((name) =>
    channel(name, { answeredAt: undefined })
  );
  const talks = [{
    parties: parties.map(({ uniqueid }) => uniqueid),
    since: 9,
  }];
  const [row] = callsOf(pbx([], [
    call("1", parties, { state: "talking", talks, startedAt: 3 }),
  ])).rows;
  assertEquals(row?.since, 3);
});

Deno.test("callsOf(), queuesOf() and agentsOf() are bounded, and tell how many there are", () => {
  const members = Array.from({ length: 50 }, (_, index) => member(`${index}`));
  const queues = Array.from(
    { length: 30 },
    (_, index) => queue(`q${index}`, members),
  );
  const calls = Array.from({ length: 80 }, (_, index) => call(`${index}`, []));
  const many = pbx(queues, calls);
  assertEquals(
    [callsOf(many), queuesOf(many, none), agentsOf(many)].map((
      { total, rows },
    ) => [total, rows.length]),
    [[80, 12], [30, 6], [50, 12]],
  );
});

Deno.test("queuesOf() shows them by name, or the fullest first where they are too many", () => {
  const queues = [
    queue("q10", [], [caller("a", 7_000)]),
    queue("q9", [], [caller("b", 5_000), caller("c", 6_000)]),
    queue("q1"),
  ];
  const names = (limit: number) =>
    queuesOf(pbx(queues), none, limit).rows.map(({ name }) => name);
  assertEquals(names(3), ["q1", "q9", "q10"]);
  assertEquals(names(2), ["q9", "q10"]);
  const { waiting, longestSince, rows } = queuesOf(pbx(queues), (name) => ({
    answered: name === "q9" ? 4 : 0,
    lost: 1,
  }));
  assertEquals([waiting, longestSince], [3, 5_000]);
  assertEquals(rows[1], {
    name: "q9",
    waiting: 2,
    longestSince: 5_000,
    free: 0,
    agents: 0,
    answered: 4,
    lost: 1,
  });
});

Deno.test("queuesOf() takes for free who would be rung", () => {
  const members = [
    member("1"),
    member("2", { state: "UNKNOWN" }),
    member("3", { isPaused: true }),
    member("4", { state: "INUSE" }),
    member("5", { state: "RINGING" }),
    member("6", { state: "UNAVAILABLE" }),
    member("7", { isInCall: true }),
  ];
  const [row] = queuesOf(pbx([queue("support", members)]), none).rows;
  assertEquals([row?.free, row?.agents], [2, 7]);
});

Deno.test("agentsOf() shows each agent once, with the state and since when", () => {
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
  const shown = agentsOf(pbx([
    queue("support", members),
    queue("sales", [member("1", { lastCallAt: 5 })]),
  ], [
    call("1", [channel("x"), talking], { state: "talking", talks }),
    call("2", [ringing]),
  ]));
  assertEquals(shown.total, 5);
  assertEquals(shown.states, {
    free: 1,
    ringing: 1,
    talking: 1,
    paused: 1,
    away: 1,
  });
  assertEquals(
    shown.rows.map(({ name, state, reason, isPaused, since }) => [
      name,
      state,
      reason,
      isPaused,
      since,
    ]),
    [
      ["1", "free", "", false, 5],
      ["3", "paused", "Lunch", true, 4],
      ["4", "talking", "", true, 8],
      ["5", "ringing", "", false, 6],
      ["6", "away", "", false, null],
    ],
  );
});

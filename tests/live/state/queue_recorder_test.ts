import { assert, assertEquals } from "@std/assert";
import { AT, captured, event, type Headers, prefixed } from "../_frames.ts";
import type { EndedCallRecord } from "../../../src/live/records/ended_record.ts";
import { PbxState } from "../../../src/live/state/pbx_state.ts";
import {
  answers,
  calls,
  dialEnd,
  hangup,
  joins,
  parts,
  party,
  quits,
  rings,
  Story,
} from "../_story.ts";

const ANNA = party("anna");
const BOB = party("bob");
const CAROL = party("carol");

const PLACE = { Queue: "sales", Position: 1, Count: 1 };

/** An event about the agent who is rung for Anna. */
function agent(name: string, called: Headers, more: Headers = {}): Headers {
  return event(name, ANNA, prefixed("Dest", called), {
    Queue: "sales",
    Interface: String(called.Channel).split("-")[0] ?? "",
    MemberName: String(called.CallerIDName),
    ...more,
  });
}

/** Anna waits, and Bob rings unanswered. */
function waiting(): Story {
  return new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
    .at(1, event("QueueCallerJoin", ANNA, PLACE))
    .at(2, agent("AgentCalled", BOB), ...rings(BOB, ANNA))
    .at(
      7,
      agent("AgentRingNoAnswer", BOB, { RingTime: 5_000 }),
      dialEnd(BOB, "NOANSWER", ANNA),
      hangup(BOB),
    );
}

function left(story: Story, status?: string): EndedCallRecord {
  const [caller] = story.changes.flatMap((change) =>
    change.type === "caller-joined" ? [change.caller] : []
  );
  assert(caller !== undefined);
  if (status !== undefined) {
    story.changes.push(...story.state.resolveLeave(caller, status));
  }
  return story.then(hangup(ANNA)).record;
}

Deno.test("the visit to a queue has who did not answer, and who answered when", () => {
  const { record } = waiting()
    .at(8, agent("AgentCalled", CAROL), ...rings(CAROL, ANNA))
    .at(
      11,
      ...answers(CAROL, ANNA),
      event("QueueCallerLeave", ANNA, PLACE),
      agent("AgentConnect", CAROL, { HoldTime: 10, RingTime: 3 }),
      ...joins("b", CAROL, ANNA),
    )
    .at(
      20,
      quits(ANNA),
      agent("AgentComplete", CAROL, { HoldTime: 10, TalkTime: 9 }),
      ...parts("b", ANNA, CAROL),
      hangup(CAROL),
      hangup(ANNA),
    );
  assertEquals(record.queues, [{
    queue: "sales",
    leg: "1.1",
    joinedAt: AT + 1_000,
    leftAt: AT + 11_000,
    position: 1,
    lastPosition: 1,
    outcome: "connected",
    members: [{
      interface: "PJSIP/bob",
      name: "bob",
      rings: 1,
      missed: 1,
      answered: false,
    }, {
      interface: "PJSIP/carol",
      name: "carol",
      rings: 1,
      missed: 0,
      answered: true,
    }],
    member: "PJSIP/carol",
    talkTime: 9,
  }]);
  assertEquals(record.disposition, "connected");
  assertEquals([record.waitTime, record.ringTime, record.talkTime], [
    10_000,
    8_000,
    9_000,
  ]);
});

Deno.test("a caller who hangs up in a queue has abandoned it, also while an agent rings", () => {
  const { record } = waiting()
    .at(8, agent("AgentCalled", CAROL), ...rings(CAROL, ANNA))
    .at(
      9,
      quits(ANNA),
      dialEnd(CAROL, "CANCEL", ANNA),
      hangup(CAROL),
      event("QueueCallerAbandon", ANNA, PLACE),
      event("QueueCallerLeave", ANNA, PLACE),
      hangup(ANNA),
    );
  assertEquals([record.disposition, record.endedBy], ["abandoned", "caller"]);
  assertEquals(record.queues[0]?.outcome, "abandoned");
  assertEquals(record.waitTime, 8_000);
  assertEquals(record.legs[2]?.outcome, "cancelled");
});

Deno.test("the end of a wait counts from the event, however late its reason is known", () => {
  const story = waiting().at(
    21,
    event("QueueCallerAbandon", ANNA, PLACE),
    event("QueueCallerLeave", ANNA, PLACE),
  );
  const record = left(story, "TIMEOUT");
  assertEquals(record.queues[0]?.outcome, "timeout");
  assertEquals(record.queues[0]?.leftAt, AT + 21_000);
  assertEquals(record.disposition, "no-answer");
});

Deno.test("a visit whose end cannot be asked for has no outcome, and the call none either", () => {
  const story = new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
    .at(1, event("QueueCallerJoin", ANNA, PLACE))
    .at(4, event("QueueCallerLeave", ANNA, PLACE));
  const record = left(story);
  assertEquals(record.queues[0]?.outcome, undefined);
  assertEquals(record.disposition, "unknown");
});

Deno.test("a queue that takes no caller has refused the caller, as the dialplan shows", () => {
  const at = (Priority: number, Application: string, AppData: string) => ({
    ...event("Newexten", { ...ANNA, Priority }),
    Application,
    AppData,
  });
  const asked = () =>
    new Story().at(0, ...calls(ANNA), event("Newstate", ANNA))
      .at(1, at(2, "Queue", "sales,t,,,30"));
  const outcomes = ({ queues }: EndedCallRecord) =>
    queues.map(({ queue, outcome }) => [queue, outcome]);
  const gone = asked().at(2, at(3, "Hangup", "")).at(3, hangup(ANNA)).record;
  assertEquals(outcomes(gone), [["sales", "refused"]]);
  assertEquals(gone.disposition, "no-answer");
  assertEquals(outcomes(asked().at(2, hangup(ANNA)).record), [
    ["sales", "refused"],
  ]);
  const waited = asked().at(1, event("QueueCallerJoin", ANNA, PLACE))
    .at(
      9,
      quits(ANNA),
      event("QueueCallerAbandon", ANNA, PLACE),
      event("QueueCallerLeave", ANNA, PLACE),
      hangup(ANNA),
    ).record;
  assertEquals(outcomes(waited), [["sales", "abandoned"]]);
});

Deno.test("the records of a real session match its calls", async () => {
  const state = new PbxState({
    dialplan: true,
    onStaleQueue: () => {},
    onLeft: () => {},
    onSeveralCalls: () => {},
  });
  state.sync(
    { queues: [{ Event: "QueueParams", Queue: "support" }] },
    [],
    true,
  );
  const records: EndedCallRecord[] = [];
  for (const frame of await captured("calls-22")) {
    for (const change of state.apply(String(frame.Event), frame)) {
      if (change.type === "call-ended") records.push(change.record);
    }
  }
  const told = records.map(({ dialed, disposition, legs }) =>
    [dialed, disposition, legs.map(({ device }) => device).join()].join(" ")
  );
  assertEquals(told, [
    "9999 failed Local/9999@default,Local/9999@default",
    "1000 answered-by-pbx Local/1000@default,Local/1000@default",
    "1000 answered-by-pbx Local/1000@default,Local/1000@default",
    "3000 answered-by-pbx Local/3000@default,Local/3000@default",
  ]);
  // It still lasts where the capture ends.
  const { queues, conferences } = [...state.switchboard.calls.values()]
    .find(({ record }) => record.queues.length > 0)?.record ?? {};
  assertEquals(conferences, []);
  assertEquals(
    queues?.map(({ queue, outcome, member }) => [queue, outcome, member]),
    [["support", "connected", "Local/2000@default"]],
  );
});

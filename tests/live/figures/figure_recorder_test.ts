import { assert, assertEquals, assertThrows } from "@std/assert";
import type { QueuePeriod } from "../../../src/live/figures/queue_report.ts";
import type { FiguresOptions } from "../../../src/live/figures/figures.ts";
import { PbxState } from "../../../src/live/state/pbx_state.ts";
import { event, type Headers, leg, prefixed } from "../_frames.ts";

/** A queue whose figures are kept. The time is that of this machine, as it is for snapshots. */
class Desk {
  readonly start = Date.now() + 1_000;
  readonly state: PbxState;

  constructor(figures: FiguresOptions = {}) {
    this.state = new PbxState({
      dialplan: false,
      onStaleQueue: () => {},
      onLeft: () => {},
      onSeveralCalls: () => {},
      figures: { timeZone: daytime(), ...figures },
    });
    this.list();
  }

  list(callers: Headers[] = [], channels: Headers[] = []): void {
    const queues = [
      { Event: "QueueParams", Queue: "sales" },
      {
        Event: "QueueMember",
        Queue: "sales",
        Name: "Bob",
        Location: "PJSIP/bob",
        Status: 1,
        Wrapuptime: 5,
      },
      ...callers,
    ];
    this.state.sync({ queues, channels }, [], true);
  }

  /** Lets events happen, some seconds after the start. */
  at(second: number, ...events: Headers[]): this {
    for (const each of events) {
      const Timestamp = ((this.start + second * 1_000) / 1_000).toFixed(3);
      this.state.apply(String(each.Event), { ...each, Timestamp });
    }
    return this;
  }

  /** A caller joins and, if anybody says so, an agent answers and talks. */
  serve(id: string, from: number, wait: number, talk: number): this {
    const caller = leg(id);
    return this.at(from, event("Newchannel", caller), join(caller))
      .at(from, agent("AgentCalled", caller))
      .at(
        from + wait,
        quit(caller),
        agent("AgentConnect", caller, { HoldTime: wait }),
      )
      .at(
        from + wait + talk,
        agent("AgentComplete", caller, { TalkTime: talk }),
      )
      .at(from + wait + talk, event("Hangup", caller, { Cause: 16 }));
  }

  /** A caller hangs up after some time. */
  abandon(id: string, from: number, wait: number): this {
    const caller = leg(id);
    return this.at(from, event("Newchannel", caller), join(caller))
      .at(
        from + wait,
        event("HangupRequest", caller),
        event("QueueCallerAbandon", caller, PLACE),
        quit(caller),
        event("Hangup", caller, { Cause: 16 }),
      );
  }

  today(second: number): QueuePeriod {
    const now = this.start + second * 1_000;
    const report = this.state.figures.queue("sales", now);
    assert(report !== undefined);
    return report.today;
  }
}

/** Returns a time zone in which it is noon: no midnight comes in between. */
function daytime(): string {
  const hours = 12 - new Date().getUTCHours();
  // The signs of these zones are those of POSIX.
  return `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}

const PLACE = { Queue: "sales", Position: 1, Count: 1 };

const join = (caller: Headers) => event("QueueCallerJoin", caller, PLACE);
const quit = (caller: Headers) => event("QueueCallerLeave", caller, PLACE);

function agent(name: string, caller: Headers, more: Headers = {}): Headers {
  return event(name, caller, prefixed("Dest", leg("9.9")), {
    Queue: "sales",
    Interface: "PJSIP/bob",
    MemberName: "Bob",
    ...more,
  });
}

Deno.test("the figures of a queue count every caller once, by what became of the wait", () => {
  const desk = new Desk({ serviceLevel: 10, shortAbandon: 3 });
  desk.serve("1.1", 0, 4, 30).serve("1.2", 50, 15, 10)
    .abandon("1.3", 80, 2).abandon("1.4", 90, 20);
  desk.at(
    120,
    event("Newchannel", leg("1.5")),
    join(leg("1.5")),
    agent("AgentRingNoAnswer", leg("1.5")),
  );
  const today = desk.today(130);
  assertEquals(
    [
      today.offered,
      today.answered,
      today.answeredInTime,
      today.completed,
      today.abandoned,
      today.abandonedShort,
      today.missed,
    ],
    [5, 2, 1, 2, 2, 1, 1],
  );
  assertEquals(today.serviceLevel, 1 / 3);
  const { answeredAfter } = today;
  assertEquals([answeredAfter.length, answeredAfter[4], answeredAfter[15]], [
    16,
    1,
    1,
  ]);
  assertEquals(today.wait, {
    count: 4,
    total: 41_000,
    longest: 20_000,
    average: 10_250,
  });
  assertEquals([today.talk.average, today.talk.longest], [20_000, 30_000]);
  assertEquals([today.wrapUp.count, today.wrapUp.total], [2, 10_000]);
  assertEquals(desk.state.figures.queue("nothing"), undefined);
});

Deno.test("the figures of an agent tell calls, times and pauses", () => {
  const desk = new Desk().serve("1.1", 0, 4, 30);
  const pause = (Paused: number, PausedReason = "") =>
    event("QueueMemberPause", {
      Queue: "sales",
      MemberName: "Bob",
      Interface: "PJSIP/bob",
      Status: 1,
      Wrapuptime: 5,
      Paused,
      PausedReason,
    });
  desk.at(50, pause(1, "tea")).at(60, pause(0));
  const report = desk.state.figures.agent("PJSIP/bob", desk.start + 70_000);
  assert(report !== undefined);
  const { name, queues, today, lastHour } = report;
  assertEquals([name, queues], ["Bob", ["sales"]]);
  assertEquals([today.rung, today.answered, today.missed], [1, 1, 0]);
  assertEquals(today.pauses, [{
    reason: "tea",
    count: 1,
    total: 10_000,
    longest: 10_000,
    average: 10_000,
  }]);
  const { talking, wrapUp, paused } = today.times;
  assertEquals([talking, wrapUp, paused], [30_000, 5_000, 10_000]);
  assertEquals(lastHour.reduce((sum, { answered }) => sum + answered, 0), 1);
});

Deno.test("a hold in a talk counts as part of it", () => {
  const desk = new Desk();
  const caller = leg("1.1");
  desk.at(0, event("Newchannel", caller), join(caller))
    .at(2, quit(caller), agent("AgentConnect", caller))
    .at(5, event("Hold", caller)).at(9, event("Unhold", caller))
    .at(12, agent("AgentComplete", caller, { TalkTime: 10 }));
  const { talk, hold } = desk.today(20);
  assertEquals([talk.total, hold.total, hold.count], [10_000, 4_000, 1]);
});

Deno.test("callers who wait already are offered, and nobody twice", () => {
  const desk = new Desk();
  const waits = {
    Event: "QueueEntry",
    Queue: "sales",
    Position: 1,
    Uniqueid: "1.1",
    Wait: 10,
  };
  desk.list([waits], [{ ...leg("1.1"), Duration: "00:00:20" }]);
  desk.list([waits], [{ ...leg("1.1"), Duration: "00:00:20" }]);
  desk.at(5, quit(leg("1.1")), agent("AgentConnect", leg("1.1")));
  const { offered, answered, wait } = desk.today(6);
  assertEquals([offered, answered], [1, 1]);
  assert(wait.longest >= 15_000 && wait.longest < 20_000, `${wait.longest}`);
});

Deno.test("a day ends at midnight, and what was counted in all goes on", () => {
  const desk = new Desk().serve("1.1", 0, 4, 30);
  const DAY = 86_400;
  assertEquals(desk.today(DAY).offered, 0);
  desk.serve("1.2", DAY + 100, 4, 30);
  assertEquals(desk.today(DAY + 200).offered, 1);
  const report = desk.state.figures.queue("sales");
  assertEquals(report?.sinceStart.offered, 2);
});

Deno.test("the time without events is incomplete, and counts as nothing", () => {
  const desk = new Desk();
  const { incomplete, since, dayStart } = desk.state.figures.report();
  assertEquals(incomplete, [{ from: dayStart, to: since }]);
  const lost = Date.now() - 5_000;
  desk.state.miss(lost);
  desk.list();
  const report = desk.state.figures.report();
  assertEquals(report.incomplete.at(-1)?.from, Math.min(lost, dayStart));
  assert((report.incomplete.at(-1)?.to ?? 0) >= lost);
});

Deno.test("figures that were stored go on, and the time between is incomplete", () => {
  const desk = new Desk().serve("1.1", 0, 4, 30);
  desk.at(50, event("Newchannel", leg("1.2")), join(leg("1.2")));
  const stored = desk.state.figures.save(desk.start + 60_000);
  const next = new Desk({ saved: stored });
  next.list([{
    Event: "QueueEntry",
    Queue: "sales",
    Position: 1,
    Uniqueid: "1.2",
    Wait: 10,
  }], [{ ...leg("1.2"), Duration: "00:00:20" }]);
  const report = next.state.figures.report(next.start + 100_000);
  const [queue] = report.queues;
  assertEquals([queue?.today.offered, queue?.today.answered], [2, 1]);
  assertEquals(queue?.today.wait.total, 4_000);
  assertEquals(report.agents[0]?.today.times.talking, 30_000);
  assertEquals(report.since, desk.state.figures.report().since);
  assertEquals(queue?.lastHour.reduce((sum, each) => sum + each.offered, 0), 2);
  // Of another day, only the sum is left.
  const { dayStart } = report;
  const old = stored.replace(`${dayStart}`, `${dayStart - 86_400_000}`);
  const later = new Desk({ saved: old }).state.figures.report();
  assertEquals(later.queues[0]?.today.offered, 0);
  assertEquals(later.queues[0]?.sinceStart.offered, 2);
});

Deno.test("options that make no sense are refused", () => {
  assertThrows(
    () => new Desk({ serviceLevel: -1 }),
    RangeError,
    "serviceLevel",
  );
  assertThrows(() => new Desk({ shortAbandon: NaN }), RangeError);
  assertThrows(() => new Desk({ timeZone: "Mars" }), RangeError, "timeZone");
  for (const saved of ["", "null", '{"version":7}']) {
    assertThrows(() => new Desk({ saved }), TypeError, "'saved'");
  }
});

Deno.test("each change of the counts is reported, with whose they are", () => {
  const desk = new Desk();
  const caller = leg("1.1");
  const heard = desk.state.apply("Newchannel", event("Newchannel", caller));
  assertEquals(heard.some(({ type }) => type === "figures-changed"), false);
  const [, changed] = desk.state.apply("QueueCallerJoin", join(caller));
  assert(changed?.type === "figures-changed");
  assertEquals([changed.queues, changed.agents], [["sales"], []]);
  desk.state.apply("QueueCallerLeave", quit(caller));
  const served = desk.state.apply(
    "AgentConnect",
    agent("AgentConnect", caller),
  ).find(({ type }) => type === "figures-changed");
  assert(served?.type === "figures-changed");
  assertEquals([served.queues, served.agents], [["sales"], ["PJSIP/bob"]]);
});

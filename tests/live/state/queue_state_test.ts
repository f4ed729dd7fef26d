import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import type { Change } from "../../../src/live/change.ts";
import { queuesOf } from "../../../src/live/records/queue.ts";
import type { QueueCaller } from "../../../src/live/records/queue_caller.ts";
import { QueueState } from "../../../src/live/state/queue_state.ts";
import { AT, context, event, type Headers, item, leg } from "../_frames.ts";

const PHONE = "PJSIP/6001";

function params(headers: Headers = {}): Headers {
  return item("QueueParams", {
    Queue: "support",
    Strategy: "ringall",
    Completed: 0,
    Abandoned: 0,
    ...headers,
  });
}

function listed(headers: Headers = {}): Headers {
  return item("QueueMember", {
    Queue: "support",
    Name: "Alice",
    Location: PHONE,
    StateInterface: PHONE,
    Membership: "static",
    Status: 1,
    Paused: 0,
    PausedReason: "",
    ...headers,
  });
}

function member(name: string, headers: Headers = {}): Headers {
  return event(name, {
    Queue: "support",
    MemberName: "Alice",
    Interface: PHONE,
    StateInterface: PHONE,
    Membership: "static",
    Status: 1,
    Paused: 0,
    PausedReason: "",
    ...headers,
  });
}

function caller(name: string, uniqueid: string, headers: Headers = {}) {
  return event(name, leg(uniqueid), {
    Queue: "support",
    Position: 1,
    Count: 1,
    ...headers,
  });
}

function entry(Uniqueid: string, Position: number): Headers {
  const Channel = `PJSIP/${Uniqueid}-0000000a`;
  return item("QueueEntry", {
    Queue: "support",
    Position,
    Channel,
    Uniqueid,
    CallerIDNum: "<unknown>",
    CallerIDName: "<unknown>",
    Wait: 5,
  });
}

/** The queues of a PBX, and the changes that they reported. */
class Tape {
  readonly changes: Change[] = [];
  readonly stale: string[] = [];
  /** The known facts about the line of a caller. */
  line: "answered" | "alone" | undefined = "alone";
  /** The longest wait of a caller. */
  limit: number | undefined;
  readonly asked: QueueCaller[] = [];
  readonly state = new QueueState({
    onStale: (queue) => this.stale.push(queue),
    onLeft: (caller) => this.asked.push(caller),
    statusOf: () => this.line,
    limitOf: () => this.limit,
  });
  readonly #handlers = this.state.handlers();

  apply(...events: Headers[]): this {
    for (const each of events) {
      const handle = this.#handlers.get(String(each.Event));
      this.changes.push(...handle?.(each, context()) ?? []);
    }
    return this;
  }

  sync(
    items: readonly Headers[],
    recorded: readonly Headers[] = [],
    only?: string,
    missedSince?: number,
  ): this {
    const events = recorded.map((event) => ({ event, at: AT }));
    this.changes.push(
      ...this.state.sync(queuesOf(items), events, context(), {
        only,
        missedSince,
      }),
    );
    return this;
  }

  /** Answers what was asked last about a caller who left. */
  answer(status: string | undefined): this {
    const caller = this.asked.at(-1);
    assert(caller !== undefined);
    this.changes.push(...this.state.resolveLeave(caller, status));
    return this;
  }

  /** The reasons for which callers left. */
  reasons(): (string | undefined)[] {
    return this.changes.flatMap((change) =>
      change.type === "caller-left" ? [change.reason] : []
    );
  }

  /** The names of the changes since the last call. */
  take(): string[] {
    return this.changes.splice(0).map(({ type }) => type);
  }
}

/** A PBX with one queue and one member. */
function started(): Tape {
  const tape = new Tape().sync([params(), listed()]);
  tape.take();
  return tape;
}

Deno.test("QueueState reports a new queue once, with all that is in it", () => {
  const tape = new Tape().sync([params(), listed(), entry("1.1", 1)]);
  const [change] = tape.changes;
  assert(change?.type === "queue-added" && tape.changes.length === 1);
  assertEquals([...change.queue.members.keys()], [PHONE]);
  assertEquals(change.queue.callers.map(({ uniqueid }) => uniqueid), ["1.1"]);
  assertStrictEquals(tape.state.queues.get("support"), change.queue);
});

Deno.test("QueueState reports a caller who has left and joined again unseen as another one", () => {
  const tape = new Tape().sync([params(), entry("1.1", 1)]);
  const later = { ...entry("1.1", 1), Wait: -10 };
  tape.take();
  tape.sync([params(), later]);
  assertEquals(tape.take(), []);
  tape.sync([params(), later], [], undefined, AT + 1_000);
  assertEquals(tape.take(), ["caller-left", "caller-joined"]);
  tape.sync([params(), { ...later, Wait: -14 }], [], undefined, AT + 9_000);
  assertEquals(tape.take(), [], "its list is late");
});

Deno.test("QueueState follows members, and its view of them stays the same", () => {
  const tape = started();
  const view = tape.state.queues.get("support")?.members;
  tape.apply(
    member("QueueMemberPause", { Paused: 1, PausedReason: "tea" }),
    member("QueueMemberStatus", {
      Paused: 1,
      PausedReason: "tea",
      Status: 6,
    }),
    member("QueueMemberAdded", { Interface: "PJSIP/6002" }),
    member("QueueMemberRemoved"),
  );
  assertEquals(tape.take(), [
    "member-paused",
    "member-state-changed",
    "member-added",
    "member-removed",
  ]);
  assertEquals([...view?.keys() ?? []], ["PJSIP/6002"]);
  tape.sync([params(), listed()]);
  assertStrictEquals(tape.state.queues.get("support")?.members, view);
  assertEquals([...view?.keys() ?? []], [PHONE]);
});

Deno.test("QueueState follows those who wait, and reports who moves up", () => {
  const tape = started().apply(
    caller("QueueCallerJoin", "1.1", { Position: 1 }),
    caller("QueueCallerJoin", "2.1", { Position: 2 }),
  );
  tape.take();
  tape.line = "answered";
  tape.apply(caller("QueueCallerLeave", "1.1"));
  assertEquals(tape.take(), ["caller-left", "caller-moved"]);
  const [first] = tape.state.queues.get("support")?.callers ?? [];
  assertEquals([first?.uniqueid, first?.position], ["2.1", 1]);
});

Deno.test("QueueState reports that a caller who hung up has abandoned", () => {
  for (const request of ["HangupRequest", "SoftHangupRequest"]) {
    const tape = started().apply(
      caller("QueueCallerJoin", "1.1"),
      event(request, leg("1.1")),
      caller("QueueCallerAbandon", "1.1"),
      caller("QueueCallerLeave", "1.1"),
    );
    assertEquals([tape.reasons(), tape.asked], [["abandoned"], []]);
  }
});

Deno.test("QueueState has it asked why a caller left who is still on the line", () => {
  const reasons = {
    TIMEOUT: "timeout",
    LEAVEEMPTY: "no-members",
    LEAVEUNAVAIL: "no-members",
    "": "abandoned",
  };
  for (const [status, reason] of Object.entries(reasons)) {
    const tape = started().apply(
      caller("QueueCallerJoin", "1.1"),
      caller("QueueCallerAbandon", "1.1"),
      caller("QueueCallerLeave", "1.1"),
    );
    assertEquals(tape.reasons(), []);
    assertEquals(tape.state.queues.get("support")?.callers, []);
    tape.answer(status);
    assertEquals(tape.reasons(), [reason]);
    tape.answer(status);
    assertEquals(tape.reasons(), [reason], "only once");
  }
});

Deno.test("QueueState distinguishes a key from other ways to leave without an answer", () => {
  const reasons = {
    "": "key",
    TIMEOUT: "key",
    CONTINUE: "continued",
    WITHDRAW: "withdrawn",
  };
  for (const [status, reason] of Object.entries(reasons)) {
    const tape = started().apply(
      caller("QueueCallerJoin", "1.1"),
      caller("QueueCallerLeave", "1.1"),
    ).answer(status);
    assertEquals(tape.reasons(), [reason], `status '${status}'`);
  }
});

Deno.test("QueueState takes what was reported, where the reason could not be asked for", () => {
  const tape = started().apply(
    caller("QueueCallerJoin", "1.1"),
    caller("QueueCallerAbandon", "1.1"),
    caller("QueueCallerLeave", "1.1"),
  ).answer(undefined).apply(
    // Nobody who comes again has given up again.
    caller("QueueCallerJoin", "1.1"),
    caller("QueueCallerLeave", "1.1"),
  ).answer(undefined);
  assertEquals(tape.reasons(), ["abandoned", undefined]);
});

Deno.test("QueueState reports the reason of a caller whose channel ends before it was asked for", () => {
  const tape = started().apply(
    caller("QueueCallerJoin", "1.1"),
    caller("QueueCallerAbandon", "1.1"),
    caller("QueueCallerLeave", "1.1"),
    event("Hangup", leg("1.1")),
  );
  assertEquals(tape.reasons(), ["abandoned"]);
  tape.answer("TIMEOUT");
  assertEquals(tape.reasons(), ["abandoned"]);
});

Deno.test("QueueState knows by the place in the dialplan that a caller whose channel is gone had not hung up", () => {
  const left = (limit?: number, status = 1) => {
    const tape = started();
    tape.limit = limit;
    return tape.apply(
      member("QueueMemberStatus", { Status: status }),
      caller("QueueCallerJoin", "1.1"),
      caller("QueueCallerAbandon", "1.1"),
      caller("QueueCallerLeave", "1.1"),
    );
  };
  const next = { Priority: 2 };
  const wentOn = [
    event("SoftHangupRequest", leg("1.1", next)),
    event("Hangup", leg("1.1", { Exten: "h" })),
  ];
  assertEquals(left(0).apply(...wentOn).reasons(), ["timeout"]);
  assertEquals(left(60_000).apply(...wentOn).reasons(), ["no-members"]);
  // A member is free, or rings: the queue is not left as an empty one.
  assertEquals(left().apply(...wentOn).reasons(), ["timeout"]);
  assertEquals(left(undefined, 6).apply(...wentOn).reasons(), ["timeout"]);
  assertEquals(left(undefined, 2).apply(...wentOn).reasons(), [undefined]);
  const gaveUp = left(0).apply(
    event("SoftHangupRequest", leg("1.1")),
    event("Hangup", leg("1.1", { Exten: "h" })),
  );
  assertEquals(gaveUp.reasons(), ["abandoned"]);
});

Deno.test("QueueState reports a caller who was answered before the member, whatever is known about the line", () => {
  for (const line of ["answered", undefined] as const) {
    const tape = started();
    tape.line = line;
    tape.apply(
      caller("QueueCallerJoin", "1.1"),
      caller("QueueCallerLeave", "1.1"),
      caller("AgentConnect", "1.1", { Interface: PHONE }),
    );
    assertEquals(tape.take(), [
      "caller-joined",
      "caller-left",
      "caller-connected",
    ]);
  }
});

Deno.test("QueueState has a queue read again in which a channel waits that was hung up", () => {
  const tape = started().apply(
    caller("QueueCallerJoin", "1.1"),
    event("Hangup", leg("9.9")),
  );
  assertEquals(tape.stale, []);
  tape.apply(event("Hangup", leg("1.1")));
  assertEquals(tape.stale, ["support"]);
  // Another channel has taken its place.
  tape.sync([params(), listed(), entry("2.1", 1)], [], "support");
  assertEquals(tape.take(), ["caller-joined", "caller-left", "caller-joined"]);
  tape.apply(
    event("HangupRequest", leg("2.1")),
    caller("QueueCallerAbandon", "2.1"),
    caller("QueueCallerLeave", "2.1"),
  );
  assertEquals(tape.reasons(), ["abandoned"]);
});

Deno.test("QueueState reports who talks to whom, with the member as it is", () => {
  const tape = started().apply(
    caller("QueueCallerJoin", "1.1"),
    caller("QueueCallerLeave", "1.1"),
    caller("AgentConnect", "1.1", {
      Interface: PHONE,
      MemberName: "Alice",
      HoldTime: 7,
      RingTime: 3,
    }),
  );
  const connected = tape.changes.at(-1);
  assert(connected?.type === "caller-connected");
  assertEquals(
    [connected.uniqueid, connected.holdTime, connected.ringTime],
    ["1.1", 7, 3],
  );
  assertStrictEquals(
    connected.member,
    tape.state.queues.get("support")?.members.get(PHONE),
  );
});

Deno.test("QueueState has a queue read again whose figures are old, or that it does not know", () => {
  const tape = started();
  tape.apply(member("QueueMemberPause", { Paused: 1 }));
  assertEquals(tape.stale, [], "a pause changes no figure");
  tape.apply(caller("QueueCallerJoin", "1.1"));
  assertEquals(tape.stale, []);
  tape.apply(caller("QueueCallerLeave", "1.1"));
  tape.apply(caller("AgentConnect", "1.1"));
  tape.apply(caller("AgentComplete", "1.1"));
  assertEquals(tape.stale, ["support", "support", "support"]);
  tape.apply(member("QueueMemberAdded", { Queue: "new" }));
  assertEquals(tape.stale.at(-1), "new");
  assertEquals(tape.state.queues.has("new"), false);
});

Deno.test("QueueState reports how a snapshot differs from before", () => {
  const tape = started().apply(caller("QueueCallerJoin", "1.1"));
  tape.take();
  tape.sync([
    params({ Completed: 5 }),
    listed({ Location: "PJSIP/6002" }),
    entry("2.1", 1),
    params({ Queue: "sales" }),
  ]);
  assertEquals(tape.take(), [
    "member-removed",
    "member-added",
    "caller-left",
    "caller-joined",
    "queue-changed",
    "queue-added",
  ]);
  tape.sync([params({ Queue: "sales" })]);
  assertEquals(tape.take(), ["queue-removed"]);
  assertEquals([...tape.state.queues.keys()], ["sales"]);
});

Deno.test("QueueState says of a caller whose end of the wait was missed that it was lost", () => {
  const tape = started().apply(caller("QueueCallerJoin", "1.1"));
  tape.take();
  tape.sync([params(), listed()]);
  const [left] = tape.changes;
  assert(left?.type === "caller-left");
  assertEquals([left.abandoned, left.lost], [false, true]);
});

Deno.test("QueueState reports nothing about a snapshot that says nothing new", () => {
  const tape = started().apply(caller("QueueCallerJoin", "1.1"));
  tape.take();
  tape.sync([params(), listed(), entry("1.1", 1)]);
  assertEquals(tape.take(), []);
});

Deno.test("QueueState takes the snapshot of one queue, and leaves the others as they are", () => {
  const tape = new Tape().sync([
    params(),
    listed(),
    params({ Queue: "sales" }),
  ]);
  tape.take();
  tape.sync([params({ Completed: 1 }), listed()], [], "support");
  assertEquals(tape.take(), ["queue-changed"]);
  assertEquals([...tape.state.queues.keys()], ["support", "sales"]);
  tape.sync([], [], "sales");
  assertEquals(tape.take(), ["queue-removed"]);
});

Deno.test("QueueState reports an event once that came before an older snapshot", () => {
  const events = [
    member("QueueMemberPause", { Paused: 1, PausedReason: "tea" }),
    caller("QueueCallerJoin", "1.1"),
    caller("QueueCallerJoin", "2.1", { Position: 2 }),
    event("HangupRequest", leg("1.1")),
    caller("QueueCallerAbandon", "1.1"),
    caller("QueueCallerLeave", "1.1"),
  ];
  const tape = started().apply(...events);
  assertEquals(tape.take(), [
    "member-paused",
    "caller-joined",
    "caller-joined",
    "caller-left",
    "caller-moved",
  ]);
  tape.sync([params(), listed()], events);
  assertEquals(tape.take(), []);
  const queue = tape.state.queues.get("support");
  assertEquals(queue?.callers.map(({ uniqueid }) => uniqueid), ["2.1"]);
  assertEquals(queue?.members.get(PHONE)?.pausedReason, "tea");
});

Deno.test("QueueState reports an event once that came before a newer snapshot", () => {
  const events = [
    member("QueueMemberAdded", { Interface: "PJSIP/6002" }),
    caller("QueueCallerJoin", "1.1"),
  ];
  const tape = started().apply(...events);
  tape.take();
  tape.sync(
    [
      params(),
      listed(),
      listed({ Location: "PJSIP/6002" }),
      entry("1.1", 1),
    ],
    events,
  );
  assertEquals(tape.take(), []);
});

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { figuresOf, type Queue } from "../../../src/live/records/queue.ts";
import {
  MEMBER_EVENTS,
  memberOf,
  type QueueMember,
  reduceMember,
} from "../../../src/live/records/queue_member.ts";
import { memberChanges } from "../../../src/live/records/queue.ts";
import { AT, context, event, type Headers, item } from "../_frames.ts";

const FIGURES: Headers = {
  Queue: "support",
  StateInterface: "PJSIP/6001",
  Membership: "dynamic",
  Penalty: 1,
  CallsTaken: 2,
  LastCall: 1_795_364_000,
  LastPause: 0,
  LoginTime: 1_795_363_000,
  InCall: 0,
  Status: 1,
  Paused: 0,
  PausedReason: "",
  Wrapuptime: 5,
};

function changed(name: string, headers: Headers = {}): Headers {
  return event(name, FIGURES, {
    MemberName: "Alice",
    Interface: "PJSIP/6001",
    ...headers,
  });
}

function member(headers: Headers = {}): QueueMember {
  const made = reduceMember(
    undefined,
    changed("QueueMemberAdded", headers),
    context(),
  );
  assert(made !== undefined);
  return made;
}

const QUEUE: Queue = {
  name: "support",
  members: new Map(),
  callers: [],
  ...figuresOf({}, context()),
};

const typesOf = (before?: QueueMember, after?: QueueMember) =>
  memberChanges(QUEUE, before, after, AT).map(({ type }) => type);

Deno.test("reduceMember() makes a member of QueueMemberAdded, and of nothing else", () => {
  assertEquals(member(), {
    queue: "support",
    interface: "PJSIP/6001",
    name: "Alice",
    stateInterface: "PJSIP/6001",
    membership: "dynamic",
    penalty: 1,
    callsTaken: 2,
    lastCallAt: 1_795_364_000_000,
    lastPauseAt: undefined,
    loginAt: 1_795_363_000_000,
    isInCall: false,
    state: "NOT_INUSE",
    isPaused: false,
    pausedReason: "",
    wrapupTime: 5,
  });
  for (const name of MEMBER_EVENTS) {
    if (name === "QueueMemberAdded") continue;
    assertEquals(
      reduceMember(undefined, changed(name), context()),
      undefined,
      name,
    );
  }
});

Deno.test("reduceMember() follows all of a member, by each of the events", () => {
  const headers = {
    Penalty: 7,
    Paused: 1,
    PausedReason: "lunch",
    Status: 6,
    InCall: 1,
  };
  for (const name of MEMBER_EVENTS) {
    if (name === "QueueMemberRemoved") continue;
    const next = reduceMember(member(), changed(name, headers), context());
    assertEquals(next, {
      ...member(),
      penalty: 7,
      isPaused: true,
      pausedReason: "lunch",
      state: "RINGING",
      isInCall: true,
    });
  }
});

Deno.test("reduceMember() gives the same record if nothing is new", () => {
  const known = member();
  assertStrictEquals(
    reduceMember(known, changed("QueueMemberStatus"), context()),
    known,
  );
});

Deno.test("reduceMember() ends with QueueMemberRemoved", () => {
  assertEquals(
    reduceMember(member(), changed("QueueMemberRemoved"), context()),
    undefined,
  );
});

Deno.test("memberOf() reads the item of QueueStatus, whose headers have other names", () => {
  const listed = item("QueueMember", FIGURES, {
    Name: "Alice",
    Location: "PJSIP/6001",
  });
  assertEquals(memberOf(listed, undefined, context()), member());
  const known = member();
  assertStrictEquals(memberOf(listed, known, context()), known);
});

Deno.test("memberOf() sees each header that can change", () => {
  const known = member();
  const others: Headers = {
    MemberName: "Bob",
    StateInterface: "PJSIP/6002",
    Membership: "static",
    Penalty: 9,
    CallsTaken: 9,
    LastCall: 9,
    LastPause: 9,
    LoginTime: 9,
    InCall: 1,
    Status: 9,
    Paused: 1,
    PausedReason: "x",
    Wrapuptime: 9,
  };
  for (const [name, value] of Object.entries(others)) {
    const next = memberOf(
      changed("QueueMemberStatus", { [name]: value }),
      known,
      context(),
    );
    assert(next !== known, name);
  }
});

Deno.test("memberChanges() reports who came and who went", () => {
  const one = member();
  assertEquals(memberChanges(QUEUE, undefined, one, AT), [
    { type: "member-added", at: AT, queue: QUEUE, member: one },
  ]);
  assertEquals(memberChanges(QUEUE, one, undefined, AT), [
    { type: "member-removed", at: AT, queue: QUEUE, member: one },
  ]);
  assertEquals(typesOf(undefined, undefined), []);
  assertEquals(typesOf(one, one), []);
});

Deno.test("memberChanges() reports a pause, of its end, and of another reason", () => {
  const free = member();
  const tea = member({ Paused: 1, PausedReason: "tea" });
  const lunch = member({ Paused: 1, PausedReason: "lunch" });
  assertEquals(typesOf(free, tea), ["member-paused"]);
  assertEquals(typesOf(tea, lunch), ["member-paused"]);
  assertEquals(typesOf(lunch, free), ["member-unpaused"]);
});

Deno.test("memberChanges() reports the state of the device with the member before", () => {
  const free = member();
  const rings = member({ Status: 6 });
  assertEquals(memberChanges(QUEUE, free, rings, AT), [{
    type: "member-state-changed",
    at: AT,
    queue: QUEUE,
    member: rings,
    before: free,
  }]);
});

Deno.test("memberChanges() reports several changes at once, and of anything else as member-changed", () => {
  const free = member();
  assertEquals(typesOf(free, member({ Status: 2, Paused: 1 })), [
    "member-paused",
    "member-state-changed",
  ]);
  assertEquals(typesOf(free, member({ Penalty: 3 })), ["member-changed"]);
  assertEquals(typesOf(free, member({ CallsTaken: 3 })), ["member-changed"]);
});

Deno.test("memberChanges() reports no change between two equal records", () => {
  assertEquals(typesOf(member(), member()), []);
});

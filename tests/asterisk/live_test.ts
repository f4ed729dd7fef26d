import { assert, assertEquals } from "@std/assert";
import type { AmiClient, DAMI, DAMIData } from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import { type Call, type Channel, LivePbx } from "../../src/live/live_pbx.ts";
import { DEFAULT_EVENTS } from "../../src/nats/event_choice.ts";
import { NatsBridge, NatsBus } from "../../src/nats/nats.ts";
import type { Asterisk } from "../../tools/asterisk_instance.ts";
import { hasNats, TestBus } from "../nats/_nats.ts";
import { type AsteriskContext, ownAsteriskTest } from "./_asterisk.ts";
import { assertTrue, ChangeLog, dial, eventually } from "./_live.ts";
import { assertCdrs, assertFigures } from "./_records.ts";
import { IMPATIENT } from "./_survival.ts";

/** Reconnects soon. A PBX that a busy machine keeps waiting is not a dead link here. */
const AT_ONCE = {
  reconnect: IMPATIENT.reconnect,
  connectTimeout: IMPATIENT.connectTimeout,
};

/** The classes of events that a user may lack, and the problem that this is. */
const MISSING = [
  ["call", "channels"],
  ["agent", "queues"],
  ["dialplan", "channels"],
] as const;

/** Everything that an act of the play works with. */
interface Stage {
  readonly dami: DAMI;
  readonly pbx: LivePbx;
  readonly log: ChangeLog;
  /** Asserts that the live state is true. */
  readonly look: (what: string) => Promise<void>;
}

/** The call that a channel belongs to. */
function callOf({ pbx }: Stage, uniqueid: string): Call | undefined {
  return pbx.calls.get(pbx.channels.get(uniqueid)?.linkedid ?? "");
}

/** Waits until the call of a channel is in some state. */
async function reach(
  stage: Stage,
  uniqueid: string,
  state: Call["state"],
  parties = 2,
): Promise<Call> {
  const isThere = () => {
    const call = callOf(stage, uniqueid);
    return call?.state === state && call.parties.length === parties;
  };
  try {
    await eventually(isThere, () => {
      const calls = Deno.inspect([...stage.pbx.calls.values()], { depth: 4 });
      return `a call that is ${state} with ${parties} parties: ${calls}`;
    });
  } catch (error) {
    // Whether LivePbx or Asterisk has not come that far.
    await stage.look(`instead of a call that is ${state}`);
    throw error;
  }
  const call = callOf(stage, uniqueid);
  assert(call !== undefined);
  return call;
}

/** Hangs up a channel and waits until the whole call is over. */
async function end(stage: Stage, uniqueid: string, Cause = 16) {
  const call = callOf(stage, uniqueid);
  const channel = stage.pbx.channels.get(uniqueid);
  assert(call !== undefined && channel !== undefined);
  await stage.dami.to("Hangup", { Channel: channel.name, Cause });
  return await stage.log.change(
    "call-ended",
    (change) => change.call.id === call.id,
  );
}

function other(call: Call, uniqueid: string): Channel {
  const party = call.parties.find((party) => party.uniqueid !== uniqueid);
  assert(party !== undefined);
  return party;
}

async function calls(stage: Stage): Promise<void> {
  const { look, log } = stage;
  const plain = await dial(stage.dami, "to-phone");
  await reach(stage, plain, "talking");
  await look("two phones talk");
  const { cause, answered, record } = await end(stage, plain);
  assertEquals([cause, answered], [16, true]);
  assertEquals(
    [record.disposition, record.dialed, record.talks.length],
    ["connected", "to-phone", 1],
  );
  assertEquals(
    record.legs.map(({ isCalled, outcome }) => [isCalled, outcome]),
    [
      [true, "answered"],
      [true, "answered"],
    ],
  );
  await look("they have hung up");

  // Both ways of Local channels: one takes itself out, the other stays.
  for (const exten of ["local", "local-kept"]) {
    const id = await dial(stage.dami, exten);
    const call = await reach(stage, id, "talking");
    assertEquals(call.talks.map(({ parties }) => parties.length), [2]);
    await look(`two phones talk through ${exten}`);
    await end(stage, id);
    await look(`they have hung up ${exten}`);
  }

  const failures = [
    ["to-busy", 17, "busy"],
    ["to-rejecting", 21, "rejected"],
    ["to-congested", 34, "congested"],
    ["unanswered", 16, "no-answer"],
  ] as const;
  for (const [exten, cause, disposition] of failures) {
    const id = await dial(stage.dami, exten);
    const ended = await log.change("call-ended", ({ call }) => call.id === id);
    assertEquals(
      [exten, ended.cause, ended.record.disposition],
      [exten, cause, disposition],
    );
  }
  const ringing = await dial(stage.dami, "to-ringing");
  await reach(stage, ringing, "ringing");
  await look("one phone rings");
  const { record: given } = await end(stage, ringing);
  assertEquals([given.disposition, given.legs[1]?.outcome], [
    "cancelled",
    "cancelled",
  ]);
  await look("it was given up");
}

async function transfers(stage: Stage): Promise<void> {
  const { dami, log, look } = stage;
  const blind = await dial(dami, "to-phone");
  const first = await reach(stage, blind, "talking");
  await dami.to("BlindTransfer", {
    Channel: other(first, blind).name,
    Context: "live",
    Exten: "menu",
  });
  const { transfer } = await log.change("call-transferred");
  assertEquals([transfer.kind, transfer.to], ["blind", "menu@live"]);
  await reach(stage, blind, "up", 1);
  await look("a blind transfer");
  const { record } = await end(stage, blind);
  assertEquals(record.transfers, [transfer]);

  const attended = await dial(dami, "to-phone");
  const call = await reach(stage, attended, "talking");
  const transferer = other(call, attended);
  await dami.to("Atxfer", {
    Channel: transferer.name,
    Context: "live",
    Exten: "4000",
  });
  await log.change("call-held");
  await reach(stage, attended, "held", 3);
  // A target that has not answered yet is not named by the event.
  await eventually(
    () =>
      callOf(stage, attended)?.talks.some(({ parties }) =>
        parties.includes(transferer.uniqueid) && !parties.includes(attended)
      ) ?? false,
    "the target has answered",
  );
  await look("the transferer talks to the target");
  await dami.to("Hangup", { Channel: transferer.name });
  const { transfer: second } = await log.change(
    "call-transferred",
    (change) => change.transfer.kind === "attended",
  );
  assertEquals(second.by, transferer.name);
  await reach(stage, attended, "talking", 2);
  await look("an attended transfer");
  const { record: passed } = await end(stage, attended);
  assertEquals([passed.holds.length, passed.legs.length], [1, 3]);
  assertEquals(passed.transfers[0]?.to, passed.legs[2]?.channel);

  // Two calls become one.
  const [one, two] = [await dial(dami, "menu"), await dial(dami, "menu")];
  for (const id of [one, two]) {
    await reach(stage, id, "up", 1);
    await eventually(
      () => stage.pbx.channels.get(id)?.application === "Wait",
      "a caller in the menu",
    );
  }
  await dami.to("Bridge", {
    Channel1: stage.pbx.channels.get(one)?.name ?? "",
    Channel2: stage.pbx.channels.get(two)?.name ?? "",
  });
  await reach(stage, one, "talking");
  await look("two calls became one");
  await log.change("call-merged");
  const { record: both } = await end(stage, two);
  assertEquals(both.legs.length, 2);
  assertEquals(both.merged.length, 1);
  await look("the one call is over");
}

async function parking(stage: Stage): Promise<void> {
  const { dami, log, look } = stage;
  const parked = await dial(dami, "park");
  await reach(stage, parked, "parked", 1);
  await log.change("call-parked");
  await look("a call is parked");
  const SPACE = stage.pbx.channels.get(parked)?.parking?.space ?? "";
  const retriever = await dial(dami, "unpark", { variables: { SPACE } });
  await reach(stage, parked, "talking");
  await look("it is retrieved");
  await log.change("call-unparked");
  const { record } = await end(stage, retriever);
  assertEquals(record.parkings.map(({ space }) => space), [SPACE]);
}

async function conference(stage: Stage): Promise<void> {
  const { dami, look } = stage;
  const ids: string[] = [];
  for (let count = 1; count <= 3; count++) {
    ids.push(await dial(dami, "meeting"));
    await eventually(
      () =>
        [...stage.pbx.bridges.values()].some(({ name, channels }) =>
          name === "live" && channels.length === count
        ),
      `${count} in the conference`,
    );
    await look(`a conference of ${count}`);
    assertEquals(
      ids.map((id) => callOf(stage, id)?.state),
      Array(count).fill(count === 1 ? "up" : "talking"),
    );
  }
  for (const id of ids) {
    const Channel = stage.pbx.channels.get(id)?.name ?? "";
    await dami.to("Hangup", { Channel });
  }
  await eventually(() => stage.pbx.calls.size === 0, "the end");
  await look("the conference is over");
}

async function queue(stage: Stage): Promise<void> {
  const { dami, log, look } = stage;
  const Interface = "Local/to-phone@live/n";
  const caller = await dial(dami, "sales");
  const second = await dial(dami, "sales");
  await eventually(
    () => stage.pbx.queues.get("sales")?.callers.length === 2,
    "two who wait",
  );
  await look("two wait in the queue");
  const { record: gaveUp } = await end(stage, caller);
  assertEquals(gaveUp.disposition, "abandoned");
  const left = await log.change("caller-left");
  assertEquals([left.abandoned, left.lost], [true, false]);
  await look("one gave up");
  const short = await dial(dami, "sales-short");
  const timedOut = await log.change(
    "caller-left",
    (change) => change.caller.uniqueid === short,
  );
  assertEquals([timedOut.reason, timedOut.abandoned], ["timeout", false]);
  const { record: late } = await end(stage, short);
  assertEquals(
    [late.disposition, late.queues[0]?.outcome],
    ["no-answer", "timeout"],
  );
  await look("the time of one was over");
  await dami.to("QueueAdd", {
    Queue: "sales",
    Interface,
    MemberName: "Agent One",
    Paused: true,
  });
  await log.change("member-added");
  await dami.to("QueuePause", {
    Queue: "sales",
    Interface,
    Paused: true,
    Reason: "tea",
  });
  await log.change(
    "member-paused",
    ({ member }) => member.pausedReason === "tea",
  );
  await look("an agent makes a pause");
  await dami.to("QueuePause", { Queue: "sales", Interface, Paused: false });
  await log.change("member-unpaused");
  const connected = await log.change("caller-connected");
  assertEquals(connected.uniqueid, second);
  const served = await log.change(
    "caller-left",
    (change) => change.caller.uniqueid === second,
  );
  assertEquals(served.reason, "connected");
  await reach(stage, second, "talking");
  await look("an agent has answered");
  const { record } = await end(stage, second);
  const [visit] = record.queues;
  assertEquals([record.disposition, visit?.outcome, visit?.member], [
    "connected",
    "connected",
    Interface,
  ]);
  await look("the call of the queue is over");
  assertEquals(stage.pbx.queues.get("sales")?.completed, 1);
  await dami.to("QueueRemove", { Queue: "sales", Interface });
  await log.change("member-removed");
  await look("the agent has left");

  // One whose phone is busy, again and again.
  const Busy = "Local/to-busy@live/n";
  await dami.to("QueueAdd", {
    Queue: "sales",
    Interface: Busy,
    MemberName: "Agent Two",
  });
  const third = await dial(dami, "sales");
  await eventually(
    () => (stage.pbx.figures.agent(Busy)?.sinceStart.missed ?? 0) > 0,
    "a member who is rung in vain",
  );
  const { record: unlucky } = await end(stage, third);
  assertEquals(unlucky.disposition, "abandoned");
  const [member] = unlucky.queues[0]?.members ?? [];
  assertEquals([member?.name, member?.answered], ["Agent Two", false]);
  await dami.to("QueueRemove", { Queue: "sales", Interface: Busy });
  await look("an agent who was busy has left");
}

/** The client that the day is followed by. */
interface Follower extends AsyncDisposable {
  readonly client: AmiClient;
}

/** Asserts that the live state is true through a long day, and a restart. */
async function longDay(
  asterisk: AsteriskContext,
  process: Asterisk,
  follow: (asterisk: AsteriskContext) => Promise<Follower>,
): Promise<void> {
  await using follower = await follow(asterisk);
  await using actions = await asterisk.connect(AT_ONCE);
  using pbx = await LivePbx.start(follower.client, { dialplan: true });
  assertEquals([...pbx.problems], []);
  const log = new ChangeLog(pbx);
  const look = (what: string) => assertTrue(asterisk, pbx, what);
  const stage: Stage = { dami: actions, pbx, log, look };
  await look("nothing goes on");
  const cdrs: DAMIData[] = [];
  actions.on("Cdr", (cdr) => void cdrs.push(cdr));
  await actions.listen();
  for (
    const act of [calls, transfers, parking, conference, queue]
  ) await act(stage);
  // What Asterisk itself has written down.
  const records = log.of("call-ended").map(({ record }) => record);
  assertFigures(pbx.figures.report(), await process.queueLog());
  assertCdrs(records, cdrs);

  // A restart in the middle of calls.
  const ids = [
    await dial(actions, "to-phone"),
    await dial(actions, "sales"),
  ];
  for (const [index, id] of ids.entries()) {
    await reach(stage, id, index === 0 ? "talking" : "up", 2 - index);
  }
  await process.kill();
  await log.change("stale");
  assert(pbx.calls.size > 0);
  await process.start();
  await log.change("snapshot-end");
  await eventually(() => pbx.state === "live", "the snapshots");
  assertEquals(pbx.calls.size, 0);
  for (const id of ids) {
    const { lost } = await log.change(
      "call-ended",
      ({ call }) => call.id === id,
    );
    assertEquals(lost, true);
  }
  await look("after the restart");
  await calls(stage);
  pbx.stop();
  await log.ended();
}

ownAsteriskTest(
  "the live state stays true through a long day",
  (asterisk, process) =>
    longDay(asterisk, process, async () => {
      const client = await asterisk.connect(AT_ONCE);
      return {
        client,
        [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
      };
    }),
  { lean: false },
);

/** Follows the PBX by way of a bridge, NATS and the bus. */
async function followOnBus(asterisk: AsteriskContext): Promise<Follower> {
  const stack = new AsyncDisposableStack();
  const test = stack.use(await TestBus.start());
  const fleet = stack.use(
    new Fleet({ pbx: { ...AT_ONCE, ...asterisk.options } }, {
      ...asterisk.credentials,
    }),
  );
  await fleet.start();
  const bridge = new NatsBridge({
    nats: await test.connect(),
    fleet,
    events: [...DEFAULT_EVENTS, "Newexten"],
    actions: { allow: ["Getvar"] },
  });
  stack.use(await bridge.start());
  const bus = stack.use(await NatsBus.open(await test.connect()));
  const client = bus.pbx("pbx");
  await eventually(() => client.state === "ready", "a bridge");
  return { client, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

if (hasNats) {
  ownAsteriskTest(
    "the live state on the bus stays true through a long day",
    (asterisk, process) => longDay(asterisk, process, followOnBus),
    { lean: false },
  );
}

ownAsteriskTest(
  "a user who may not read a class of events sees the current state, and the problem",
  async (asterisk) => {
    await using actions = await asterisk.connect(AT_ONCE);
    for (const [missing, kind] of MISSING) {
      await using dami = await asterisk.connectAs(`no-${missing}`, AT_ONCE);
      using pbx = await LivePbx.start(dami, {
        dialplan: true,
        checkInterval: 500,
      });
      assertEquals([pbx.state, pbx.problems.size], ["live", 0], missing);
      const id = await dial(actions, "sales");
      await eventually(() => pbx.channels.has(id), `a call without ${missing}`);
      await eventually(
        () => pbx.state === "polling",
        () => `the problem of ${missing}: ${Deno.inspect(pbx.problems)}`,
      );
      const message = pbx.problems.get(kind)?.message ?? "";
      assert(message.includes(`'${missing}'`), message);
      await eventually(
        () => pbx.queues.get("sales")?.callers[0]?.uniqueid === id,
        `a caller without ${missing}`,
      );
      const channel = pbx.channels.get(id);
      assert(channel !== undefined);
      await actions.to("Hangup", { Channel: channel.name });
      await eventually(
        () => pbx.calls.size === 0,
        `the end without ${missing}`,
      );
    }
    // A user who may read everything has no problem.
    await using dami = await asterisk.connect(AT_ONCE);
    using pbx = await LivePbx.start(dami, {
      dialplan: true,
      checkInterval: 500,
    });
    const id = await dial(actions, "sales");
    await eventually(() => pbx.channels.has(id), "a call");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    assertEquals([pbx.state, pbx.problems.size], ["live", 0]);
  },
  { lean: false },
);

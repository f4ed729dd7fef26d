import { assert, assertEquals } from "@std/assert";
import type { ActionData, DAMI, DAMIData } from "../../mod.ts";
import { type AsteriskContext, asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";
import { toData, value } from "./_raw_session.ts";

/** The observation that {@linkcode observe} gives to a test. */
interface Observation {
  dami: DAMI;
  log: EventLog;
}

/**
 * Runs a scene while DAMI and a session of another make listen side by side,
 * and asserts that DAMI delivered the very same events in the same order.
 *
 * @returns The events of the scene.
 */
async function observe(
  asterisk: AsteriskContext,
  scene: (observation: Observation) => Promise<void>,
): Promise<readonly DAMIData[]> {
  await using raw = await asterisk.connectRaw();
  await using dami = await asterisk.connect({ integers: false });
  await dami.listen();
  const log = new EventLog(dami);

  // Both see these two, and with them what lies between.
  const begin = crypto.randomUUID();
  const end = crypto.randomUUID();
  const mark = async (id: string) => {
    await raw.send([["Action", "UserEvent"], ["UserEvent", "Mark"], [
      "Mark",
      id,
    ]]);
    await log.named("UserEvent", "Mark", id);
    await raw.find((frame) => value(frame, "Mark") === id, `mark ${id}`);
  };
  await mark(begin);
  await scene({ dami, log });
  await mark(end);

  const delivered = log.items.slice(
    log.items.findIndex((event) => event.Mark === begin),
    log.items.findIndex((event) => event.Mark === end) + 1,
  );
  const events = raw.items.filter((frame) => frame[0]?.[0] === "Event");
  const sent = events.slice(
    events.findIndex((frame) => value(frame, "Mark") === begin),
    events.findIndex((frame) => value(frame, "Mark") === end) + 1,
  ).map(toData);
  assertEquals(names(delivered), names(sent));
  assertEquals(delivered, sent);
  return delivered;
}

function names(events: readonly Record<string, unknown>[]): unknown[] {
  return events.map((event) => event.Event);
}

/** Calls, waits for the outcome and for the end of the call, and returns the outcome. */
async function call(
  { dami, log }: Observation,
  channel: string,
  data: ActionData = {},
): Promise<DAMIData> {
  const id = crypto.randomUUID();
  const [{ Message }] = await dami.to("Originate", {
    ActionID: id,
    Channel: channel,
    Application: "Wait",
    Data: 60,
    Async: true,
    ChannelId: id,
    OtherChannelId: `${id}-other`,
    ...data,
  });
  assertEquals(Message, "Originate successfully queued");
  const outcome = await log.named("OriginateResponse", "ActionID", id);
  // A channel that nobody could be found for has an outcome, and no end.
  const legs = channel.startsWith("Local/") ? [id, `${id}-other`] : [];
  for (const leg of legs) await log.named("Hangup", "Uniqueid", leg);
  return outcome;
}

/** The values of a header in all events of a name. */
function only(
  events: readonly DAMIData[],
  name: string,
  header: string,
): unknown[] {
  return events.filter((event) => event.Event === name).map((event) =>
    event[header]
  );
}

asteriskTest("a call that is answered", async (asterisk) => {
  let id: unknown;
  const events = await observe(asterisk, async (observation) => {
    const outcome = await call(observation, "Local/answer@tests");
    assertEquals(outcome.Response, "Success");
    assertEquals(outcome.Reason, "4");
    id = outcome.Uniqueid;
  });
  const ours = events.filter((event) => event.Linkedid === id);
  assertEquals(only(ours, "Newchannel", "Context"), ["tests", "tests"]);
  assertEquals(only(ours, "Hangup", "Cause").length, 2);
  assert(only(events, "LocalBridge", "LocalOneUniqueid").includes(id));
});

asteriskTest("a call that is busy", async (asterisk) => {
  let id: unknown;
  const events = await observe(asterisk, async (observation) => {
    const outcome = await call(observation, "Local/busy@tests");
    assertEquals(outcome.Response, "Failure");
    assertEquals(outcome.Reason, "5");
    id = outcome.ActionID;
  });
  const ours = events.filter((event) => event.Linkedid === id);
  assert(only(ours, "Hangup", "Cause").includes("17"));
});

asteriskTest("a call to no extension", async (asterisk) => {
  await observe(asterisk, async (observation) => {
    const outcome = await call(observation, "Local/nobody@tests");
    assertEquals(outcome.Response, "Failure");
  });
});

asteriskTest("a call to an endpoint that is offline", async (asterisk) => {
  const events = await observe(asterisk, async (observation) => {
    const direct = await call(observation, "PJSIP/6001");
    assertEquals(direct.Response, "Failure");
    await call(observation, "Local/unreachable@tests");
  });
  const told = events.filter((event) => event.UserEvent === "Unreachable");
  assertEquals(only(told, "UserEvent", "Status"), ["CHANUNAVAIL"]);
});

asteriskTest("a call with values that are hard to read", async (asterisk) => {
  const events = await observe(asterisk, async (observation) => {
    const outcome = await call(observation, "Local/values@tests", {
      CallerID: '"Zoë: Müller, 日本 😀" <+49 30>',
      Account: "a: b",
    });
    assertEquals(outcome.CallerIDName, "Zoë: Müller, 日本 😀");
  });
  const values = events.find((event) => event.UserEvent === "Values");
  assertEquals(values?.Text, "va: lue");
  assertEquals(values?.Name, "Zoë");
  // Two variables of the channel in each event, by 'channelvars'.
  assertEquals(values?.ChanVariable, [
    "TENANT=Zoë: Müller & Söhne",
    "NOTE=a=b",
  ]);
  const named = events.find((event) =>
    event.CallerIDName === "Zoë: Müller, 日本 😀"
  );
  assert(named !== undefined);
  const account = events.find((event) => event.AccountCode === "a: b");
  assert(account !== undefined);
});

asteriskTest("a call through a queue", async (asterisk) => {
  const events = await observe(asterisk, async (observation) => {
    const { dami, log } = observation;
    const outcome = await call(observation, "Local/queue@tests");
    assertEquals(outcome.Response, "Success");
    await log.named("QueueCallerLeave", "Queue", "quick");
    await log.named("AgentComplete", "Queue", "quick");
    const [, parameters, member] = await dami.to("QueueStatus", {
      Queue: "quick",
    });
    assertEquals(parameters?.Queue, "quick");
    assertEquals(member?.Name, "Quick Answer");
  });
  // Other tests have queues of their own on the same PBX.
  const ours = events.filter(({ Queue }) => Queue === "quick");
  assertEquals(only(ours, "QueueCallerJoin", "Queue"), ["quick"]);
  assertEquals(only(ours, "AgentConnect", "MemberName"), ["Quick Answer"]);
  // The items of the list do not count as events.
  assertEquals(only(events, "QueueParams", "Queue"), []);
  assertEquals(only(events, "QueueMember", "Queue"), []);
});

asteriskTest("a conference", async (asterisk) => {
  const room = `room${crypto.randomUUID().slice(0, 8)}`;
  const events = await observe(asterisk, async ({ dami, log }) => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    for (const id of ids) {
      await dami.to("Originate", {
        Channel: `Local/${room}@tests/n`,
        Application: "Wait",
        Data: 60,
        Async: true,
        ChannelId: id,
        OtherChannelId: `${id}-other`,
      });
    }
    for (const id of ids) {
      await log.named("ConfbridgeJoin", "Uniqueid", `${id}-other`);
    }
    for (const id of ids) {
      const { Channel } = await log.named("Newchannel", "Uniqueid", id);
      await dami.to("Hangup", { Channel: String(Channel) });
    }
    await log.named("ConfbridgeEnd", "Conference", room);
    for (const id of ids) await log.named("Hangup", "Uniqueid", id);
  });
  const ours = events.filter((event) => event.Conference === room);
  assertEquals(only(ours, "ConfbridgeStart", "Conference"), [room]);
  assertEquals(only(ours, "ConfbridgeJoin", "Conference"), [room, room]);
  assertEquals(only(ours, "ConfbridgeLeave", "Conference"), [room, room]);
});

asteriskTest("a queue member that is paused", async (asterisk) => {
  const events = await observe(asterisk, async ({ dami, log }) => {
    const Interface = "Local/answer@tests";
    for (const Paused of [true, false]) {
      await dami.to("QueuePause", {
        Queue: "quick",
        Interface,
        Paused,
        Reason: "tea: five o'clock",
      });
    }
    await log.find(
      ({ Event, Queue, Paused }) =>
        Event === "QueueMemberPause" && Queue === "quick" && Paused === "0",
      "the end of the pause",
    );
  });
  const ours = events.filter(({ Queue }) => Queue === "quick");
  assertEquals(only(ours, "QueueMemberPause", "Paused"), ["1", "0"]);
  const [reason] = only(ours, "QueueMemberPause", "PausedReason");
  assertEquals(reason, "tea: five o'clock");
});

asteriskTest("many calls at once", async (asterisk) => {
  const ids: unknown[] = [];
  const events = await observe(asterisk, async (observation) => {
    const outcomes = await Promise.all(
      Array.from(
        { length: 20 },
        () => call(observation, "Local/answer@tests"),
      ),
    );
    for (const outcome of outcomes) assertEquals(outcome.Response, "Success");
    ids.push(...outcomes.map((outcome) => outcome.Uniqueid));
  });
  const outcomes = only(events, "OriginateResponse", "Uniqueid");
  assertEquals(
    outcomes.filter((id) => ids.includes(id)).toSorted(),
    ids.toSorted(),
  );
});

asteriskTest(
  "a call that is waited for answers with the response alone",
  async (asterisk) => {
    await observe(asterisk, async ({ dami, log }) => {
      const id = crypto.randomUUID();
      const answer = await dami.to("Originate", {
        Channel: "Local/answer@tests",
        Application: "Wait",
        Data: 60,
        ChannelId: id,
        OtherChannelId: `${id}-other`,
      });
      assertEquals(answer.length, 1);
      assertEquals(answer[0].Message, "Originate successfully queued");
      await log.named("Hangup", "Uniqueid", id);
    });
  },
);

asteriskTest("a call that is run by AGI", async (asterisk) => {
  const id = crypto.randomUUID();
  const events = await observe(asterisk, async ({ dami, log }) => {
    await dami.to("Originate", {
      Channel: "Local/async-agi@tests",
      Application: "Wait",
      Data: 60,
      Async: true,
      ChannelId: id,
      OtherChannelId: `${id}-other`,
    });
    const start = await log.named("AsyncAGIStart", "Uniqueid", `${id}-other`);
    const Channel = String(start.Channel);
    const CommandID = crypto.randomUUID();
    const [{ Message }] = await dami.to("AGI", {
      Channel,
      Command: 'SET VARIABLE NOTE "a: b % c"',
      CommandID,
    });
    assertEquals(Message, "Added AGI command to queue");
    const { Result } = await log.named("AsyncAGIExec", "CommandId", CommandID);
    assertEquals(decodeURIComponent(String(Result)), "200 result=1\n");
    const [{ Value }] = await dami.to("Getvar", { Channel, Variable: "NOTE" });
    assertEquals(Value, "a: b % c");
    await dami.to("AGI", { Channel, Command: "ASYNCAGI BREAK" });
    for (const leg of [id, `${id}-other`]) {
      await log.named("Hangup", "Uniqueid", leg);
    }
  });
  const ours = events.filter(({ Linkedid }) => Linkedid === id);
  assertEquals(only(ours, "AsyncAGIEnd", "Exten"), ["async-agi"]);
});

import { assert, assertEquals } from "@std/assert";
import type { DAMI, DAMIData } from "../../mod.ts";
import { EventLog } from "./_event_log.ts";
import { DEADLINE } from "./_arrivals.ts";
import { asteriskTest } from "./_asterisk.ts";

asteriskTest(
  "PJSIPShowEndpoints lists what the console does",
  async (asterisk) => {
    await using dami = await asterisk.connect({ integers: false });
    const printed = await asterisk.console("pjsip list endpoints");
    const expected = [
      ...printed.matchAll(/^ Endpoint: {2}(\w+)\/\S+ +(\S.*?) +(\d+) of /gm),
    ].map(([, name, state]) => `${name} ${state}`);
    assertEquals(expected.length, 3, printed);

    const [, ...events] = await dami.to("PJSIPShowEndpoints");
    const listed = events.slice(0, -1).map((event) =>
      `${event.ObjectName} ${event.DeviceState}`
    );
    // Neither has an order of its own.
    assertEquals(listed.toSorted(), expected.toSorted());
  },
);

asteriskTest("QueueStatus lists what the console does", async (asterisk) => {
  await using dami = await asterisk.connect({ integers: false });
  const printed = await asterisk.console("queue show");
  const expected: string[] = [];
  for (const line of printed.split("\n")) {
    const queue = /^(\S+) has \d+ calls .* in '(\w+)' strategy/.exec(line);
    const member = /^ {6}(.*?) \((\S+?)(?: from (\S+?))?\)(.*)/.exec(line);
    if (queue) expected.push(queue.slice(1).join("|"));
    else if (member) {
      const [, name, location, state, rest = ""] = member;
      const penalty = /with penalty (\d+)/.exec(rest)?.[1] ?? "0";
      expected.push([name, location, state ?? location, penalty].join("|"));
    }
  }
  assertEquals(expected.length, 8, printed);

  const [, ...events] = await dami.to("QueueStatus");
  const listed = events.slice(0, -1).map((event) =>
    event.Event === "QueueParams"
      ? [event.Queue, event.Strategy].join("|")
      : [event.Name, event.Location, event.StateInterface, event.Penalty]
        .join("|")
  );
  assertEquals(listed.toSorted(), expected.toSorted());
  assertEquals(nested(events), true);
});

/** Reports whether every member comes after the queue that it belongs to. */
function nested(events: DAMIData[]): boolean {
  let queue: unknown;
  return events.every((event) => {
    if (event.Event === "QueueParams") queue = event.Queue;
    return event.Event !== "QueueMember" || event.Queue === queue;
  });
}

asteriskTest(
  "CoreShowChannels lists what the console does",
  async (asterisk) => {
    await using dami = await asterisk.connect({ integers: false });
    await dami.listen();
    const log = new EventLog(dami);
    const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
    for (const id of ids) {
      await dami.to("Originate", {
        Channel: "Local/hold@tests",
        Context: "tests",
        Exten: "hold",
        Priority: 1,
        CallerID: `"Zoë: Müller" <${1_000}>`,
        Async: true,
        ChannelId: id,
        OtherChannelId: `${id}-other`,
      });
    }
    const legs = ids.flatMap((id) => [id, `${id}-other`]);
    for (const leg of legs) {
      // Both legs stay in this application until somebody ends them.
      await log.find(
        (event) =>
          event.Event === "Newexten" && event.Uniqueid === leg &&
          event.Application === "Wait",
        `the call of ${leg}`,
      );
    }

    const printed = await asterisk.console("core show channels concise");
    const expected = printed.split("\n").map((line) => line.split("!"))
      .filter((fields) => legs.includes(fields.at(-1) ?? ""))
      .map((fields) => [...fields.slice(0, 8), fields.at(-1)]);
    const [, ...events] = await dami.to("CoreShowChannels");
    const listed = events
      .filter((event) => legs.includes(String(event.Uniqueid)))
      .map((event) => [
        event.Channel,
        event.Context,
        event.Exten,
        event.Priority,
        event.ChannelStateDesc,
        event.Application,
        event.ApplicationData,
        event.CallerIDNum,
        event.Uniqueid,
      ]);
    assertEquals(listed.length, 6);
    assertEquals(listed.toSorted(), expected.toSorted());

    const [, ...statuses] = await dami.to("Status");
    const ours = statuses.filter((event) =>
      legs.includes(String(event.Uniqueid))
    );
    assertEquals(ours.length, 6);
    assert(
      events.some((event) => event.CallerIDName === "Zoë: Müller"),
      JSON.stringify(events),
    );

    for (const id of ids) {
      await dami.to("Hangup", {
        Channel: String(
          (await log.named("Newchannel", "Uniqueid", id)).Channel,
        ),
      });
    }
    for (const leg of legs) await log.named("Hangup", "Uniqueid", leg);
  },
);

asteriskTest(
  "ConfbridgeList lists who is in a conference",
  async (asterisk) => {
    await using dami = await asterisk.connect({ integers: false });
    await dami.listen();
    const log = new EventLog(dami);
    const room = `room${crypto.randomUUID().slice(0, 8)}`;
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
    const [, ...rooms] = await dami.to("ConfbridgeListRooms");
    const parties = rooms.find((event) => event.Conference === room)?.Parties;
    assertEquals(parties, "2");
    const [, ...members] = await dami.to("ConfbridgeList", {
      Conference: room,
    });
    assertEquals(members.pop()?.Event, "ConfbridgeListComplete");
    assertEquals(
      members.map((event) => String(event.Uniqueid)).toSorted(),
      ids.map((id) => `${id}-other`).toSorted(),
    );
    for (const id of ids) {
      const { Channel } = await log.named("Newchannel", "Uniqueid", id);
      await dami.to("Hangup", { Channel: String(Channel) });
    }
    await log.named("ConfbridgeEnd", "Conference", room);
  },
);

asteriskTest(
  "ParkedCalls has items with the name of an event",
  async (asterisk) => {
    await using dami = await asterisk.connect({ integers: false });
    await dami.listen();
    const log = new EventLog(dami);
    const channel = await call(dami, log, "Local/park@tests");
    const parked = await log.find(
      (event) => event.Event === "ParkedCall",
      "ParkedCall",
    );
    const [, ...items] = await dami.to("ParkedCalls");
    assertEquals(items.pop()?.Event, "ParkedCallsComplete");
    assertEquals(items.map((item) => item.Event), ["ParkedCall"]);
    assertEquals(items[0]?.ParkeeChannel, parked.ParkeeChannel);
    const live = log.items.filter((event) => event.Event === "ParkedCall");
    assertEquals(live, [parked]);
    await dami.to("Hangup", { Channel: channel });
    await log.find(
      (event) => event.Event === "ParkedCallGiveUp",
      "ParkedCallGiveUp",
    );
  },
);

asteriskTest("Agents lists an agent on a call", async (asterisk) => {
  await using dami = await asterisk.connect({ integers: false });
  await dami.listen();
  const log = new EventLog(dami);
  const agent = await call(dami, log, "Local/agent@tests");
  const becomes = (state: string) =>
    log.find(
      (event) =>
        event.Event === "DeviceStateChange" && event.Device === "Agent:7001" &&
        event.State === state,
      `the agent to become ${state}`,
    );
  // Asterisk tries an agent for some seconds before it gives calls to it.
  await becomes("NOT_INUSE");
  const caller = await call(dami, log, "Local/ask-agent@tests");
  await becomes("INUSE");

  // It is rung before it is on the call, which no event reports.
  let answer = await dami.to("Agents");
  const deadline = Date.now() + DEADLINE;
  while (answer[1]?.Status !== "AGENT_ONCALL" && Date.now() < deadline) {
    answer = await dami.to("Agents");
  }
  const [, item, completion, ...more] = answer;
  assertEquals(item?.Event, "Agents");
  assertEquals(item?.Name, "Zoë: Agent");
  assertEquals(item?.Status, "AGENT_ONCALL");
  // Asterisk ends the first of these two with a bare line feed.
  assert(/^\d+$/.test(String(item?.CallStarted)), JSON.stringify(item));
  assert(/^\d+$/.test(String(item?.LoggedInTime)), JSON.stringify(item));
  assertEquals(completion?.Event, "AgentsComplete");
  assertEquals(more, []);

  await dami.to("Hangup", { Channel: caller });
  await dami.to("Hangup", { Channel: agent });
  await log.named("AgentLogoff", "Agent", "7001");
});

asteriskTest(
  "CoreShowChannelMap lists who is connected to a channel",
  async (asterisk) => {
    // Version 16 does not have the action.
    if (asterisk.major < 18) return;
    await using dami = await asterisk.connect({ integers: false });
    await dami.listen();
    const log = new EventLog(dami);
    const channel = await call(dami, log, "Local/iax@tests");
    const dialing = channel.replace(/1$/, "2");
    const { BridgeUniqueid } = await log.named(
      "BridgeEnter",
      "Channel",
      dialing,
    );
    const peer = await log.find(
      (event) =>
        event.Event === "BridgeEnter" && event.Channel !== dialing &&
        event.BridgeUniqueid === BridgeUniqueid,
      "the other channel in the bridge",
    );
    const [, ...items] = await dami.to("CoreShowChannelMap", {
      Channel: dialing,
    });
    const completion = items.pop();
    assertEquals(completion?.Event, "CoreShowChannelMapComplete");
    assertEquals(completion?.ListItems, String(items.length));
    assertEquals(items.map((item) => item.ConnectedChannel), [peer.Channel]);
    await dami.to("Hangup", { Channel: channel });
    await log.named("Hangup", "Channel", channel);
  },
);

/** Calls, and gives the name of the channel that waits. */
async function call(
  dami: DAMI,
  log: EventLog,
  channel: string,
): Promise<string> {
  const id = crypto.randomUUID();
  await dami.to("Originate", {
    Channel: channel,
    Application: "Wait",
    Data: 60,
    Async: true,
    ChannelId: id,
    OtherChannelId: `${id}-other`,
  });
  return String((await log.named("Newchannel", "Uniqueid", id)).Channel);
}

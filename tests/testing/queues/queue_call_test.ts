import { DAMI, type DAMIData } from "../../../mod.ts";
import { LivePbx } from "../../../src/live/live_pbx.ts";
import {
  type AmiQueue,
  AmiServer,
  type AmiServerOptions,
} from "../../../src/testing/ami_server.ts";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { until } from "../../_waiting.ts";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

const MEMBERS = [{ interface: "PJSIP/6001" }, { interface: "PJSIP/6002" }];

/** A server with one queue, a client, and the events that the client gets. */
class Fixture implements AsyncDisposable {
  readonly events: DAMIData[] = [];
  #marks = 0;

  private constructor(readonly server: AmiServer, readonly dami: DAMI) {
    dami.on("*", (event) => this.events.push(event));
  }

  static async start(
    queue: Partial<AmiQueue>,
    options: AmiServerOptions = {},
  ): Promise<Fixture> {
    const server = AmiServer.start({
      queues: [{ name: "sales", members: MEMBERS, ...queue }],
      ringTime: 5,
      talkTime: 5,
      ...options,
    });
    const dami = new DAMI({ port: server.port });
    await dami.connectAndLogin(CREDENTIALS);
    await dami.listen();
    return new Fixture(server, dami);
  }

  /** The names of the events of queues, once all are here. */
  async names(): Promise<string[]> {
    const before = this.#marks++;
    this.server.emit({ Event: "Mark", Privilege: "user,all" });
    await until(() => this.#count("Mark") > before);
    return this.events.map(({ Event }) => `${Event}`).filter((name) =>
      /^(Queue(Caller|Member)|Agent)/.test(name)
    );
  }

  #count(name: string): number {
    return this.events.filter(({ Event }) => Event === name).length;
  }

  find(name: string): DAMIData {
    return this.events.find(({ Event }) => Event === name) ?? {};
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dami.close();
    await this.server.close();
  }
}

Deno.test("an answered queue call has the events of Asterisk in its order", async () => {
  await using fixture = await Fixture.start({ strategy: "rrmemory" });
  const call = fixture.server.queueCall("sales", {
    callerIdNum: "0201",
    callerIdName: "Maeve O'Brien",
  });
  assertEquals(await call.outcome, {
    result: "answered",
    member: "PJSIP/6001",
  });
  await call.ended;
  assertEquals(await fixture.names(), [
    "QueueCallerJoin",
    "AgentCalled",
    "QueueMemberStatus",
    "QueueMemberStatus",
    "QueueCallerLeave",
    "AgentConnect",
    "AgentComplete",
    "QueueMemberStatus",
  ]);
  const { CallerIDNum, CallerIDName, Position, Count } = fixture.find(
    "QueueCallerJoin",
  );
  assertEquals(
    [CallerIDNum, CallerIDName, Position, Count],
    ["0201", "Maeve O\\'Brien", 1, 1],
  );
  const complete = fixture.find("AgentComplete");
  assertEquals(complete["Reason"], "caller");
  assertEquals(complete["Interface"], "PJSIP/6001");
});

// The headers were compared with Asterisk 16.28 and 22.10.
Deno.test("queue events have the headers of Asterisk in its order", async () => {
  await using fixture = await Fixture.start({});
  await fixture.server.queueCall("sales").ended;
  await fixture.names();
  const headers = (name: string) =>
    Object.keys(fixture.find(name)).filter((header) =>
      !/^(Dest)?(Channel|CallerID|ConnectedLine|Language|Account|Context|Exten|Priority|Uniqueid|Linkedid)/
        .test(header)
    ).join(" ");
  assertEquals(
    headers("QueueCallerJoin"),
    "Event Privilege Queue Position Count",
  );
  assertEquals(
    headers("AgentConnect"),
    "Event Privilege Queue Interface MemberName HoldTime RingTime",
  );
  assertEquals(
    headers("AgentComplete"),
    "Event Privilege Queue Interface MemberName HoldTime TalkTime Reason",
  );
  assertEquals(
    headers("QueueMemberStatus"),
    "Event Privilege Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime",
  );
});

Deno.test("ringall rings all members, and the first to answer gets the call", async () => {
  await using fixture = await Fixture.start({ strategy: "ringall" });
  const call = fixture.server.queueCall("sales", {
    onRing: ({ interface: phone }) => phone === "PJSIP/6002" ? 5 : "no-answer",
  });
  assertEquals((await call.outcome).member, "PJSIP/6002");
  await call.ended;
  const names = await fixture.names();
  assertEquals(names.filter((name) => name === "AgentCalled").length, 2);
});

Deno.test("a busy member is followed by the next one", async () => {
  await using fixture = await Fixture.start({ strategy: "linear" });
  const rung: string[] = [];
  const call = fixture.server.queueCall("sales", {
    onRing: ({ interface: phone }) => {
      rung.push(phone);
      return phone === "PJSIP/6001" ? "busy" : 5;
    },
  });
  assertEquals((await call.outcome).member, "PJSIP/6002");
  assertEquals(rung, ["PJSIP/6001", "PJSIP/6002"]);
  await call.ended;
  assert((await fixture.names()).includes("AgentRingNoAnswer"));
});

Deno.test("a member that does not answer is followed by the next after `retry`", async () => {
  await using fixture = await Fixture.start({
    strategy: "rrmemory",
    timeout: 0.02,
    retry: 0.01,
  });
  const call = fixture.server.queueCall("sales", {
    onRing: ({ interface: phone }) => phone === "PJSIP/6001" ? "no-answer" : 5,
  });
  assertEquals((await call.outcome).member, "PJSIP/6002");
  await call.ended;
});

Deno.test("callers who lose patience, and those of a timeout, are abandoned", async () => {
  await using fixture = await Fixture.start({ members: [] });
  const { server } = fixture;
  const lost = server.queueCall("sales", { patience: 5 });
  assertEquals(await lost.outcome, { result: "abandoned" });
  const late = server.queueCall("sales", { timeout: 5 });
  assertEquals(await late.outcome, { result: "timeout" });
  assertEquals(await fixture.names(), [
    "QueueCallerJoin",
    "QueueCallerAbandon",
    "QueueCallerLeave",
    "QueueCallerJoin",
    "QueueCallerAbandon",
    "QueueCallerLeave",
  ]);
  const [, params] = await fixture.dami.to("QueueStatus");
  assertEquals(params?.["Abandoned"], 2);
});

Deno.test("a caller who leaves by a key is not abandoned", async () => {
  await using fixture = await Fixture.start({ members: [] });
  const call = fixture.server.queueCall("sales");
  call.press();
  assertEquals(await call.outcome, { result: "key" });
  assertEquals(await fixture.names(), ["QueueCallerJoin", "QueueCallerLeave"]);
});

Deno.test("a full queue and one without members refuse callers", async () => {
  await using full = await Fixture.start({ members: [], maxLength: 1 });
  full.server.queueCall("sales");
  const second = full.server.queueCall("sales");
  assertEquals(await second.outcome, { result: "full" });
  await using empty = await Fixture.start({ members: [], joinEmpty: false });
  const call = empty.server.queueCall("sales");
  assertEquals(await call.outcome, { result: "empty" });
});

Deno.test("callers leave when the last member pauses", async () => {
  await using fixture = await Fixture.start({
    members: [{ interface: "PJSIP/6001", status: 2 }],
    ringInUse: false,
    leaveWhenEmpty: true,
  });
  const call = fixture.server.queueCall("sales");
  await fixture.dami.to("QueuePause", {
    Interface: "PJSIP/6001",
    Paused: true,
    Reason: "Lunch",
  });
  assertEquals(await call.outcome, { result: "empty" });
});

Deno.test("a member that wraps up, or is paused, is not rung until that is over", async () => {
  await using fixture = await Fixture.start({
    members: [{ interface: "PJSIP/6001" }],
    wrapUpTime: 0.1,
  });
  const { server, dami } = fixture;
  await server.queueCall("sales").ended;
  const next = server.queueCall("sales");
  const [, , member, entry] = await dami.to("QueueStatus");
  assertEquals([member?.["CallsTaken"], entry?.["Event"]], [1, "QueueEntry"]);
  await dami.to("QueuePause", { Interface: "PJSIP/6001", Paused: true });
  await dami.to("QueuePause", { Interface: "PJSIP/6001", Paused: false });
  assertEquals((await next.outcome).result, "answered");
  await next.ended;
});

Deno.test("agents log in and out by QueueAdd and QueueRemove", async () => {
  await using fixture = await Fixture.start({ members: [] });
  const { server, dami } = fixture;
  const call = server.queueCall("sales");
  const agent = { Queue: "sales", Interface: "PJSIP/6001" };
  await dami.to("QueueAdd", { ...agent, MemberName: "Alice" });
  await assertRejects(() => dami.to("QueueAdd", agent), Error, "Already there");
  assertEquals((await call.outcome).member, "PJSIP/6001");
  await call.ended;
  await dami.to("QueueRemove", agent);
  await assertRejects(() => dami.to("QueueRemove", agent), Error, "Not there");
  const names = await fixture.names();
  assertEquals(names[1], "QueueMemberAdded");
  assertEquals(names.at(-1), "QueueMemberRemoved");
});

Deno.test("hanging up the agent's channel ends the call as the agent", async () => {
  await using fixture = await Fixture.start({}, { talkTime: 60_000 });
  const { server, dami } = fixture;
  const call = server.queueCall("sales");
  await call.outcome;
  await fixture.names();
  const channel = `${fixture.find("AgentConnect")["DestChannel"]}`;
  await dami.to("Hangup", { Channel: channel });
  await call.ended;
  await fixture.names();
  assertEquals(fixture.find("AgentComplete")["Reason"], "agent");
});

Deno.test("a Local member has two channels, which end with the call", async () => {
  await using fixture = await Fixture.start({
    members: [{ interface: "Local/2000@default/n", name: "Alice" }],
  });
  const call = fixture.server.queueCall("sales", { talkTime: Infinity });
  await call.outcome;
  const [, ...channels] = await fixture.dami.to("CoreShowChannels");
  assertEquals(channels.length, 4);
  call.hangUp();
  await call.ended;
  const [, ...rest] = await fixture.dami.to("CoreShowChannels");
  assertEquals(rest.length, 1);
});

Deno.test("lists and events of many queue calls agree", async () => {
  await using fixture = await Fixture.start({
    strategy: "leastrecent",
    ringInUse: false,
    retry: 0.01,
    timeout: 0.03,
  });
  const { server, dami } = fixture;
  using live = await LivePbx.start(dami, {
    without: ["extensions", "parking"],
  });
  const calls = Array.from(
    { length: 40 },
    (_, index) =>
      server.queueCall("sales", {
        talkTime: index > 30 ? Infinity : 3,
        patience: 200 + index * 5,
        onRing: () =>
          index % 5 === 0 ? "no-answer" : index % 7 === 0 ? "busy" : 3,
      }),
  );
  await until(() => live.channels.size > 0);
  await Promise.all(calls.map(({ outcome }) => outcome));
  await dami.ping();
  const changes: string[] = [];
  await live.refresh();
  const stream = live.changes();
  await live.refresh();
  live.stop();
  for await (const change of stream) changes.push(change.type);
  assertEquals(changes, ["snapshot-begin", "snapshot-end"]);
});

Deno.test("QueueSummary and QueueReset know the figures", async () => {
  await using fixture = await Fixture.start({ serviceLevel: 5 });
  const { server, dami } = fixture;
  await server.queueCall("sales").ended;
  const [, params] = await dami.to("QueueStatus");
  assertEquals([params?.["Completed"], params?.["ServicelevelPerf"]], [
    1,
    "100.0",
  ]);
  const [, summary] = await dami.to("QueueSummary");
  assertEquals([summary?.["LoggedIn"], summary?.["Available"]], [2, 2]);
  await dami.to("QueueReset", { Queue: "sales" });
  const [, after] = await dami.to("QueueStatus");
  assertEquals(after?.["Completed"], 0);
});

Deno.test("queueCall() refuses a queue that the server does not have", async () => {
  await using server = AmiServer.start();
  assertThrows(() => server.queueCall("nope"), RangeError, '"nope"');
});

Deno.test("an error of onRing() ends the call, and close() throws it", async () => {
  const server = AmiServer.start({
    queues: [{ name: "sales", members: MEMBERS }],
  });
  const call = server.queueCall("sales", {
    onRing: () => {
      throw new Error("broken");
    },
  });
  await assertRejects(() => call.ended, Error, "broken");
  await assertRejects(() => server.close(), Error, "broken");
});

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AmiClosedError, AmiLimitError, DAMI } from "../../mod.ts";
import {
  type Change,
  type ChangeType,
  LivePbx,
} from "../../src/live/live_pbx.ts";
import { type AmiFrame, AmiServer } from "../../src/testing/ami_server.ts";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** The longest wait for anything (milliseconds). */
const DEADLINE = 5_000;

async function connect(server: AmiServer): Promise<DAMI> {
  const dami = new DAMI({
    port: server.port,
    reconnect: { minDelay: 5, maxDelay: 20 },
  });
  await dami.connectAndLogin(CREDENTIALS);
  return dami;
}

/** Reads changes up to one of some type. */
async function upTo<Type extends ChangeType>(
  changes: AsyncIterator<Change>,
  type: Type,
): Promise<Change[]> {
  const read: Change[] = [];
  for (;;) {
    const { value, done } = await changes.next();
    assert(!done, `no ${type} came`);
    read.push(value);
    if (value.type === type) return read;
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + DEADLINE;
  while (!holds()) {
    assert(Date.now() < deadline, "waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function channel(uniqueid: string, state = "Ring"): AmiFrame {
  return {
    Channel: `PJSIP/6001-${uniqueid}`,
    ChannelStateDesc: state,
    Uniqueid: uniqueid,
    Linkedid: uniqueid,
  };
}

Deno.test("LivePbx follows a call from its beginning to its end", async () => {
  await using server = AmiServer.start({ ringTime: 5, talkTime: 20 });
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  assertEquals(pbx.state, "live");
  const changes = pbx.changes();
  await dami.originate({
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
  });
  const read = await upTo(changes, "call-ended");
  const connected = read.find(({ type }) => type === "call-connected");
  assert(connected?.type === "call-connected");
  assertEquals(connected.call.state, "talking");
  assertEquals(
    connected.call.parties.map(({ name }) => name.slice(0, 10)),
    ["PJSIP/6001", "PJSIP/6002"],
  );
  const ended = read.at(-1);
  assert(ended?.type === "call-ended");
  assertEquals([ended.cause, ended.answered, ended.lost], [16, true, false]);
  assertEquals(pbx.calls.size, 0);
});

Deno.test("LivePbx shows what went on before it started", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 60_000 });
  await using dami = await connect(server);
  await dami.originate({
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
  });
  using pbx = await LivePbx.start(dami);
  await until(() => [...pbx.calls.values()][0]?.state === "talking");
  assertEquals(pbx.queues.get("support")?.members.size, 2);
  assertEquals(pbx.endpoints.get("PJSIP/6001")?.contacts.length, 1);
});

Deno.test("LivePbx reports which snapshot failed, and shows the rest", async () => {
  await using server = AmiServer.start();
  server.on("QueueStatus", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  assert(pbx.problems.get("queues")?.message.includes("Permission denied"));
  assert(!pbx.problems.has("channels"));
  assert(pbx.endpoints.size > 0);
  const changes = pbx.changes();
  await pbx.refresh();
  const read = await upTo(changes, "snapshot-end");
  assert(
    read.some((change) =>
      change.type === "problem" && change.snapshot === "queues"
    ),
  );
});

Deno.test("LivePbx takes Status where CoreShowChannels is refused", async () => {
  await using server = AmiServer.start();
  server.on("CoreShowChannels", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  server.on("Status", () => [
    { Response: "Success", EventList: "start" },
    {
      Event: "Status",
      ...channel("1.1", "Up"),
      BridgeID: "b1",
      Seconds: 90,
    },
    { Event: "StatusComplete", EventList: "Complete", ListItems: 1 },
  ]);
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  assert(!pbx.problems.has("channels"));
  const call = pbx.calls.get("1.1");
  assertEquals(call?.state, "up");
  assert(Date.now() - (call?.startedAt ?? 0) >= 90_000);
});

Deno.test("LivePbx ends what is gone after a restart, and reports it", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 60_000 });
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  await dami.originate({ Channel: "PJSIP/6001", Application: "Echo" });
  await until(() => pbx.calls.size === 1);
  const changes = pbx.changes();
  await server.restart({ downFor: 5 });
  const read = await upTo(changes, "snapshot-end");
  assertEquals(pbx.calls.size, 0);
  assertEquals(pbx.channels.size, 0);
  const types = read.map(({ type }) => type);
  assert(types.includes("stale"));
  const ended = read.find(({ type }) => type === "call-ended");
  assert(ended?.type === "call-ended" && ended.lost && ended.cause === 0);
  await until(() => pbx.state === "live");
});

Deno.test("LivePbx takes snapshots again when the PBX has booted", async () => {
  await using server = AmiServer.start();
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  const changes = pbx.changes();
  server.on("CoreShowChannels", () => [
    { Response: "Success", EventList: "start" },
    { Event: "CoreShowChannel", ...channel("7.7"), Duration: "00:00:01" },
    { Event: "CoreShowChannelsComplete", EventList: "Complete" },
  ]);
  server.emit({ Event: "FullyBooted", Privilege: "system,all", Uptime: 3 });
  await upTo(changes, "snapshot-end");
  assert(pbx.calls.has("7.7"));
});

Deno.test("a change reaches an iterator within one tick", async () => {
  await using server = AmiServer.start();
  await using dami = await connect(server);
  let isNextTick = false;
  // It is called before the listener of LivePbx.
  dami.on("Newchannel", () => {
    setTimeout(() => {
      isNextTick = true;
    });
  });
  using pbx = await LivePbx.start(dami);
  const changes = pbx.changes();
  server.emit({
    Event: "Newchannel",
    Privilege: "call,all",
    ...channel("1.1"),
  });
  await upTo(changes, "channel-started");
  assert(!isNextTick);
  await until(() => isNextTick);
});

Deno.test("LivePbx is an EventTarget, which survives a listener that throws", async () => {
  await using server = AmiServer.start();
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  const errors: unknown[] = [];
  pbx.addEventListener("error", ({ error }) => errors.push(error));
  const failure = new Error("mine");
  const started: string[] = [];
  pbx.addEventListener("call-started", () => {
    throw failure;
  });
  pbx.addEventListener("call-started", ({ detail }) => {
    started.push(detail.call.id);
  });
  server.emit({
    Event: "Newchannel",
    Privilege: "call,all",
    ...channel("1.1"),
  });
  await until(() => started.length > 0);
  assertEquals([started, errors], [["1.1"], [failure]]);
});

Deno.test("LivePbx ends its iterators when it is stopped, and with the connection", async () => {
  await using server = AmiServer.start();
  const dami = await connect(server);
  const stopped = await LivePbx.start(dami);
  const pbx = await LivePbx.start(dami);
  const changes = stopped.changes();
  stopped.stop();
  stopped.stop();
  assertEquals(stopped.state, "stopped");
  assert((await changes.next()).done);
  assertThrows(() => stopped.changes(), AmiClosedError, "stop()");
  let isTold = false;
  pbx.addEventListener("stop", () => {
    isTold = true;
  });
  const others = pbx.changes();
  dami.close();
  await until(() => pbx.state === "stopped");
  // That the connection was closed is emitted, then nothing more.
  for await (const change of others) assertEquals(change.type, "stale");
  assert(isTold);
  await assertRejects(() => LivePbx.start(dami), AmiClosedError);
});

Deno.test("an iterator has a bound", async () => {
  await using server = AmiServer.start();
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  const changes = pbx.changes({ maxQueue: 1 });
  for (const id of ["1.1", "1.2"]) {
    server.emit({
      Event: "Newchannel",
      Privilege: "call,all",
      ...channel(id),
    });
  }
  await until(() => pbx.channels.size === 2);
  await changes.next();
  await assertRejects(() => changes.next(), AmiLimitError);
});

Deno.test("LivePbx shows what the embedded PBX shows, whatever is called, hung up and cut", async () => {
  const order = fc.constantFrom(
    "PJSIP/6001 Dial PJSIP/6002",
    "PJSIP/6003 Echo -",
    "Local/2000@default Echo -",
    "Local/none@default Wait 5",
    "hangup",
    "cut",
    "restart",
  );
  const run = async (orders: string[]) => {
    await using server = AmiServer.start({ ringTime: 1, talkTime: 60_000 });
    await using dami = await connect(server);
    using pbx = await LivePbx.start(dami, { dialplan: true });
    for (const each of orders) {
      const [Channel = "", Application = "", Data = ""] = each.split(" ");
      if (each === "cut") server.cut();
      else if (each === "restart") await server.restart({ downFor: 1 });
      else if (each === "hangup") {
        const [first] = pbx.channels.values();
        if (first === undefined) continue;
        // It may be hung up by now, or the connection be lost.
        await dami.to("Hangup", { Channel: first.name }).catch(() => {});
      } else {
        await dami.to("Originate", {
          Channel,
          Application,
          Data,
          Async: true,
        }).catch(() => {});
      }
    }
    const own = async () => {
      const [, ...items] = await dami.to("CoreShowChannels");
      return items.slice(0, -1).map((item) =>
        [item.Uniqueid, item.Linkedid, item.Channel, item.ChannelStateDesc]
          .join(" ")
      ).toSorted().join("\n");
    };
    const shown = () =>
      [...pbx.channels.values()].map((each) =>
        [each.uniqueid, each.linkedid, each.name, each.state].join(" ")
      ).toSorted().join("\n");
    // The simulated calls still ring and answer for a few milliseconds.
    const deadline = Date.now() + DEADLINE;
    for (;;) {
      const theirs = await own().catch(() => "lost");
      if (pbx.state === "live" && theirs === shown()) return;
      if (Date.now() > deadline) assertEquals(shown(), theirs);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 8 }), run),
    { numRuns: 25 },
  );
});

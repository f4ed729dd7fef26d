import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiVersionError,
  type EventStream,
} from "../../mod.ts";
import type { FleetChange, FleetLive } from "../../src/fleet/fleet.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { until, within } from "../_waiting.ts";
import { freePort, started, type TestFleet } from "./_fleet.ts";

/** The changes of a fleet, from when it is made. */
class ChangeLog {
  readonly all: FleetChange[] = [];
  readonly stream: EventStream<FleetChange>;
  readonly ended: Promise<void>;

  constructor(live: FleetLive) {
    this.stream = live.changes();
    this.ended = this.#read();
  }

  async #read(): Promise<void> {
    for await (const change of this.stream) this.all.push(change);
  }

  /** Returns the reports about one PBX, in words. */
  of(pbx: string, ...types: FleetChange["type"][]): string[] {
    return this.all.filter((change) => change.pbx === pbx)
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .map((change) =>
        change.type === "pbx-state-changed"
          ? `${change.before} -> ${change.state}`
          : change.type
      );
  }
}

/** A call in one PBX that goes on until it is hung up. */
async function call(test: TestFleet, pbx: string): Promise<void> {
  await test.fleet.get(pbx).to("Originate", {
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
    Async: true,
  });
}

const SLOW = { ringTime: 1, talkTime: 60_000 };

Deno.test("a live fleet names its PBXs, as they come and go", async () => {
  await using test = await started();
  using live = await test.fleet.live();
  assertEquals(live.names, ["berlin", "wien"]);
  await test.fleet.add("graz", { port: freePort() });
  assertEquals(live.names, ["berlin", "wien", "graz"]);
  await test.fleet.remove("berlin");
  assertEquals(live.names, ["wien", "graz"]);
});

Deno.test("everything in all PBXs is shown by PBX and id, each record with its PBX", async () => {
  await using test = await started();
  using live = await test.fleet.live();
  assertEquals(
    [...live.queues.keys()].toSorted(),
    ["berlin/sales", "berlin/support", "wien/sales", "wien/support"],
  );
  for (const pbx of ["berlin", "wien"]) {
    assertEquals(live.state(pbx), "live");
    const one = await LivePbx.start(test.fleet.get(pbx));
    const maps = [
      [live.queues, one.queues],
      [live.devices, one.devices],
      [live.endpoints, one.endpoints],
      [live.extensions, one.extensions],
      [live.channels, one.channels],
      [live.bridges, one.bridges],
      [live.calls, one.calls],
    ] as const;
    for (const [all, own] of maps) {
      const ofPbx = [...all].filter(([, record]) => record.pbx === pbx);
      assertEquals(
        ofPbx,
        [...own].map(([id, record]) => [`${pbx}/${id}`, { ...record, pbx }]),
      );
    }
    one.stop();
  }
  assertEquals(live.pbx("berlin")?.state, "live");
  assertEquals(live.pbx("graz"), undefined);
  assertEquals(live.state("graz"), undefined);
});

Deno.test("changes come with the name of their PBX", async () => {
  await using test = await started();
  using live = await test.fleet.live();
  const log = new ChangeLog(live);
  await call(test, "wien");
  await until(() => log.of("wien", "call-ended").length === 1);
  assertEquals(
    log.of("wien", "call-started", "call-answered", "call-connected"),
    ["call-started", "call-answered", "call-connected"],
  );
  assertEquals(log.of("berlin"), []);
  live.stop();
  await within(log.ended);
});

Deno.test("a PBX that comes late is shown when it comes, and reported as new", async () => {
  await using late = AmiServer.start(SLOW);
  await late.refuse();
  await using test = await started(["berlin"]);
  const { fleet } = test;
  await fleet.add("graz", { port: late.port });
  using live = await fleet.live();
  assertEquals([live.state("berlin"), live.state("graz")], ["live", "stale"]);
  const log = new ChangeLog(live);
  await late.accept();
  await until(() => live.state("graz") === "live");
  await until(() => log.of("graz", "pbx-state-changed").length === 2);
  assertEquals(log.of("graz", "pbx-state-changed", "queue-added"), [
    "stale -> syncing",
    "queue-added",
    "queue-added",
    "syncing -> live",
  ]);
  await call(test, "graz");
  await until(() => log.of("graz", "call-connected").length === 1);
  assertEquals(live.calls.size, 1);
});

Deno.test("a PBX that is added and removed is reported by changes, and leaves nothing behind", async () => {
  await using graz = AmiServer.start(SLOW);
  await using test = await started(["berlin"]);
  const { fleet } = test;
  using live = await fleet.live();
  const log = new ChangeLog(live);
  await fleet.add("graz", { port: graz.port });
  await until(() => live.state("graz") === "live");
  await call(test, "graz");
  await until(() => log.of("graz", "call-connected").length === 1);
  await fleet.remove("graz");
  assertEquals([...live.calls.keys()], []);
  assertEquals([...live.queues.keys()].toSorted(), [
    "berlin/sales",
    "berlin/support",
  ]);
  assertEquals(live.state("graz"), undefined);
  await until(() => log.of("graz", "pbx-removed").length === 1);
  const changes = log.of("graz");
  assertEquals([changes[0], changes.at(-1)], ["pbx-added", "pbx-removed"]);
  const ended = log.all.filter((change) => change.type === "call-ended");
  assertEquals(ended.map(({ pbx, lost }) => [pbx, lost]), [["graz", true]]);
  assertEquals(log.of("graz", "queue-removed").length, 2);
});

Deno.test("a PBX whose connection is lost is stale, then syncing, then live, and the others stay live", async () => {
  await using test = await started();
  const { fleet } = test;
  using live = await fleet.live();
  const log = new ChangeLog(live);
  const wien = test.server("wien");
  await wien.refuse();
  wien.cut();
  await until(() => live.state("wien") === "stale");
  // What was last known is still shown.
  assert(live.queues.has("wien/support"));
  assertEquals(live.state("berlin"), "live");
  await wien.accept();
  await until(() => log.of("wien", "pbx-state-changed").length === 3);
  assertEquals(log.of("wien", "pbx-state-changed"), [
    "live -> stale",
    "stale -> syncing",
    "syncing -> live",
  ]);
  assertEquals(log.of("berlin"), []);
});

Deno.test("a PBX that refuses the login is refused", async () => {
  await using strict = AmiServer.start({ secret: "another" });
  await using test = await started();
  const { fleet } = test;
  await fleet.add("graz", { port: strict.port });
  using live = await fleet.live();
  assertEquals(live.state("graz"), "refused");
  const log = new ChangeLog(live);
  const wien = test.server("wien");
  wien.on("Login", () => ({
    Response: "Error",
    Message: "Authentication failed",
  }));
  wien.cut();
  await until(() => live.state("wien") === "refused");
  await until(() =>
    log.of("wien", "pbx-state-changed").at(-1) === "stale -> refused"
  );
  assertEquals(log.of("wien", "pbx-state-changed"), [
    "live -> stale",
    "stale -> refused",
  ]);
});

Deno.test("live() waits no longer than its timeout for a PBX that does not answer", async () => {
  await using test = await started();
  const held: (() => void)[] = [];
  test.server("wien").on("QueueStatus", (action, client) => {
    held.push(() =>
      client.answer(action, [
        { Response: "Success", EventList: "start" },
        { Event: "QueueStatusComplete", EventList: "Complete", ListItems: 0 },
      ])
    );
  });
  using live = await test.fleet.live({ timeout: 100 });
  await until(() => live.state("berlin") === "live");
  assertEquals(live.state("wien"), "syncing");
  assertEquals(live.pbx("wien"), undefined);
  await until(() => held.length > 0);
  for (const answer of held) answer();
  await until(() => {
    for (const answer of held.splice(0)) answer();
    return live.state("wien") === "live";
  });
});

Deno.test("live() ends with its signal", async () => {
  await using test = await started(["berlin"]);
  const { fleet } = test;
  test.server("berlin").on("QueueStatus", () => {});
  const controller = new AbortController();
  const { signal } = controller;
  const starting = fleet.live({ signal });
  await test.server("berlin").next("QueueStatus");
  const reason = new Error("Too long");
  controller.abort(reason);
  assertEquals(await assertRejects(() => starting), reason);
  await assertRejects(() => fleet.live({ signal }));
  await assertRejects(() => fleet.live({ timeout: -1 }), RangeError);
});

Deno.test("snapshots that are cut short are taken again after the next login", async () => {
  await using test = await started(["berlin"]);
  const server = test.server("berlin");
  const remove = server.on("QueueStatus", (_action, client) => {
    remove();
    client.cut();
  });
  using live = await test.fleet.live();
  await until(() => live.state("berlin") === "live");
  assert(live.queues.has("berlin/support"));
});

Deno.test("stop() and close() end the iterators, and what was known can be read", async () => {
  await using test = await started();
  const { fleet } = test;
  const [one, two] = [await fleet.live(), await fleet.live()];
  const [log, other] = [new ChangeLog(one), new ChangeLog(two)];
  one.stop();
  one.stop();
  await within(log.ended);
  assertEquals(one.queues.size, 4);
  assertEquals(two.state("wien"), "live");
  assertThrows(() => one.changes(), AmiClosedError, "was stopped");
  fleet.close();
  await within(other.ended);
  assertEquals(two.queues.size, 4);
});

Deno.test("changes() of two readers are the same, and nothing is read for nobody", async () => {
  await using test = await started(["berlin"]);
  using live = await test.fleet.live();
  const [one, two] = [new ChangeLog(live), new ChangeLog(live)];
  await call(test, "berlin");
  await until(() => one.of("berlin", "call-ended").length === 1);
  await until(() => two.all.length === one.all.length);
  assertEquals(one.all, two.all);
  await one.stream.return();
  await two.stream.return();
  const three = new ChangeLog(live);
  await call(test, "berlin");
  await until(() => three.of("berlin", "call-ended").length === 1);
  assertEquals(three.of("berlin", "call-started").length, 1);
});

Deno.test("a PBX whose events do not come is polling, the others are live, and changes report it", async () => {
  await using test = await started();
  let Paused = 0;
  test.server("berlin").on("QueueStatus", () => [
    { Response: "Success", EventList: "start" },
    { Event: "QueueParams", Queue: "support" },
    { Event: "QueueMember", Queue: "support", Location: "PJSIP/alice", Paused },
    { Event: "QueueStatusComplete", EventList: "Complete", ListItems: 2 },
  ]);
  using live = await test.fleet.live({ checkInterval: 20 });
  const log = new ChangeLog(live);
  assertEquals(live.state("berlin"), "live");
  Paused = 1;
  await until(() => live.state("berlin") === "polling");
  assertEquals(live.state("wien"), "live");
  assertEquals(live.pbx("berlin")?.problems.has("queues"), true);
  await until(() => log.of("berlin", "pbx-state-changed").length === 1);
  assertEquals(log.of("berlin", "pbx-state-changed"), ["live -> polling"]);
  assertEquals(log.of("wien", "pbx-state-changed"), []);
  const member = live.queues.get("berlin/support")?.members.get("PJSIP/alice");
  assertEquals(member?.isPaused, true);
});

Deno.test("a PBX that is too old to be followed says so, and is shown once it was updated", async () => {
  await using test = await started(["berlin"]);
  await using old = AmiServer.start({ amiVersion: "1.3" });
  await test.fleet.add("wien", { port: old.port });
  using live = await test.fleet.live();
  assertEquals(live.state("wien"), "syncing");
  assert(live.failure("wien") instanceof AmiVersionError);
  assertEquals(live.failure("berlin"), undefined);
  assertEquals(live.failure("graz"), undefined);
  const { port } = old;
  await old.close();
  await until(() => live.failure("wien") instanceof AmiConnectionError);
  await using _updated = AmiServer.start({ port });
  await until(() => live.state("wien") === "live");
  assertEquals(live.failure("wien"), undefined);
});

Deno.test("a PBX that is down has no records, and its name is known", async () => {
  await using test = await started(["berlin"]);
  await test.fleet.add("graz", { port: freePort() });
  using live = await test.fleet.live({ without: ["devices"] });
  assertEquals(live.state("graz"), "stale");
  assertEquals(live.devices.size, 0);
  assertEquals(live.calls.size, 0);
});

Deno.test("figures are counted for each PBX as its name says", async () => {
  await using test = await started();
  const asked: string[] = [];
  using live = await test.fleet.live({
    figures: (pbx) => {
      asked.push(pbx);
      return { timeZone: pbx === "berlin" ? "Asia/Tokyo" : "UTC" };
    },
  });
  assertEquals(asked.toSorted(), live.names.toSorted());
  const starts = live.names.map((name) =>
    live.pbx(name)?.figures.report().dayStart
  );
  assertEquals(new Set(starts).size, 2);
});

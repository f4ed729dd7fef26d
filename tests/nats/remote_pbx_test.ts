import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import { fail } from "node:assert";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
  type GapDetail,
} from "../../mod.ts";
import { AsyncAgi } from "../../src/agi/async_agi.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { until, within } from "../_waiting.ts";
import { Bridged } from "./_bridged.ts";
import { natsTest } from "./_nats.ts";
import type { RemotePbx } from "../../src/nats/nats.ts";

async function ready(pbx: RemotePbx): Promise<RemotePbx> {
  await until(() => pbx.state === "ready");
  return pbx;
}

/** The error that a promise is rejected with. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await within(promise, 20_000);
  } catch (error) {
    return error;
  }
  return fail("It was not rejected");
}

function outcomeOf(error: unknown): string {
  assertInstanceOf(error, AmiConnectionError);
  return `${error.failure} ${error.outcome}`;
}

natsTest(
  "a PBX on the bus emits the events of the PBX, from listen() on",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { pbx, bus } = bridged;
    const berlin = await ready(bus.pbx("berlin"));
    assertEquals(berlin.amiVersion, bridged.fleet.get("berlin").amiVersion);
    pbx.send(5);
    await test.stored(5);
    const numbers: number[] = [];
    berlin.on("userevent", ({ N }) => numbers.push(Number(N)));
    await berlin.listen();
    pbx.send(1_000);
    await until(() => numbers.length === 1_000);
    assertEquals(numbers[0], 6);
    assertEquals(numbers.at(-1), 1_005);
    assertEquals(berlin.stats().events, 1_000);
  },
);

natsTest("an answer comes after the events before it", async (test) => {
  await using bridged = await Bridged.start(test);
  const { pbx, bus } = bridged;
  const berlin = await ready(bus.pbx("berlin"));
  let last = 0;
  berlin.on("UserEvent", ({ N }) => {
    last = Number(N);
  });
  await berlin.listen();
  pbx.server.on("CoreShowChannels", () => [
    { Response: "Success", EventList: "start" },
    { Event: "CoreShowChannel", Channel: "x", Last: pbx.sent },
    { Event: "CoreShowChannelsComplete", EventList: "Complete" },
  ]);
  for (let time = 0; time < 5; time++) {
    pbx.send(2_000);
    const [, item] = await within(berlin.to("CoreShowChannels"));
    assertEquals(last, Number(item?.Last));
  }
});

natsTest("an answer of any size comes whole", async (test) => {
  await using bridged = await Bridged.start(test);
  const berlin = await ready(bridged.bus.pbx("berlin"));
  const items = Array.from({ length: 5_000 }, (_, index) => ({
    Event: "CoreShowChannel",
    Channel: `PJSIP/ü-${index}`,
    Padding: "x".repeat(400),
  }));
  bridged.pbx.server.on("CoreShowChannels", () => [
    { Response: "Success", EventList: "start" },
    ...items,
    { Event: "CoreShowChannelsComplete", EventList: "Complete" },
  ]);
  const [, ...rest] = await within(berlin.to("CoreShowChannels"), 20_000);
  assertEquals(rest.length, 5_001);
  assertEquals(rest[4_999]?.Channel, "PJSIP/ü-4999");
});

natsTest(
  "an error of the PBX is the error of a connection of one's own",
  async (test) => {
    await using bridged = await Bridged.start(test, {
      actions: { allow: ["Queue*"] },
    });
    const berlin = await ready(bridged.bus.pbx("berlin"));
    bridged.pbx.server.on("QueueAdd", () => ({
      Response: "Error",
      Message: "No such queue",
    }));
    const error = await errorOf(
      berlin.to("QueueAdd", { Queue: "x", Interface: "PJSIP/1" }),
    );
    assertInstanceOf(error, AmiResponseError);
    assertEquals(error.response.Message, "No such queue");
    assertEquals(error.action, "QueueAdd");
    const misuse = await errorOf(
      berlin.to("QueueAdd", { Queue: "x\r\nAction: Logoff", Interface: "y" }),
    );
    assertInstanceOf(misuse, TypeError);
  },
);

natsTest(
  "what is forbidden is refused by the bridge, and nothing is sent",
  async (test) => {
    await using bridged = await Bridged.start(test, {
      actions: { allow: ["*"] },
    });
    const { pbx, bus } = bridged;
    const berlin = await ready(bus.pbx("berlin"));
    const sent = bridged.fleet.stats().total.bytesSent;
    for (const action of ["Logoff", "login", "EVENTS", "Filter", "Challenge"]) {
      const error = await errorOf(berlin.to(action, { EventMask: "off" }));
      assertEquals(outcomeOf(error), "not-permitted not-sent");
    }
    const odd = await errorOf(berlin.to("Bad Name", {}));
    assertInstanceOf(odd, TypeError);
    assertEquals(bridged.fleet.stats().total.bytesSent, sent);
    assertEquals(pbx.sent, 0);
  },
);

natsTest(
  "actions that are not allowed by default are refused",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const berlin = await ready(bridged.bus.pbx("berlin"));
    for (const action of ["Originate", "Command", "Getvar", "QueueAdd"]) {
      const error = await errorOf(berlin.to(action, { Channel: "x" }));
      assertEquals(outcomeOf(error), "not-permitted not-sent");
    }
    assertEquals(await berlin.ping(), true);
  },
);

natsTest("without a bridge an action is not sent", async (test) => {
  await using bridged = await Bridged.start(test);
  const wien = bridged.bus.pbx("wien");
  const error = await errorOf(wien.to("Ping"));
  assertEquals(outcomeOf(error), "lost not-sent");
  assertEquals(await wien.ping(), false);
  assertEquals(wien.state, "idle");
});

natsTest("while the PBX is away an action is not sent", async (test) => {
  await using bridged = await Bridged.start(test);
  const berlin = await ready(bridged.bus.pbx("berlin"));
  const gaps: GapDetail[] = [];
  berlin.addEventListener("gap", ({ detail }) => gaps.push(detail));
  await berlin.listen();
  await bridged.pbx.server.refuse();
  bridged.pbx.server.cut();
  await until(() => berlin.state === "reconnecting");
  assertEquals(outcomeOf(await errorOf(berlin.to("Ping"))), "lost not-sent");
  await bridged.pbx.server.accept();
  await until(() => berlin.state === "ready", 20_000);
  await until(() => gaps.length > 0);
  assertEquals(await berlin.ping(), true);
});

natsTest(
  "an action that is not answered has the outcome unknown",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const berlin = await ready(bridged.bus.pbx("berlin"));
    bridged.pbx.server.on("CoreStatus", () => undefined);
    const error = await errorOf(berlin.to("CoreStatus", {}, { timeout: 200 }));
    assertInstanceOf(error, AmiTimeoutError);
    assertEquals(error.outcome, "unknown");
  },
);

natsTest(
  "an action with a key is done once, by whichever bridge",
  async (test) => {
    await using bridged = await Bridged.start(test, {
      actions: { allow: ["QueueAdd"] },
    });
    const { pbx, bus } = bridged;
    const berlin = await ready(bus.pbx("berlin"));
    let count = 0;
    pbx.server.on("QueueAdd", () => {
      count++;
      return { Response: "Success", Message: "Added" };
    });
    const add = (once?: string) =>
      berlin.to("QueueAdd", { Queue: "x", Interface: "PJSIP/1" }, {
        ...(once !== undefined && { once }),
      });
    const [first] = await add("order/1");
    const [second] = await add("order/1");
    assertEquals(second, first);
    assertEquals(count, 1);
    await add("order/2");
    await add();
    await add();
    assertEquals(count, 4);
    assertInstanceOf(await errorOf(add("a b")), TypeError);
    // Begun, and nobody knows what became of it.
    pbx.server.on("QueueAdd", () => {
      pbx.server.cut();
      return undefined;
    });
    assertEquals(outcomeOf(await errorOf(add("order/3"))), "lost unknown");
    await until(() => bridged.fleet.get("berlin").state === "ready");
    const again = await errorOf(add("order/3"));
    assertInstanceOf(again, AmiConnectionError);
    assertEquals(again.outcome, "unknown");
  },
);

natsTest("a call on the bus has an outcome", async (test) => {
  await using bridged = await Bridged.start(test, {
    actions: { allow: ["Originate"] },
  });
  const berlin = await ready(bridged.bus.pbx("berlin"));
  const { outcome, response } = await within(
    berlin.originate({
      Channel: "PJSIP/6001",
      Application: "Echo",
    }),
    20_000,
  );
  assertEquals(outcome, "answered");
  assertEquals(response.Event, "OriginateResponse");
});

natsTest(
  "equal questions at the same time are asked twice at most",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { pbx, bus } = bridged;
    let count = 0;
    const asked = Promise.withResolvers<void>();
    pbx.server.on("CoreStatus", async () => {
      count++;
      await asked.promise;
      return { Response: "Success", Count: count };
    });
    const clients = Array.from({ length: 50 }, () => bus.pbx("berlin"));
    const all = Promise.all(clients.map((client) => client.to("CoreStatus")));
    // The bridge refuses this one itself, behind all others.
    await errorOf(bus.pbx("berlin").to("Logoff"));
    asked.resolve();
    const answers = await within(all);
    assertEquals(answers.length, 50);
    assert(count <= 2, `It was asked ${count} times`);
  },
);

natsTest("every action leaves a line, without its secrets", async (test) => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await using bridged = await Bridged.start(test, {
    actions: { allow: ["Setvar"] },
    logger: { debug() {}, info: log, warn: log, error: log },
  }, { caller: "billing" });
  const berlin = await ready(bridged.bus.pbx("berlin"));
  const details: string[] = [];
  bridged.bridge.addEventListener("action", ({ detail }) => {
    details.push(`${detail.caller} ${detail.action} ${detail.error?.name}`);
  });
  bridged.pbx.server.on("Setvar", () => ({ Response: "Success" }));
  await berlin.to("Setvar", { Variable: "SIP_PASSWORD", Value: "hidden" });
  await errorOf(berlin.to("Command", { Command: "core stop now" }));
  assertEquals(details, [
    "billing Setvar undefined",
    "billing Command AmiConnectionError",
  ]);
  const [line] = lines.filter((each) => each.includes("Setvar"));
  assert(line?.includes("for billing"), line);
  assert(!lines.some((each) => each.includes("hidden")), line);
});

natsTest("LivePbx follows a PBX on the bus", async (test) => {
  await using bridged = await Bridged.start(test);
  const { bus, fleet } = bridged;
  using near = await LivePbx.start(fleet.get("berlin"));
  using far = await LivePbx.start(bus.pbx("berlin"));
  const originate = fleet.get("berlin").originate({
    Channel: "PJSIP/6001",
    Application: "Echo",
  });
  await within(originate);
  await until(() => near.channels.size > 0);
  const same = () =>
    JSON.stringify([...far.channels]) === JSON.stringify([...near.channels]);
  await until(same);
  assertEquals(far.state, "live");
  assertEquals([...far.calls.keys()], [...near.calls.keys()]);
});

natsTest("AsyncAGI leads calls by way of the bus", async (test) => {
  await using bridged = await Bridged.start(
    test,
    {
      actions: { allow: ["AGI"] },
    },
    {},
    { extensions: { "100": ["AGI(agi:async)", "Hangup()"] } },
  );
  const berlin = await ready(bridged.bus.pbx("berlin"));
  await berlin.listen();
  const { promise, resolve } = Promise.withResolvers<string>();
  await using _agi = AsyncAgi.serve(berlin, async (call) => {
    const values = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const [, value] = await Promise.all([
          call.setVariable(`V${index}`, String(index)),
          call.getVariable(`V${index}`),
        ]);
        return value;
      }),
    );
    resolve(values.join());
  });
  await bridged.fleet.get("berlin").to("Originate", {
    Channel: "PJSIP/6001",
    Context: "default",
    Exten: "100",
    Priority: 1,
    Async: true,
  });
  const expected = Array.from({ length: 20 }, (_, index) => index).join();
  assertEquals(await within(promise, 20_000), expected);
});

natsTest("FleetLive shows PBXs on the bus", async (test) => {
  await using bridged = await Bridged.start(test);
  using fleet = bridged.bus.fleet(["berlin", "wien"]);
  await ready(fleet.get("berlin"));
  assertEquals(fleet.failure("berlin"), undefined);
  assertInstanceOf(fleet.failure("wien"), AmiConnectionError);
  using live = await fleet.live();
  await bridged.fleet.get("berlin").originate({
    Channel: "PJSIP/6001",
    Application: "Echo",
  });
  await until(() => live.channels.size > 0);
  assertEquals([...live.channels.values()][0]?.pbx, "berlin");
});

natsTest(
  "a fleet of the PBXs that a test chooses grows as bridges take more of them",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { port } = bridged.pbx.server;
    using fleet = bridged.bus.fleet((name) => name.endsWith("n"));
    using live = await fleet.live();
    const added: string[] = [];
    fleet.addEventListener("add", ({ detail: { pbx } }) => added.push(pbx));
    for (const name of ["graz", "wien"]) {
      await bridged.fleet.add(name, { port });
      await until(() => bridged.bridge.holds(name));
    }
    await until(() => added.length > 0);
    await ready(fleet.get("wien"));
    await until(() => live.state("wien") === "live");
    assertEquals([added, fleet.names], [["wien"], ["berlin", "wien"]]);
    fleet.close();
    await bridged.fleet.add("bern", { port });
    await until(() => bridged.bus.names.includes("bern"));
    assertEquals(added, ["wien"]);
  },
);

natsTest("a PBX on the bus that is closed settles everything", async (test) => {
  await using bridged = await Bridged.start(test);
  const berlin = await ready(bridged.bus.pbx("berlin"));
  await berlin.listen();
  bridged.pbx.server.on("CoreStatus", () => undefined);
  const waiting = errorOf(berlin.to("CoreStatus"));
  const events = berlin.events();
  const next = events.next();
  await bridged.pbx.server.next("CoreStatus");
  berlin.close();
  assertInstanceOf(await waiting, AmiClosedError);
  assertEquals((await within(next)).done, true);
  assertEquals(berlin.state, "closed");
  await assertRejects(() => berlin.to("Ping"), AmiClosedError);
  await assertRejects(() => berlin.listen(), AmiClosedError);
});

natsTest(
  "a PBX on the bus survives NATS that is killed and restarted",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { pbx, bus } = bridged;
    const berlin = await ready(bus.pbx("berlin"));
    const gaps: GapDetail[] = [];
    berlin.addEventListener("gap", ({ detail }) => gaps.push(detail));
    const numbers: number[] = [];
    berlin.on("UserEvent", ({ N }) => numbers.push(Number(N)));
    await berlin.listen();
    for (let time = 1; time <= 3; time++) {
      await test.server.kill();
      pbx.send(100);
      assertEquals(await berlin.ping({ timeout: 500 }), false);
      await until(() => berlin.state === "reconnecting", 10_000);
      await test.server.restart();
      await until(() => numbers.length === time * 100, 20_000);
      await until(() => berlin.state === "ready", 20_000);
      await until(() => gaps.length === time);
    }
    assertEquals(numbers.at(-1), 300);
    assertEquals(await berlin.ping(), true);
  },
);

const PERMISSIONS = `
authorization {
  users = [
    { user: "bridge", password: "bridge" }
    { user: "reader", password: "reader", permissions: {
        publish: ["$JS.API.>", "$KV.dami_lease.>"], subscribe: ["_INBOX.>"] } }
    { user: "operator", password: "operator", permissions: {
        publish: ["$JS.API.>", "dami.do.*.Ping"], subscribe: ["_INBOX.>"] } }
  ]
}`;

natsTest("what NATS does not allow is refused at once", async (test) => {
  await using bridged = await Bridged.start(test, {
    actions: { allow: ["*"] },
  }, { user: "operator" });
  const berlin = await ready(bridged.bus.pbx("berlin"));
  assertEquals(await berlin.ping(), true);
  const begin = performance.now();
  const error = await errorOf(berlin.to("CoreStatus"));
  assertEquals(outcomeOf(error), "not-permitted not-sent");
  assert(performance.now() - begin < 1_000);
}, { configuration: PERMISSIONS });

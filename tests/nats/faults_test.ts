import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { AmiConnectionError, AmiTimeoutError } from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import {
  NatsBridge,
  type NatsBridgeOptions,
  NatsBus,
} from "../../src/nats/nats.ts";
import { settled } from "../_faults.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { until, within } from "../_waiting.ts";
import { Blackhole } from "./_blackhole.ts";
import { BridgeProcess, TTL } from "./_bridges.ts";
import {
  type Account,
  accountOf,
  assertComplete,
  natsTest,
  type TestBus,
} from "./_nats.ts";
import { NumberedPbx } from "./_numbered.ts";

/** A fleet of one PBX. */
async function fleetOf({ server }: NumberedPbx): Promise<Fleet> {
  const fleet = new Fleet({ berlin: { port: server.port } }, COMMON);
  await fleet.start();
  return fleet;
}

/** A bridge of this process, which holds the PBX. */
async function bridgeFor(
  bus: TestBus,
  fleet: Fleet,
  options: Partial<NatsBridgeOptions> = {},
): Promise<NatsBridge> {
  const bridge = new NatsBridge({
    nats: await bus.connect(),
    fleet,
    lease: { ttl: TTL },
    ...options,
  });
  await bridge.start();
  await until(() => bridge.holds("berlin"));
  return bridge;
}

/** Reads the bus when everything is stored: nothing is lost or doubled, and the order holds. */
async function accountWhenStored(
  bus: TestBus,
  pbx: NumberedPbx,
): Promise<Account> {
  await bus.stored(pbx.sent);
  const account = accountOf(await bus.read());
  assertComplete(account, pbx.sent);
  return account;
}

/** Does the same, and finds no gap behind which events are missing. */
async function accountWithoutHole(
  bus: TestBus,
  pbx: NumberedPbx,
): Promise<Account> {
  const account = await accountWhenStored(bus, pbx);
  assertEquals(account.gaps.filter(({ behind }) => behind > 0), []);
  return account;
}

/** Two bridges in processes of their own. */
interface TwoBridges extends AsyncDisposable {
  /** The one that holds the PBX. */
  readonly first: BridgeProcess;
  readonly second: BridgeProcess;
}

async function twoBridges(
  bus: TestBus,
  { server }: NumberedPbx,
): Promise<TwoBridges> {
  await using stack = new AsyncDisposableStack();
  const task = {
    nats: bus.server.address,
    pbxs: { berlin: server.port },
    options: {},
  };
  const first = stack.use(await BridgeProcess.start(task));
  await until(() => first.holds());
  const second = stack.use(await BridgeProcess.start(task));
  const started = stack.move();
  return {
    first,
    second,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

natsTest(
  "nothing is lost or doubled when nats-server is killed three times",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    await using bridge = await bridgeFor(bus, fleet);
    pbx.start(200, 10);
    for (let time = 0; time < 3; time++) {
      const before = pbx.sent;
      await until(() => pbx.sent > before + 4_000);
      await bus.server.kill();
      await until(() => pbx.sent > before + 6_000);
      await bus.server.restart();
    }
    pbx.stop();
    const { numbers } = await accountWithoutHole(bus, pbx);
    assertEquals(numbers.length, pbx.sent);
    assertEquals(fleet.stats().total.reconnects, 0);
    assert(bridge.stats().pbxs.get("berlin")?.published ?? 0 > 0);
  },
);

natsTest(
  "NATS that is away for longer than the lease loses nothing",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    await using bridge = await bridgeFor(bus, fleet);
    pbx.start(10, 10);
    await bus.stored(100);
    await bus.server.kill();
    await until(() => !bridge.holds("berlin"), TTL * 2);
    await until(() => pbx.sent > 4_000, 20_000);
    await bus.server.restart();
    pbx.stop();
    const { numbers } = await accountWithoutHole(bus, pbx);
    assertEquals(numbers.length, pbx.sent);
    assertEquals(fleet.stats().total.reconnects, 0);
  },
);

natsTest(
  "a full spool drops the oldest, and one gap says how many",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    await using bridge = await bridgeFor(bus, fleet, {
      spool: { maxEvents: 1_000 },
    });
    pbx.send(100);
    await bus.stored(100);
    await bus.server.kill();
    pbx.start(500, 5);
    await until(() => fleet.stats().total.events > 20_000);
    pbx.stop();
    await until(() => fleet.stats().total.events > pbx.sent);
    const { spooled = 0, dropped } = bridge.stats().pbxs.get("berlin") ?? {};
    assert(spooled <= 1_001, `${spooled} events are kept`);
    await bus.server.restart();
    const { gaps, numbers } = await accountWhenStored(bus, pbx);
    const overflows = gaps.filter(({ reason }) => reason === "overflow");
    assertEquals(overflows.length, 1);
    assertEquals(overflows[0]?.missed, pbx.sent - numbers.length);
    assertEquals(overflows[0]?.missed, dropped);
    assertEquals(gaps.filter(({ behind }) => behind > 0).length, 1);
    assertEquals(fleet.stats().total.reconnects, 0);
  },
);

natsTest(
  "a bridge that is killed is replaced in time, without a hole",
  async (bus) => {
    await using pbx = new NumberedPbx();
    pbx.start(5, 5);
    await using bridges = await twoBridges(bus, pbx);
    const { first, second } = bridges;
    await bus.stored(pbx.sent + 500);
    const killed = performance.now();
    first.signal("SIGKILL");
    await until(() => second.holds(), TTL + 5_000);
    const time = performance.now() - killed;
    assert(time < TTL + 1_000, `It took ${time} ms`);
    await bus.stored(pbx.sent + 100);
    pbx.stop();
    const { epochs } = await accountWithoutHole(bus, pbx);
    assertEquals(epochs, 2);
  },
);

natsTest(
  "a bridge that is stopped hands over within a second, without a hole",
  async (bus) => {
    await using pbx = new NumberedPbx();
    pbx.start(5, 5);
    await using bridges = await twoBridges(bus, pbx);
    const { first, second } = bridges;
    await bus.stored(pbx.sent + 500);
    const begin = performance.now();
    first.signal("SIGTERM");
    await until(() => second.holds());
    const time = performance.now() - begin;
    assert(time < 1_000, `It took ${time} ms`);
    await first.ended();
    await bus.stored(pbx.sent + 100);
    pbx.stop();
    const { epochs } = await accountWithoutHole(bus, pbx);
    assertEquals(epochs, 2);
  },
);

natsTest(
  "a bridge that sleeps and wakes up writes nothing any more",
  async (bus) => {
    await using pbx = new NumberedPbx();
    pbx.start(5, 5);
    await using bridges = await twoBridges(bus, pbx);
    const { first, second } = bridges;
    await bus.stored(pbx.sent + 200);
    first.signal("SIGSTOP");
    await until(() => second.holds(), TTL + 5_000);
    await bus.stored(pbx.sent + 200);
    first.signal("SIGCONT");
    await until(() => !first.holds());
    await bus.stored(pbx.sent + 500);
    pbx.stop();
    const { epochs } = await accountWithoutHole(bus, pbx);
    assertEquals(epochs, 2);
  },
);

natsTest(
  "a takeover by a bridge that has received nothing is a gap",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    {
      await using _bridge = await bridgeFor(bus, fleet);
      pbx.send(100);
      await bus.stored(100);
    }
    pbx.send(50);
    await until(() => fleet.stats().total.events > 150);
    await using _bridge = await bridgeFor(bus, fleet);
    pbx.send(50);
    const { gaps, numbers } = await accountWhenStored(bus, pbx);
    assertEquals(numbers.length, 150);
    const [gap, ...others] = gaps.filter(({ behind }) => behind > 0);
    assertEquals(gap?.behind, 100);
    assertEquals(gap?.reason, "bridge-start");
    assertEquals(others, []);
  },
);

natsTest(
  "a connection to the PBX that is lost is a gap, and no change of leader",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    await using _bridge = await bridgeFor(bus, fleet);
    pbx.send(100);
    await bus.stored(100);
    pbx.server.cut();
    const reconnected = Promise.withResolvers<void>();
    fleet.addEventListener("gap", () => reconnected.resolve());
    await reconnected.promise;
    pbx.send(100);
    const { gaps, epochs } = await accountWhenStored(bus, pbx);
    const [gap, ...others] = gaps.filter(({ behind }) => behind > 0);
    assertEquals(gap?.behind, 100);
    assertEquals(gap?.reason, "connection");
    assertEquals(others, []);
    assertEquals(epochs, 1);
  },
);

natsTest(
  "a bridge that NATS is lost to, without a word, steps down before another leads",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    await using other = await fleetOf(pbx);
    await using blackhole = new Blackhole(bus.server.port);
    await using first = await bridgeFor(bus, fleet, {
      nats: await bus.connect(`127.0.0.1:${blackhole.port}`),
    });
    await using second = new NatsBridge({
      nats: await bus.connect(),
      fleet: other,
      lease: { ttl: TTL },
    });
    let both = 0;
    second.addEventListener("hold", () => {
      if (first.holds("berlin")) both++;
    });
    await second.start();
    pbx.start(5, 5);
    await bus.stored(200);
    blackhole.swallow();
    await until(() => second.holds("berlin"), TTL + 5_000);
    assertEquals(both, 0);
    await bus.stored(pbx.sent + 200);
    blackhole.heal();
    await bus.stored(pbx.sent + 500);
    assertEquals(first.holds("berlin"), false);
    pbx.stop();
    const { epochs } = await accountWithoutHole(bus, pbx);
    assertEquals(epochs, 2);
  },
);

natsTest(
  "a PBX that is lost without a word is a gap, and no change of leader",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using blackhole = new Blackhole(pbx.server.port);
    await using fleet = new Fleet({
      berlin: {
        port: blackhole.port,
        connectTimeout: 300,
        keepAlive: { interval: 200, timeout: 200 },
      },
    }, COMMON);
    await fleet.start();
    await using bridge = await bridgeFor(bus, fleet);
    pbx.send(100);
    await bus.stored(100);
    blackhole.swallow();
    await until(() => fleet.get("berlin").state !== "ready");
    pbx.send(10);
    assertEquals(bridge.holds("berlin"), true);
    blackhole.heal();
    await until(() => fleet.get("berlin").state === "ready");
    pbx.send(10);
    const { gaps, numbers, epochs } = await accountWhenStored(bus, pbx);
    const lost = gaps.filter(({ behind }) => behind > 0);
    assertEquals(lost.map(({ reason }) => reason), ["connection"]);
    assertEquals(numbers.length, 110);
    assertEquals(epochs, 1);
  },
);

natsTest(
  "of two bridges that are started at once, 200 times, one leads",
  async (bus) => {
    await using pbx = new NumberedPbx();
    await using fleet = await fleetOf(pbx);
    await using other = await fleetOf(pbx);
    const [one, two] = [await bus.connect(), await bus.connect()];
    for (let time = 0; time < 200; time++) {
      const options = { lease: { ttl: TTL } };
      await using first = new NatsBridge({ nats: one, fleet, ...options });
      await using second = new NatsBridge({
        nats: two,
        fleet: other,
        ...options,
      });
      const leads = () =>
        [first, second].filter((bridge) => bridge.holds("berlin")).length;
      let most = 0;
      for (const bridge of [first, second]) {
        bridge.addEventListener("hold", () => most = Math.max(most, leads()));
      }
      await Promise.all([first.start(), second.start()]);
      await until(() => leads() > 0);
      pbx.send(1);
      await bus.stored(pbx.sent);
      assertEquals(most, 1);
      assertEquals(leads(), 1);
    }
    await accountWhenStored(bus, pbx);
  },
);

natsTest(
  "an action of a bridge that is killed is not done again by the other",
  async (bus) => {
    await using pbx = new NumberedPbx();
    const task = {
      nats: bus.server.address,
      pbxs: { berlin: pbx.server.port },
      options: { actions: { allow: ["QueueAdd"] } },
    };
    await using first = await BridgeProcess.start(task);
    await until(() => first.holds());
    await using second = await BridgeProcess.start(task);
    using reader = await NatsBus.open(await bus.connect());
    const berlin = reader.pbx("berlin");
    await until(() => berlin.state === "ready");
    let count = 0;
    pbx.server.on("QueueAdd", () => {
      count++;
      return undefined;
    });
    const add = () =>
      settled(
        berlin.to("QueueAdd", { Queue: "x", Interface: "PJSIP/1" }, {
          once: "order-1",
          timeout: 500,
        }),
      );
    const waiting = add();
    await until(() => count === 1);
    first.signal("SIGKILL");
    const lost = await within(waiting, 20_000);
    assertInstanceOf(lost, AmiTimeoutError);
    assertEquals(lost.outcome, "unknown");
    // Nobody holds the PBX for a while: nothing is sent.
    await until(() => second.holds(), TTL + 5_000);
    await until(() => berlin.state === "ready", 10_000);
    const again = await add();
    assertInstanceOf(again, AmiConnectionError);
    assertEquals(again.outcome, "unknown");
    assertEquals(count, 1);
  },
);

import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, NatsBus } from "../../src/nats/nats.ts";
import { settled } from "../_faults.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { until, within } from "../_waiting.ts";
import { TTL } from "./_bridges.ts";
import { accountOf, assertComplete, natsTest, type TestBus } from "./_nats.ts";
import { NumberedPbx } from "./_numbered.ts";

/** PBXs, and bridges that are started one after the other. */
class Shared implements AsyncDisposable {
  readonly pbxs: ReadonlyMap<string, NumberedPbx>;
  readonly bridges: NatsBridge[] = [];
  /** The number of times that a bridge began to hold a PBX. */
  holds = 0;
  /** The most bridges that have held a PBX at the same time. */
  most = 0;
  readonly #test: TestBus;
  readonly #fleets: Fleet[] = [];
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(test: TestBus, count: number) {
    this.#test = test;
    this.pbxs = new Map(
      Array.from({ length: count }, (_, index) => [
        `pbx${index}`,
        new NumberedPbx(),
      ]),
    );
    this.#timer = setInterval(() => this.#look(), 1);
  }

  get names(): string[] {
    return [...this.pbxs.keys()];
  }

  /** The number of PBXs that each bridge holds, the least first. */
  get counts(): number[] {
    return this.bridges.map((bridge) =>
      this.names.filter((name) => bridge.holds(name)).length
    ).sort((one, other) => one - other);
  }

  async add(): Promise<NatsBridge> {
    const fleet = new Fleet(
      Object.fromEntries(
        [...this.pbxs].map(([name, { server }]) => [
          name,
          { port: server.port },
        ]),
      ),
      COMMON,
    );
    this.#fleets.push(fleet);
    await fleet.start();
    const nats = await this.#test.connect();
    const bridge = new NatsBridge({ nats, fleet, lease: { ttl: TTL } });
    bridge.addEventListener("hold", () => this.holds++);
    this.bridges.push(bridge);
    await bridge.start();
    return bridge;
  }

  #look(): void {
    for (const name of this.names) {
      const holders = this.bridges.filter((bridge) => bridge.holds(name));
      this.most = Math.max(this.most, holders.length);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    for (const bridge of this.bridges) await bridge.stop();
    for (const fleet of this.#fleets) fleet.close();
    for (const pbx of this.pbxs.values()) await pbx[Symbol.asyncDispose]();
  }
}

/** In this time the PBXs are shared (milliseconds): two rounds, and the hand-overs. */
const SHARE_TIME = 4 * TTL + 5_000;

natsTest(
  "a bridge that is started later gets its share, without a hole, and then all is calm",
  async (test) => {
    await using shared = new Shared(test, 8);
    await shared.add();
    await until(() => shared.counts.join() === "8");
    using bus = await NatsBus.open(await test.connect());
    using fleet = bus.fleet(shared.names);
    await until(() =>
      shared.names.every((name) => fleet.get(name).state === "ready")
    );
    const disturbances: string[] = [];
    for (const type of ["gap", "disconnect"] as const) {
      fleet.addEventListener(type, ({ detail: { pbx } }) => {
        disturbances.push(`${pbx}: ${type}`);
      });
    }
    for (const name of shared.names) await fleet.get(name).listen();
    // The last two are silent.
    const busy = [...shared.pbxs.values()].slice(0, 6);
    for (const pbx of shared.pbxs.values()) pbx.send(5);
    for (const pbx of busy) pbx.start(3, 5);
    const refusals: string[] = [];
    const asking = setInterval(async () => {
      const error = await settled(fleet.get("pbx0").to("Ping"));
      if (error instanceof Error) refusals.push(error.message);
    }, 20);
    await shared.add();
    await until(() => shared.counts.join() === "4,4", SHARE_TIME);
    await shared.add();
    await until(() => shared.counts.join() === "2,3,3", SHARE_TIME);
    const { holds } = shared;
    assert(holds <= 8 + 4 + 4, `${holds} times a PBX was taken`);
    // Nothing moves any more.
    await delay(3 * TTL);
    assertEquals(shared.holds, holds);
    clearInterval(asking);
    assertEquals(shared.most, 1);
    assertEquals(disturbances, []);
    assertEquals(refusals, []);
    for (const pbx of busy) pbx.stop();
    for (const [name, pbx] of shared.pbxs) {
      await test.stored(pbx.sent, name);
      const account = accountOf(await test.read(), name);
      assertComplete(account, pbx.sent);
      assertEquals(account.gaps.filter(({ behind }) => behind > 0), [], name);
    }
  },
);

natsTest(
  "a bridge that cannot reach a PBX does not get it",
  async (test) => {
    await using shared = new Shared(test, 4);
    await shared.add();
    await until(() => shared.counts.join() === "4");
    for (const pbx of [...shared.pbxs.values()].slice(0, 3)) {
      await pbx.server.refuse();
    }
    await within(shared.add(), 20_000);
    await until(() => shared.counts.join() === "1,3", SHARE_TIME);
    await delay(2 * TTL);
    assertEquals(shared.counts, [1, 3]);
    assertEquals(shared.bridges[1]?.holds("pbx3"), true);
  },
);

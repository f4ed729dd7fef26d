import { jetstreamManager } from "@nats-io/jetstream";
import { assertEquals } from "@std/assert";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge } from "../../src/nats/nats.ts";
import { freePorts, LOOPBACK } from "../../tools/free_ports.ts";
import type { NatsServer } from "../../tools/nats_instance.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { until } from "../_waiting.ts";
import {
  accountOf,
  assertComplete,
  natsTest,
  startNats,
  TestBus,
} from "./_nats.ts";
import { NumberedPbx } from "./_numbered.ts";

/** Three servers that know each other. */
class Cluster implements AsyncDisposable {
  readonly servers = new Map<string, NatsServer>();

  static async start(): Promise<Cluster> {
    const cluster = new Cluster();
    const { tcp } = await freePorts({ tcp: 3, udp: 0 });
    const routes = tcp.map((port) => `"nats://${LOOPBACK}:${port}"`);
    await Promise.all(tcp.map(async (port, index) => {
      const name = `server-${index}`;
      const server = await startNats({
        name,
        configuration: `cluster { name: "dami", listen: "${LOOPBACK}:${port}"
          routes: [${routes.join(", ")}] }`,
      });
      cluster.servers.set(name, server);
    }));
    return cluster;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.servers.values()].map((server) => server[Symbol.asyncDispose]()),
    );
  }
}

/** Starts a bridge, as soon as the cluster has chosen who leads. */
async function started(make: () => NatsBridge): Promise<NatsBridge> {
  for (let attempt = 1;; attempt++) {
    const bridge = make();
    try {
      return await bridge.start();
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

natsTest("nothing is lost when the leader of a cluster is killed", async () => {
  await using cluster = await Cluster.start();
  const [first] = cluster.servers.values();
  if (first === undefined) throw new Error("There is no server");
  await using pbx = new NumberedPbx();
  await using fleet = new Fleet({ berlin: { port: pbx.server.port } }, COMMON);
  await fleet.start();
  const buses = [...cluster.servers.values()].map((server) =>
    new TestBus(server)
  );
  const [bus] = buses;
  if (bus === undefined) throw new Error("There is no bus");
  const nats = await bus.connect();
  await using bridge = await started(() => new NatsBridge({ nats, fleet }));
  await until(() => bridge.holds("berlin"), 20_000);
  pbx.start(20, 10);
  await bus.stored(1_000);
  const jsm = await jetstreamManager(nats);
  const { cluster: state, config } = await jsm.streams.info("DAMI");
  assertEquals(config.num_replicas, 3);
  const leader = state?.leader ?? "";
  await cluster.servers.get(leader)?.kill();
  await until(() => pbx.sent > 10_000, 20_000);
  pbx.stop();
  const reader = buses.find(({ server }) =>
    server !== cluster.servers.get(leader)
  );
  await reader?.stored(pbx.sent, "berlin", 30_000);
  const account = accountOf(await reader?.read() ?? []);
  assertComplete(account, pbx.sent);
  assertEquals(account.gaps.filter(({ behind }) => behind > 0), []);
  assertEquals(fleet.stats().total.reconnects, 0);
  for (const each of buses) await each.closeConnections();
});

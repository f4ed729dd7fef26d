/**
 * A bridge in a process of its own, which can be killed. It prints a line for
 * each PBX that it begins or ends to hold, and ends by SIGTERM.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints what it does
import { connect } from "@nats-io/transport-node";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, type NatsBridgeOptions } from "../../src/nats/nats.ts";

/** The settings that the process takes from its argument. */
export interface BridgeTask {
  /** The address of NATS. */
  readonly nats: string;
  /** The ports of the PBXs, by their names. */
  readonly pbxs: Readonly<Record<string, number>>;
  /** The options of the bridge. */
  readonly options: Omit<Partial<NatsBridgeOptions>, "nats" | "fleet">;
}

if (import.meta.main) {
  const task: BridgeTask = JSON.parse(Deno.args[0] ?? "");
  const nats = await connect({
    servers: task.nats,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
    reconnectJitter: 10,
  });
  const fleet = new Fleet(
    Object.fromEntries(
      Object.entries(task.pbxs).map(([name, port]) => [name, { port }]),
    ),
    {
      username: "admin",
      secret: "mysecret",
      keepAlive: { interval: 500, timeout: 500 },
      reconnect: { minDelay: 20, maxDelay: 100 },
    },
  );
  const bridge = new NatsBridge({ nats, fleet, ...task.options });
  for (const type of ["hold", "release"] as const) {
    bridge.addEventListener(type, ({ detail }) => {
      console.log(`${type} ${detail.pbx}`);
    });
  }
  Deno.addSignalListener("SIGTERM", async () => {
    await bridge.stop();
    fleet.close();
    await nats.close();
    Deno.exit();
  });
  await fleet.start();
  await bridge.start();
  console.log("started");
}

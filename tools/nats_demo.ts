/**
 * Shows the bus whole: two PBXs, two bridges, and a reader. One bridge is
 * killed in the middle of the calls, and the reader misses nothing.
 *
 * ```sh
 * deno task demo-nats
 * ```
 *
 * It brings the PBXs, and starts a `nats-server`: that of the environment
 * variable `DAMI_NATS`, of the `PATH`, or the one that `deno task nats` has
 * unpacked.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- the demo is what it prints
import { Fleet } from "@dami/dami/fleet";
import { NatsBridge, NatsBus } from "@dami/dami/nats";
import { AmiServer } from "@dami/dami/testing";
import { connect } from "@nats-io/transport-node";
import { reachableRegistry, withRegistry } from "./deno.ts";
import { findNats } from "./nats_installation.ts";
import { NatsServer } from "./nats_instance.ts";

/** The time that a bridge that is killed keeps its PBXs (milliseconds). */
const TTL = 2_000;

/** The time between two calls (milliseconds). */
const PERIOD = 5;

/** The number of events that each PBX sends. */
const EVENTS = 1_500;

const PBXS = ["berlin", "wien"] as const;

const begin = performance.now();

function say(sentence: string): void {
  const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
  console.log(`${seconds.padStart(5)} s  ${sentence}`);
}

/** Runs as a bridge in a process of its own, until it is killed. */
async function runBridge(
  name: string,
  address: string,
  ports: readonly number[],
): Promise<void> {
  const fleet = new Fleet(
    Object.fromEntries(
      PBXS.map((pbx, index) => [pbx, { port: ports[index] ?? 0 }]),
    ),
    { username: "admin", secret: "mysecret" },
  );
  const nats = await connect({ servers: address, maxReconnectAttempts: -1 });
  const bridge = new NatsBridge({ nats, fleet, name, lease: { ttl: TTL } });
  bridge.addEventListener("hold", ({ detail: { pbx } }) => {
    console.log(`Bridge ${name} publishes the events of ${pbx}`);
  });
  await fleet.start();
  await bridge.start();
}

const registry = await reachableRegistry();

/** Starts a bridge, and says what it prints. */
function startBridge(
  name: string,
  address: string,
  servers: readonly AmiServer[],
): Deno.ChildProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry([
      "run",
      "-A",
      import.meta.filename ?? "",
      name,
      address,
      ...servers.map(({ port }) => String(port)),
    ], registry),
    stdout: "piped",
  }).spawn();
  const print = async () => {
    for await (
      const text of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      for (const line of text.trimEnd().split("\n")) say(line);
    }
  };
  void print();
  return child;
}

/** Counts what comes, until all of it is there. */
async function readAll(bus: NatsBus): Promise<void> {
  const last = new Map<string, number>(PBXS.map((pbx) => [pbx, 0]));
  const items = bus.events({ since: "all" });
  for await (const { pbx, event, gap } of items) {
    if (gap !== undefined && gap.reason !== "bridge-start") {
      say(`${pbx}: events are missing (${gap.reason})`);
    }
    if (event?.Event !== "UserEvent") continue;
    const before = last.get(pbx) ?? 0;
    if (Number(event.N) !== before + 1) {
      say(`${pbx}: ${event.N} came behind ${before}`);
    }
    last.set(pbx, Number(event.N));
    if ([...last.values()].every((number) => number === EVENTS)) break;
  }
  say(`The reader has all ${EVENTS} events of each PBX, once and in order`);
}

async function demo(): Promise<void> {
  const installation = await findNats();
  if (installation === undefined) {
    console.error("There is no nats-server: run deno task nats --install.");
    Deno.exit(1);
  }
  await using nats = await NatsServer.start({ installation });
  say(`nats-server ${installation.version} listens on ${nats.address}`);
  const servers = PBXS.map(() => AmiServer.start());
  const bridges = ["A", "B"].map((name) =>
    startBridge(name, nats.address, servers)
  );
  await Promise.all(
    servers.map(async (server) => {
      for (const _ of bridges) await server.next("Login");
    }),
  );
  const connection = await connect({ servers: nats.address });
  const bus = await NatsBus.open(connection);
  while (bus.names.length < PBXS.length) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  say(`The bus has ${bus.names.join(" and ")}`);
  const reading = readAll(bus);
  let sent = 0;
  const timer = setInterval(() => {
    sent++;
    for (const server of servers) {
      server.emit({ Event: "UserEvent", Privilege: "user,all", N: sent });
    }
    if (sent === EVENTS / 3) {
      say("Bridge A is killed");
      bridges[0]?.kill("SIGKILL");
    }
    if (sent === EVENTS) clearInterval(timer);
  }, PERIOD);
  await reading;
  bus.close();
  await connection.close();
  bridges[1]?.kill("SIGKILL");
  for (const { status } of bridges) await status;
  for (const server of servers) await server.close();
}

const [name, address, ...ports] = Deno.args;
if (name === undefined || address === undefined) await demo();
else await runBridge(name, address, ports.map(Number));

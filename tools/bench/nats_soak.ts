/**
 * Has many PBXs send events by way of a bridge for a while, with a fault again
 * and again, and reads the bus. It sees that what is missing is in a gap, that
 * nothing comes twice or out of order, and that the memory stays flat. The exit
 * status is 1 if not.
 *
 * ```sh
 * deno run -A tools/nats.ts -- deno run -A tools/deno.ts run -A --v8-flags=--expose-gc tools/bench/nats_soak.ts --seconds 600 --pbxs 200 --rate 250
 * ```
 *
 * The faults, in turns, one every `--fault` seconds (60): nats-server is killed,
 * and started again after two seconds; it sleeps for five seconds; every
 * connection to a PBX is cut; the bridge is stopped, and another one started.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints what it measured
import { connect } from "@nats-io/transport-node";
import process from "node:process";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge } from "../../src/nats/nats.ts";
import { findNats } from "../nats_installation.ts";
import { NatsServer } from "../nats_instance.ts";
import { Pbxs } from "./nats_pbx_process.ts";
import { heapSize, NOTHING, type SoakFigures } from "./nats_soak_figures.ts";

const MB = 2 ** 20;

/** Growth of the memory that is left to chance (MB). */
const TOLERANCE = 48;

/** Time between two lines (milliseconds). */
const INTERVAL = 5_000;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Starts the reader, in a thread of its own, and waits until it reads. */
async function startReader(
  address: string,
): Promise<{ figures: () => SoakFigures; end: () => Promise<void> }> {
  const worker = new Worker(new URL("./nats_soak_reader.ts", import.meta.url), {
    workerData: address,
  });
  const started = Promise.withResolvers<void>();
  let figures: SoakFigures | undefined;
  worker.on("message", (message: SoakFigures) => {
    figures = message;
    started.resolve();
  });
  await started.promise;
  return {
    figures: () => figures ?? NOTHING,
    end: async () => void await worker.terminate(),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)
    .at(Math.floor(values.length / 2)) ?? 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      seconds: { type: "string", default: "600" },
      pbxs: { type: "string", default: "200" },
      rate: { type: "string", default: "250" },
      fault: { type: "string", default: "60" },
    },
  });
  const installation = await findNats();
  if (installation === undefined) {
    console.error("There is no nats-server: run deno task nats --install.");
    return 1;
  }
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await NatsServer.start({ installation }));
  const pbxs = stack.use(await Pbxs.start(Number(values.pbxs)));
  const nats = await connect({
    servers: server.address,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  stack.defer(() => nats.close());
  const fleet = stack.use(
    new Fleet(
      Object.fromEntries(
        pbxs.ports.map((port, index) => [`p${index}`, { port }]),
      ),
      {
        username: "admin",
        secret: "mysecret",
        reconnect: { minDelay: 50, maxDelay: 500 },
      },
    ),
  );
  await fleet.start();
  const startBridge = async () => {
    const bridge = new NatsBridge({
      nats,
      fleet,
      stream: { maxBytes: 4 * 2 ** 30 },
    });
    await bridge.start();
    return bridge;
  };
  let bridge = await startBridge();
  stack.defer(() => bridge.stop());
  while (fleet.names.some((name) => !bridge.holds(name))) await pause(50);
  const reader = await startReader(server.address);
  stack.defer(() => reader.end());
  await pbxs.tell(`rate ${values.rate}`);

  const faults: [string, () => Promise<void>][] = [
    ["nats-server is killed", async () => {
      await server.kill();
      await pause(2_000);
      await server.restart();
    }],
    ["nats-server sleeps", async () => {
      server.signal("SIGSTOP");
      await pause(5_000);
      server.signal("SIGCONT");
    }],
    ["the PBXs cut", () => pbxs.tell("cut")],
    ["the bridge is replaced", async () => {
      await bridge.stop();
      bridge = await startBridge();
    }],
  ];
  const heaps: number[] = [];
  const begin = performance.now();
  const elapsed = () => (performance.now() - begin) / 1_000;
  // The first one comes after half of its time.
  let nextFault = Number(values.fault) / 2;
  while (elapsed() < Number(values.seconds)) {
    await pause(INTERVAL);
    const own = heapSize();
    const { rss } = process.memoryUsage();
    const { read, gaps, missing, wrong, heap } = reader.figures();
    heaps.push((own + heap) / MB);
    let waiting = 0;
    for (const { spooled } of bridge.stats().pbxs.values()) waiting += spooled;
    console.log(
      `${
        Math.round(elapsed())
      } s: ${read} read, ${gaps} gaps, ${missing} missing, ${wrong} wrong, ${waiting} wait, heap ${
        Math.round(own / MB)
      } + ${Math.round(heap / MB)} MB, RSS ${Math.round(rss / MB)} MB`,
    );
    if (elapsed() < nextFault) continue;
    nextFault += Number(values.fault);
    const [fault] = faults;
    if (fault === undefined) continue;
    faults.push(...faults.splice(0, 1));
    console.log(`${Math.round(elapsed())} s: ${fault[0]}`);
    await fault[1]();
  }
  await pbxs.tell("rate 0");
  // The reader may be slower than all the others.
  for (let before = -1; before !== reader.figures().read;) {
    before = reader.figures().read;
    await pause(INTERVAL);
  }
  const third = Math.floor(heaps.length / 3);
  const growth = median(heaps.slice(-third)) -
    median(heaps.slice(third, 2 * third));
  const { read, gaps, missing, wrong, behind } = reader.figures();
  console.log(
    `${read} read, ${gaps} gaps, ${missing} missing, ${wrong} wrong, ${behind} PBXs behind the others; the heap grew by ${
      Math.round(growth)
    } MB in the last third`,
  );
  const isGood = missing === 0 && wrong === 0 && behind === 0 &&
    growth < TOLERANCE;
  console.log(isGood ? "All is well" : "Something is wrong");
  return isGood ? 0 : 1;
}

Deno.exit(await main());

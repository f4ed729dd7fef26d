/**
 * Measures a fleet: the time of 500 logins and the memory of an idle
 * connection, whether the heap grows while 200 PBXs send 500 events a second
 * each to a live fleet, and how fast 100 connections are against as many
 * clients of their own, in turns and in the same run. It ends by itself.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A --v8-flags=--expose-gc tools/bench/fleet.ts --seconds 60
 * ```
 *
 * The PBXs run in a process of their own.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints what it measured
import { cpuUsage } from "node:process";
import { parseArgs } from "node:util";
import { DAMI, type DAMIData } from "../../mod.ts";
import { Fleet, type FleetPbxOptions } from "../../src/fleet/fleet.ts";
import { median } from "./statistics.ts";
import { reachableRegistry, withRegistry } from "../deno.ts";
import { fileURLToPath } from "node:url";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

const { values } = parseArgs({
  options: {
    idle: { type: "string", default: "500" },
    busy: { type: "string", default: "200" },
    rate: { type: "string", default: "500" },
    seconds: { type: "string", default: "60" },
    connections: { type: "string", default: "100" },
  },
});

/** The events of each connection in one round of the race. */
const ROUND = 1_000;

/** The number of rounds. */
const ROUNDS = 10;

/** The PBXs of another process. */
interface Pbxs extends AsyncDisposable {
  readonly ports: number[];
}

async function start(...args: (number | string)[]): Promise<Pbxs> {
  const file = fileURLToPath(new URL("./fleet_pbxs.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(
      ["run", "-A", file, ...args.map(String)],
      await reachableRegistry(),
    ),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.endsWith("\n")) text += (await reader.read()).value ?? "\n";
  return {
    ports: JSON.parse(text),
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await reader.cancel();
      await child.status;
    },
  };
}

function fleetOf(ports: readonly number[]): Fleet {
  const pbxs: Record<string, FleetPbxOptions> = {};
  for (const [index, port] of ports.entries()) pbxs[`pbx-${index}`] = { port };
  return new Fleet(pbxs, { ...CREDENTIALS, timeout: 120_000 });
}

function states(fleet: Fleet): string {
  const ready = fleet.names.filter((name) => fleet.get(name).state === "ready");
  return `${ready.length} of ${fleet.names.length}`;
}

function collect(): number {
  const gc: unknown = Reflect.get(globalThis, "gc");
  for (let count = 0; count < 5; count++) {
    if (typeof gc === "function") gc();
  }
  return Deno.memoryUsage().heapUsed;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));
}

async function measureIdle(count: number): Promise<void> {
  await using pbxs = await start("embedded", count);
  {
    // Code and shapes are there before they are counted.
    await using warm = fleetOf(pbxs.ports.slice(0, 5));
    await warm.start();
  }
  const before = collect();
  const rssBefore = Deno.memoryUsage().rss;
  const begin = performance.now();
  await using fleet = fleetOf(pbxs.ports);
  fleet.on("Hangup", () => {});
  await fleet.start({ timeout: 60_000 });
  const took = performance.now() - begin;
  await pause(2);
  const heap = (collect() - before) / count;
  const rss = (Deno.memoryUsage().rss - rssBefore) / count;
  console.log(`logins: ${states(fleet)} in ${(took / 1_000).toFixed(2)} s`);
  console.log(
    `idle: ${(heap / 1_000).toFixed(1)} kB of heap and ${
      (rss / 1_000).toFixed(1)
    } kB of memory each`,
  );
}

async function measureLoad(
  count: number,
  rate: number,
  seconds: number,
): Promise<void> {
  await using pbxs = await start("busy", count, rate);
  await using fleet = fleetOf(pbxs.ports);
  await fleet.start({ timeout: 60_000 });
  using live = await fleet.live({ timeout: 60_000 });
  let ended = 0;
  const changes = live.changes({ maxQueue: 1_000_000 });
  const reading = (async () => {
    for await (const change of changes) {
      if (change.type === "call-ended") ended++;
    }
  })();
  // What stays is there after a sixth of the time.
  await pause(seconds / 6);
  const heaps = [collect()];
  const eventsBefore = fleet.stats().total.events;
  const begin = performance.now();
  const cpuBefore = cpuSeconds();
  for (let part = 0; part < 5; part++) {
    await pause(seconds / 6);
    heaps.push(collect());
  }
  const took = (performance.now() - begin) / 1_000;
  const events = fleet.stats().total.events - eventsBefore;
  const cpu = (cpuSeconds() - cpuBefore) / took;
  console.log(
    `load: ${states(fleet)}, ${(events / took).toFixed(0)} events/s of ${
      count * rate
    } for ${took.toFixed(0)} s, ${(100 * cpu).toFixed(0)} % of a core`,
  );
  console.log(
    `heap every ${(seconds / 6).toFixed(0)} s: ${
      heaps.map((heap) => (heap / 1e6).toFixed(1)).join(", ")
    } MB`,
  );
  const { total } = fleet.stats();
  console.log(
    `calls now ${live.calls.size}, ended ${ended}, changes queued ${changes.queued}, dropped frames ${total.framesDropped}, reconnects ${total.reconnects}`,
  );
  live.stop();
  await reading;
}

/** The processor time of this process (seconds). */
function cpuSeconds(): number {
  const [, ...fields] = Deno.readTextFileSync("/proc/self/stat").split(") ");
  const [user, system] = (fields.join(") ").split(" ")).slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

/** Reads three headers, as the workload of 100 connections does. */
function read(event: DAMIData): number {
  return String(event.Event).length + String(event.Channel ?? "").length +
    String(event.Uniqueid ?? "").length;
}

async function measureRate(count: number): Promise<void> {
  await using pbxs = await start("rounds", count, ROUND);
  await using fleet = fleetOf(pbxs.ports);
  let sum = 0;
  fleet.on("*", (event) => {
    sum += read(event);
  });
  await fleet.start({ timeout: 60_000 });
  const clients = pbxs.ports.map((port) =>
    new DAMI({ port, timeout: 120_000 })
  );
  await Promise.all(clients.map(async (client) => {
    await client.connectAndLogin(CREDENTIALS);
    client.on("*", (event) => {
      sum += read(event);
    });
    await client.listen();
  }));
  // In this process's own time: other programs of the machine do not count.
  const race = async (all: { to(action: "Ping"): Promise<unknown> }[]) => {
    const begin = cpuUsage();
    await Promise.all(all.map((client) => client.to("Ping")));
    const { user, system } = cpuUsage(begin);
    return count * ROUND / (user + system) * 1_000_000;
  };
  const members = fleet.names.map((name) => fleet.get(name));
  const rates = { fleet: [] as number[], clients: [] as number[] };
  await race(members);
  await race(clients);
  for (let index = 0; index < ROUNDS; index++) {
    // The second pays for the garbage of the first.
    const isFleetFirst = index % 2 === 0;
    const first = await race(isFleetFirst ? members : clients);
    const second = await race(isFleetFirst ? clients : members);
    const [one, two] = isFleetFirst ? [first, second] : [second, first];
    rates.fleet.push(one);
    rates.clients.push(two);
  }
  const [one, two] = [median(rates.fleet), median(rates.clients)];
  console.log(
    `${count} connections: fleet ${one.toFixed(0)} events/s, clients ${
      two.toFixed(0)
    } events/s, ratio ${(one / two).toFixed(2)}`,
    sum > 0,
  );
  for (const client of clients) client.close();
}

const [idle, busy, rate, seconds, connections] = [
  values.idle,
  values.busy,
  values.rate,
  values.seconds,
  values.connections,
].map(Number);
// A part whose number is 0 is left out.
if (idle) await measureIdle(idle);
if (busy && rate && seconds) await measureLoad(busy, rate, seconds);
if (connections) await measureRate(connections);

/**
 * Measures AsyncAGI on the embedded PBX: how many commands are answered in a
 * second, one after the other and all at once, and how much processor time
 * an idle call takes.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/bench/agi.ts
 * ```
 *
 * The PBX is a process of its own, whose time is not counted.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints what it measured
import process from "node:process";
import { DAMI } from "../../mod.ts";
import { type AgiCall, AsyncAgi } from "../../src/agi/async_agi.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { reachableRegistry, withRegistry } from "../deno.ts";

const ROUNDS = 7;
const COMMANDS = 2_000;
const CALLS = 500;
/** The time for which idle calls are watched (milliseconds). */
const IDLE_TIME = 5_000;

/** Serves until its input ends. */
async function serve(): Promise<void> {
  await using server = AmiServer.start({
    extensions: { "100": ["Answer()", "AGI(agi:async)"] },
  });
  console.log(server.port);
  for await (const _ of Deno.stdin.readable);
}

/** Starts the PBX. */
async function startPbx(): Promise<{ port: number } & AsyncDisposable> {
  const args = ["run", "-A", import.meta.filename ?? "", "serve"];
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(args, await reachableRegistry()),
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  const { value = "" } = await reader.read();
  return {
    port: Number(value.trim()),
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await reader.cancel();
      await child.status;
    },
  };
}

/** The processor time of this process so far (milliseconds). */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

async function rate(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return COMMANDS / (performance.now() - begin) * 1_000;
}

async function oneByOne(call: AgiCall): Promise<void> {
  for (let count = 0; count < COMMANDS; count++) await call.noop();
}

async function together(call: AgiCall): Promise<void> {
  await Promise.all(Array.from({ length: COMMANDS }, () => call.noop()));
}

/** Watches the process while nothing is asked of it (processor time in ms a second). */
async function idle(): Promise<number> {
  const begin = performance.now();
  const before = processorTime();
  await new Promise((resolve) => setTimeout(resolve, IDLE_TIME));
  const used = processorTime() - before;
  return used / (performance.now() - begin) * 1_000;
}

async function measure(): Promise<void> {
  await using pbx = await startPbx();
  await using dami = new DAMI({ port: pbx.port, events: "agi,call" });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.listen();
  const calls: AgiCall[] = [];
  const held = Promise.withResolvers<void>();
  await using _ = AsyncAgi.serve(dami, (call) => {
    calls.push(call);
    return held.promise;
  });
  const call = async () => {
    await dami.to("Originate", {
      Channel: "Local/100@default",
      Application: "Wait",
      Data: 600,
      Async: true,
    });
  };
  const waitFor = async (count: number) => {
    while (calls.length < count) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await call();
  await waitFor(1);
  const [first] = calls;
  if (first === undefined) throw new Error("No call came");
  const single: number[] = [];
  const pipelined: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const one = await rate(() => oneByOne(first));
    const all = await rate(() => together(first));
    if (round === 0) continue; // The code is warm now.
    single.push(one);
    pipelined.push(all);
  }
  console.log(`One after the other: ${Math.round(median(single))} commands/s`);
  console.log(`All at once: ${Math.round(median(pipelined))} commands/s`);
  const alone = await idle();
  for (let count = 1; count < CALLS; count++) await call();
  await waitFor(CALLS);
  const loaded = await idle();
  const perCall = (loaded - alone) / CALLS * 1_000;
  console.log(
    `${CALLS} idle calls: ${loaded.toFixed(2)} ms/s of a processor, with one ${
      alone.toFixed(2)
    }: ${perCall.toFixed(1)} µs/s a call`,
  );
  held.resolve();
}

if (Deno.args[0] === "serve") await serve();
else await measure();

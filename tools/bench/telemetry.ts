/**
 * Measures what `observe()` costs: the processor time of an event for a client
 * that hears every event of a busy PBX, and of an action. A client without it
 * and one with it take turns in one process, many times, so that whatever else
 * the machine does meets both alike. There is one process without OpenTelemetry,
 * and one with `OTEL_DENO=true` that exports every second.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/bench/telemetry.ts
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it says what it measured
import process from "node:process";
import { DAMI } from "../../mod.ts";
import { observe } from "../../src/telemetry/telemetry.ts";
import { reachableRegistry, withRegistry } from "../deno.ts";
import { startPbx } from "./processes.ts";

const TURNS = 100;
const EVENTS = 20_000;
const ACTIONS = 200;

/** Measures the processor time of this process (microseconds for each). */
async function measure(count: number, work: (count: number) => Promise<void>) {
  const before = process.cpuUsage();
  await work(count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

/** Measures some work in turns, and gives the median without and with it, and that of the ratios. */
async function compare(
  dami: DAMI,
  count: number,
  work: (count: number) => Promise<void>,
): Promise<string> {
  const plain: number[] = [];
  const observed: number[] = [];
  const turn = async (isObserved: boolean) => {
    using _ = isObserved ? observe(dami) : undefined;
    (isObserved ? observed : plain).push(await measure(count, work));
  };
  await measure(5 * count, work);
  for (let index = 0; index < TURNS; index++) {
    // Another one is first each time.
    await turn(index % 2 === 0);
    await turn(index % 2 === 1);
  }
  const ratio = median(observed.map((cost, at) => cost / (plain[at] ?? NaN)));
  return `${median(plain).toFixed(2)} µs without, ${
    median(observed).toFixed(2)
  } µs with observe(): ${ratio.toFixed(3)}`;
}

async function runClient(port: number): Promise<void> {
  await using dami = new DAMI({ port });
  await dami.connectAndLogin({ username: "u", secret: "secret" });
  await dami.listen();
  let end = () => {};
  let sum = 0;
  dami.on("*", (event) => {
    if (event.Event === "BenchmarkEnd") end();
    sum += String(event.Channel).length + String(event.Uniqueid).length;
  });
  const replay = async (count: number) => {
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    await Promise.all([ended, dami.to<string>("Replay", { Count: count })]);
  };
  const act = async (count: number) => {
    for (let index = 0; index < count; index++) await dami.to("Ping");
  };
  console.log(
    `an event: ${await compare(dami, EVENTS, replay)}\n` +
      `an action: ${await compare(dami, ACTIONS, act)}`,
  );
  if (sum === 0) throw new Error("No event came");
}

/** Runs the client in a process of its own, and gives what it says. */
async function run(port: number, env: Record<string, string>) {
  const child = new Deno.Command(Deno.execPath(), {
    args: withRegistry(
      ["run", "-A", import.meta.filename ?? "", String(port)],
      await reachableRegistry(),
    ),
    env,
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await output.read();
  // Deno exports once more before it exits.
  child.kill("SIGKILL");
  await Promise.all([output.cancel(), child.status]);
  return value;
}

async function main(): Promise<void> {
  await using pbx = await startPbx({ oneCore: false });
  await using receiver = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      await request.arrayBuffer();
      return Response.json({});
    },
  );
  console.log(`Without OpenTelemetry:\n${await run(pbx.port, {})}`);
  const exporting = await run(pbx.port, {
    OTEL_DENO: "true",
    OTEL_DENO_CONSOLE: "ignore",
    OTEL_METRIC_EXPORT_INTERVAL: "1000",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${receiver.addr.port}`,
  });
  console.log(`With OTEL_DENO=true:\n${exporting}`);
}

if (import.meta.main) {
  const [port] = Deno.args;
  await (port === undefined ? main() : runClient(Number(port)));
}

/**
 * Measures what `observe()` costs, by the processor time of a client that
 * hears every event of a busy PBX, and by that of one that sends actions. Each
 * way runs in a process of its own, in turns:
 *
 * - `plain`: without `observe()`;
 * - `observed`: with it, and without an implementation of OpenTelemetry;
 * - `exporting`: with it and `OTEL_DENO=true`, exported every second.
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

const ROUNDS = 9;
const EVENTS = 300_000;
const ACTIONS = 5_000;

const MODES = ["plain", "observed", "exporting"] as const;

type Mode = typeof MODES[number];

/** Processor time of one event and of one action (microseconds). */
interface Costs {
  readonly event: number;
  readonly action: number;
}

/** Measures the processor time of this process (microseconds for each). */
async function measure(count: number, work: () => Promise<unknown>) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** Runs the client, and prints what it has measured. */
async function runClient(port: number, mode: Mode): Promise<void> {
  await using dami = new DAMI({ port });
  await dami.connectAndLogin({ username: "u", secret: "secret" });
  await dami.listen();
  using _ = mode === "plain" ? undefined : observe(dami);
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
  await replay(EVENTS / 4);
  const event = await measure(EVENTS, () => replay(EVENTS));
  await act(ACTIONS / 4);
  const action = await measure(ACTIONS, () => act(ACTIONS));
  console.log(JSON.stringify({ event, action }));
  if (sum === 0) throw new Error("No event came");
  Deno.exit();
}

/** Runs the client in a process of its own. */
async function costsOf(
  mode: Mode,
  port: number,
  receiver: number,
): Promise<Costs> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: withRegistry(
      ["run", "-A", import.meta.filename ?? "", mode, String(port)],
      await reachableRegistry(),
    ),
    env: mode === "exporting"
      ? {
        OTEL_DENO: "true",
        OTEL_DENO_CONSOLE: "ignore",
        OTEL_METRIC_EXPORT_INTERVAL: "1000",
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${receiver}`,
      }
      : {},
    stderr: "inherit",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

async function compare(): Promise<void> {
  await using pbx = await startPbx({ oneCore: false });
  await using receiver = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      await request.arrayBuffer();
      return Response.json({});
    },
  );
  const costs = new Map<Mode, Costs[]>(MODES.map((mode) => [mode, []]));
  for (let round = 0; round < ROUNDS; round++) {
    // Another one is first each time.
    for (let turn = 0; turn < MODES.length; turn++) {
      const mode = MODES[(round + turn) % MODES.length] ?? "plain";
      const one = await costsOf(mode, pbx.port, receiver.addr.port);
      costs.get(mode)?.push(one);
    }
  }
  const plain = costs.get("plain") ?? [];
  for (const [mode, all] of costs) {
    const line = (["event", "action"] as const).map((kind) => {
      const ratios = all.map((one, round) =>
        one[kind] / (plain[round]?.[kind] ?? NaN)
      );
      const cost = median(all.map((one) => one[kind])).toFixed(3);
      return `${cost} µs an ${kind} (${median(ratios).toFixed(3)} of plain)`;
    });
    console.log(`${mode}: ${line.join(", ")}`);
  }
}

if (import.meta.main) {
  const [mode, port] = Deno.args;
  const known = MODES.find((each) => each === mode);
  await (known === undefined ? compare() : runClient(Number(port), known));
}

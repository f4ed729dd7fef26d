/**
 * Measures DAMI against the clients on npm, side by side.
 *
 * ```sh
 * deno task bench
 * deno task bench --quick --only a,b --clients dami,ami-io
 * deno task bench --write
 * ```
 *
 * - `--rounds 5`: how often everything is measured;
 * - `--events 200000`: how many events are measured, unless a client is slow;
 * - `--only a,b`: these workloads alone;
 * - `--clients dami,ami-io`: these clients alone;
 * - `--quick`: over within a minute, and not precise;
 * - `--write`: writes the results into README.md, `tools/bench/README.md` and
 *   `tools/bench/results/`; otherwise they are printed.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { type BenchmarkArguments, parseArguments } from "./arguments.ts";
import { readCaptured } from "./captured.ts";
import { type ClientInfo, CLIENTS } from "./clients.ts";
import { describeMachine } from "./machine.ts";
import { formatCount } from "./numbers.ts";
import { findPeerRuntime, installPeers, type PeerRuntime } from "./peers.ts";
import { type Outcome, runClient, startPbx } from "./processes.ts";
import { replaceSection } from "./readme_section.ts";
import { chartReport, detailedReport, type ReportContext } from "./report.ts";
import { rateOf, Results } from "./results.ts";
import { measureStartup, STARTUP } from "./startup.ts";
import { readmeSummary } from "./summary.ts";
import type { Workload } from "./workload.ts";
import { comparedWorkloads, growthWorkloads } from "./workloads.ts";

/** The time limit of a client for a workload (seconds). */
const DEADLINE = 30;
const QUICK_DEADLINE = 7;

/** The factor by which there are more events to show growth: the difference is small. */
const GROWTH_FACTOR = 3;

const README = new URL("../../README.md", import.meta.url);
const FIGURES = new URL("README.md", import.meta.url);
const RESULTS = new URL("./results/", import.meta.url);

/** Reports progress. */
function tell(line: string): void {
  // deno-lint-ignore no-console -- on stderr, so that the results can be redirected
  console.error(line);
}

/** The number of places by which the order of the clients moves from one round to the next. */
const STEP = 3;

/** Begins the list at another place each round, so that noise strikes all alike. */
function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const at = round * STEP % Math.max(1, items.length);
  return [...items.slice(at), ...items.slice(0, at)];
}

function chosen(
  { only, clients }: BenchmarkArguments,
  workloads: readonly Workload[],
): { workloads: Workload[]; clients: ClientInfo[] } {
  const letters = new Set(workloads.map(({ id }) => id.slice(0, 1)));
  const unknown = [
    ...only.filter((letter) => !letters.has(letter) && letter !== STARTUP),
    ...clients.filter((name) =>
      !CLIENTS.some((client) => isCalled(client, name))
    ),
  ];
  if (unknown.length > 0) {
    throw new RangeError(
      `Cannot measure "${unknown.join('", "')}": workloads are ${
        [...letters, STARTUP].join(", ")
      }, clients are ${CLIENTS.map(({ name }) => `"${name}"`).join(", ")}`,
    );
  }
  return {
    workloads: workloads.filter(({ id }) =>
      only.length === 0 || only.includes(id.slice(0, 1))
    ),
    clients: CLIENTS.filter((client) =>
      clients.length === 0 || clients.some((name) => isCalled(client, name))
    ),
  };
}

function isCalled({ name }: ClientInfo, called: string): boolean {
  return name.toLowerCase() === called.toLowerCase();
}

/** Takes what a client has done, and says it. */
function take(
  results: Results,
  workload: Workload,
  client: ClientInfo,
  round: number,
  outcome: Outcome,
): string {
  if (outcome.kind !== "measured") {
    results.addProblem(workload.id, client.name, outcome);
    return `${client.name} ${outcome.kind} (${outcome.detail})`;
  }
  const { measurement } = outcome;
  if (!workload.isRight(measurement)) {
    const { events, checksum } = measurement;
    const detail = `${events} events, checksum ${checksum}`;
    results.addProblem(workload.id, client.name, {
      kind: "wrong answers",
      detail,
    });
    return `${client.name} wrong answers (${detail})`;
  }
  results.add(workload.id, client.name, round, measurement);
  return `${client.name} ${formatCount(rateOf(measurement))}`;
}

async function measureAll(
  args: BenchmarkArguments,
  workloads: readonly Workload[],
  clients: readonly ClientInfo[],
  runtime: PeerRuntime,
): Promise<Results> {
  const results = new Results();
  const deadline = args.quick ? QUICK_DEADLINE : DEADLINE;
  const { rounds } = args;
  for (let round = 0; round < rounds; round++) {
    await using pbx = await startPbx({ oneCore: false });
    await using oneCorePbx = await startPbx({ oneCore: true });
    for (const workload of workloads) {
      const able = clients.filter((client) =>
        workload.isFor(client) &&
        // Who could not do it once is not waited for again.
        results.problem(workload.id, client.name) === undefined
      );
      const told: string[] = [];
      for (const client of rotated(able, round)) {
        const { oneCore } = workload;
        const { port } = oneCore ? oneCorePbx : pbx;
        const task = workload.task(client.module, port);
        const options = { oneCore, runtime, deadline };
        const outcome = await runClient(client, task, options);
        told.push(take(results, workload, client, round, outcome));
      }
      tell(`${round + 1}/${rounds} ${workload.id}: ${told.join(", ")}`);
    }
    if (args.only.length === 0 || args.only.includes(STARTUP)) {
      await measureStartup(pbx.port, { round, rounds }, results);
    }
  }
  return results;
}

async function write(context: ReportContext): Promise<void> {
  const readme = replaceSection(
    await Deno.readTextFile(README),
    readmeSummary(context),
  );
  const figures = replaceSection(
    await Deno.readTextFile(FIGURES),
    detailedReport(context),
  );
  await Deno.mkdir(RESULTS, { recursive: true });
  const chart = new URL("benchmark.svg", RESULTS);
  await Deno.writeTextFile(README, readme);
  await Deno.writeTextFile(FIGURES, figures);
  await Deno.writeTextFile(chart, chartReport(context));
  const written = [README, FIGURES, chart].map((url) => fileURLToPath(url));
  await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", ...written],
  }).output();
}

async function main(): Promise<void> {
  const args = parseArguments(Deno.args);
  const scale = { captured: await readCaptured(), quick: args.quick };
  const { workloads, clients } = chosen(args, [
    ...comparedWorkloads(scale, args.events),
    ...growthWorkloads(scale, GROWTH_FACTOR * args.events),
  ]);
  if (args.write) {
    // Better now than when all is measured.
    replaceSection(await Deno.readTextFile(README), "");
    replaceSection(await Deno.readTextFile(FIGURES), "");
  }
  await installPeers();
  const runtime = await findPeerRuntime();
  const results = await measureAll(args, workloads, clients, runtime);
  const context: ReportContext = {
    results,
    workloads: workloads.filter(({ title }) => title !== ""),
    machine: await describeMachine(runtime),
    rounds: args.rounds,
  };
  if (args.write) {
    await write(context);
    tell("Wrote README.md, tools/bench/README.md and tools/bench/results/");
  } else {
    // deno-lint-ignore no-console -- its results are for the terminal
    console.log(`${readmeSummary(context)}\n${detailedReport(context)}`);
  }
}

if (import.meta.main) await main();

import { fileURLToPath } from "node:url";
import { reachableRegistry, withRegistry } from "../deno.ts";
import type { ClientInfo } from "./clients.ts";
import { isMeasurement, type Measurement } from "./measurement.ts";
import { type Command, findOneCore } from "./one_core.ts";
import type { PeerRuntime } from "./peers.ts";
import type { Task } from "./task.ts";

/** The length of the output of a failing process that is kept (characters). */
const MAX_COMPLAINT = 300;

const registry = await reachableRegistry();
const onOneCore = await findOneCore();

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** The command that runs a file with Deno. */
function denoCommand(
  file: string,
  args: string[] = [],
  flags: string[] = [],
): Command {
  return [
    Deno.execPath(),
    withRegistry(["run", "-A", ...flags, pathOf(file), ...args], registry),
  ];
}

/** The way to run a process. */
export interface ProcessOptions {
  /** `true` if the PBX and its client share a core. */
  oneCore: boolean;
}

function makeCommand(
  command: Command,
  { oneCore }: ProcessOptions,
  stderr: "inherit" | "piped",
): Deno.Command {
  const [program, args] = oneCore ? onOneCore(command) : command;
  return new Deno.Command(program, { args, stdout: "piped", stderr });
}

/** The PBX, in its own process. */
export interface PbxProcess extends AsyncDisposable {
  /** The port on which it listens. */
  port: number;
}

/**
 * Starts the PBX.
 *
 * @param options How it is run.
 * @returns It, until it is disposed of.
 * @throws {Error} If it does not start.
 */
export async function startPbx(options: ProcessOptions): Promise<PbxProcess> {
  const child = makeCommand(denoCommand("pbx.ts"), options, "inherit").spawn();
  const output = child.stdout.getReader();
  const { value } = await output.read();
  const port = Number(new TextDecoder().decode(value));
  if (!(port > 0)) throw new Error("Cannot start the PBX of the benchmark");
  return {
    port,
    async [Symbol.asyncDispose]() {
      kill(child);
      await output.cancel();
      await child.status;
    },
  };
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/**
 * Measures how long it takes from the start of a process to the first line
 * that it prints.
 *
 * @param file The program.
 * @param port The port of the PBX, its only argument.
 * @param deadline How long it may take (seconds); then it is killed.
 * @returns Seconds.
 * @throws {Error} If it ends or is killed before it prints a line.
 */
export async function timeToFirstLine(
  file: string,
  port: number,
  deadline: number,
): Promise<number> {
  const command = makeCommand(
    denoCommand(file, [String(port)]),
    { oneCore: false },
    "inherit",
  );
  const begin = performance.now();
  const child = command.spawn();
  const timer = setTimeout(() => kill(child), deadline * 1_000);
  try {
    const output = child.stdout.getReader();
    const { value } = await output.read();
    const seconds = (performance.now() - begin) / 1_000;
    await output.cancel();
    if (value === undefined) throw new Error(`${file} has printed nothing`);
    return seconds;
  } finally {
    clearTimeout(timer);
    kill(child);
    await child.status;
  }
}

/** The outcome of a client's process. */
export type Outcome =
  | { kind: "measured"; measurement: Measurement }
  | { kind: "wrong answers" | "no answer" | "failed"; detail: string };

function parseMeasurement(line: string): Measurement | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isMeasurement(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The way to run a client. */
export interface ClientOptions extends ProcessOptions {
  /** The runtime of clients from npm. */
  runtime: PeerRuntime;
  /** The time limit (seconds), after which it is killed. */
  deadline: number;
}

/**
 * Runs a client on a task, in a process of its own.
 *
 * @param client The client.
 * @param task The task.
 * @param options How it is run.
 * @returns What it has measured, or why it has not.
 */
export async function runClient(
  client: ClientInfo,
  task: Task,
  options: ClientOptions,
): Promise<Outcome> {
  const { runtime, deadline } = options;
  const json = JSON.stringify(task);
  const command: Command = client.kind === "peer" && runtime.name === "Node"
    ? ["node", ["--expose-gc", pathOf("clients/run.mjs"), json]]
    : denoCommand("clients/run.mjs", [json], ["--v8-flags=--expose-gc"]);
  const child = makeCommand(command, options, "piped").spawn();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill(child);
  }, deadline * 1_000);
  const { stdout, stderr } = await child.output();
  clearTimeout(timer);
  if (isLate) return { kind: "no answer", detail: `within ${deadline} s` };
  const decoder = new TextDecoder();
  const line = decoder.decode(stdout).trimEnd().split("\n").at(-1) ?? "";
  const measurement = parseMeasurement(line);
  if (measurement === undefined) {
    const complaint = decoder.decode(stderr).slice(0, MAX_COMPLAINT);
    return { kind: "failed", detail: complaint };
  }
  return measurement.problem === undefined
    ? { kind: "measured", measurement }
    : { kind: "wrong answers", detail: measurement.problem };
}

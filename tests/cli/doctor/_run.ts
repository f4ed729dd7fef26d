/**
 * Runs the command `dami doctor` as users do: in a process of its own.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { Finding } from "../../../src/cli/doctor/finding.ts";
import { reachableRegistry, withRegistry } from "../../../tools/deno.ts";

const ROOT = new URL("../../../", import.meta.url);
const registry = await reachableRegistry();

/** How long a run may take (milliseconds). */
const DEADLINE = 60_000;

/** What the command is told. */
export interface RunOptions {
  /** What stands behind `dami doctor`. */
  readonly args?: readonly string[];
  /** The port; the host is 127.0.0.1. */
  readonly port?: number;
  /** The secret, which is given by the environment; an empty one is none. */
  readonly secret?: string;
  /** What Deno may do; all if nothing is said. */
  readonly permissions?: readonly string[];
  /** Called with the process as soon as it runs. */
  readonly onStart?: (process: Deno.ChildProcess) => void;
}

/** What a run came to. */
export interface RunResult {
  /** The exit status. */
  readonly code: number;
  /** What was written to the standard output. */
  readonly output: string;
  /** What was written to the standard error. */
  readonly errors: string;
}

/** Runs the doctor. */
export async function runDoctor(options: RunOptions): Promise<RunResult> {
  const { args = [], port, secret = "mysecret", permissions = ["-A"] } =
    options;
  const where = port === undefined ? [] : ["--port", `${port}`];
  const line = [
    "run",
    "--no-prompt",
    ...permissions,
    "src/cli/main.ts",
    "doctor",
    ...where,
    ...args,
  ];
  const process = new Deno.Command(Deno.execPath(), {
    args: withRegistry(line, registry),
    cwd: ROOT,
    env: { NO_COLOR: "1", DAMI_SECRET: secret },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  options.onStart?.(process);
  const timer = setTimeout(() => process.kill("SIGKILL"), DEADLINE);
  const { code, stdout, stderr } = await process.output();
  clearTimeout(timer);
  const decoder = new TextDecoder();
  const result = {
    code,
    output: decoder.decode(stdout),
    errors: decoder.decode(stderr),
  };
  if (secret !== "") {
    assert(!`${result.output}${result.errors}`.includes(secret));
  }
  return result;
}

/** What the doctor found, as JSON has it. */
export class FoundReport {
  /** The exit status. */
  readonly code: number;
  readonly #checks: ReadonlyMap<string, readonly Finding[] | string>;

  /** @param result A run with `--json`. */
  constructor({ code, output, errors }: RunResult) {
    this.code = code;
    let parsed: {
      checks: { check: string; findings?: Finding[]; notChecked?: string }[];
    };
    try {
      parsed = JSON.parse(output);
    } catch {
      throw new Error(`It is no JSON: ${output}${errors}`);
    }
    this.#checks = new Map(
      parsed.checks.map(({ check, findings, notChecked = "" }) =>
        [check, findings ?? notChecked] as const
      ),
    );
  }

  /** The names of all checks. */
  get checks(): string[] {
    return [...this.#checks.keys()];
  }

  /** What a check has found. */
  findings(check: string): readonly Finding[] {
    const found = this.#checks.get(check);
    assert(typeof found === "object", `${check} was not checked: ${found}`);
    return found;
  }

  /** The levels of what a check has found. */
  levels(check: string): string[] {
    return this.findings(check).map(({ level }) => level);
  }

  /** All that a check says. */
  text(check: string): string {
    return this.findings(check).flatMap(({ what, advice = [] }) => [
      what,
      ...advice,
    ]).join("\n");
  }

  /** Why a check was not made. */
  notChecked(check: string): string {
    const reason = this.#checks.get(check);
    assert(typeof reason === "string", `${check} was made`);
    return reason;
  }
}

/** Runs the doctor, and reads what it found. */
export async function diagnose(options: RunOptions): Promise<FoundReport> {
  const args = ["--json", ...options.args ?? []];
  return new FoundReport(await runDoctor({ ...options, args }));
}

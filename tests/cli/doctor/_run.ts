/**
 * Runs the command `dami doctor`, and reads what it says.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { Finding } from "../../../src/cli/doctor/finding.ts";
import { DamiRun, type RunResult } from "../_run.ts";

/** Options of a run of the doctor. */
export interface DoctorOptions {
  /** The arguments after `dami doctor`. */
  readonly args?: readonly string[];
  /** The port; the host is 127.0.0.1. */
  readonly port?: number;
  /** The secret, which comes from the environment; empty for a doctor without one. */
  readonly secret?: string;
  /** The permissions of Deno; all by default. */
  readonly permissions?: readonly string[];
  /** Called as soon as it runs. */
  readonly onStart?: (run: DamiRun) => Promise<void>;
}

/** Runs the doctor, and asserts that it does not reveal the secret. */
export async function runDoctor(options: DoctorOptions): Promise<RunResult> {
  const { args = [], port, secret = "mysecret", permissions = ["-A"] } =
    options;
  const where = port === undefined ? [] : ["--port", `${port}`];
  await using run = new DamiRun(["doctor", ...where, ...args], {
    permissions,
    env: { DAMI_SECRET: secret },
  });
  await options.onStart?.(run);
  const result = await run.finished();
  if (secret !== "") {
    assert(!`${result.output}${result.errors}`.includes(secret));
  }
  return result;
}

/** The findings of the doctor, in JSON. */
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

  /** Returns the findings of a check. */
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

  /** Returns the reason why a check was not made. */
  notChecked(check: string): string {
    const reason = this.#checks.get(check);
    assert(typeof reason === "string", `${check} was made`);
    return reason;
  }
}

/** Runs the doctor, and reads what it found. */
export async function diagnose(options: DoctorOptions): Promise<FoundReport> {
  const args = ["--json", ...options.args ?? []];
  return new FoundReport(await runDoctor({ ...options, args }));
}

/**
 * Runs the command `dami` in a terminal of its own, with somebody who types.
 *
 * @module
 */

import { reachableRegistry, withRegistry } from "../../tools/deno.ts";
import { denoEnvironment, endOf, kill } from "../_run_child.ts";

const ROOT = new URL("../../", import.meta.url);
const registry = await reachableRegistry();

/** The longest time that something may take to be shown (milliseconds). */
const DEADLINE = 30_000;

/** The size of the terminal, as tables depend on its width. */
const SIZE = "stty cols 120 rows 30";

/** Reports whether there is a `script` of util-linux, which makes terminals. */
function hasScript(): boolean {
  try {
    const { stdout } = new Deno.Command("script", { args: ["--version"] })
      .outputSync();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch {
    return false;
  }
}

/** The reason why tests in a terminal are skipped; `undefined` if they run. */
const SKIPPED_BECAUSE = hasScript()
  ? undefined
  : "there is no 'script' of util-linux";

/** Registers a test in a terminal, or one that is skipped where there is none. */
export function terminalTest(name: string, fn: () => Promise<void>): void {
  const suffix = SKIPPED_BECAUSE === undefined ? "" : ` (${SKIPPED_BECAUSE})`;
  Deno.test({
    name: `${name}${suffix}`,
    ignore: SKIPPED_BECAUSE !== undefined,
    fn,
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line of a shell that runs `dami`. */
export function shellLine(args: readonly string[]): string {
  const line = withRegistry(
    // Deno shows in a terminal what it loads, and that is no output of ours.
    ["run", "--quiet", "--no-prompt", "-A", "src/cli/main.ts", ...args],
    registry,
  );
  return [Deno.execPath(), ...line].map(quoted).join(" ");
}

/** A terminal, as a person sees it and types in it. */
export class TerminalSession implements AsyncDisposable {
  readonly #script: string;
  readonly #process: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<void>;
  #shown = "";
  #isOver = false;
  #wake = Promise.withResolvers<void>();

  /**
   * Begins.
   *
   * @param script What a shell runs in the terminal.
   * @param env Environment variables.
   */
  constructor(script: string, env: Readonly<Record<string, string>> = {}) {
    this.#script = script;
    this.#process = new Deno.Command("script", {
      args: ["-qec", `${SIZE}; ${script}`, "/dev/null"],
      cwd: ROOT,
      clearEnv: true,
      env: {
        ...denoEnvironment(),
        SHELL: "/bin/sh",
        TERM: "xterm",
        ...env,
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#keys = this.#process.stdin.getWriter();
    this.#reading = this.#read();
  }

  /** Runs `dami` and nothing else. */
  static dami(
    args: readonly string[],
    env: Readonly<Record<string, string>> = { DAMI_SECRET: "mysecret" },
  ): TerminalSession {
    return new TerminalSession(`exec ${shellLine(args)}`, env);
  }

  /** All that was shown so far, with its escape sequences. */
  get shown(): string {
    return this.#shown;
  }

  /** Waits until something was shown. */
  async until(
    wanted: string | RegExp,
    milliseconds = DEADLINE,
  ): Promise<string> {
    const isThere = () =>
      typeof wanted === "string"
        ? this.#shown.includes(wanted)
        : wanted.test(this.#shown);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, milliseconds);
    const end = performance.now() + milliseconds;
    try {
      while (!isThere()) {
        if (this.#isOver || performance.now() >= end) {
          throw new Error(
            `${wanted} was not shown within ${milliseconds} ms: ${this.#shown}`,
          );
        }
        await Promise.race([this.#wake.promise, late.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
    return this.#shown;
  }

  /** Types keys. */
  async type(keys: string): Promise<void> {
    await this.#keys.write(new TextEncoder().encode(keys));
  }

  /** Waits for the end. */
  async finished(): Promise<{ code: number; shown: string }> {
    const { code } = await endOf({
      name: `The terminal of '${this.#script}'`,
      process: this.#process,
      written: () => this.#shown,
    }, DEADLINE);
    await this.#reading;
    return { code, shown: this.#shown };
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#process.stdout) {
      this.#shown += decoder.decode(chunk, { stream: true });
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    }
    this.#isOver = true;
    this.#wake.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    kill(this.#process);
    await this.finished();
    try {
      await this.#keys.close();
    } catch {
      // Nobody is there to read them.
    }
  }
}

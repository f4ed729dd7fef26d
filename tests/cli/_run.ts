/**
 * Runs the command `dami` as users do: in a process of its own.
 *
 * @module
 */

import { reachableRegistry, withRegistry } from "../../tools/deno.ts";
import { DEADLINE, endOf, kill } from "../_run_child.ts";

const ROOT = new URL("../../", import.meta.url);
const registry = await reachableRegistry();

/** Options of a run of the command. */
export interface RunOptions {
  /**
   * The permissions of Deno.
   *
   * @default {["-A"]}
   */
  permissions?: readonly string[];
  /** Environment variables beside the usual ones. */
  env?: Readonly<Record<string, string>>;
}

/** The end of a run. */
export interface RunResult {
  /** The exit status. */
  code: number;
  /** The text that was written to the standard output. */
  output: string;
  /** The text that was written to the standard error. */
  errors: string;
}

/** A run of the command, to be ended with `await using`. */
export class DamiRun implements AsyncDisposable {
  readonly #args: readonly string[];
  readonly #process: Deno.ChildProcess;
  readonly #output: Text;
  readonly #errors: Text;

  /** Runs it. */
  constructor(args: readonly string[], options: RunOptions = {}) {
    const { permissions = ["-A"], env = {} } = options;
    this.#args = args;
    const line = withRegistry(
      ["run", "--no-prompt", ...permissions, "src/cli/main.ts", ...args],
      registry,
    );
    this.#process = new Deno.Command(Deno.execPath(), {
      args: line,
      cwd: ROOT,
      env: { NO_COLOR: "1", DAMI_SECRET: "mysecret", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#output = new Text(this.#process.stdout);
    this.#errors = new Text(this.#process.stderr);
  }

  /** Waits until the standard output holds the text; gives all of it so far. */
  untilOutput(text: string): Promise<string> {
    return this.#output.until(text, () => this.#errors.text);
  }

  /** Waits until the standard error holds the text; gives all of it so far. */
  untilErrors(text: string): Promise<string> {
    return this.#errors.until(text, () => this.#output.text);
  }

  /** Waits for the end. */
  async finished(): Promise<RunResult> {
    const { code } = await endOf({
      name: `dami ${this.#args.join(" ")}`,
      process: this.#process,
      written: () => `${this.#output.text}${this.#errors.text}`,
    });
    await Promise.all([this.#output.ended, this.#errors.ended]);
    return { code, output: this.#output.text, errors: this.#errors.text };
  }

  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    kill(this.#process);
    await this.finished();
  }
}

/** Runs the command to its end. */
export async function runDami(
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  await using run = new DamiRun(args, options);
  return await run.finished();
}

/** The output of a process. */
class Text {
  /** Resolves at its end. */
  readonly ended: Promise<void>;
  #text = "";
  #isOver = false;
  #wake: () => void = () => {};

  constructor(stream: ReadableStream<Uint8Array>) {
    this.ended = this.#read(stream);
  }

  /** All of it so far. */
  get text(): string {
    return this.#text;
  }

  async until(wanted: string, more: () => string): Promise<string> {
    const late = Date.now() + DEADLINE;
    while (!this.#text.includes(wanted)) {
      if (this.#isOver || Date.now() > late) {
        throw new Error(`${wanted} did not come: ${this.#text}${more()}`);
      }
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      const timer = setTimeout(woken.resolve, DEADLINE);
      await woken.promise;
      clearTimeout(timer);
    }
    return this.#text;
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      this.#text += decoder.decode(chunk, { stream: true });
      this.#wake();
    }
    this.#isOver = true;
    this.#wake();
  }
}

import { fileURLToPath } from "node:url";
import {
  reachableRegistry,
  withRegistry,
  withSanitizers,
} from "../tools/deno.ts";

/** The time a child process may take to print the next thing, or to end (milliseconds). */
const DEADLINE = 60_000;

/** The root of the project, in which child processes run. */
export const ROOT: string = fileURLToPath(new URL("../", import.meta.url));

const registry = await reachableRegistry();

/** The end of a child process, and all of its output. */
export interface ChildResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/**
 * A child process of Deno whose output a test reads. One that hangs is killed,
 * and the error names it.
 */
export class Child implements AsyncDisposable {
  readonly #args: readonly string[];
  readonly #process: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #errors: Promise<string>;
  #output = "";

  /**
   * @param args The arguments of `deno`.
   * @param env Variables of its environment.
   */
  constructor(args: string[], env: Record<string, string> = {}) {
    this.#args = args;
    const command = new Deno.Command(Deno.execPath(), {
      args: withRegistry(withSanitizers(args), registry),
      cwd: ROOT,
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
    this.#process = command.spawn();
    this.#reader = this.#process.stdout
      .pipeThrough(new TextDecoderStream()).getReader();
    this.#errors = new Response(this.#process.stderr).text();
  }

  /**
   * Waits until the output holds a text.
   *
   * @returns The output so far.
   */
  async until(text: string): Promise<string> {
    while (!this.#output.includes(text)) {
      if (await this.#read()) continue;
      throw new Error(
        `The output ended without '${text}': ${await this.end()}`,
      );
    }
    return this.#output;
  }

  /**
   * Waits for something that the process does to others.
   *
   * @param promise What the test sees of it.
   */
  async whilst<T>(promise: Promise<T>): Promise<T> {
    return await this.#inTime(promise);
  }

  /**
   * Waits for the end of the process.
   *
   * @param deadline The longest wait for its output (milliseconds).
   */
  async finished(deadline = DEADLINE): Promise<ChildResult> {
    while (await this.#read(deadline));
    const { code } = await this.status();
    return { code, output: this.#output, errors: await this.#errors };
  }

  /** Waits for the end of the process, without its output. */
  async status(): Promise<Deno.CommandStatus> {
    return await this.#inTime(this.#process.status);
  }

  /** Sends a signal to the process. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /**
   * Ends the process at once.
   *
   * @returns Its command line, its id, and all that it has printed.
   */
  async end(): Promise<string> {
    this.#kill();
    const name = `deno ${this.#args.join(" ")} (${this.#process.pid})`;
    return `${name}\n${this.#output}${await this.#errors}`;
  }

  async #read(deadline = DEADLINE): Promise<boolean> {
    const read = this.#reader.read();
    const { done, value = "" } = await this.#inTime(read, deadline);
    this.#output += value;
    return !done;
  }

  async #inTime<T>(promise: Promise<T>, deadline = DEADLINE): Promise<T> {
    const late = Promise.withResolvers<"late">();
    const timer = setTimeout(() => late.resolve("late"), deadline);
    try {
      const first = await Promise.race([
        promise.then((value) => ({ value })),
        late.promise,
      ]);
      if (first !== "late") return first.value;
    } finally {
      clearTimeout(timer);
    }
    throw new Error(
      `Hung for ${deadline} ms and was killed: ${await this.end()}`,
    );
  }

  #kill(): void {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill();
    await this.#reader.cancel();
    await this.#errors;
    await this.#process.status;
  }
}

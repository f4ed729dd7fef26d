/**
 * Bridges in processes of their own.
 *
 * @module
 */

import { reachableRegistry, withRegistry } from "../../tools/deno.ts";
import { until } from "../_waiting.ts";
import type { BridgeTask } from "./_bridge_process.ts";
import { fileURLToPath } from "node:url";

const registry = await reachableRegistry();

/** The lease of the tests (milliseconds). */
export const TTL = 2_000;

/** A bridge that runs in a process of its own. */
export class BridgeProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  /** The text that it has printed. */
  readonly lines: string[] = [];

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#reading = this.#read();
  }

  /** Starts a bridge, and waits until it runs. */
  static async start(task: BridgeTask): Promise<BridgeProcess> {
    const file = fileURLToPath(
      new URL("./_bridge_process.ts", import.meta.url),
    );
    const { options } = task;
    const bridge = new BridgeProcess(
      new Deno.Command(Deno.execPath(), {
        args: withRegistry(
          [
            "run",
            "-A",
            file,
            JSON.stringify({
              ...task,
              options: { lease: { ttl: TTL }, ...options },
            }),
          ],
          registry,
        ),
        stdin: "null",
        stdout: "piped",
        stderr: "inherit",
      }).spawn(),
    );
    await until(() => bridge.lines.includes("started"), 20_000);
    return bridge;
  }

  /** Reports whether it holds a PBX, as it says. */
  holds(pbx = "berlin"): boolean {
    return this.lines.findLast((line) => line.endsWith(` ${pbx}`)) ===
      `hold ${pbx}`;
  }

  /** Sends it a signal. */
  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Waits until it has ended. */
  async ended(): Promise<void> {
    await this.#child.status;
    await this.#reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.ended();
  }

  async #read(): Promise<void> {
    const text = this.#child.stdout.pipeThrough(new TextDecoderStream());
    let rest = "";
    for await (const part of text) {
      const lines = (rest + part).split("\n");
      rest = lines.pop() ?? "";
      this.lines.push(...lines);
    }
  }
}

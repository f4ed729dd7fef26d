import { fileURLToPath } from "node:url";
import { reachableRegistry, withRegistry } from "../deno.ts";

/** The PBXs, in a process of their own. */
export class Pbxs implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  /** The port of each. */
  readonly ports: readonly number[];

  private constructor(child: Deno.ChildProcess, ports: readonly number[]) {
    this.#child = child;
    this.#input = child.stdin.getWriter();
    this.ports = ports;
  }

  /**
   * Starts them.
   *
   * @param count The number of PBXs.
   * @returns The PBXs.
   */
  static async start(count: number): Promise<Pbxs> {
    const file = fileURLToPath(new URL("./nats_pbxs.ts", import.meta.url));
    const child = new Deno.Command(Deno.execPath(), {
      args: withRegistry(
        ["run", "-A", file, String(count)],
        await reachableRegistry(),
      ),
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    let text = "";
    while (!text.endsWith("]\n")) text += (await reader.read()).value ?? "";
    reader.releaseLock();
    return new Pbxs(child, JSON.parse(text));
  }

  /**
   * Tells all of them what to do.
   *
   * @param line `go COUNT`, `rate EVENTS` or `cut`.
   */
  async tell(line: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${line}\n`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#child.status;
  }
}

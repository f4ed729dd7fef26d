/**
 * A `nats-server` that is run for a test: on a free port of the loopback
 * address, with JetStream in a folder of its own.
 *
 * @module
 */

import { freePorts, LOOPBACK } from "./free_ports.ts";
import type { NatsInstallation } from "./nats_installation.ts";

/** The time that it may take to greet (milliseconds). */
const START_TIME = 20_000;

/** The time that it may take to stop before it is killed (milliseconds). */
const STOP_TIME = 5_000;

const RETRY_DELAY = 20;

/** Options of {@linkcode NatsServer.start}. */
export interface NatsServerOptions {
  /** The program to start. */
  installation: NatsInstallation;
  /** Further lines of its configuration, such as users and permissions. */
  configuration?: string;
  /** Its port; a free one by default. */
  port?: number;
  /** Its name; needed in a cluster. */
  name?: string;
}

/** A running `nats-server`. */
export class NatsServer implements AsyncDisposable {
  readonly #options: NatsServerOptions;
  readonly #folder: string;
  /** Its port. */
  readonly port: number;
  #child: Deno.ChildProcess;

  private constructor(
    options: NatsServerOptions,
    folder: string,
    port: number,
    child: Deno.ChildProcess,
  ) {
    this.#options = options;
    this.#folder = folder;
    this.port = port;
    this.#child = child;
  }

  /**
   * Starts a server, and waits until it greets.
   *
   * @param options The program, and its configuration.
   * @returns The server.
   */
  static async start(options: NatsServerOptions): Promise<NatsServer> {
    const { installation, configuration = "", name = "dami" } = options;
    const port = options.port ?? (await freePorts({ tcp: 1, udp: 0 })).tcp[0];
    if (port === undefined) throw new Error("There is no free port");
    const folder = await Deno.makeTempDir({ prefix: "dami-nats-" });
    await Deno.writeTextFile(
      `${folder}/nats.conf`,
      `server_name: "${name}"
listen: "${LOOPBACK}:${port}"
jetstream { store_dir: "${folder}/store" }
log_file: "${folder}/log"
${configuration}
`,
    );
    const server = new NatsServer(
      options,
      folder,
      port,
      spawn(installation, folder),
    );
    try {
      await server.#awaitGreeting();
      return server;
    } catch (error) {
      const log = await Deno.readTextFile(`${folder}/log`).catch(() => "");
      await server[Symbol.asyncDispose]();
      throw new Error(`nats-server did not start: ${log}`, { cause: error });
    }
  }

  /** Its address, as `connect()` takes it. */
  get address(): string {
    return `${LOOPBACK}:${this.port}`;
  }

  /** The id of its process. */
  get pid(): number {
    return this.#child.pid;
  }

  /**
   * Sends its process a signal.
   *
   * @param signal The signal.
   */
  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }

  /** Starts it again after {@linkcode NatsServer.kill}, with what it has stored. */
  async restart(): Promise<void> {
    this.#child = spawn(this.#options.installation, this.#folder);
    await this.#awaitGreeting();
  }

  /** Stops it, and removes what it has stored. */
  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    const timer = setTimeout(() => kill(child, "SIGKILL"), STOP_TIME);
    kill(child, "SIGCONT");
    kill(child, "SIGTERM");
    await child.status;
    clearTimeout(timer);
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #awaitGreeting(): Promise<void> {
    const deadline = performance.now() + START_TIME;
    let ended = false;
    void this.#child.status.then(() => ended = true);
    while (!await greets(this.port)) {
      if (ended) throw new Error("It has ended");
      if (performance.now() > deadline) throw new Error("It does not greet");
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY));
    }
  }
}

function spawn(
  { program }: NatsInstallation,
  folder: string,
): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: ["-c", `${folder}/nats.conf`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Sends a signal to a process that may have ended. */
function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    const isOver = error instanceof TypeError ||
      error instanceof Deno.errors.NotFound;
    if (!isOver) throw error;
  }
}

async function greets(port: number): Promise<boolean> {
  try {
    using conn = await Deno.connect({ hostname: LOOPBACK, port });
    const buffer = new Uint8Array(5);
    const count = await conn.read(buffer);
    return new TextDecoder().decode(buffer.subarray(0, count ?? 0)) === "INFO ";
  } catch {
    return false;
  }
}

/**
 * A running Asterisk, for tests.
 *
 * @module
 */

import {
  type AsteriskInstallation,
  asteriskOnPath,
  installAsterisk,
} from "./asterisk_installation.ts";
import { makeCertificates, SERVER_NAME } from "./asterisk_certificates.ts";
import { freePorts, LOOPBACK } from "./free_ports.ts";

/** The time that Asterisk may take until it has booted (milliseconds). */
const BOOT_TIMEOUT = 60_000;

/** The time that Asterisk may take to end before it is killed (milliseconds). */
const STOP_TIMEOUT = 10_000;

/** The time that the answer to a login may take (milliseconds). */
const LOGIN_TIMEOUT = 10_000;

/** The time to wait before looking again (milliseconds). */
const POLL_INTERVAL = 50;

/** The number of further attempts to start when another program has taken the ports. */
const START_ATTEMPTS = 3;

/** The length of the output of Asterisk that is kept for an error (characters). */
const KEPT_OUTPUT = 4_000;

const CONFIGURATION = new URL("../tests/asterisk/etc/", import.meta.url);

/** The modules of an Asterisk that only has to speak AMI and to call itself. */
const LEAN_MODULES = ["app_userevent.so", "pbx_config.so"];

/**
 * Receives the number of the process ($pid) at each start of Asterisk, and "-"
 * when it has ended. At the end of its input, that is of the process that
 * started it, it ends Asterisk and removes its folder ($0): this holds also
 * when that process was killed and could do nothing itself.
 */
const WATCHDOG = `
current=-
while read -r pid; do current=$pid; done
if [ "$current" != - ]; then
  kill "$current"
  kill -CONT "$current"
  while kill -0 "$current" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$0"
`;

/** Options of {@linkcode startAsterisk}. */
export interface StartAsteriskOptions {
  /**
   * The suite of Debian to take Asterisk from.
   *
   * @default {the `asterisk` on the `PATH`}
   */
  suite?: string;
  /** The installation of Asterisk, if it is known: instead of `suite`. */
  installation?: AsteriskInstallation;
  /**
   * `true` if only what AMI and calls over `Local` need is loaded, which takes a
   * fraction of the time.
   *
   * @default {false}
   */
  lean?: boolean;
  /** Gives up the start. */
  signal?: AbortSignal;
}

/** The address and the credentials of a running Asterisk, for tests. */
export interface AsteriskAddress {
  /** Its version, such as `"22.10.1"`. */
  version: string;
  /** The host on which it listens for AMI. */
  hostname: string;
  /** The port of AMI. */
  port: number;
  /** The port of AMI over TLS. */
  tlsPort: number;
  /** The certificate of the authority that signed its own, as PEM. */
  caCertificate: string;
  /** The name in its certificate, beside `hostname`. */
  serverName: string;
  /** The user that may do everything. */
  username: string;
  /** The secret of every user, made for this run. */
  secret: string;
  /** The program and the arguments that run a command of its console, which comes last. */
  consoleCommand: readonly string[];
  /** Its installation, to start another one. */
  installation: AsteriskInstallation;
}

/** An Asterisk that can be started, and started again, always on the same ports. */
export interface Asterisk extends AsteriskAddress, AsyncDisposable {
  /** Its process, or the last one; 0 before the first. */
  readonly pid: number;
  /** Resolves with a description when it ends for the first time although nothing here has ended it. */
  readonly died: Promise<string>;
  /** Starts it and waits until it has booted. */
  start(signal?: AbortSignal): Promise<void>;
  /** Runs a command on its console and returns what is printed. */
  console(command: string): Promise<string>;
  /** Returns what it has written about its queues (`queue_log`). */
  queueLog(): Promise<string>;
  /** Waits until its process has ended. */
  ended(): Promise<void>;
  /** Kills its process, which can do nothing about that. */
  kill(): Promise<void>;
  /** Lets its process stand still, and waits until it does. */
  suspend(): Promise<void>;
  /** Lets its process go on. */
  resume(): void;
  /** Ends Asterisk and removes all that this run has written. */
  stop(): Promise<void>;
}

/** The folders of one run of Asterisk. */
interface RunFolder {
  /** Seen from outside. */
  path: string;
  /** Seen by Asterisk. */
  inside: string;
}

/**
 * Starts Asterisk with the configuration in `tests/asterisk/etc/` on free
 * ports of the loopback address and waits until it has booted.
 *
 * Several can run at once, also from one installation: each has a folder of its own.
 */
export async function startAsterisk(
  options: StartAsteriskOptions = {},
): Promise<Asterisk> {
  for (let attempt = 1;; attempt++) {
    const asterisk = await prepareAsterisk(options);
    try {
      await asterisk.start(options.signal);
      return asterisk;
    } catch (error) {
      await asterisk.stop();
      if (!(error instanceof PortTakenError) || attempt === START_ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** Everything that {@linkcode startAsterisk} does before the start. */
export async function prepareAsterisk(
  options: StartAsteriskOptions = {},
): Promise<Asterisk> {
  const { signal, lean = false } = options;
  const installation = options.installation ??
    await findInstallation(options.suite, signal);
  signal?.throwIfAborted();
  const secret = crypto.randomUUID();
  const { tcp: [port, tlsPort], udp: [pjsip, sip, iax] } = await freePorts({
    tcp: 2,
    udp: 3,
  });
  if (port === undefined || tlsPort === undefined) {
    throw new Error("Cannot find a free port");
  }
  const folder = await makeRunFolder(installation);
  const watchdog = new Watchdog(folder.path);
  try {
    await writeConfiguration(folder, {
      RUN: folder.inside,
      SECRET: secret,
      AMI_PORT: `${port}`,
      AMI_TLS_PORT: `${tlsPort}`,
      PJSIP_PORT: `${pjsip}`,
      SIP_PORT: `${sip}`,
      IAX_PORT: `${iax}`,
    });
    if (lean) {
      const lines = LEAN_MODULES.map((name) => `load = ${name}\n`);
      await Deno.writeTextFile(
        `${folder.path}/etc/modules.conf`,
        `[modules]\nautoload = no\n${lines.join("")}`,
      );
    }
    const caCertificate = await makeCertificates(`${folder.path}/etc`);
    const { owner } = installation;
    if (owner !== undefined) await chown(folder.path, owner.uid, owner.gid);
    return new PreparedAsterisk(
      {
        version: installation.version,
        hostname: LOOPBACK,
        port,
        tlsPort,
        caCertificate,
        serverName: SERVER_NAME,
        username: "admin",
        secret,
        consoleCommand: [...commandOf(installation, folder), "-rx"],
        installation,
      },
      folder,
      watchdog,
    );
  } catch (error) {
    await watchdog.dismiss();
    await Deno.remove(folder.path, { recursive: true });
    throw error;
  }
}

/** Somebody else answers on the port that was free a moment ago. */
class PortTakenError extends Error {
  override name = "PortTakenError";
}

async function findInstallation(
  suite: string | undefined,
  signal: AbortSignal | undefined,
): Promise<AsteriskInstallation> {
  if (suite !== undefined) {
    return await installAsterisk(suite, signal === undefined ? {} : { signal });
  }
  const found = await asteriskOnPath();
  if (found === undefined) {
    throw new Error("Cannot start Asterisk: there is none on the PATH");
  }
  return found;
}

/** Returns the command that runs an installed Asterisk with the configuration of one run. */
function commandOf(
  { command }: AsteriskInstallation,
  { inside }: RunFolder,
): readonly [string, ...string[]] {
  return [...command, "-C", `${inside}/etc/asterisk.conf`];
}

/** One process of Asterisk. */
interface AsteriskProcess {
  child: Deno.ChildProcess;
  /** The end of what it has printed. */
  output: OutputTail;
  /** Resolves with how it ended, when all that it has printed is read. */
  ended: Promise<string>;
  /** `true` if it is ended from here. */
  expected: boolean;
}

class PreparedAsterisk implements Asterisk {
  readonly version: string;
  readonly hostname: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly caCertificate: string;
  readonly serverName: string;
  readonly username: string;
  readonly secret: string;
  readonly consoleCommand: readonly string[];
  readonly installation: AsteriskInstallation;
  readonly #folder: RunFolder;
  readonly #watchdog: Watchdog;
  readonly #died = Promise.withResolvers<string>();
  #process: AsteriskProcess | undefined;
  #stopping: Promise<void> | undefined;

  constructor(
    address: AsteriskAddress,
    folder: RunFolder,
    watchdog: Watchdog,
  ) {
    this.version = address.version;
    this.hostname = address.hostname;
    this.port = address.port;
    this.tlsPort = address.tlsPort;
    this.caCertificate = address.caCertificate;
    this.serverName = address.serverName;
    this.username = address.username;
    this.secret = address.secret;
    this.consoleCommand = address.consoleCommand;
    this.installation = address.installation;
    this.#folder = folder;
    this.#watchdog = watchdog;
  }

  get pid(): number {
    return this.#process?.child.pid ?? 0;
  }

  get died(): Promise<string> {
    return this.#died.promise;
  }

  queueLog(): Promise<string> {
    return Deno.readTextFile(`${this.#folder.path}/log/queue_log`);
  }

  async start(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { owner } = this.installation;
    const [program, ...args] = commandOf(this.installation, this.#folder);
    const identity = owner === undefined
      ? []
      : ["-U", owner.name, "-G", owner.name];
    const child = new Deno.Command(program, {
      args: [...args, "-f", ...identity],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const watched = this.#watchdog.watch(`${child.pid}`);
    const output = new OutputTail();
    const drained = Promise.all([
      output.drain(child.stdout),
      output.drain(child.stderr),
    ]);
    const process: AsteriskProcess = {
      child,
      output,
      expected: false,
      ended: child.status.then(async (status) => {
        // Its number may be given to another process from here on.
        await watched;
        await this.#watchdog.watch("-");
        await drained;
        return status.signal ?? `exit code ${status.code}`;
      }),
    };
    this.#process = process;
    const dead = new AbortController();
    this.#reportDeath(process, dead);
    await ready(
      this,
      this.#folder,
      signal === undefined
        ? dead.signal
        : AbortSignal.any([signal, dead.signal]),
    );
  }

  async #reportDeath(
    process: AsteriskProcess,
    dead: AbortController,
  ): Promise<void> {
    const how = await process.ended;
    const log = process.expected ? "" : await readLog(this.#folder);
    const description =
      `Asterisk ${this.version} ended by itself (${how}):\n${process.output.text}\n${log}`;
    dead.abort(new Error(description));
    if (!process.expected) this.#died.resolve(description);
  }

  console(command: string): Promise<string> {
    return runConsole(this.consoleCommand, command);
  }

  async ended(): Promise<void> {
    await this.#process?.ended;
  }

  async kill(): Promise<void> {
    this.#end("SIGKILL");
    await this.ended();
  }

  async suspend(): Promise<void> {
    this.#process?.child.kill("SIGSTOP");
    // The first of its threads that comes to run notifies the others.
    const deadline = Date.now() + STOP_TIMEOUT;
    while (!await standsStill(this.pid)) {
      if (Date.now() > deadline) {
        throw new Error(`Asterisk ${this.version} does not stand still`);
      }
      await delay(POLL_INTERVAL);
    }
  }

  resume(): void {
    this.#process?.child.kill("SIGCONT");
  }

  stop(): Promise<void> {
    return this.#stopping ??= this.#stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    this.#end("SIGTERM");
    // One that stands still cannot end.
    this.#end("SIGCONT");
    const timer = setTimeout(() => this.#end("SIGKILL"), STOP_TIMEOUT);
    await this.ended();
    clearTimeout(timer);
    await this.#watchdog.dismiss();
    await Deno.remove(this.#folder.path, { recursive: true });
  }

  #end(signal: Deno.Signal): void {
    if (this.#process === undefined) return;
    this.#process.expected = true;
    try {
      this.#process.child.kill(signal);
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

async function makeRunFolder(
  installation: AsteriskInstallation,
): Promise<RunFolder> {
  const { root } = installation;
  // The path of the console's socket must fit into some 100 bytes: keep it short.
  const parent = root === undefined ? undefined : `${root}/var/tmp`;
  const path = await Deno.makeTempDir({
    prefix: "dami-",
    ...(parent === undefined ? {} : { dir: parent }),
  });
  return {
    path,
    inside: root === undefined ? path : path.slice(root.length),
  };
}

async function writeConfiguration(
  folder: RunFolder,
  values: Record<string, string>,
): Promise<void> {
  for (const name of ["etc", "db", "spool", "run", "log"]) {
    await Deno.mkdir(`${folder.path}/${name}`);
  }
  for await (const { name } of Deno.readDir(CONFIGURATION)) {
    const template = await Deno.readTextFile(new URL(name, CONFIGURATION));
    const text = template.replaceAll(/@([A-Z_]+)@/g, (placeholder, key) => {
      const value = values[key];
      if (value === undefined) {
        throw new Error(`Cannot fill '${placeholder}' in '${name}'`);
      }
      return value;
    });
    await Deno.writeTextFile(`${folder.path}/etc/${name}`, text);
  }
}

async function chown(path: string, uid: number, gid: number): Promise<void> {
  await Deno.chown(path, uid, gid);
  for await (const entry of Deno.readDir(path)) {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory) await chown(child, uid, gid);
    else await Deno.chown(child, uid, gid);
  }
}

/** Clears up after one run of Asterisk, should the process that started it not live to do so. */
class Watchdog {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;

  constructor(folder: string) {
    this.#child = new Deno.Command("sh", {
      args: ["-c", WATCHDOG, folder],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
      // Deno kills its other children when it gives up a test.
      detached: true,
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
  }

  /** Tells it which process runs now. */
  async watch(pid: string): Promise<void> {
    try {
      await this.#input.write(new TextEncoder().encode(`${pid}\n`));
    } catch {
      // Ctrl-C reaches the whole process group.
    }
  }

  async dismiss(): Promise<void> {
    try {
      // The shell first: it must not see the end of its input.
      this.#child.kill("SIGKILL");
    } catch (error) {
      // Ctrl-C reaches the whole process group.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#input.close().catch(() => {});
  }
}

/** The end of what Asterisk prints. */
class OutputTail {
  text = "";

  async drain(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      this.text = (this.text + chunk).slice(-KEPT_OUTPUT);
    }
  }
}

async function readLog(folder: RunFolder): Promise<string> {
  const parts: string[] = [];
  // Version 16 calls it `messages`, later ones `messages.log`.
  for (const name of ["messages", "messages.log"]) {
    try {
      parts.push(await Deno.readTextFile(`${folder.path}/log/${name}`));
    } catch {
      // It did not come as far as to open this one.
    }
  }
  return parts.join("").slice(-KEPT_OUTPUT);
}

async function runConsole(
  consoleCommand: readonly string[],
  command: string,
): Promise<string> {
  const [program = "asterisk", ...args] = consoleCommand;
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args, command],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(
      `Cannot run '${command}' on the console: ${decoder.decode(stderr)}`,
    );
  }
  return decoder.decode(stdout);
}

async function ready(
  asterisk: Asterisk,
  folder: RunFolder,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + BOOT_TIMEOUT;
  while (!await isReady(asterisk)) {
    signal.throwIfAborted();
    if (Date.now() > deadline) {
      throw new Error(
        `Asterisk ${asterisk.version} did not boot within ${
          BOOT_TIMEOUT / 1_000
        } seconds:\n${await readLog(folder)}`,
      );
    }
    await delay(POLL_INTERVAL);
  }
}

/** Waits, without `@std/async`: this tool runs before it is known which registry answers. */
function delay(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

/** Reports whether no thread of a process runs. */
async function standsStill(pid: number): Promise<boolean> {
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    const stat = await Deno.readTextFile(`/proc/${pid}/task/${name}/stat`);
    // 13861 (asterisk) T …
    if (!/\) [Tt] /.test(stat)) return false;
  }
  return true;
}

async function isReady(asterisk: Asterisk): Promise<boolean> {
  let conn: Deno.TcpConn;
  try {
    conn = await Deno.connect({
      hostname: asterisk.hostname,
      port: asterisk.port,
    });
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
  using _ = conn;
  try {
    const booted = await asterisk.console("core waitfullybooted");
    if (!booted.includes("fully booted")) return false;
  } catch {
    // The console opens later than the port.
    return false;
  }
  // Only our own Asterisk knows the secret of this run.
  const answer = await logIn(conn, asterisk);
  if (!answer.includes("Message: Authentication accepted\r\n")) {
    throw new PortTakenError(
      `Somebody else answers on port ${asterisk.port}: ${answer}`,
    );
  }
  return true;
}

async function logIn(conn: Deno.Conn, asterisk: Asterisk): Promise<string> {
  const login = [
    "Action: Login",
    `Username: ${asterisk.username}`,
    `Secret: ${asterisk.secret}`,
    "Events: off",
  ];
  await conn.write(new TextEncoder().encode(`${login.join("\r\n")}\r\n\r\n`));
  const chunk = new Uint8Array(1_024);
  let text = "";
  const timer = setTimeout(() => conn.close(), LOGIN_TIMEOUT);
  try {
    while (!text.includes("\r\n\r\n")) {
      const length = await conn.read(chunk);
      if (length === null) break;
      text += new TextDecoder().decode(chunk.subarray(0, length));
    }
  } catch (error) {
    if (
      !(error instanceof Deno.errors.BadResource ||
        error instanceof Deno.errors.Interrupted)
    ) throw error;
  } finally {
    clearTimeout(timer);
  }
  return text;
}

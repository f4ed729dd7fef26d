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
import { freePorts, LOOPBACK } from "./free_ports.ts";

/** How long Asterisk may take until it has booted (milliseconds). */
const BOOT_TIMEOUT = 60_000;

/** How long Asterisk may take to end before it is killed (milliseconds). */
const STOP_TIMEOUT = 10_000;

/** How long the answer to a login may take (milliseconds). */
const LOGIN_TIMEOUT = 10_000;

/** How long to wait before looking again (milliseconds). */
const POLL_INTERVAL = 50;

/** How often a start is tried again when others took its ports meanwhile. */
const START_ATTEMPTS = 3;

/** How much of the output of Asterisk is kept for an error (characters). */
const KEPT_OUTPUT = 4_000;

const CONFIGURATION = new URL("../tests/asterisk/etc/", import.meta.url);

/**
 * Waits for the end of its input, that is of the process that started it, and
 * then ends Asterisk ($0) and removes its folder ($1): this holds also when
 * that process was killed and could do nothing itself.
 */
const WATCHDOG = `
cat >/dev/null
kill "$0"
while kill -0 "$0" 2>/dev/null; do sleep 0.1; done
rm -rf "$1"
`;

/** Options of {@linkcode startAsterisk}. */
export interface StartAsteriskOptions {
  /**
   * The suite of Debian to take Asterisk from.
   *
   * @default {the `asterisk` on the `PATH`}
   */
  suite?: string;
  /** Where Asterisk is installed, if that is known: instead of `suite`. */
  installation?: AsteriskInstallation;
  /** Gives up the start. */
  signal?: AbortSignal;
}

/** How tests reach a running Asterisk. */
export interface AsteriskAddress {
  /** Its version, such as `"22.10.1"`. */
  version: string;
  /** Where it listens for AMI. */
  hostname: string;
  /** The port of AMI. */
  port: number;
  /** The user that may do everything. */
  username: string;
  /** The secret of every user, made for this run. */
  secret: string;
  /** The program and the arguments that run a command of its console, which comes last. */
  consoleCommand: readonly string[];
}

/** An Asterisk that {@linkcode startAsterisk} started. */
export interface Asterisk extends AsteriskAddress, AsyncDisposable {
  /** Its process. */
  pid: number;
  /** Runs a command on its console and returns what is printed. */
  console(command: string): Promise<string>;
  /** Resolves with a description when Asterisk ends without {@linkcode Asterisk.stop}. */
  died: Promise<string>;
  /** Ends Asterisk and removes all that this run has written. */
  stop(): Promise<void>;
}

/** Where one run of Asterisk keeps its things. */
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
  const { signal } = options;
  const installation = options.installation ??
    await findInstallation(options.suite, signal);
  for (let attempt = 1;; attempt++) {
    try {
      return await start(installation, signal);
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === START_ATTEMPTS) {
        throw error;
      }
    }
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

async function start(
  installation: AsteriskInstallation,
  signal: AbortSignal | undefined,
): Promise<Asterisk> {
  signal?.throwIfAborted();
  const { version, command: [program, ...first], owner } = installation;
  const secret = crypto.randomUUID();
  const { tcp: [port], udp: [pjsip, sip, iax] } = await freePorts({
    tcp: 1,
    udp: 3,
  });
  if (port === undefined) throw new Error("Cannot find a free port");

  const folder = await makeRunFolder(installation);
  await writeConfiguration(folder, {
    RUN: folder.inside,
    SECRET: secret,
    AMI_PORT: `${port}`,
    PJSIP_PORT: `${pjsip}`,
    SIP_PORT: `${sip}`,
    IAX_PORT: `${iax}`,
  });
  if (owner !== undefined) await chown(folder.path, owner.uid, owner.gid);

  const configuration = ["-C", `${folder.inside}/etc/asterisk.conf`];
  const identity = owner === undefined
    ? []
    : ["-U", owner.name, "-G", owner.name];
  const child = new Deno.Command(program, {
    args: [...first, "-f", ...configuration, ...identity],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const watchdog = startWatchdog(child.pid, folder.path);
  const output = new OutputTail();
  const drained = Promise.all([
    output.drain(child.stdout),
    output.drain(child.stderr),
  ]);

  let stopping: Promise<void> | undefined;
  const { promise: died, resolve: reportDeath } = Promise.withResolvers<
    string
  >();
  const ended = child.status.then(async (status) => {
    // Its number may be given to another process from here on.
    await watchdog.dismiss();
    await drained;
    if (stopping !== undefined) return;
    const how = status.signal ?? `exit code ${status.code}`;
    const log = await readLog(folder);
    reportDeath(
      `Asterisk ${version} ended by itself (${how}):\n${output.text}\n${log}`,
    );
  });

  const consoleCommand = [program, ...first, ...configuration, "-rx"];
  const asterisk: Asterisk = {
    version,
    hostname: LOOPBACK,
    port,
    username: "admin",
    secret,
    consoleCommand,
    pid: child.pid,
    died,
    console: (command) => runConsole(consoleCommand, command),
    stop: () => stopping ??= stop(child, ended, folder),
    [Symbol.asyncDispose]: () => asterisk.stop(),
  };
  const dead = new AbortController();
  died.then((reason) => dead.abort(new Error(reason)));
  const giveUp = signal === undefined
    ? dead.signal
    : AbortSignal.any([signal, dead.signal]);
  try {
    await ready(asterisk, folder, giveUp);
  } catch (error) {
    await asterisk.stop();
    throw error;
  }
  return asterisk;
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

function startWatchdog(
  pid: number,
  folder: string,
): { dismiss(): Promise<void> } {
  const watchdog = new Deno.Command("sh", {
    args: ["-c", WATCHDOG, `${pid}`, folder],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    async dismiss() {
      try {
        // The shell first: it must not see the end of `cat`.
        watchdog.kill("SIGKILL");
      } catch (error) {
        // Ctrl-C reaches the whole process group.
        if (!(error instanceof TypeError)) throw error;
      }
      await watchdog.status;
      await watchdog.stdin.close().catch(() => {});
    },
  };
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
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
  }
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

async function stop(
  child: Deno.ChildProcess,
  ended: Promise<void>,
  folder: RunFolder,
): Promise<void> {
  const kill = (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
  };
  kill("SIGTERM");
  const timer = setTimeout(kill, STOP_TIMEOUT, "SIGKILL");
  await ended;
  clearTimeout(timer);
  await Deno.remove(folder.path, { recursive: true });
}

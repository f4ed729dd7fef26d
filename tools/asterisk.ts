/**
 * Brings up real Asterisk and runs the tests that need it, or another command.
 *
 * ```sh
 * deno run -A tools/asterisk.ts                      # all versions, the tests
 * deno run -A tools/asterisk.ts 22                   # version 22 alone
 * deno run -A tools/asterisk.ts -- deno task test    # all versions, a command
 * deno run -A tools/asterisk.ts --install            # only install them
 * ```
 *
 * The versions come from trees of Debian that are built once, which takes root
 * and `debootstrap`. An `asterisk` on the `PATH` stands in for the tree of the
 * same major version, and runs beside them if it has another one.
 *
 * The command finds the addresses of all that run in the environment variable
 * `DAMI_ASTERISK`, as JSON. Its exit status is ours; we also fail when no
 * Asterisk runs, or when one ends by itself. Certificates for TLS take `openssl`.
 *
 * | environment variable | what it sets |
 * | --- | --- |
 * | `DAMI_ASTERISK_CACHE` | the folder that keeps the trees (`~/.cache/dami`) |
 * | `DAMI_DEBIAN_MIRROR` | where Debian is taken from (the default of `debootstrap`) |
 * | `DAMI_DEBIAN_MIRROR_BULLSEYE` | the same for one suite |
 *
 * @module
 */

import {
  type AsteriskInstallation,
  asteriskOnPath,
  installAsterisk,
} from "./asterisk_installation.ts";
import {
  type Asterisk,
  type AsteriskAddress,
  startAsterisk,
} from "./asterisk_instance.ts";

export { type Asterisk, type AsteriskAddress, startAsterisk };

/** The suites of Debian that hold the versions which DAMI is tested with. */
const SUITES: ReadonlyMap<string, string> = new Map([
  ["16", "bullseye"],
  ["22", "forky"],
]);

const SIGNALS: readonly Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** The request of the command line. */
interface Request {
  /** The major versions; all if empty. */
  versions: string[];
  /** `true` if nothing but the installation is wanted. */
  installOnly: boolean;
  /** The program to run and its arguments; that of the tests if `undefined`. */
  command: string[] | undefined;
}

/** A version that could not be had. */
interface Missing {
  version: string;
  reason: string;
}

function parse(args: readonly string[]): Request {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const command = end === -1 ? undefined : args.slice(end + 1);
  const versions: string[] = [];
  let installOnly = false;
  for (const argument of own) {
    if (argument === "--install") installOnly = true;
    else if (SUITES.has(argument)) versions.push(argument);
    else {
      const known = [...SUITES.keys()].join(", ");
      throw new TypeError(
        `Cannot bring up Asterisk '${argument}': the versions are ${known}`,
      );
    }
  }
  if (command?.length === 0) {
    throw new TypeError("Cannot run a command: none follows '--'");
  }
  return { versions, installOnly, command };
}

function testCommand(): string[] {
  return [
    Deno.execPath(),
    "run",
    "-A",
    "tools/deno.ts",
    "test",
    "--parallel",
    // Some tests start an Asterisk of their own, and look at its process.
    "-A",
    "tests/asterisk/",
  ];
}

/** Prints a sentence for the user; the standard output belongs to the command. */
function say(...lines: string[]): void {
  // deno-lint-ignore no-console -- a command line tool
  for (const line of lines) console.error(line);
}

function banner(missing: readonly Missing[]): void {
  if (missing.length === 0) return;
  const rule = "!".repeat(72);
  say("", rule);
  for (const { version, reason } of missing) {
    say(`!! NOT TESTED WITH ASTERISK ${version}: it could not be brought up.`);
    for (const line of reason.split("\n")) say(`!!   ${line}`);
  }
  say(rule, "");
}

/** Returns the reason of a failure, without a stack, which only our own errors have. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function install(
  request: Request,
  signal: AbortSignal,
): Promise<{ installed: AsteriskInstallation[]; missing: Missing[] }> {
  const installed: AsteriskInstallation[] = [];
  const missing: Missing[] = [];
  const onPath = await asteriskOnPath();
  const majorOnPath = onPath?.version.split(".")[0];
  const wanted = request.versions.length > 0
    ? request.versions
    : [...SUITES.keys()];
  if (onPath !== undefined && request.versions.length === 0) {
    installed.push(onPath);
  }
  // At once, as most of the time goes into waiting for the network.
  await Promise.all(wanted.map(async (version) => {
    if (version === majorOnPath) {
      if (onPath !== undefined && !installed.includes(onPath)) {
        installed.push(onPath);
      }
      return;
    }
    const suite = SUITES.get(version) ?? version;
    try {
      say(`Asterisk ${version}: looking for it in Debian '${suite}'`);
      installed.push(await installAsterisk(suite, { signal }));
    } catch (error) {
      missing.push({ version, reason: reasonOf(error) });
    }
  }));
  signal.throwIfAborted();
  const major = ({ version }: AsteriskInstallation) => parseInt(version);
  installed.sort((a, b) => major(a) - major(b));
  return { installed, missing };
}

/** Starts what is installed, one after the other as they share the processors. */
async function startAll(
  installed: readonly AsteriskInstallation[],
  missing: Missing[],
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Asterisk[]> {
  const running: Asterisk[] = [];
  for (const installation of installed) {
    try {
      const asterisk = stack.use(await startAsterisk({ installation, signal }));
      running.push(asterisk);
      say(
        `Asterisk ${asterisk.version}: process ${asterisk.pid}, AMI on ${asterisk.hostname}:${asterisk.port}`,
      );
    } catch (error) {
      signal.throwIfAborted();
      missing.push({ version: installation.version, reason: reasonOf(error) });
    }
  }
  return running;
}

async function runCommand(
  command: readonly string[] | undefined,
  running: readonly Asterisk[],
  signal: AbortSignal,
): Promise<number> {
  const addresses: AsteriskAddress[] = running.map((asterisk) => ({
    version: asterisk.version,
    hostname: asterisk.hostname,
    port: asterisk.port,
    tlsPort: asterisk.tlsPort,
    caCertificate: asterisk.caCertificate,
    serverName: asterisk.serverName,
    username: asterisk.username,
    secret: asterisk.secret,
    consoleCommand: asterisk.consoleCommand,
    installation: asterisk.installation,
  }));
  const [program = "", ...args] = command ?? testCommand();
  const child = new Deno.Command(program, {
    args,
    ...(command === undefined ? { cwd: new URL("../", import.meta.url) } : {}),
    env: { DAMI_ASTERISK: JSON.stringify(addresses) },
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const terminate = () => child.kill("SIGTERM");
  signal.addEventListener("abort", terminate, { once: true });
  const { code } = await child.status;
  signal.removeEventListener("abort", terminate);
  signal.throwIfAborted();
  return code;
}

async function main(args: readonly string[]): Promise<number> {
  const request = parse(args);
  const interrupt = new AbortController();
  const { signal } = interrupt;
  for (const name of SIGNALS) {
    Deno.addSignalListener(
      name,
      () => interrupt.abort(new Error(`Interrupted by ${name}`)),
    );
  }

  const { installed, missing } = await install(request, signal);
  for (const { version, root } of installed) {
    say(`Asterisk ${version}: installed in ${root ?? "this machine"}`);
  }
  if (request.installOnly) {
    banner(missing);
    return missing.length === 0 ? 0 : 1;
  }

  let code: number;
  {
    await using stack = new AsyncDisposableStack();
    const running = await startAll(installed, missing, stack, signal);
    banner(missing);
    if (running.length === 0) {
      throw new Error("No Asterisk could be brought up");
    }
    const deaths: string[] = [];
    for (const { died } of running) died.then((reason) => deaths.push(reason));
    code = await runCommand(request.command, running, signal);
    say(...deaths);
    if (deaths.length > 0 && code === 0) code = 1;
  }
  banner(missing);
  return code;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    say(reasonOf(error));
    Deno.exit(1);
  }
}

/**
 * The command `dami`: shows and controls Asterisk in a terminal, through its manager interface.
 *
 * ```sh
 * deno run --allow-net jsr:@dami/dami/cli --help
 * deno install --global --name dami --allow-net --allow-env --allow-read --allow-write jsr:@dami/dami/cli
 * ```
 *
 * It uses DAMI as any other program does; only recordings and their replay
 * share code with `@dami/dami/testing`. A program can run it as well:
 *
 * ```ts
 * import { main } from "@dami/dami/cli";
 *
 * Deno.exitCode = await main(["do", "CoreStatus", "--hostname", "pbx.example"]);
 * ```
 *
 * ## Commands
 *
 * ```sh
 * export DAMI_HOSTNAME=pbx.example DAMI_USERNAME=admin # the secret is asked for
 *
 * dami tail                                   # events as they arrive
 * dami tail 'Queue*' --where Queue=support    # some of them; * and ? are wildcards
 * dami tail Hangup --json | jq '."Cause-txt"' # for programs, with the time as $time
 * dami do QueueAdd Queue=support Interface=PJSIP/6001
 * dami do Command core show channels
 * dami calls --watch                          # also: dami queues, dami peers
 * dami doctor                                 # why am I not getting events?
 * dami record FILE                            # and dami replay FILE
 * dami exporter --listen 127.0.0.1:9464       # metrics for Prometheus
 * eval "$(dami completions bash)"             # or zsh, or fish
 * ```
 *
 * - Say where to connect with options (`--hostname`, `--port`, `--username`,
 *   `--tls`, `--ca`), in a URL (`dami dami://admin@pbx.example calls`,
 *   `damis://` with TLS), or in the environment (`DAMI_HOSTNAME`, …); the first
 *   one wins.
 * - The secret comes from `DAMI_SECRET`, a file (`--secret-file`,
 *   `DAMI_SECRET_FILE`), or a prompt that does not show it. `--secret` works,
 *   too, with a warning that others can see it.
 * - `tail` reconnects when the connection is lost, and shows the interval that
 *   was missed.
 * - `--watch` reads the current state, and follows the events from then on: a
 *   call appears as soon as it begins. It says when it is not up to date.
 * - A list is shown as a table, a response as its headers, and the output of a
 *   console command as it is. `--json` prints one object per line.
 * - The exit status of `do` is 0 only if the PBX reports success. Errors are
 *   one sentence on stderr, with what to do. A wrong command line gives 2,
 *   Ctrl-C 130.
 * - Control characters in values are escaped, and never reach the terminal.
 *   Colors are used only in a terminal, and not with `NO_COLOR`.
 *
 * ## Several PBXs
 *
 * `--fleet FILE` takes several PBXs from a file, for `tail`, `do`, `calls`,
 * `queues`, `peers`, `doctor` and `exporter`. Tables have a column `PBX`, JSON
 * has `$pbx` or `pbx`. One that is down does not end the command: its error is
 * reported with its name, and the exit status is 1.
 *
 * ```sh
 * dami calls --fleet fleet.json --watch
 * dami tail --fleet fleet.json --pbx 'berlin*' Hangup
 * dami do --fleet fleet.json --pbx wien QueuePause Interface=PJSIP/6001 Paused=true
 * dami doctor --fleet fleet.json
 * ```
 *
 * The file is JSON. It names the files or environment variables that hold the
 * secrets, and holds none itself:
 *
 * ```json
 * {
 *   "berlin": { "hostname": "pbx1.example", "secretFile": "berlin.secret" },
 *   "wien": {
 *     "hostname": ["pbx2.example", "pbx3.example"],
 *     "username": "dami",
 *     "secretEnv": "WIEN_SECRET",
 *     "tls": { "caFile": "wien.pem" }
 *   }
 * }
 * ```
 *
 * - `--pbx` chooses by name, or by a pattern with `*` and `?`; `all` is every
 *   PBX. `do` needs it, and sends the action only to the PBXs that it names.
 * - Hosts in an array are tried in their order. Paths are relative to the
 *   folder of the file. The user is `admin` unless named, the port 5038, or
 *   5039 with TLS.
 *
 * ## PBXs on the bus
 *
 * Where `dami bridge` publishes the PBXs on NATS, `--nats` takes them from
 * there, for `tail`, `do`, `calls`, `queues` and `peers`: no other secret than
 * that of NATS is needed.
 *
 * ```sh
 * dami calls --nats nats.example:4222 --watch
 * dami do --nats nats.example:4222 --pbx wien QueueStatus
 * ```
 *
 * An action has to be allowed by NATS, by the bridge (`dami bridge --allow`)
 * and by the PBX; what refuses it is reported.
 *
 * ## Why am I not getting events?
 *
 * `dami doctor` finds out, and says what to change. It checks the host name,
 * the port, the greeting, TLS, the login, which actions and events the rights
 * of the user allow, `allowmultiplelogin`, `writetimeout` and how fast events
 * are read, the round trips and the clocks.
 *
 * ```sh
 * dami doctor --hostname pbx.example --username wallboard --event QueueMemberStatus --action QueueAdd
 * ```
 *
 * Part of its output:
 *
 * ```
 * manager.conf
 *   ! warning  'read = call, agent' does not give agent: Asterisk treats the space after the comma as part of the name
 *            → manager.conf, [wallboard]: read = call,agent, without spaces
 *
 * Events
 *   ✔ ok       wallboard reads call
 *   ✘ problem  QueueMemberStatus does not arrive: its class is agent, which wallboard does not read
 *            → manager.conf, [wallboard]: read = call,agent
 * ```
 *
 * It changes nothing on the PBX and shows no secret; `--json` is for programs,
 * and the exit status is 1 if there is a problem. It can see what a user reads
 * if `write` has `command`, `config` or `system`; otherwise it can only tell
 * for the classes `system`, `security` and, with `--user-event`, `user`, and
 * for those of which an event arrives (`--listen 30s`).
 *
 * @module
 */

import type { NatsBus } from "../nats/nats.ts";
import type { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import {
  COMMON_OPTIONS,
  findCommand,
  optionsOf,
  readArguments,
  TARGET_OPTIONS,
} from "./command_line.ts";
import { SUCCESS, UsageError } from "./failures/command_error.ts";
import { COMMANDS } from "./commands.ts";
import { makeContext } from "./context.ts";
import { readVariable } from "./values/environment.ts";
import type { Failure } from "./failure.ts";
import { Interrupt } from "./terminal/interrupt.ts";
import { hint } from "./failures/nearest.ts";
import { Output } from "./terminal/output.ts";
import { printable } from "./terminal/printable.ts";
import { resolveTarget, type Target } from "./target.ts";
import { errorColumns, Terminal } from "./terminal/terminal.ts";

const encoder = new TextEncoder();

/** Completes a sentence. */
function finished(sentence: string): string {
  const text = `dami: ${printable(sentence.replace(/[.\s]+$/, ""))}`;
  return text.endsWith("?") ? text : `${text}.`;
}

/** Breaks a text between words, where a terminal would break it anywhere. Loaded only for a terminal. */
async function breaker(): Promise<(text: string) => string> {
  if (!Deno.stderr.isTerminal()) return (text) => text;
  const { wrap } = await import("./terminal/wrap.ts");
  return (text) => wrap(text, errorColumns()).join("\n");
}

/** Writes to the standard error. */
function writeError(text: string): void {
  let bytes = encoder.encode(`${text}\n`);
  try {
    while (bytes.length > 0) {
      bytes = bytes.subarray(Deno.stderr.writeSync(bytes));
    }
  } catch {
    // Nobody reads it.
  }
}

/** Explains an error. The code for that is loaded only when needed. */
async function explain(error: unknown, target?: Target): Promise<Failure> {
  const failure = await import("./failure.ts");
  return failure.explain(error, target);
}

async function loadCommand(name: string): Promise<Command> {
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry !== undefined) return await entry.load();
  const names = COMMANDS.map((each) => each.name);
  throw new UsageError(
    `Unknown command '${name}': ${hint(name, names, "see dami --help")}`,
  );
}

/** The end of a run. */
interface Ending {
  status: number;
  failure?: Failure;
}

/** Prints a sentence for the user. */
type Tell = (sentence: string) => void;

/** One run of the command. */
class Invocation {
  readonly #terminal = new Terminal();
  readonly #interrupt = new Interrupt(this.#terminal);
  readonly #output = new Output({
    onBroken: (error) => this.#interrupt.abort(error),
  });
  #target: Target | undefined;

  async run(args: readonly string[]): Promise<number> {
    const broken = await breaker();
    const tell = (sentence: string) => writeError(broken(finished(sentence)));
    const { status, failure } = await this.#attempt(args, tell);
    this.#terminal.restore();
    await this.#output.flush();
    this.#interrupt[Symbol.dispose]();
    if (failure?.sentence !== undefined) tell(failure.sentence);
    if (failure !== undefined) return failure.status;
    // An error of the output at the very end is reported as well.
    const { aborted, reason } = this.#interrupt.signal;
    if (!aborted) return status;
    const end = await explain(reason);
    if (end.sentence !== undefined) tell(end.sentence);
    return end.status;
  }

  async #attempt(args: readonly string[], tell: Tell): Promise<Ending> {
    try {
      return { status: await this.#dispatch(args, tell) };
    } catch (error) {
      // The cause of the end counts, and not the error that followed from it.
      const { aborted, reason } = this.#interrupt.signal;
      const failure = await explain(aborted ? reason : error, this.#target);
      return { status: failure.status, failure };
    }
  }

  async #dispatch(args: readonly string[], tell: Tell): Promise<number> {
    const { name, rest } = findCommand(args);
    if (name === undefined) return await this.#withoutCommand(rest);
    if (name === "help") return await this.#help(rest);
    const command = await loadCommand(name);
    const read = readArguments(rest, optionsOf(command));
    if (read.args.has("help")) return await this.#show(name, command);
    this.#target = command.connects === false || isNamed(command, read)
      ? namedTarget(command, read.args)
      : targetOf(read);
    await using held = new AsyncDisposableStack();
    return await command.run(makeContext({
      args: read.args,
      output: this.#output,
      terminal: this.#terminal,
      signal: this.#interrupt.signal,
      target: this.#target,
      bus: this.#target.bus === undefined
        ? undefined
        : this.#busOpener(read.args, held, tell),
      commands: COMMANDS,
      tell,
    }));
  }

  /** Returns what opens the bus, once for all PBXs. */
  #busOpener(
    args: Arguments,
    held: AsyncDisposableStack,
    tell: Tell,
  ): () => Promise<NatsBus> {
    const { signal } = this.#interrupt;
    const open = async () => {
      // Loaded here: most runs connect to the PBX.
      const { openBus } = await import("./bus_targets.ts");
      return await openBus({ args, tell, signal }, held);
    };
    let bus: Promise<NatsBus> | undefined;
    return () => bus ??= open();
  }

  async #withoutCommand(rest: readonly string[]): Promise<number> {
    const options = {
      ...COMMON_OPTIONS,
      ...TARGET_OPTIONS,
      version: { summary: "Show the version" },
    };
    const { args } = readArguments(rest, options);
    if (args.has("version")) {
      const { version } = await import("./version.ts");
      this.#output.line(`dami ${version}`);
    } else if (args.has("help")) {
      return await this.#show();
    } else {
      throw new UsageError("No command was given: see dami --help");
    }
    return SUCCESS;
  }

  async #help(rest: readonly string[]): Promise<number> {
    const { args } = readArguments(rest, {
      ...COMMON_OPTIONS,
      ...TARGET_OPTIONS,
    });
    const [name] = args.words;
    return name === undefined
      ? await this.#show()
      : await this.#show(name, await loadCommand(name));
  }

  /** Shows the help, whose code nothing else needs. */
  async #show(name?: string, command?: Command): Promise<number> {
    const { commandHelp, generalHelp } = await import("./help.ts");
    this.#output.write(
      name === undefined || command === undefined
        ? generalHelp(this.#terminal)
        : commandHelp(name, command, this.#terminal),
    );
    return SUCCESS;
  }
}

/** Reports whether a fleet file or the bus is the only source of the PBXs. */
function isNamed(
  command: Command,
  { args, url }: ReturnType<typeof readArguments>,
): boolean {
  if (!command.fleet) return false;
  const isFleet = args.has("fleet");
  const isBus = command.bus === true && args.has("nats");
  if (isFleet && isBus) {
    throw new UsageError("--fleet and --nats cannot be combined: use one");
  }
  if (!isFleet && !isBus) {
    if (!args.has("pbx")) return false;
    throw new UsageError(
      `--pbx needs --fleet${command.bus === true ? " or --nats" : ""}`,
    );
  }
  const other = Object.keys(TARGET_OPTIONS).find((name) => args.has(name));
  if (other === undefined && url === undefined) return true;
  const what = other === undefined ? "A URL" : `--${other}`;
  throw new UsageError(
    isFleet
      ? `${what} and --fleet cannot be combined: the file has the hosts`
      : `${what} and --nats cannot be combined: only the bridges connect to a PBX`,
  );
}

/** Returns what stands for the place of PBXs that have names. */
function namedTarget(command: Command, args: Arguments): Target {
  const target = resolveTarget({}, () => undefined);
  const server = command.bus === true ? args.text("nats") : undefined;
  return server === undefined ? target : { ...target, bus: { server } };
}

function targetOf({ args, url }: ReturnType<typeof readArguments>): Target {
  if (url !== undefined && args.has("url")) {
    throw new UsageError("Two URLs were given: use one");
  }
  return resolveTarget({
    hostname: args.text("hostname"),
    port: args.text("port"),
    username: args.text("username"),
    secret: args.text("secret"),
    secretFile: args.text("secret-file"),
    tls: args.has("tls"),
    ca: args.text("ca"),
    serverName: args.text("server-name"),
    url: url ?? args.text("url"),
  }, readVariable);
}

/**
 * Runs the command `dami`.
 *
 * @param args The words after `dami` on the command line.
 * @returns The exit status: 0 for success, 1 for a failure, 2 for a command line that cannot be understood, 130 after Ctrl-C.
 */
export async function main(args: readonly string[]): Promise<number> {
  return await new Invocation().run(args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));

import type { Credentials, DAMI, DAMIOptions, Logger } from "../../mod.ts";
import type { NatsBus, RemotePbx } from "../nats/nats.ts";
import type { Arguments } from "./arguments.ts";
import type { CommandContext, CommandEntry } from "./command.ts";
import { CommandError } from "./failures/command_error.ts";
import type { Output } from "./terminal/output.ts";
import { readSecret, readTextFile } from "./secret.ts";
import type { Target } from "./target.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** The parts of the context of a command. */
export interface ContextParts {
  /** The arguments of the command line. */
  args: Arguments;
  /** The standard output. */
  output: Output;
  /** The terminal. */
  terminal: Terminal;
  /** Ends the command. */
  signal: AbortSignal;
  /** The place to connect to. */
  target: Target;
  /** The options of DAMI for that place, if they are there already. */
  place?: DAMIOptions;
  /** The name of the PBX; `undefined` if the command line names one by its place. */
  pbx?: string;
  /** Opens the bus, if the PBXs are on it. */
  bus?: (() => Promise<NatsBus>) | undefined;
  /** All commands. */
  commands: readonly CommandEntry[];
  /** Prints a sentence on the standard error. */
  tell: (sentence: string) => void;
}

/**
 * Makes the context that a command runs in.
 *
 * @param parts The parts.
 * @returns The context.
 */
export function makeContext(parts: ContextParts): CommandContext {
  const { args, terminal, signal, target, tell } = parts;

  const credentials = async (): Promise<Credentials> => {
    const { username, hostname } = target;
    const secret = await readSecret({
      source: target.secret,
      prompt: `Secret of ${username} at ${hostname}: `,
      terminal,
      signal,
      tell,
    });
    return { username, secret };
  };

  const options = async (more: DAMIOptions = {}): Promise<DAMIOptions> => {
    const { hostname, port } = target;
    const place = parts.place ??
      { hostname, port, tls: await tlsOptions(target) };
    const logger = args.has("verbose") ? verboseLogger(tell) : false;
    return { ...place, logger, ...more };
  };

  const connect = async (
    more?: DAMIOptions,
    prepare?: (dami: DAMI) => void,
  ): Promise<DAMI> => {
    // Loaded here: the help does not need it.
    const { DAMI } = await import("../../mod.ts");
    const dami = new DAMI(await options(more));
    prepare?.(dami);
    await dami.connectAndLogin(await credentials(), { signal });
    return dami;
  };

  const { pbx, bus } = parts;
  const context: CommandContext = {
    ...parts,
    pbx,
    bus,
    credentials,
    options,
    connect,
    open: async (more) =>
      bus === undefined || pbx === undefined
        ? await connect(more)
        : heldPbx((await bus()).pbx(pbx), pbx),
    pbxs: async () => {
      if (bus !== undefined) return await busContexts(parts, await bus());
      const file = args.has("fleet") ? args.text("fleet") : undefined;
      return file === undefined ? [context] : await fleetContexts(parts, file);
    },
    named: (name) => namedContext(name, parts),
  };
  return context;
}

/** Refuses a PBX of the bus that no bridge is connected to. */
function heldPbx(pbx: RemotePbx, name: string): RemotePbx {
  if (pbx.state === "ready") return pbx;
  pbx.close();
  throw new CommandError(
    `No bridge is connected to PBX '${name}': try again, or see dami bridge --watch`,
  );
}

/** Makes a context for each PBX of the bus. */
async function busContexts(
  parts: ContextParts,
  { names }: NatsBus,
): Promise<CommandContext[]> {
  const { args } = parts;
  // Loaded here: most runs connect to the PBX.
  const { chooseOnBus } = await import("./bus_targets.ts");
  return chooseOnBus(names, args.texts("pbx")).map((name) =>
    namedContext(name, parts)
  );
}

/** Makes a context for one PBX of several. */
function namedContext(name: string, parts: ContextParts): CommandContext {
  const context = makeContext({
    ...parts,
    pbx: name,
    tell: (sentence) => parts.tell(`${name}: ${sentence}`),
  });
  return { ...context, pbxs: () => Promise.resolve([context]) };
}

/** Makes a context for each PBX of a fleet. */
async function fleetContexts(
  parts: ContextParts,
  file: string,
): Promise<CommandContext[]> {
  const { args, tell } = parts;
  // Loaded here: most runs have one PBX.
  const { fleetTargets } = await import("./fleet_targets.ts");
  const targets = await fleetTargets(file, args.texts("pbx"), tell);
  return targets.map(({ name, target, options }) =>
    namedContext(name, { ...parts, target, place: options })
  );
}

async function tlsOptions(
  { tls, caFile, serverName }: Target,
): Promise<Required<DAMIOptions>["tls"]> {
  if (!tls) return false;
  const caCerts = caFile === undefined
    ? []
    : [await readTextFile(caFile, "--ca")];
  return { caCerts, ...(serverName === undefined ? {} : { serverName }) };
}

function verboseLogger(tell: (sentence: string) => void): Logger {
  const log = (message: string) => tell(message);
  return { debug: log, info: log, warn: log, error: log };
}

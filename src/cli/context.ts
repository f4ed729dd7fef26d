import type { Credentials, DAMI, DAMIOptions, Logger } from "../../mod.ts";
import type { Arguments } from "./arguments.ts";
import type { CommandContext, CommandEntry } from "./command.ts";
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

  const context: CommandContext = {
    ...parts,
    pbx: target.fleet?.pbx,
    credentials,
    options,
    connect,
    pbxs: async () => {
      const file = args.has("fleet") ? args.text("fleet") : undefined;
      return file === undefined ? [context] : await fleetContexts(parts, file);
    },
  };
  return context;
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
  return targets.map(({ name, target, options }) => {
    const context = makeContext({
      ...parts,
      target,
      place: options,
      tell: (sentence) => tell(`${name}: ${sentence}`),
    });
    return { ...context, pbxs: () => Promise.resolve([context]) };
  });
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

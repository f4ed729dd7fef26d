import { parseArgs } from "node:util";
import { Arguments } from "./arguments.ts";
import type { Command, OptionSpecs } from "./command.ts";
import { UsageError } from "./failures/command_error.ts";
import { hint } from "./failures/nearest.ts";
import { NATS_OPTIONS } from "./nats_options.ts";

/** The options that every command has. */
export const COMMON_OPTIONS: OptionSpecs = {
  help: { short: "h", summary: "Show help for the command" },
  verbose: { short: "v", summary: "Log what happens to stderr" },
};

/** The options that say where to connect, and who logs in. */
export const TARGET_OPTIONS: OptionSpecs = {
  url: {
    value: "URL",
    summary: "Host, port and user in one: dami://USERNAME@HOST:PORT",
  },
  hostname: { value: "HOST", summary: "Host of the PBX (127.0.0.1)" },
  port: { value: "PORT", summary: "Manager port (5038, or 5039 with TLS)" },
  username: { value: "NAME", summary: "User to log in as (admin)" },
  secret: {
    value: "SECRET",
    summary: "Secret; other users of this machine can see it",
  },
  "secret-file": {
    value: "FILE",
    summary: "File that holds the secret; - is stdin",
    completes: "file",
  },
  tls: { summary: "Encrypt the connection" },
  ca: {
    value: "FILE",
    summary: "Certificate to trust (PEM); implies --tls",
    completes: "file",
  },
  "server-name": {
    value: "NAME",
    summary: "Name in the certificate, if it is not the host",
  },
};

/** The options that name several PBXs instead of one. */
export const FLEET_OPTIONS: OptionSpecs = {
  fleet: {
    value: "FILE",
    summary: "JSON file that names several PBXs, to use instead of one",
    completes: "file",
  },
  pbx: {
    value: "NAME",
    summary: "With --fleet: a name, a pattern, or all; may be repeated",
  },
};

/** The options that name PBXs on the bus. */
export const BUS_OPTIONS: OptionSpecs = {
  pbx: {
    value: "NAME",
    summary:
      "With --fleet or --nats: this PBX, those that match a pattern, or all; may be repeated",
  },
  ...NATS_OPTIONS,
};

/**
 * Returns the options of a command: its own, those that all have, and those
 * that say where to connect.
 *
 * @param command The command.
 * @returns The options by name.
 */
export function optionsOf(
  { options, connects = true, fleet = false, bus = false }: Pick<
    Command,
    "options" | "connects" | "fleet" | "bus"
  >,
): OptionSpecs {
  return {
    ...options,
    ...COMMON_OPTIONS,
    ...(connects ? TARGET_OPTIONS : {}),
    ...(fleet ? FLEET_OPTIONS : {}),
    ...(bus ? BUS_OPTIONS : {}),
  };
}

/** A command line without its command. */
export interface CommandLine {
  /** The name of the command, if there is one. */
  name: string | undefined;
  /** Everything else, in order. */
  rest: string[];
}

/** A part of the command line. */
type Token =
  | {
    kind: "option";
    name: string;
    rawName: string;
    value: string | undefined;
    inlineValue: boolean | undefined;
    index: number;
  }
  | { kind: "positional"; value: string; index: number }
  | { kind: "option-terminator"; index: number };

function tokens(args: readonly string[], options: OptionSpecs): Token[] {
  const config = Object.entries(options).map(([name, { value, short }]) => [
    name,
    {
      type: value === undefined ? "boolean" : "string",
      multiple: true,
      ...(short === undefined ? {} : { short }),
    } as const,
  ]);
  return parseArgs({
    args: [...args],
    options: Object.fromEntries(config),
    allowPositionals: true,
    strict: false,
    tokens: true,
  }).tokens;
}

function isUrl(word: string): boolean {
  return /^damis?:\/\//i.test(word);
}

function unknownOption(rawName: string, options: OptionSpecs): UsageError {
  const names = Object.keys(options).map((name) => `--${name}`);
  return new UsageError(
    `Unknown option '${rawName}': ${hint(rawName, names, "see --help")}`,
  );
}

/**
 * Finds the name of the command, which only options common to all commands may
 * precede.
 *
 * @param args The arguments from the shell.
 * @returns The name, and everything
 * else. @throws {UsageError} If another option stands before the command.
 */
export function findCommand(args: readonly string[]): CommandLine {
  const options = {
    ...COMMON_OPTIONS,
    ...TARGET_OPTIONS,
    ...FLEET_OPTIONS,
    version: { summary: "" },
  };
  for (const token of tokens(args, options)) {
    if (token.kind === "option-terminator") break;
    if (token.kind === "option") {
      if (Object.hasOwn(options, token.name)) continue;
      const { rawName } = token;
      throw hasCommand(args.slice(token.index + 1))
        ? new UsageError(
          `The option '${rawName}' must come after the command`,
        )
        : unknownOption(rawName, options);
    }
    if (isUrl(token.value)) continue;
    const rest = args.toSpliced(token.index, 1);
    return { name: token.value, rest };
  }
  return { name: undefined, rest: [...args] };
}

function hasCommand(args: readonly string[]): boolean {
  return args.some((arg) => /^[a-z]+$/.test(arg));
}

/**
 * Reads everything on a command line except the name of the command.
 *
 * @param args The command line without the name of the command.
 * @param options All options.
 * @returns The options and the words, and where to connect if it stands before the words.
 * @throws {UsageError} If an option is unknown, lacks its value, or has one that it should not.
 */
export function readArguments(
  args: readonly string[],
  options: OptionSpecs,
): { args: Arguments; url: string | undefined } {
  const values = new Map<string, string[]>();
  const words: string[] = [];
  let url: string | undefined;
  for (const token of tokens(args, options)) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      if (words.length > 0 || !isUrl(token.value)) words.push(token.value);
      else if (url === undefined) url = token.value;
      else throw new UsageError("Two URLs were given: use one");
      continue;
    }
    const { name, rawName, value, inlineValue } = token;
    const spec = Object.hasOwn(options, name) ? options[name] : undefined;
    if (spec === undefined) throw unknownOption(rawName, options);
    if (spec.value === undefined && value !== undefined) {
      throw new UsageError(
        `The option '${rawName}' takes no value: leave it out`,
      );
    }
    const isMissing = spec.value !== undefined &&
      (value === undefined || (!inlineValue && /^-./.test(value)));
    if (isMissing) {
      throw new UsageError(
        `The option '${rawName}' needs a value: ${rawName}=${spec.value}`,
      );
    }
    values.set(name, [...values.get(name) ?? [], value ?? ""]);
  }
  return { args: new Arguments(Object.keys(options), values, words), url };
}

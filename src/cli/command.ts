import type { AmiClient, Credentials, DAMI, DAMIOptions } from "../../mod.ts";
import type { NatsBus } from "../nats/nats.ts";
import type { Arguments } from "./arguments.ts";
import type { Output } from "./terminal/output.ts";
import type { Target } from "./target.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** An option of the command line. */
export interface OptionSpec {
  /** A summary of what it does, without a full stop. */
  readonly summary: string;
  /** The name of its value in the help, such as `FILE`; a switch has none. */
  readonly value?: string;
  /** Its one letter, if it has one. */
  readonly short?: string;
  /** The values that the shell may complete. */
  readonly completes?: "file" | "event" | "action" | readonly string[];
}

/** Options by their name without dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A command line that shows how a command is used. */
export interface Example {
  /** The command line. */
  readonly line: string;
  /** A summary of what it does. */
  readonly summary: string;
}

/** A PBX that can be asked: by a connection of its own, or on the bus. */
export interface OpenPbx extends AmiClient {
  /** Closes it at once. */
  close(): void;
}

/** The context that a command runs in. */
export interface CommandContext {
  /** The arguments of the command line. */
  readonly args: Arguments;
  /** The standard output. */
  readonly output: Output;
  /** Colors, and how wide the terminal is. */
  readonly terminal: Terminal;
  /** Aborted when the command has to end; its reason is the error to reject with. */
  readonly signal: AbortSignal;
  /** The place to connect to, from the command line and the environment. */
  readonly target: Target;
  /** The name of the PBX; `undefined` if the command line names no fleet. */
  readonly pbx: string | undefined;
  /** All commands, for the command that completes their names. */
  readonly commands: readonly CommandEntry[];

  /**
   * Prints a sentence for the user, on the standard error.
   *
   * @param sentence One sentence without its full stop; it need not be printable.
   */
  tell(sentence: string): void;

  /**
   * Returns a context for each PBX of the command line: of the fleet file, of
   * the bus, or this one. Messages about one of several begin with its name.
   *
   * @returns The contexts, in the order of the file, or of their names.
   * @throws {CommandError} If the fleet file or the bus cannot be used.
   */
  pbxs(): Promise<readonly CommandContext[]>;

  /**
   * Returns the context of a PBX of the bus that has appeared since.
   *
   * @param pbx The name of the PBX.
   * @returns The context.
   */
  named(pbx: string): CommandContext;

  /**
   * Returns the user that logs in. Asks for the secret if it is not given anywhere.
   *
   * @returns The name and the secret.
   */
  credentials(): Promise<Credentials>;

  /**
   * The options of DAMI for the address of the PBX and the way to talk to it.
   *
   * @param options Further options.
   * @returns All of them.
   */
  options(options?: DAMIOptions): Promise<DAMIOptions>;

  /**
   * Connects to the PBX and logs in.
   *
   * @param options Further options of DAMI.
   * @param prepare Adds listeners before it connects.
   * @returns The client; close it with `await using`.
   */
  connect(
    options?: DAMIOptions,
    prepare?: (dami: DAMI) => void,
  ): Promise<DAMI>;

  /**
   * Connects to the PBX and logs in, or takes it from the bus.
   *
   * @param options Options of DAMI beside those that say where; for a connection of its own.
   * @returns The client; close it with `await using`.
   */
  open(
    options?: DAMIOptions,
  ): Promise<OpenPbx & (Disposable | AsyncDisposable)>;

  /** The bus of the command line, which is open until the command has ended; `undefined` if it names none. */
  readonly bus: (() => Promise<NatsBus>) | undefined;
}

/** A command of `dami`. */
export interface Command {
  /** The words that may follow its name, such as `[Event…]`. */
  readonly usage: string;
  /** A description of what it does, in a few sentences. */
  readonly description: string;
  /** Its own options. */
  readonly options: OptionSpecs;
  /** Command lines that show how it is used. */
  readonly examples: readonly Example[];
  /** The words that the shell may complete after its name. */
  readonly completes?: "action" | "event" | "file" | readonly string[];
  /**
   * `true` if it also takes the options that say where to connect.
   *
   * @default {true}
   */
  readonly connects?: boolean;
  /**
   * `true` if it also works with the PBXs of a fleet file.
   *
   * @default {false}
   */
  readonly fleet?: boolean;
  /**
   * `true` if it also works with the PBXs on the bus.
   *
   * @default {false}
   */
  readonly bus?: boolean;

  /**
   * Runs the command.
   *
   * @param context The context of the command.
   * @returns The exit status.
   * @throws {CommandError} If it failed.
   * @throws The signal's reason, if it is aborted.
   */
  run(context: CommandContext): Promise<number>;
}

/** A command in the list of all. */
export interface CommandEntry {
  /** Its name. */
  readonly name: string;
  /** A summary of what it does, in one line. */
  readonly summary: string;
  /** Loads it: the others need not be loaded for it. */
  readonly load: () => Promise<Command>;
}

import type { AgiScripts } from "../agi/agi_scripts.ts";
import { CallSimulation } from "./call_simulation.ts";
import { Queues } from "../queues/queues.ts";
import { ConfigurationFiles } from "../configuration/files.ts";
import { extensionsOf, queuesOf } from "../configuration/readers.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { ResolvedServerOptions } from "../server_options.ts";
import { timestamp } from "./call_events.ts";

/** The parts of its server that {@linkcode Pbx} needs. */
export interface PbxOptions {
  options: ResolvedServerOptions;
  /** Ends the waits of the answers. */
  signal: AbortSignal;
  /** The names of all actions that it answers. */
  actionNames: () => string[];
  /** Sends an event to every client. */
  emit: (event: AmiFrame) => void;
  /** The answers to commands of AGI that a test has scripted. */
  agiScripts: AgiScripts;
}

/** The PBX behind the answers, which can be rebooted. */
export class Pbx {
  /** The options; queues and extensions are those of the files that were read last. */
  readonly options: ResolvedServerOptions;
  /** Ends the waits of the answers. */
  readonly signal: AbortSignal;
  /** The names of all actions that it answers. */
  readonly actionNames: () => string[];
  /** Sends an event to every client. */
  readonly emit: (event: AmiFrame) => void;
  /** The global variables since it was booted. */
  readonly variables = new Map<string, string>();
  /** The database, by `/family/key`, which outlives a reboot. */
  readonly database = new Map<string, string>();
  /** The configuration files, which outlive a reboot. */
  readonly files: ConfigurationFiles;
  readonly #agiScripts: AgiScripts;
  #calls: CallSimulation;
  #queues: Queues;
  #startedAt = Date.now();

  constructor(
    { options, signal, actionNames, emit, agiScripts }: PbxOptions,
  ) {
    this.options = { ...options };
    this.files = new ConfigurationFiles(options);
    this.signal = signal;
    this.actionNames = actionNames;
    this.emit = emit;
    this.#agiScripts = agiScripts;
    [this.#calls, this.#queues] = this.#start();
  }

  /** The calls since it was booted. */
  get calls(): CallSimulation {
    return this.#calls;
  }

  /** The queues since it was booted. */
  get queues(): Queues {
    return this.#queues;
  }

  /** The time of its boot (milliseconds since the epoch). */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Ends every call without a further event. */
  async stop(): Promise<void> {
    this.#queues.stop();
    await this.#calls.stop();
  }

  /**
   * Reads the configuration of a module again, as far as it is played.
   *
   * @param module The name; empty for all.
   */
  reload(module: string): void {
    const name = module.replace(/\.so$/, "");
    if (name === "" || name === "pbx_config") this.#readExtensions();
    if (name === "" || name === "app_queue") {
      if (this.#readQueues()) this.#queues.reload();
    }
    this.emit({
      Event: "Reload",
      Privilege: "system,all",
      Timestamp: this.options.timestamps ? timestamp() : [],
      Module: module === "" ? "All" : module,
      Status: 0,
    });
  }

  /** Reboots it, without calls. */
  boot(): void {
    this.#readExtensions();
    this.#readQueues();
    [this.#calls, this.#queues] = this.#start();
    this.variables.clear();
    this.#startedAt = Date.now();
  }

  #readExtensions(): void {
    const file = this.files.findWritten("extensions.conf");
    if (file !== undefined) this.options.extensions = extensionsOf(file);
  }

  #readQueues(): boolean {
    const file = this.files.findWritten("queues.conf");
    if (file !== undefined) this.options.queues = queuesOf(file);
    return file !== undefined;
  }

  #start(): [CallSimulation, Queues] {
    const { options, emit } = this;
    const calls = new CallSimulation({
      options,
      emit: (event) => {
        emit(event);
        queues.onEvent(event);
      },
      agiScripts: this.#agiScripts,
    });
    const queues = new Queues(options, calls);
    return [calls, queues];
  }
}

import type { AgiScripts } from "../agi/agi_scripts.ts";
import { CallSimulation } from "./call_simulation.ts";
import { Queues } from "../queues/queues.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { ResolvedServerOptions } from "../server_options.ts";

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
  readonly #agiScripts: AgiScripts;
  #calls: CallSimulation;
  #queues: Queues;
  #startedAt = Date.now();

  constructor(
    { options, signal, actionNames, emit, agiScripts }: PbxOptions,
  ) {
    this.options = options;
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

  /** Reboots it, without calls. */
  boot(): void {
    [this.#calls, this.#queues] = this.#start();
    this.variables.clear();
    this.#startedAt = Date.now();
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

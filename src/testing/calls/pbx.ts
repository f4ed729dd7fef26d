import type { AgiScripts } from "../agi/agi_scripts.ts";
import { CallSimulation } from "./call_simulation.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { ResolvedServerOptions } from "../server_options.ts";

/** What {@linkcode Pbx} needs of its server. */
export interface PbxOptions {
  options: ResolvedServerOptions;
  /** Ends the waits of the answers. */
  signal: AbortSignal;
  /** The names of all actions that it answers. */
  actionNames: () => string[];
  /** Sends an event to everybody. */
  emit: (event: AmiFrame) => void;
  /** The answers to commands of AGI that a test has scripted. */
  agiScripts: AgiScripts;
}

/** The PBX behind the answers: it is booted, and can be booted anew. */
export class Pbx {
  readonly options: ResolvedServerOptions;
  /** Ends the waits of the answers. */
  readonly signal: AbortSignal;
  /** The names of all actions that it answers. */
  readonly actionNames: () => string[];
  /** Sends an event to everybody. */
  readonly emit: (event: AmiFrame) => void;
  readonly #agiScripts: AgiScripts;
  #calls: CallSimulation;
  #startedAt = Date.now();

  constructor(
    { options, signal, actionNames, emit, agiScripts }: PbxOptions,
  ) {
    this.options = options;
    this.signal = signal;
    this.actionNames = actionNames;
    this.emit = emit;
    this.#agiScripts = agiScripts;
    this.#calls = new CallSimulation({ options, emit, agiScripts });
  }

  /** The calls since it was booted. */
  get calls(): CallSimulation {
    return this.#calls;
  }

  /** When it was booted (milliseconds since the epoch). */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Ends every call without a further event. */
  async stop(): Promise<void> {
    await this.#calls.stop();
  }

  /** Boots it anew, with no calls. */
  boot(): void {
    const { options, emit } = this;
    const agiScripts = this.#agiScripts;
    this.#calls = new CallSimulation({ options, emit, agiScripts });
    this.#startedAt = Date.now();
  }
}

import { CallSimulation } from "./call_simulation.ts";
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
  #calls: CallSimulation;
  #startedAt = Date.now();

  constructor({ options, signal, actionNames, emit }: PbxOptions) {
    this.options = options;
    this.signal = signal;
    this.actionNames = actionNames;
    this.emit = emit;
    this.#calls = new CallSimulation({ options, emit });
  }

  /** The calls since it was booted. */
  get calls(): CallSimulation {
    return this.#calls;
  }

  /** The time of its boot (milliseconds since the epoch). */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Ends every call without a further event. */
  async stop(): Promise<void> {
    await this.#calls.stop();
  }

  /** Reboots it, without calls. */
  boot(): void {
    const { options, emit } = this;
    this.#calls = new CallSimulation({ options, emit });
    this.#startedAt = Date.now();
  }
}

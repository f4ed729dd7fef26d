import type { CallSimulation } from "./call_simulation.ts";
import type { AmiFrame } from "./frame_writer.ts";
import type { ResolvedServerOptions } from "./server_options.ts";

/** What the standard answers know of the PBX. */
export interface Pbx {
  readonly options: ResolvedServerOptions;
  readonly calls: CallSimulation;
  /** When it started (milliseconds since the epoch). */
  readonly startedAt: number;
  /** Ends the waits of the answers. */
  readonly signal: AbortSignal;
  /** The names of all actions that it answers. */
  readonly actionNames: () => string[];
  /** Sends an event to everybody. */
  readonly emit: (event: AmiFrame) => void;
}

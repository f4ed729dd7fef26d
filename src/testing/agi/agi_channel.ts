import type { Channel } from "../calls/channel.ts";

/** The part of a call that AGI works with. */
export interface AgiChannel {
  readonly channel: Channel;
  /** Aborted when the call is hung up. */
  readonly signal: AbortSignal;
  /** Answers the call. */
  answer(): void;
  /** Hangs the call up. */
  hangUp(): void;
  /** Sets a variable. */
  setVariable(name: string, value: string): void;
  /** Runs an application of the dialplan. */
  execute(application: string, data: string): Promise<unknown>;
}

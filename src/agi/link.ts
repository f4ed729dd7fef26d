import type { AgiAnswer } from "./answer.ts";
import type { AgiEnvironment } from "./environment.ts";
import type { AgiSendOptions } from "./pending_command.ts";

/** One call of Asterisk on its way to a program: over the manager interface, or over TCP. */
export interface AgiLink {
  /** The variables that Asterisk sent with the call. */
  readonly env: AgiEnvironment;
  /** The name that the channel has now. */
  readonly channel: string;
  /** The unique id of the channel. */
  readonly uniqueid: string;
  /** Aborted when the call ends, or is no longer led. */
  readonly signal: AbortSignal;
  /** Reports whether the caller is known to have hung up. */
  readonly isHungUp: boolean;

  /**
   * Sends a command.
   *
   * @param line The command with its arguments.
   * @param options When to stop waiting.
   * @returns The answer, whatever it is.
   */
  send(line: string, options?: AgiSendOptions): Promise<AgiAnswer>;
}

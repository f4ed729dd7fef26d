import type { Credentials, DAMIOptions } from "../../../mod.ts";

/** The settings of trust for an encrypted connection. */
export interface Trust {
  /** The certificates to trust, as PEM texts. */
  readonly caCerts: readonly string[];
  /** The name that has to be in the certificate. */
  readonly serverName: string;
}

/** The connection to examine, and the way to do it. */
export interface Patient {
  /** The host of the PBX. */
  readonly hostname: string;
  /** The port of its manager interface. */
  readonly port: number;
  /** The settings of trust; `undefined` without encryption. */
  readonly trust: Trust | undefined;
  /** The user that logs in. */
  readonly username: string;
  /** The options of DAMI for the address. */
  readonly options: DAMIOptions;
  /** The events that the user asked about. */
  readonly events: readonly string[];
  /** The actions that the user asked about. */
  readonly actions: readonly string[];
  /** The time to listen to events (milliseconds). */
  readonly listenTime: number;
  /** `true` if a `UserEvent` may be sent. */
  readonly sendsUserEvent: boolean;
  /** The limit of each step (milliseconds). */
  readonly timeout: number;
  /** Ends the examination. */
  readonly signal: AbortSignal;

  /**
   * Returns the user that logs in.
   *
   * @returns The name and the secret.
   */
  credentials(): Promise<Credentials>;
}

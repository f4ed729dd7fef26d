import type { Credentials, DAMIOptions } from "../../../mod.ts";

/** Whom to trust, and by which name, where a connection is encrypted. */
export interface Trust {
  /** The certificates to trust, as PEM texts. */
  readonly caCerts: readonly string[];
  /** The name that has to be in the certificate. */
  readonly serverName: string;
}

/** The connection that is examined, and how. */
export interface Patient {
  /** The host of the PBX. */
  readonly hostname: string;
  /** The port of its manager interface. */
  readonly port: number;
  /** Whom to trust; `undefined` where nothing is encrypted. */
  readonly trust: Trust | undefined;
  /** The user that logs in. */
  readonly username: string;
  /** The options of DAMI that say where to connect. */
  readonly options: DAMIOptions;
  /** The events that somebody misses. */
  readonly events: readonly string[];
  /** The actions that somebody wants to send. */
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

import type { DAMIData } from "./data.ts";

/**
 * The outcome of an action whose answer did not arrive.
 *
 * - `"not-sent"`: not one byte of it was written: it was certainly not run.
 * - `"unknown"`: it was written, at least in part: the PBX may have run it.
 */
export type Outcome = "not-sent" | "unknown";

/** Every code that an {@linkcode AmiError} can carry. */
export type AmiErrorCode =
  | "AMI_AUTHENTICATION"
  | "AMI_CLOSED"
  | "AMI_CONNECTION"
  | "AMI_LIMIT"
  | "AMI_PROTOCOL"
  | "AMI_RESPONSE"
  | "AMI_TIMEOUT"
  | "AMI_VERSION";

/**
 * The base class of DAMI's own errors.
 *
 * @example Telling DAMI's errors from others
 * ```ts
 * import { AmiError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * try {
 *   await dami.to("CoreStatus");
 * } catch (error) {
 *   if (error instanceof AmiError) console.log(error.code, error.message);
 *   else throw error;
 * }
 * ```
 */
export abstract class AmiError extends Error {
  /** A stable word for programs, which does not change as the message may. */
  abstract readonly code: AmiErrorCode;
}

/**
 * The reason why a connection could not be made or did not last.
 *
 * - `"refused"`: nothing listens on that port.
 * - `"unreachable"`: no such host, no route to it, or no answer to the attempt to connect.
 * - `"tls"`: connected, but the connection could not be encrypted, or its certificate is not trusted.
 * - `"not-permitted"`: Deno was run without the network permission.
 * - `"no-greeting"`: connected, but no AMI greeting came in time, or the peer closed before it.
 * - `"not-ami"`: the peer is not an Asterisk Manager Interface, by its greeting.
 * - `"lost"`: the connection ended after the greeting.
 * - `"no-answer"`: the PBX gave no sign of life in the time of the option `keepAlive`.
 * - `"shutdown"`: the PBX announced its shutdown, and closed the connection.
 */
export type ConnectionFailure =
  | "refused"
  | "unreachable"
  | "not-permitted"
  | "no-greeting"
  | "not-ami"
  | "tls"
  | "lost"
  | "no-answer"
  | "shutdown";

/** Options of {@linkcode AmiConnectionError}. */
export interface AmiConnectionErrorOptions extends ErrorOptions {
  /** The reason why there is no connection. */
  failure: ConnectionFailure;
  /**
   * The outcome of the action.
   *
   * @default {"not-sent"}
   */
  outcome?: Outcome;
}

/**
 * There is no connection to the PBX, or it was lost.
 *
 * @example Running an action again only where that is safe
 * ```ts
 * import { AmiConnectionError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * try {
 *   await dami.to("QueueAdd", { Queue: "support", Interface: "PJSIP/6001" });
 * } catch (error) {
 *   if (error instanceof AmiConnectionError && error.outcome === "not-sent") {
 *     console.log("The PBX never saw it");
 *   }
 * }
 * ```
 */
export class AmiConnectionError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiConnectionError";
  /** A stable word for programs. */
  readonly code = "AMI_CONNECTION";
  /** The reason why there is no connection. */
  readonly failure: ConnectionFailure;
  /** The outcome of the action that was waiting. */
  readonly outcome: Outcome;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param options The reason, and the outcome of the action.
   */
  constructor(message: string, options: AmiConnectionErrorOptions) {
    const { cause } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.failure = options.failure;
    this.outcome = options.outcome ?? "not-sent";
  }
}

/**
 * The PBX refused the login: unknown user, wrong secret, an address that is
 * not permitted, or a user that is logged in already. Asterisk does not tell
 * the first three apart (`main/manager.c`, `authenticate`).
 *
 * @example
 * ```ts
 * import { AmiAuthenticationError, DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * try {
 *   await dami.connectAndLogin({ username: "admin", secret: "wrong" });
 * } catch (error) {
 *   if (error instanceof AmiAuthenticationError) console.log(error.username);
 * }
 * ```
 */
export class AmiAuthenticationError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiAuthenticationError";
  /** A stable word for programs. */
  readonly code = "AMI_AUTHENTICATION";
  /** The user that was refused. */
  readonly username: string;
  /**
   * `true` if the user is logged in already and may log in only once
   * (`allowmultiplelogin` in `manager.conf`), which passes.
   */
  readonly alreadyInUse: boolean;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param username The user that was refused.
   * @param alreadyInUse `true` if the user is logged in already.
   */
  constructor(message: string, username: string, alreadyInUse = false) {
    super(message);
    this.username = username;
    this.alreadyInUse = alreadyInUse;
  }
}

/** Options of {@linkcode AmiResponseError}. */
export interface AmiResponseErrorOptions {
  /** The action's name. */
  action: string;
  /** Every frame of the answer; the error response is the last. */
  frames: DAMIData[];
  /** `true` if the error only says that there is nothing to list. */
  emptyList: boolean;
}

/**
 * The PBX answered an action with `Response: Error`.
 *
 * @example An empty list is an error to Asterisk
 * ```ts
 * import { AmiResponseError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * try {
 *   await dami.to("ConfbridgeListRooms");
 * } catch (error) {
 *   if (error instanceof AmiResponseError && error.emptyList) {
 *     console.log("No conferences");
 *   }
 * }
 * ```
 */
export class AmiResponseError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiResponseError";
  /** A stable word for programs. */
  readonly code = "AMI_RESPONSE";
  /** The action's name. */
  readonly action: string;
  /**
   * `true` if the error only says that there is nothing to list, such as
   * `No active conferences.`
   */
  readonly emptyList: boolean;
  // Kept out of what a console prints of the error: a list that failed halfway may hold passwords.
  readonly #frames: DAMIData[];

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param options The action and its answer.
   */
  constructor(message: string, options: AmiResponseErrorOptions) {
    super(message);
    this.action = options.action;
    this.emptyList = options.emptyList;
    this.#frames = options.frames;
  }

  /** Every frame of the answer; a list that failed halfway has its items here. */
  get frames(): DAMIData[] {
    return this.#frames;
  }

  /** The frame that says `Response: Error`. */
  get response(): DAMIData {
    return this.#frames.at(-1) ?? {};
  }
}

/** Options of {@linkcode AmiTimeoutError}. */
export interface AmiTimeoutErrorOptions {
  /** The action's name. */
  action: string;
  /** The time for which DAMI waited (milliseconds). */
  timeout: number;
  /** The outcome of the action. */
  outcome: Outcome;
}

/**
 * An action was not answered in time. A late answer is dropped.
 *
 * @example
 * ```ts
 * import { AmiTimeoutError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * try {
 *   await dami.to("Reload", {}, { timeout: 5_000 });
 * } catch (error) {
 *   if (error instanceof AmiTimeoutError) console.log(error.action, error.timeout);
 * }
 * ```
 */
export class AmiTimeoutError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiTimeoutError";
  /** A stable word for programs. */
  readonly code = "AMI_TIMEOUT";
  /** The action's name. */
  readonly action: string;
  /** The time for which DAMI waited since the last frame for it (milliseconds). */
  readonly timeout: number;
  /** The outcome of the action. */
  readonly outcome: Outcome;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param options The action, and the time.
   */
  constructor(message: string, options: AmiTimeoutErrorOptions) {
    super(message);
    this.action = options.action;
    this.timeout = options.timeout;
    this.outcome = options.outcome;
  }
}

/**
 * The program has closed the connection, or never made one; or it calls a DAMI
 * whose connection is lost for good.
 *
 * @example
 * ```ts
 * import { AmiClosedError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * try {
 *   console.log(dami.conn.remoteAddr);
 * } catch (error) {
 *   if (error instanceof AmiClosedError) console.log("Not connected yet");
 * }
 * ```
 */
export class AmiClosedError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiClosedError";
  /** A stable word for programs. */
  readonly code = "AMI_CLOSED";
  /** The outcome of the action that was waiting. */
  readonly outcome: Outcome;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param outcome The outcome of the action.
   * @param options The cause, such as the loss that closed it.
   */
  constructor(
    message: string,
    outcome: Outcome = "not-sent",
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.outcome = outcome;
  }
}

/**
 * A bound of {@linkcode DAMILimits} was passed.
 *
 * @example
 * ```ts
 * import { AmiLimitError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI({ limits: { maxListFrames: 100 } });
 * try {
 *   await dami.to("CoreShowChannels");
 * } catch (error) {
 *   if (error instanceof AmiLimitError) console.log(error.limit, error.value);
 * }
 * ```
 */
export class AmiLimitError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiLimitError";
  /** A stable word for programs. */
  readonly code = "AMI_LIMIT";
  /** The option that holds the bound, such as `"maxListFrames"`. */
  readonly limit: string;
  /** The bound. */
  readonly value: number;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param limit The option that holds the bound.
   * @param value The bound.
   */
  constructor(message: string, limit: string, value: number) {
    super(message);
    this.limit = limit;
    this.value = value;
  }
}

/**
 * The PBX sent lines that are not a frame of the Asterisk Manager Interface.
 * DAMI reports this through its `error` event, and never throws it.
 *
 * @example
 * ```ts
 * import { AmiProtocolError, DAMI } from "@dami/dami";
 *
 * const dami = new DAMI();
 * dami.addEventListener("error", ({ error }) => {
 *   if (error instanceof AmiProtocolError) console.log(error.lines);
 * });
 * ```
 */
export class AmiProtocolError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiProtocolError";
  /** A stable word for programs. */
  readonly code = "AMI_PROTOCOL";
  // Kept out of what a console prints of the error: they may hold passwords.
  readonly #lines: readonly string[];

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param lines The lines that were received.
   */
  constructor(message: string, lines: readonly string[]) {
    super(message);
    this.#lines = lines;
  }

  /** The lines that were received. */
  get lines(): readonly string[] {
    return this.#lines;
  }
}

/**
 * The PBX is too old for what was asked of it.
 *
 * @example
 * ```ts
 * import { AmiVersionError, DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * try {
 *   using pbx = await LivePbx.start(dami);
 *   console.log(pbx.calls.size);
 * } catch (error) {
 *   if (!(error instanceof AmiVersionError)) throw error;
 *   console.log(error.amiVersion, error.oldest);
 * }
 * ```
 */
export class AmiVersionError extends AmiError {
  /** The name of the class. */
  override readonly name = "AmiVersionError";
  /** A stable word for programs. */
  readonly code = "AMI_VERSION";
  /** The version of the manager interface that the PBX greeted with, such as `"1.3"`. */
  readonly amiVersion: string;
  /** The oldest version of the manager interface that will do, such as `"2.0"`. */
  readonly oldest: string;

  /**
   * Makes the error.
   *
   * @param message The incident, in words.
   * @param amiVersion The version that the PBX greeted with.
   * @param oldest The oldest version that will do.
   */
  constructor(message: string, amiVersion: string, oldest: string) {
    super(message);
    this.amiVersion = amiVersion;
    this.oldest = oldest;
  }
}

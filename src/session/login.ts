import type { ActionData } from "../actions/action.ts";
import { maskEchoes } from "../actions/describe_action.ts";
import {
  AmiAuthenticationError,
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
} from "../errors.ts";
import type { ResolvedOptions } from "../options/options.ts";
import { encode, isEncodable } from "../wire/encoding.ts";
import type { Frame } from "../wire/frame.ts";

/**
 * The user that logs in.
 *
 * @example
 * ```ts
 * import type { Credentials } from "@dami/dami";
 *
 * const credentials: Credentials = { username: "admin", secret: "mysecret" };
 * console.log(credentials.username);
 * ```
 */
export interface Credentials {
  /** The name of a user of `manager.conf`. */
  username: string;
  /** The user's secret. */
  secret: string;
}

/**
 * Takes credentials as they are now: the program may change them before DAMI
 * reconnects.
 *
 * @param credentials The credentials of the program.
 * @returns A copy.
 * @throws {TypeError} If one of the two is not a text.
 */
export function takeCredentials(credentials: Credentials): Credentials {
  const { username, secret } = credentials;
  for (const [name, value] of Object.entries({ username, secret })) {
    if (typeof value !== "string") {
      throw new TypeError(
        `Cannot log in as '${name}' must be a string: current value is of type ${typeof value}`,
      );
    }
  }
  return { username, secret };
}

/** The answer to every action, including a login, once the PBX has begun to stop (`main/manager.c`, `process_message`). */
const SHUTTING_DOWN = "Asterisk is shutting down";

/** The answer to a second login of a user that may log in only once (`main/manager.c`, `action_login`). */
const LOGIN_IN_USE = "Login Already In Use";

/**
 * Makes the error for a login that is not answered.
 *
 * @param timeout The time that was waited for the answer (milliseconds).
 * @returns The error.
 */
export function unansweredLogin(timeout: number): AmiTimeoutError {
  return new AmiTimeoutError(
    `Action "Login" was not answered within ${timeout} ms`,
    { action: "Login", timeout, outcome: "unknown" },
  );
}

/** Options of {@linkcode logIn}. */
export interface LogInOptions {
  /** The user that logs in. */
  credentials: Credentials;
  /** The way in which the user proves to know the secret. */
  authType: ResolvedOptions["authType"];
  /** The encoding of the connection, in which the PBX has the secret. */
  encoding: ResolvedOptions["encoding"];
  /** The event mask; `undefined` for all that the user may read. */
  mask: string | undefined;
  /** The address of the PBX, for the messages of errors. */
  where: string;
  /** Sends an action. */
  send: (action: string, data: ActionData) => Promise<Frame[]>;
}

/**
 * Logs in.
 *
 * @param options The user, and the PBX.
 * @throws {AmiAuthenticationError} If the PBX refuses.
 * @throws {AmiConnectionError} If the PBX is shutting down.
 * @throws What sending throws.
 */
export async function logIn(options: LogInOptions): Promise<void> {
  const { credentials: { username, secret }, mask, where, send } = options;
  try {
    const proof = await proofOf(options);
    await send("Login", { Username: username, ...proof, Events: mask });
  } catch (error) {
    if (!(error instanceof AmiResponseError)) throw error;
    const message = maskEchoes(String(error.response.Message), {
      Secret: secret,
    });
    if (message === SHUTTING_DOWN) {
      throw new AmiConnectionError(
        `Cannot log in to ${where}: the PBX is shutting down`,
        { failure: "shutdown" },
      );
    }
    throw new AmiAuthenticationError(
      `Cannot log in to ${where} as "${username}": the PBX says "${message}"`,
      username,
      message === LOGIN_IN_USE,
    );
  }
}

/** Makes the headers that prove that the user knows the secret. */
async function proofOf(
  { authType, credentials: { secret }, encoding, send }: LogInOptions,
): Promise<ActionData> {
  if (authType === "plain") return { Secret: secret };
  if (!isEncodable(secret, encoding)) {
    throw new TypeError(
      `Cannot send action "Login": the secret holds a character that ${encoding} does not have`,
    );
  }
  const [response] = await send("Challenge", { AuthType: "MD5" });
  const challenge = response?.get("challenge") ?? "";
  // Loaded only here: it takes as long as everything else at the start.
  const { createHash } = await import("node:crypto");
  // The bytes that the PBX has in `manager.conf`.
  const proof = encode(challenge + secret, encoding);
  const key = createHash("md5").update(proof).digest("hex");
  return { AuthType: "MD5", Key: key };
}

/**
 * Reports whether a login sends the secret in a way that others can read.
 *
 * @param options The options of the connection.
 * @returns `true` for a plain login over an unencrypted link to another host.
 */
export function exposesSecret(
  { hostname, tls, authType }: Pick<
    ResolvedOptions,
    "hostname" | "tls" | "authType"
  >,
): boolean {
  return tls === undefined && authType === "plain" && !isLoopback(hostname);
}

/** Reports whether a host is this one, so that nobody on the way to it can listen. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "::1" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

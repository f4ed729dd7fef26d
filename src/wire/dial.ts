import { AmiConnectionError } from "../errors.ts";
import { closeQuietly } from "./close_quietly.ts";
import type { EncryptionSettings } from "./encrypt.ts";
import { errorText } from "../error_text.ts";

/** The time that an attempt has to complete after it was given up (milliseconds). */
const GRACE = 50;

/** Options of {@linkcode dial}. */
export interface DialOptions {
  /** The host of the PBX. */
  hostname: string;
  /** The port of its manager interface. */
  port: number;
  /** The settings of TLS, if the connection is encrypted. */
  tls: EncryptionSettings | undefined;
}

/** Makes the error for an attempt to connect that failed. */
function connectionError(
  { hostname, port }: DialOptions,
  cause: unknown,
): AmiConnectionError {
  const where = `Cannot connect to ${hostname}:${port}`;
  if (cause instanceof Deno.errors.ConnectionRefused) {
    return new AmiConnectionError(
      `${where}: nothing listens there; check the port, and "enabled" in manager.conf`,
      { failure: "refused", cause },
    );
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return new AmiConnectionError(
      `${where}: run deno with --allow-net=${hostname}:${port}`,
      { failure: "not-permitted", cause },
    );
  }
  return new AmiConnectionError(`${where}: ${errorText(cause)}`, {
    failure: "unreachable",
    cause,
  });
}

/**
 * Connects. Deno (2.7.14 to 2.9.6, measured) never closes a connection that
 * completes at the moment when its signal is aborted. So an attempt that was
 * given up still has some time to complete, and is closed here.
 */
async function connect(
  { hostname, port }: DialOptions,
  signal: AbortSignal,
): Promise<Deno.TcpConn> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUp = () => {
    timer = setTimeout(() => controller.abort(signal.reason), GRACE);
  };
  signal.throwIfAborted();
  signal.addEventListener("abort", giveUp);
  try {
    const conn = await Deno.connect({
      hostname,
      port,
      signal: controller.signal,
    });
    if (signal.aborted) closeQuietly(conn);
    signal.throwIfAborted();
    return conn;
  } finally {
    signal.removeEventListener("abort", giveUp);
    clearTimeout(timer);
  }
}

/**
 * Connects, and encrypts the connection where that is asked for.
 *
 * @param options The address, and what TLS needs.
 * @param signal Abandons the attempt.
 * @returns The connection under a {@linkcode Connection}.
 * @throws {AmiConnectionError} If no connection can be made.
 * @throws The signal's reason, if it was aborted.
 */
export async function dial(
  options: DialOptions,
  signal: AbortSignal,
): Promise<Deno.TcpConn | Deno.TlsConn> {
  const { hostname, port, tls } = options;
  let conn: Deno.TcpConn;
  try {
    conn = await connect(options, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw connectionError(options, error);
  }
  conn.setNoDelay(true);
  if (tls === undefined) return conn;
  // Most connections are not encrypted, and start faster without it.
  const { encrypt } = await import("./encrypt.ts");
  return await encrypt(conn, { hostname, port, ...tls }, signal);
}

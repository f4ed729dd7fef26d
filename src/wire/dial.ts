import { AmiConnectionError } from "../errors.ts";
import { closeQuietly } from "./close_quietly.ts";
import { Relay } from "./relay.ts";
import { RelayedTlsConn } from "./relayed_tls_conn.ts";

/** The settings of TLS in {@linkcode DialOptions}. */
export interface DialTls {
  /** The certificates to trust beside those that Deno trusts, as PEM texts. */
  caCerts: string[];
  /** The name in the certificate of the PBX. */
  serverName: string;
}

/** Options of {@linkcode dial}. */
export interface DialOptions {
  /** The host of the PBX. */
  hostname: string;
  /** The port of its manager interface. */
  port: number;
  /** The settings of TLS, if the connection is encrypted. */
  tls: DialTls | undefined;
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
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AmiConnectionError(`${where}: ${detail}`, {
    failure: "unreachable",
    cause,
  });
}

/** Makes the error for a connection that could not be encrypted. */
function tlsError(
  { hostname, port }: DialOptions,
  cause: unknown,
): AmiConnectionError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  const advice = /certificate/i.test(detail)
    ? "pass the certificate of the PBX, or of its issuer, as 'tls.caCerts', and its name as 'tls.serverName'"
    : 'check the port, and "tlsenable" in manager.conf';
  return new AmiConnectionError(
    `Cannot connect to ${hostname}:${port} with TLS: ${detail}; ${advice}`,
    { failure: "tls", cause },
  );
}

/** Encrypts a connection, and closes it if that fails. */
async function encrypt(
  conn: Deno.TcpConn,
  options: DialOptions,
  { caCerts, serverName }: DialTls,
  signal: AbortSignal,
): Promise<Deno.TlsConn> {
  const relay = await Relay.open(conn);
  const plain = relay?.near ?? conn;
  let encrypted: Deno.TlsConn | undefined;
  const giveUp = () => {
    closeQuietly(encrypted ?? plain);
    relay?.cut();
  };
  try {
    signal.throwIfAborted();
    // Not Deno.connectTls: it takes neither a server name of its own nor a signal.
    encrypted = await Deno.startTls(plain, { hostname: serverName, caCerts });
    signal.throwIfAborted();
    signal.addEventListener("abort", giveUp, { once: true });
    await encrypted.handshake();
    signal.throwIfAborted();
    return relay === undefined
      ? encrypted
      : new RelayedTlsConn(encrypted, relay);
  } catch (error) {
    closeQuietly(encrypted ?? plain);
    // An alert that says why is still to reach the PBX.
    if (!signal.aborted) await relay?.sent;
    relay?.cut();
    signal.throwIfAborted();
    throw tlsError(options, error);
  } finally {
    signal.removeEventListener("abort", giveUp);
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
    conn = await Deno.connect({ hostname, port, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw connectionError(options, error);
  }
  conn.setNoDelay(true);
  return tls === undefined ? conn : await encrypt(conn, options, tls, signal);
}

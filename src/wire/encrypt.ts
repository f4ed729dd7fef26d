import { AmiConnectionError } from "../errors.ts";
import { closeQuietly } from "./close_quietly.ts";
import { Relay } from "./relay.ts";
import { RelayedTlsConn } from "./relayed_tls_conn.ts";
import { errorText } from "../error_text.ts";

/** Settings of an encrypted connection. */
export interface EncryptionSettings {
  /** The certificates to trust beside those that Deno trusts, as PEM texts. */
  caCerts: string[];
  /** The name in the certificate of the PBX. */
  serverName: string;
}

/** Options of {@linkcode encrypt}. */
export interface EncryptOptions extends EncryptionSettings {
  /** The host of the PBX. */
  hostname: string;
  /** The port of its manager interface. */
  port: number;
}

/** Makes the error for a connection that could not be encrypted. */
function tlsError(
  { hostname, port }: EncryptOptions,
  cause: unknown,
): AmiConnectionError {
  const detail = errorText(cause);
  const advice = /certificate/i.test(detail)
    ? "pass the certificate of the PBX, or of its issuer, as 'tls.caCerts', and its name as 'tls.serverName'"
    : 'check the port, and "tlsenable" in manager.conf';
  return new AmiConnectionError(
    `Cannot connect to ${hostname}:${port} with TLS: ${detail}; ${advice}`,
    { failure: "tls", cause },
  );
}

/**
 * Encrypts a connection, and closes it if that fails.
 *
 * @param conn The connection.
 * @param options The address, and what TLS needs.
 * @param signal Abandons the attempt.
 * @returns The encrypted connection.
 * @throws {AmiConnectionError} If it cannot be encrypted.
 * @throws The signal's reason, if it was aborted.
 */
export async function encrypt(
  conn: Deno.TcpConn,
  options: EncryptOptions,
  signal: AbortSignal,
): Promise<Deno.TlsConn> {
  const { caCerts, serverName } = options;
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

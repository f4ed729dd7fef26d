/**
 * Closes a connection, and never throws: one that the program has closed by
 * itself (`dami.conn.close()`, `using`), or that a failed TLS handshake has
 * taken, throws `BadResource`, and what has to follow would be left undone.
 *
 * @param conn The connection.
 */
export function closeQuietly(conn: Pick<Deno.Conn, "close">): void {
  try {
    conn.close();
  } catch {
    // It is closed already.
  }
}

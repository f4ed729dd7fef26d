const encoder = new TextEncoder();

/**
 * Connects and logs in without any client.
 *
 * @param port The port of the PBX.
 * @returns The connection, with everything up to the login read.
 */
export async function login(port: number): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(encoder.encode(
    "Action: Login\r\nUsername: u\r\nSecret: secret\r\n\r\n",
  ));
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1_024);
  for (let received = ""; !received.endsWith("\r\n\r\n");) {
    const read = await conn.read(buffer);
    if (read === null) throw new Error("The PBX has closed the connection");
    received += decoder.decode(buffer.subarray(0, read));
  }
  return conn;
}

/**
 * Has events replayed.
 *
 * @param conn The connection.
 * @param count How many.
 */
export async function requestReplay(
  conn: Deno.TcpConn,
  count: number,
): Promise<void> {
  await conn.write(encoder.encode(
    `Action: Replay\r\nCount: ${count}\r\n\r\n`,
  ));
}

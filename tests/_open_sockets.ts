/** Looks at sockets as the operating system sees them. */

/** The connections of IPv4 on this machine; only Linux shows them. */
const TABLE = "/proc/net/tcp";

/**
 * Counts the sockets that programs here hold open to a port of this machine.
 *
 * @param port The port.
 * @returns Their number; `undefined` where the system does not report it.
 */
export function socketsTo(port: number): number | undefined {
  if (Deno.build.os !== "linux") return undefined;
  const rows = Deno.readTextFileSync(TABLE).trim().split("\n").slice(1);
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return rows.filter((row) => {
    const columns = row.trim().split(/\s+/);
    // A socket that its program has closed has no inode any more, also while the kernel waits for the peer.
    return columns[2]?.endsWith(`:${hex}`) && columns[9] !== "0";
  }).length;
}

/**
 * Reports whether `close()` ends a connection to which something is just being
 * written. Deno 2.9.6 does; 2.9.0 and earlier keep it until the peer reads.
 */
export async function closeEndsWrites(): Promise<boolean> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  const [conn, peer] = await Promise.all([
    Deno.connect({ hostname, port }),
    listener.accept(),
  ]);
  let written = 0;
  const writing = (async () => {
    const bytes = new Uint8Array(1_000_000);
    while (true) written += await conn.write(bytes);
  })().then(() => false, () => true);
  for (let before = -1; written !== before;) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  conn.close();
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), 500);
  const ended = await Promise.race([writing, late.promise]);
  clearTimeout(timer);
  peer.close();
  await writing;
  return ended;
}

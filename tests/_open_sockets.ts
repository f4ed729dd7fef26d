/** Looks at sockets as the operating system sees them. */

/** The connections of IPv4 on this machine; only Linux shows them. */
const TABLE = "/proc/net/tcp";

/**
 * Counts the sockets that programs here hold open to a port of this machine.
 *
 * @param port The port.
 * @returns Their number; `undefined` where the system does not tell.
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

/**
 * Ports of this machine that nobody listens on.
 *
 * @module
 */

import { createSocket } from "node:dgram";
import { once } from "node:events";

/** The loopback address that everything here is bound to. */
export const LOOPBACK = "127.0.0.1";

/** How many ports of each kind {@linkcode freePorts} shall find. */
export interface FreePortsOptions {
  /** Ports for TCP. */
  tcp: number;
  /** Ports for UDP. */
  udp: number;
}

/** What {@linkcode freePorts} found. */
export interface FreePorts {
  /** Ports free for TCP. */
  tcp: number[];
  /** Ports free for UDP. */
  udp: number[];
}

/**
 * Finds free ports on the loopback address.
 *
 * All of them are held until the last one is found, so that none comes twice.
 */
export async function freePorts(options: FreePortsOptions): Promise<FreePorts> {
  const listeners = Array.from(
    { length: options.tcp },
    () => Deno.listen({ hostname: LOOPBACK, port: 0 }),
  );
  const sockets = Array.from(
    { length: options.udp },
    () => createSocket("udp4"),
  );
  try {
    for (const socket of sockets) {
      const bound = once(socket, "listening");
      socket.bind(0, LOOPBACK);
      await bound;
    }
    return {
      tcp: listeners.map((listener) => listener.addr.port),
      udp: sockets.map((socket) => socket.address().port),
    };
  } finally {
    for (const listener of listeners) listener.close();
    for (const socket of sockets) socket.close();
  }
}

/**
 * Ports of this machine that nobody listens on.
 *
 * @module
 */

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** The loopback address that everything here is bound to. */
export const LOOPBACK = "127.0.0.1";

/** Below it are the ports that services are known by. */
const LOWEST_PORT = 10_240;

/** The first port of outgoing connections, unless the system says otherwise. */
const LOWEST_EPHEMERAL_PORT = 32_768;

/** The number of ports that are tried for each wanted one. */
const ATTEMPTS = 100;

/** The number of ports of each kind that {@linkcode freePorts} has to find. */
export interface FreePortsOptions {
  /** Ports for TCP. */
  tcp: number;
  /** Ports for UDP. */
  udp: number;
}

/** The result of {@linkcode freePorts}. */
export interface FreePorts {
  /** Ports free for TCP. */
  tcp: number[];
  /** Ports free for UDP. */
  udp: number[];
}

/**
 * Finds free ports on the loopback address.
 *
 * They are none of those that the system gives to outgoing connections: what
 * is restarted finds its port as it left it, and a client that keeps trying to
 * connect to it meanwhile never connects to itself.
 *
 * All of them are held until the last one is found, so that none comes twice.
 */
export async function freePorts(options: FreePortsOptions): Promise<FreePorts> {
  const end = await lowestEphemeralPort();
  const listeners: Deno.Listener[] = [];
  const sockets: Socket[] = [];
  const tcp: number[] = [];
  const udp: number[] = [];
  try {
    while (tcp.length < options.tcp) {
      tcp.push(
        await firstFree(end, (port) => {
          listeners.push(Deno.listen({ hostname: LOOPBACK, port }));
        }),
      );
    }
    while (udp.length < options.udp) {
      udp.push(
        await firstFree(end, async (port) => {
          const socket = createSocket("udp4");
          sockets.push(socket);
          const bound = once(socket, "listening");
          socket.bind(port, LOOPBACK);
          await bound;
        }),
      );
    }
    return { tcp, udp };
  } finally {
    for (const listener of listeners) listener.close();
    for (const socket of sockets) socket.close();
  }
}

/** Tries ports until one can be taken. */
async function firstFree(
  end: number,
  take: (port: number) => void | Promise<void>,
): Promise<number> {
  for (let attempt = 1;; attempt++) {
    const port = LOWEST_PORT + Math.floor(Math.random() * (end - LOWEST_PORT));
    try {
      await take(port);
      return port;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

async function lowestEphemeralPort(): Promise<number> {
  let lowest = NaN;
  try {
    const range = await Deno.readTextFile(
      "/proc/sys/net/ipv4/ip_local_port_range",
    );
    lowest = parseInt(range);
  } catch {
    // Not a Linux, or one that does not report them.
  }
  return lowest > LOWEST_PORT ? lowest : LOWEST_EPHEMERAL_PORT;
}

import { CommandError } from "./failures/command_error.ts";
import type { ListenAddress } from "./values/listen_address.ts";

/**
 * Serves figures.
 *
 * @param address The address to serve at.
 * @param handler Answers.
 * @returns The server.
 * @throws {CommandError} If the address cannot be used.
 */
export function serve(
  { hostname, port }: ListenAddress,
  handler: Deno.ServeHandler,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    // What it would print goes to the standard output in a form of our own.
    return Deno.serve({ hostname, port, onListen: () => {}, handler });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new CommandError(
        `${hostname}:${port} is already in use: choose another address with --listen`,
      );
    }
    if (error instanceof Deno.errors.AddrNotAvailable) {
      throw new CommandError(
        `This machine has no address for ${hostname}:${port}: choose another with --listen`,
      );
    }
    throw error;
  }
}

/**
 * Returns the URL of the figures.
 *
 * @param server What serves them.
 */
export function urlOf(
  { addr: { hostname, port } }: Deno.HttpServer<Deno.NetAddr>,
): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${host}:${port}/metrics`;
}

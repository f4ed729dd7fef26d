import { UsageError } from "../failures/command_error.ts";

/** An address to listen on. */
export interface ListenAddress {
  /** The host, without the brackets around an address of IPv6. */
  readonly hostname: string;
  /** The port; 0 takes a free one. */
  readonly port: number;
}

/**
 * Reads an address such as `127.0.0.1:9464` or `[::1]:9464`.
 *
 * @param text The text.
 * @returns The address.
 * @throws {UsageError} If it is not an address.
 */
export function readListenAddress(text: string): ListenAddress {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/i.exec(text) ?? [];
  const hostname = bracketed ?? plain;
  const port = Number(digits);
  if (hostname !== undefined && port <= 65_535) return { hostname, port };
  throw new UsageError(
    `--listen must be HOST:PORT, such as 127.0.0.1:9464, not '${text}'`,
  );
}

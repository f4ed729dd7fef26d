import type { NatsConnection } from "@nats-io/nats-core";

/**
 * A connection to NATS, as `connect()` of `npm:@nats-io/transport-node` gives
 * it, or another package of the makers of NATS. It should reconnect for ever
 * (`maxReconnectAttempts: -1`).
 */
export interface NatsClient {
  /**
   * Returns the address of the server.
   *
   * @returns The address.
   */
  getServer(): string;
  /**
   * Reports whether it is closed for good.
   *
   * @returns `true` if it is.
   */
  isClosed(): boolean;
  /**
   * Waits until it is closed for good.
   *
   * @returns The reason, if there is one.
   */
  closed(): Promise<void | Error>;
}

/** The methods of a connection that are used. */
const METHODS = ["publish", "request", "subscribe", "status"] as const;

function isConnection(client: unknown): client is NatsConnection {
  return typeof client === "object" && client !== null &&
    METHODS.every((name) => typeof Reflect.get(client, name) === "function");
}

/**
 * Returns the connection behind what a program gives.
 *
 * @param client What it gives.
 * @returns The connection.
 * @throws {TypeError} If it is not a connection.
 */
export function connectionOf(client: NatsClient): NatsConnection {
  if (isConnection(client)) return client;
  throw new TypeError(
    "Cannot use option 'nats' as it must be a connection, as connect() of npm:@nats-io/transport-node returns",
  );
}

import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A relay in front of a server, which can reset its connections: the
 * connections of Deno can only be closed, those of `node:net` can be reset.
 */
export class Relay implements AsyncDisposable {
  readonly hostname = "127.0.0.1";
  readonly #server = createServer((socket) => this.#relay(socket));
  readonly #clients = new Set<Socket>();
  readonly #closed: Promise<void>[] = [];
  readonly #upstream: number;

  private constructor(upstream: number) {
    this.#upstream = upstream;
  }

  /** Starts a relay to a port of this machine. */
  static async start(upstream: number): Promise<Relay> {
    const relay = new Relay(upstream);
    await new Promise<void>((resolve) => {
      relay.#server.listen(0, relay.hostname, resolve);
    });
    return relay;
  }

  /** The port that it listens on. */
  get port(): number {
    const address = this.#server.address();
    if (!isAddress(address)) throw new Error("The relay does not listen");
    return address.port;
  }

  /** Resets all connections of the clients. */
  reset(): void {
    for (const client of this.#clients) client.resetAndDestroy();
  }

  #relay(client: Socket): void {
    const server = connect({ host: this.hostname, port: this.#upstream });
    this.#clients.add(client);
    for (const [socket, other] of [[client, server], [server, client]]) {
      if (socket === undefined || other === undefined) continue;
      socket.setNoDelay(true);
      this.#closed.push(
        new Promise((resolve) => socket.on("close", () => resolve())),
      );
      socket.on("data", (data) => other.write(data));
      socket.on("end", () => other.end());
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#clients.delete(socket);
        other.destroy();
      });
    }
  }

  /** Ends everything. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all(this.#closed);
  }
}

function isAddress(
  address: AddressInfo | string | null,
): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

/** Where to listen; port 0 takes a free one. */
export interface ListeningAddress {
  hostname: string;
  port: number;
}

/** A port that connections are accepted on, or refused for a while. */
export class Listening {
  readonly #onConnection: (conn: Deno.TcpConn) => void;
  readonly #addr: Deno.NetAddr;
  #listener: Deno.TcpListener | undefined;
  /** Resolves when the last listener is gone for good. */
  #accepting: Promise<void>;

  /**
   * Listens.
   *
   * @param address Where to.
   * @param onConnection Takes each connection that comes.
   */
  constructor(
    { hostname, port }: ListeningAddress,
    onConnection: (conn: Deno.TcpConn) => void,
  ) {
    this.#onConnection = onConnection;
    this.#listener = Deno.listen({ hostname, port });
    this.#addr = this.#listener.addr;
    this.#accepting = this.#accept(this.#listener);
  }

  /** The address, which stays the same. */
  get addr(): Deno.NetAddr {
    return this.#addr;
  }

  /**
   * Refuses connections.
   *
   * @returns Resolves when the port is free: a listener that waits for a
   * connection is not gone as soon as it is closed.
   */
  stop(): Promise<void> {
    this.#listener?.close();
    this.#listener = undefined;
    return this.#accepting;
  }

  /**
   * Accepts connections again, on the same port.
   *
   * @throws {Deno.errors.AddrInUse} If another program has taken the port.
   */
  async start(): Promise<void> {
    if (this.#listener !== undefined) return;
    await this.#accepting;
    // Somebody else may have started it meanwhile.
    if (this.#listener !== undefined) return;
    const { hostname, port } = this.#addr;
    this.#listener = Deno.listen({ hostname, port });
    this.#accepting = this.#accept(this.#listener);
  }

  async #accept(listener: Deno.TcpListener): Promise<void> {
    for await (const conn of listener) this.#onConnection(conn);
  }
}

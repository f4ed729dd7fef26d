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

  /** Refuses connections from here on. */
  stop(): void {
    this.#listener?.close();
    this.#listener = undefined;
  }

  /**
   * Accepts connections again, on the same port.
   *
   * @throws {Deno.errors.AddrInUse} If another program has taken the port.
   */
  start(): void {
    if (this.#listener !== undefined) return;
    const { hostname, port } = this.#addr;
    const listener = Deno.listen({ hostname, port });
    this.#listener = listener;
    this.#accepting = this.#accepting.then(() => this.#accept(listener));
  }

  /** Resolves when nothing is accepted any more. */
  ended(): Promise<void> {
    return this.#accepting;
  }

  async #accept(listener: Deno.TcpListener): Promise<void> {
    for await (const conn of listener) this.#onConnection(conn);
  }
}

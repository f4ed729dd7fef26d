/** The address to listen on; port 0 takes a free one. */
export interface ListeningAddress {
  hostname: string;
  port: number;
  /** The certificate and its key, both as PEM, if connections are encrypted. */
  tls?: { cert: string; key: string } | undefined;
}

/** A connection that was accepted. */
export type AcceptedConn = Deno.TcpConn | Deno.TlsConn;

/** A port that connections are accepted on, or refused for a while. */
export class Listening {
  readonly #onConnection: (conn: AcceptedConn) => void;
  readonly #tls: ListeningAddress["tls"];
  readonly #addr: Deno.NetAddr;
  #listener: Deno.TcpListener | Deno.TlsListener | undefined;
  /** Resolves when the last listener is gone for good. */
  #accepting: Promise<void>;

  /**
   * Listens.
   *
   * @param address Where to.
   * @param onConnection Takes each connection that comes.
   */
  constructor(
    { hostname, port, tls }: ListeningAddress,
    onConnection: (conn: AcceptedConn) => void,
  ) {
    this.#onConnection = onConnection;
    this.#tls = tls;
    this.#listener = this.#listen(hostname, port);
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
    // Another call may have started it in the meantime.
    if (this.#listener !== undefined) return;
    const { hostname, port } = this.#addr;
    this.#listener = this.#listen(hostname, port);
    this.#accepting = this.#accept(this.#listener);
  }

  #listen(
    hostname: string,
    port: number,
  ): Deno.TcpListener | Deno.TlsListener {
    return this.#tls === undefined
      ? Deno.listen({ hostname, port })
      : Deno.listenTls({ hostname, port, ...this.#tls });
  }

  async #accept(
    listener: Deno.TcpListener | Deno.TlsListener,
  ): Promise<void> {
    for await (const conn of listener) this.#onConnection(conn);
  }
}

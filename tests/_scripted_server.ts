/** An action as a {@linkcode ScriptedPeer} received it. */
export class ReceivedAction {
  /** Its lines without their ends. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** The action's name. */
  get name(): string {
    return this.get("Action");
  }

  /** Its ActionID. */
  get id(): string {
    return this.get("ActionID");
  }

  /** The first value of a header, or an empty string. */
  get(name: string): string {
    const line = this.lines.find((line) => line.startsWith(`${name}: `));
    return line?.slice(name.length + 2) ?? "";
  }
}

/** The server's end of one connection. */
export class ScriptedPeer {
  readonly conn: Deno.TcpConn;
  /** Everything that was received, as text. */
  received = "";
  #unread = "";
  readonly #decoder = new TextDecoder();
  readonly #buffer = new Uint8Array(65_536);

  constructor(conn: Deno.TcpConn) {
    this.conn = conn;
  }

  /** Writes text, or bytes as they are. */
  async write(data: string | Uint8Array): Promise<void> {
    let bytes = typeof data === "string"
      ? new TextEncoder().encode(data)
      : data;
    while (bytes.length > 0) {
      bytes = bytes.subarray(await this.conn.write(bytes));
    }
  }

  /** Writes a frame of these lines. */
  async frame(...lines: string[]): Promise<void> {
    await this.write(`${lines.join("\r\n")}\r\n\r\n`);
  }

  /** The next action, or `undefined` at the end. */
  async next(): Promise<ReceivedAction | undefined> {
    while (true) {
      const end = this.#unread.indexOf("\r\n\r\n");
      if (end !== -1) {
        const lines = this.#unread.slice(0, end).split("\r\n");
        this.#unread = this.#unread.slice(end + 4);
        return new ReceivedAction(lines);
      }
      const length = await this.conn.read(this.#buffer);
      if (length === null) return undefined;
      const text = this.#decoder.decode(this.#buffer.subarray(0, length), {
        stream: true,
      });
      this.received += text;
      this.#unread += text;
    }
  }

  /** Greets, and accepts the login, whatever the secret. */
  async logIn(): Promise<ReceivedAction> {
    await this.write("Asterisk Call Manager/11.0.0\r\n");
    const login = await this.next();
    if (login?.name !== "Login") throw new Error("Expected a login");
    await this.frame(
      "Response: Success",
      `ActionID: ${login.id}`,
      "Message: Authentication accepted",
    );
    return login;
  }

  /** Waits until the client has closed. */
  async closed(): Promise<void> {
    while (await this.next() !== undefined);
  }

  /** Closes. */
  close(): void {
    try {
      this.conn.close();
    } catch {
      // It is closed already.
    }
  }
}

/**
 * A server on a free port that does to each connection what a script says,
 * and closes it then.
 */
export class ScriptedServer implements AsyncDisposable {
  readonly hostname = "127.0.0.1";
  readonly port: number;
  readonly #listener: Deno.TcpListener;
  readonly #peers = new Set<ScriptedPeer>();
  readonly #scripts: Promise<void>[] = [];
  readonly #accepting: Promise<void>;
  #errors: unknown[] = [];

  private constructor(script: (peer: ScriptedPeer) => Promise<void>) {
    this.#listener = Deno.listen({ hostname: this.hostname, port: 0 });
    this.port = this.#listener.addr.port;
    this.#accepting = this.#accept(script);
  }

  /** Starts listening. */
  static start(script: (peer: ScriptedPeer) => Promise<void>): ScriptedServer {
    return new ScriptedServer(script);
  }

  async #accept(script: (peer: ScriptedPeer) => Promise<void>): Promise<void> {
    for await (const conn of this.#listener) {
      const peer = new ScriptedPeer(conn);
      this.#peers.add(peer);
      this.#scripts.push(this.#run(peer, script));
    }
  }

  async #run(
    peer: ScriptedPeer,
    script: (peer: ScriptedPeer) => Promise<void>,
  ): Promise<void> {
    try {
      await script(peer);
    } catch (error) {
      const isClosed = error instanceof Deno.errors.BadResource ||
        error instanceof Deno.errors.BrokenPipe ||
        error instanceof Deno.errors.ConnectionReset ||
        error instanceof Deno.errors.Interrupted;
      if (!isClosed) this.#errors.push(error);
    } finally {
      peer.close();
    }
  }

  /** Ends everything, and throws what a script threw. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    for (const peer of this.#peers) peer.close();
    await Promise.all(this.#scripts);
    if (this.#errors.length > 0) throw this.#errors[0];
  }
}

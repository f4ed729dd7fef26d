import { closeQuietly } from "./close_quietly.ts";

/** The address of this machine for itself. */
const LOOPBACK = "127.0.0.1";

/** The most bytes that are passed on at once. */
const CHUNK_BYTES = 65_536;

/** Time that a peer may take to receive the last bytes (milliseconds). */
const LAST_BYTES_TIMEOUT = 500;

/** The two ends of a connection inside this process. */
interface Ends {
  /** The end that is encrypted. */
  near: Deno.TcpConn;
  /** The end from which the PBX gets what the near one sends. */
  far: Deno.TcpConn;
}

async function connectEnds(): Promise<Ends> {
  using listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  const { port } = listener.addr;
  const near = await Deno.connect({ hostname: LOOPBACK, port });
  try {
    while (true) {
      const far = await listener.accept();
      if (far.remoteAddr.port === near.localAddr.port) {
        near.setNoDelay(true);
        far.setNoDelay(true);
        return { near, far };
      }
      // Another program was faster.
      far.close();
    }
  } catch (error) {
    closeQuietly(near);
    throw error;
  }
}

/**
 * A way to a peer that can be cut at any time.
 *
 * `Deno.startTls` takes a connection over for good. Until its peer answers the
 * handshake, or reads what was written, nothing closes it: `close()` leaves a
 * task behind that waits for the peer, in every version of Deno up to 2.9. So
 * Deno gets one end of a connection inside this process, and its traffic is
 * relayed over the real one, which stays ours.
 */
export class Relay {
  /** The connection to encrypt in place of the real one. */
  readonly near: Deno.TcpConn;
  /** Resolves when everything was sent that will be. */
  readonly sent: Promise<void>;
  readonly #far: Deno.TcpConn;
  readonly #real: Deno.TcpConn;
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  private constructor({ near, far }: Ends, real: Deno.TcpConn) {
    this.near = near;
    this.#far = far;
    this.#real = real;
    this.sent = this.#pump(far, real);
    void this.#receive();
  }

  /**
   * Opens a relay.
   *
   * @param real The connection to the peer.
   * @returns The relay; `undefined` where the program may not connect to itself.
   */
  static async open(real: Deno.TcpConn): Promise<Relay | undefined> {
    // Asks without a prompt, which a terminal would show.
    const { state } = Deno.permissions.querySync({
      name: "net",
      host: LOOPBACK,
    });
    if (state !== "granted") return undefined;
    try {
      return new Relay(await connectEnds(), real);
    } catch {
      // A machine may have no loopback interface, or too many open files.
      return undefined;
    }
  }

  /** The error that broke the real connection, if any. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Passes on what the peer sends. Never rejects. */
  async #receive(): Promise<void> {
    await this.#pump(this.#real, this.#far);
    // The end of the near connection sends its own.
    await this.sent;
    this.cut();
  }

  /** Passes bytes on, and then their end. Never rejects. */
  async #pump(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(CHUNK_BYTES);
    try {
      while (true) {
        const length = await from.read(buffer);
        if (length === null) break;
        let bytes = buffer.subarray(0, length);
        while (bytes.length > 0) bytes = bytes.subarray(await to.write(bytes));
      }
    } catch (error) {
      if (!this.#closed) this.#failure ??= { error };
    }
    try {
      await to.closeWrite();
    } catch {
      // It is closed already.
    }
  }

  /**
   * Closes the real connection as soon as the last bytes of the near one, which
   * is closed already, have been sent: Asterisk 22 logs an error about an
   * encrypted connection that ends without a word.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const timer = setTimeout(() => this.cut(), LAST_BYTES_TIMEOUT);
    void this.sent.then(() => {
      clearTimeout(timer);
      this.cut();
    });
  }

  /** Closes the real connection at once. */
  cut(): void {
    this.#closed = true;
    closeQuietly(this.#real);
    closeQuietly(this.#far);
  }

  /** Keeps the program running while the connection is open. */
  ref(): void {
    this.#real.ref();
    this.#far.ref();
  }

  /** Lets the program end while the connection is open. */
  unref(): void {
    this.#real.unref();
    this.#far.unref();
  }

  /** The addresses of the real connection. */
  get addresses(): Pick<Deno.TcpConn, "localAddr" | "remoteAddr"> {
    return this.#real;
  }
}

import { closeQuietly } from "./close_quietly.ts";
import type { Relay } from "./relay.ts";

/** An encrypted connection through a {@linkcode Relay}. To its user it is the connection to the peer. */
export class RelayedTlsConn implements Deno.TlsConn {
  readonly #conn: Deno.TlsConn;
  readonly #relay: Relay;
  readonly #localAddr: Deno.NetAddr;
  readonly #remoteAddr: Deno.NetAddr;

  /**
   * @param conn The near end of the relay, encrypted.
   * @param relay The relay.
   */
  constructor(conn: Deno.TlsConn, relay: Relay) {
    this.#conn = conn;
    this.#relay = relay;
    // They can be read after close(), too.
    ({ localAddr: this.#localAddr, remoteAddr: this.#remoteAddr } =
      relay.addresses);
  }

  get localAddr(): Deno.NetAddr {
    return this.#localAddr;
  }

  get remoteAddr(): Deno.NetAddr {
    return this.#remoteAddr;
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#conn.readable;
  }

  get writable(): WritableStream<Uint8Array<ArrayBufferLike>> {
    return this.#conn.writable;
  }

  handshake(): Promise<Deno.TlsHandshakeInfo> {
    return this.#conn.handshake();
  }

  async read(bytes: Uint8Array): Promise<number | null> {
    try {
      return await this.#conn.read(bytes);
    } catch (error) {
      throw this.#reasonOf(error);
    }
  }

  async write(bytes: Uint8Array): Promise<number> {
    try {
      return await this.#conn.write(bytes);
    } catch (error) {
      throw this.#reasonOf(error);
    }
  }

  /** The near end only sees that the far one is gone. */
  #reasonOf(error: unknown): unknown {
    const { failure } = this.#relay;
    return failure === undefined ? error : failure.error;
  }

  closeWrite(): Promise<void> {
    return this.#conn.closeWrite();
  }

  close(): void {
    try {
      this.#conn.close();
    } finally {
      this.#relay.close();
    }
  }

  [Symbol.dispose](): void {
    closeQuietly(this);
  }

  ref(): void {
    this.#conn.ref();
    this.#relay.ref();
  }

  unref(): void {
    this.#conn.unref();
    this.#relay.unref();
  }
}

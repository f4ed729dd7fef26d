import { LOOPBACK } from "../../tools/free_ports.ts";

/** Something before a server that can swallow what passes, without an end that anybody sees. */
export class Blackhole implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  readonly #target: number;
  readonly #ends = new Set<Deno.TcpConn>();
  readonly #running: Promise<void>[] = [];
  #isOpen = true;

  /** @param target The port of the server. */
  constructor(target: number) {
    this.#target = target;
    this.#running.push(this.#accept());
  }

  /** The port that it listens on. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Swallows everything from here on. */
  swallow(): void {
    this.#isOpen = false;
  }

  /** Ends the connections of which something was swallowed, and passes those that come. */
  heal(): void {
    this.#isOpen = true;
    this.#closeAll();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.#closeAll();
    await Promise.all(this.#running);
  }

  #closeAll(): void {
    for (const end of this.#ends) end.close();
    this.#ends.clear();
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      this.#ends.add(client);
      // One that comes while everything is swallowed reaches nobody.
      if (!this.#isOpen) continue;
      const server = await Deno.connect({
        hostname: LOOPBACK,
        port: this.#target,
      });
      this.#ends.add(server);
      this.#running.push(
        this.#pass(client, server),
        this.#pass(server, client),
      );
    }
  }

  async #pass(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(65_536);
    try {
      while (true) {
        const count = await from.read(buffer);
        if (count === null) break;
        if (!this.#isOpen) continue;
        for (let sent = 0; sent < count;) {
          sent += await to.write(buffer.subarray(sent, count));
        }
      }
    } catch {
      // The other side was closed.
    }
    for (const end of [from, to]) {
      if (this.#ends.delete(end)) end.close();
    }
  }
}

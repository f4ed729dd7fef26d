/**
 * Something between a client and a PBX, which sees what passes and can lose
 * either end.
 *
 * @module
 */

import { LOOPBACK } from "../../tools/free_ports.ts";

/** Passes on what comes, until it is disposed of. */
export class TcpProxy implements AsyncDisposable {
  readonly #listener: Deno.TcpListener;
  readonly #target: Deno.ConnectOptions;
  readonly #clients = new Set<Deno.TcpConn>();
  readonly #servers = new Set<Deno.TcpConn>();
  readonly #orphans = new Set<Deno.TcpConn>();
  readonly #running = new Set<Promise<void>>();
  readonly #accepting: Promise<void>;
  #sent = "";

  constructor(target: { hostname: string; port: number }) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
    this.#accepting = this.#accept();
  }

  /** The address at which it listens, as options of DAMI. */
  get options(): { hostname: string; port: number } {
    const { hostname, port } = this.#listener.addr;
    return { hostname, port };
  }

  /** Everything that clients have sent. */
  get sent(): string {
    return this.#sent;
  }

  /** Drops the clients; the PBX does not notice. */
  dropClients(): void {
    for (const server of this.#servers) this.#orphans.add(server);
    this.#servers.clear();
    drop(this.#clients);
  }

  /** Loses the connections to the PBX whose clients were lost. */
  dropOrphans(): void {
    drop(this.#orphans);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    this.dropClients();
    this.dropOrphans();
    await Promise.all(this.#running);
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      let server: Deno.TcpConn;
      try {
        server = await Deno.connect(this.#target);
      } catch {
        // As without the proxy: nobody answers.
        client.close();
        continue;
      }
      this.#clients.add(client);
      this.#servers.add(server);
      this.#running.add(this.#pass(client, server, true));
      this.#running.add(this.#pass(server, client, false));
    }
  }

  async #pass(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    isClient: boolean,
  ): Promise<void> {
    const chunk = new Uint8Array(65_536);
    const decoder = new TextDecoder("latin1");
    try {
      for (;;) {
        const length = await from.read(chunk);
        if (length === null) return;
        const bytes = chunk.slice(0, length);
        if (isClient) this.#sent += decoder.decode(bytes);
        for (let rest = bytes; rest.length > 0;) {
          rest = rest.subarray(await to.write(rest));
        }
      }
    } catch {
      // One of the two is lost.
    }
  }
}

function drop(conns: Set<Deno.TcpConn>): void {
  for (const conn of conns) conn.close();
  conns.clear();
}

import type { ActionRequest } from "./action_reader.ts";
import { ClientConnection, toBytes } from "./client_connection.ts";
import { byPrivilege } from "./event_parts.ts";
import { type AmiFrame, encodeFrames } from "./frame_writer.ts";
import type { AcceptedConn } from "./listening.ts";
import type { ResolvedServerOptions } from "../server_options.ts";

/** Runs a request of a client; its next one is read when it is done. */
export type RequestHandler = (
  client: ClientConnection,
  request: ActionRequest,
) => void | Promise<void>;

/** The connections of all clients. */
export class Clients {
  readonly #options: ResolvedServerOptions;
  readonly #onRequest: RequestHandler;
  readonly #live = new Set<ClientConnection>();
  readonly #running = new Set<Promise<void>>();
  #bytesReceived = 0;
  #pieceBytes: number;
  #isStalled = false;

  constructor(options: ResolvedServerOptions, onRequest: RequestHandler) {
    this.#options = options;
    this.#onRequest = onRequest;
    this.#pieceBytes = options.pieceBytes;
  }

  /** Those that are connected, the oldest first. */
  get live(): ClientConnection[] {
    return [...this.#live];
  }

  /** The number of bytes received so far. */
  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /** The size of the pieces that are written, to later connections as well. */
  get pieceBytes(): number {
    return this.#pieceBytes;
  }

  set pieceBytes(pieceBytes: number) {
    for (const client of this.#live) client.pieceBytes = pieceBytes;
    this.#pieceBytes = pieceBytes;
  }

  /** Serves a connection until it ends. */
  add(conn: AcceptedConn): void {
    // A TLS connection has no such setting.
    if ("setNoDelay" in conn) conn.setNoDelay(true);
    const client = new ClientConnection(conn, {
      maxQueuedBytes: this.#options.maxQueuedBytes,
      onRequest: this.#onRequest,
      onBytes: (count) => {
        this.#bytesReceived += count;
      },
    });
    client.pieceBytes = this.#pieceBytes;
    if (this.#isStalled) client.stall();
    const running = this.#serve(client);
    this.#running.add(running);
    running.finally(() => this.#running.delete(running));
  }

  /** Sends events to those whose mask lets them pass. */
  emit(event: AmiFrame | readonly AmiFrame[]): void {
    for (const { bits, frames } of byPrivilege(event)) {
      const bytes = toBytes(encodeFrames(frames));
      for (const client of this.#live) client.deliver(bytes, bits);
    }
  }

  /** Stops reading and writing, on later connections as well. */
  stall(): void {
    this.#isStalled = true;
    for (const client of this.#live) client.stall();
  }

  /** Resumes reading and writing. */
  resume(): void {
    this.#isStalled = false;
    for (const client of this.#live) client.resume();
  }

  /** Drops all at once. */
  cut(): void {
    for (const client of this.#live) client.cut();
  }

  /** Closes all once everything written to them is sent. */
  async close(): Promise<void> {
    await Promise.all(this.live.map((client) => client.close()));
  }

  /** Resolves when none is served any longer. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #serve(client: ClientConnection): Promise<void> {
    this.#live.add(client);
    client.write(this.#options.greeting);
    await client.run();
    this.#live.delete(client);
  }
}

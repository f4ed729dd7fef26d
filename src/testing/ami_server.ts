/**
 * An embedded PBX for tests and demos: it speaks the Asterisk Manager
 * Interface on a port of this machine, without Asterisk.
 *
 * It answers the usual actions as Asterisk does, plays simulated calls, and any
 * answer can be scripted.
 *
 * @example A test of code that uses DAMI
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { AmiServer } from "@dami/dami/testing";
 * import { assertEquals } from "@std/assert";
 *
 * Deno.test("the queue is shown", async () => {
 *   await using server = AmiServer.start();
 *   await using dami = new DAMI({ port: server.port });
 *   await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 *   const [, params] = await dami.to("QueueStatus", { Queue: "support" });
 *   assertEquals(params?.["Strategy"], "ringall");
 *   assertEquals(server.received.at(-1)?.get("Queue"), "support");
 * });
 * ```
 *
 * @module
 */

import type { ActionRequest } from "./action_reader.ts";
import { type AmiHandler, Answering } from "./answering.ts";
import { CallSimulation } from "./call_simulation.ts";
import { ClientConnection, toBytes } from "./client_connection.ts";
import { privilegeBits } from "./event_mask.ts";
import { type AmiFrame, encodeFrames, isFrames } from "./frame_writer.ts";
import type { Pbx } from "./pbx.ts";
import { ReceivedAction } from "./received_action.ts";
import { type NextOptions, ReceivedLog } from "./received_log.ts";
import type { AmiServerClient } from "./server_client.ts";
import {
  type AmiServerOptions,
  type ResolvedServerOptions,
  resolveServerOptions,
} from "./server_options.ts";
import { errorFrame } from "./standard_answers.ts";

export type { AmiHandler } from "./answering.ts";
export type { AmiFrame, AmiHeaderValue } from "./frame_writer.ts";
export { ReceivedAction, type ReceivedHeader } from "./received_action.ts";
export type { NextOptions } from "./received_log.ts";
export type { AmiAnswer, AmiServerClient } from "./server_client.ts";
export type {
  AmiConfiguration,
  AmiEndpoint,
  AmiPeer,
  AmiQueue,
  AmiQueueMember,
  AmiServerOptions,
} from "./server_options.ts";

/**
 * An embedded PBX on a port of this machine.
 *
 * @example Scripts an answer, sends an event, asserts on what came
 * ```ts
 * import { AmiServer } from "@dami/dami/testing";
 *
 * await using server = AmiServer.start({ secret: "another" });
 * server.on("DBGet", (action) => [
 *   { Response: "Success", EventList: "start", Message: "Result will follow" },
 *   { Event: "DBGetResponse", Key: action.get("Key") ?? "", Val: "on" },
 *   { Event: "DBGetComplete", EventList: "Complete", ListItems: 1 },
 * ]);
 * server.emit({ Event: "Hangup", Privilege: "call,all", Cause: 16 });
 * console.log(server.hostname, server.port, server.received.length);
 * ```
 */
export class AmiServer implements AsyncDisposable {
  readonly #listener: Deno.TcpListener;
  readonly #options: ResolvedServerOptions;
  readonly #calls: CallSimulation;
  readonly #answering: Answering;
  readonly #received = new ReceivedLog();
  readonly #controller = new AbortController();
  readonly #clients = new Set<ClientConnection>();
  readonly #running = new Set<Promise<void>>();
  readonly #accepting: Promise<void>;
  #bytesReceived = 0;
  #closing: Promise<void> | undefined;

  private constructor(options: ResolvedServerOptions) {
    const { hostname, port } = options;
    this.#options = options;
    this.#listener = Deno.listen({ hostname, port });
    this.#calls = new CallSimulation({
      options,
      emit: (event) => this.emit(event),
    });
    const pbx: Pbx = {
      options,
      calls: this.#calls,
      startedAt: Date.now(),
      signal: this.#controller.signal,
      actionNames: () => this.#answering.actionNames,
      emit: (event) => this.emit(event),
    };
    this.#answering = new Answering(pbx);
    this.#accepting = this.#accept();
  }

  /**
   * Starts a PBX. It listens when this returns.
   *
   * @param options What the PBX is like.
   * @returns The running PBX, to be closed with {@linkcode AmiServer.close} or
   * `await using`.
   * @throws {Deno.errors.AddrInUse} If the port is taken.
   * @throws {Deno.errors.NotCapable} If Deno has no permission to listen.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start({
   *   endpoints: [{ name: "7001", contact: "sip:7001@127.0.0.1:5060" }],
   * });
   * console.log(`Listening on ${server.hostname}:${server.port}`);
   * ```
   */
  static start(options: AmiServerOptions = {}): AmiServer {
    return new AmiServer(resolveServerOptions(options));
  }

  /**
   * The address that it listens on.
   *
   * @returns The address.
   */
  get hostname(): string {
    return this.#listener.addr.hostname;
  }

  /**
   * The port that it listens on.
   *
   * @returns The port.
   */
  get port(): number {
    return this.#listener.addr.port;
  }

  /**
   * Every action so far, in order of arrival over all connections, until
   * {@linkcode AmiServer.forget}. A frame without `Action` is in it with an
   * empty name; one that is over the limits of Asterisk is not.
   *
   * @returns The actions.
   */
  get received(): readonly ReceivedAction[] {
    return this.#received.actions;
  }

  /**
   * How many bytes came so far, over all connections.
   *
   * @returns The number of bytes.
   */
  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /**
   * The live connections, the oldest first.
   *
   * @returns The connections.
   */
  get clients(): readonly AmiServerClient[] {
    return [...this.#clients];
  }

  /**
   * Scripts the answer to an action. The newest script of an action counts; it
   * runs also before the login.
   *
   * If a script throws, the client gets `Response: Error`, and
   * {@linkcode AmiServer.close} throws the error.
   *
   * @param action The name of the action, in any letter case.
   * @param handler Gives the answer.
   * @returns Removes the script.
   *
   * @example Answers after a while, and drops the connection on the next one
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * const remove = server.on("Ping", (_action, client) => {
   *   client.cut();
   * });
   * remove();
   * ```
   */
  on(action: string, handler: AmiHandler): () => void {
    return this.#answering.on(action, handler);
  }

  /**
   * Sends events to every client that is logged in and whose event mask lets
   * them pass: all classes in `Privilege` must be in the mask. An event without
   * `Privilege` passes every mask but `off`. A client whose action is running
   * gets them after its answer.
   *
   * @param event The event, or several to be written at once.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * server.emit({
   *   Event: "PeerStatus",
   *   Privilege: "system,all",
   *   Peer: "PJSIP/6001",
   *   PeerStatus: "Reachable",
   * });
   * ```
   */
  emit(event: AmiFrame | readonly AmiFrame[]): void {
    for (const [bits, frames] of byPrivilege(event)) {
      const bytes = toBytes(encodeFrames(frames));
      for (const client of this.#clients) client.deliver(bytes, bits);
    }
  }

  /**
   * Waits for an action. Each action is given out once: the first call gets the
   * first action of that name, also if it came before the call, the second call
   * the second one.
   *
   * @param action The name of the action, in any letter case.
   * @param options Ends the wait.
   * @returns The action.
   * @throws {Error} If the PBX is closed before such an action comes.
   * @throws The signal's reason, if the signal ends the wait.
   *
   * @example
   * ```ts
   * import { AmiServer } from "@dami/dami/testing";
   *
   * await using server = AmiServer.start();
   * const signal = AbortSignal.timeout(5_000);
   * const action = await server.next("Originate", { signal });
   * console.log(action.get("Channel"));
   * ```
   */
  next(action: string, options: NextOptions = {}): Promise<ReceivedAction> {
    return this.#received.next(action, options);
  }

  /** Forgets the received actions, which long load tests need. */
  forget(): void {
    this.#received.forget();
  }

  /**
   * Drops all connections at once, without a goodbye. The PBX goes on
   * listening, so that clients can connect again.
   */
  cut(): void {
    for (const client of this.#clients) client.cut();
  }

  /**
   * Ends everything: the listener, the connections, the calls and the waits.
   * May be called again.
   *
   * @returns Resolves when nothing runs any more.
   * @throws What a script has thrown, as one `AggregateError` if several have.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Does what {@linkcode AmiServer.close} does.
   *
   * @returns Resolves when nothing runs any more.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#listener.close();
    this.#controller.abort();
    this.cut();
    this.#received.close();
    await this.#accepting;
    // One may have come in between.
    this.cut();
    await Promise.all(this.#running);
    await this.#calls.stop();
    this.#answering.throwFailures();
  }

  async #accept(): Promise<void> {
    for await (const conn of this.#listener) {
      conn.setNoDelay(true);
      const client = new ClientConnection(conn, {
        maxQueuedBytes: this.#options.maxQueuedBytes,
        onRequest: (from, request) => this.#onRequest(from, request),
        onBytes: (count) => {
          this.#bytesReceived += count;
        },
      });
      const running = this.#serve(client);
      this.#running.add(running);
      running.finally(() => this.#running.delete(running));
    }
  }

  async #serve(client: ClientConnection): Promise<void> {
    this.#clients.add(client);
    client.write(this.#options.greeting);
    await client.run();
    this.#clients.delete(client);
  }

  #onRequest(
    client: ClientConnection,
    { lines, refusal }: ActionRequest,
  ): void | Promise<void> {
    const action = new ReceivedAction(lines);
    if (refusal !== undefined) {
      return client.answer(action, errorFrame(refusal));
    }
    this.#received.push(action);
    return this.#answering.answer(client, action);
  }
}

/** Splits events where the class changes, so that each part passes or not. */
function byPrivilege(
  event: AmiFrame | readonly AmiFrame[],
): [bits: number | undefined, frames: AmiFrame[]][] {
  const parts: [bits: number | undefined, frames: AmiFrame[]][] = [];
  for (const frame of isFrames(event) ? event : [event]) {
    const privilege = frame["Privilege"];
    const bits = privilege === undefined
      ? undefined
      : privilegeBits(String(privilege));
    const last = parts.at(-1);
    if (last !== undefined && last[0] === bits) last[1].push(frame);
    else parts.push([bits, [frame]]);
  }
  return parts;
}

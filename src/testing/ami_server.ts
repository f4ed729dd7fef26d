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
import { CallSimulation } from "./call_simulation.ts";
import { ClientConnection, toBytes } from "./client_connection.ts";
import { privilegeBits } from "./event_mask.ts";
import { type AmiFrame, encodeFrames } from "./frame_writer.ts";
import type { Pbx } from "./pbx.ts";
import { ReceivedAction } from "./received_action.ts";
import type { AmiAnswer, AmiServerClient } from "./server_client.ts";
import {
  type AmiServerOptions,
  type ResolvedServerOptions,
  resolveServerOptions,
} from "./server_options.ts";
import { errorFrame, STANDARD_ANSWERS } from "./standard_answers.ts";

export type { AmiFrame, AmiHeaderValue } from "./frame_writer.ts";
export { ReceivedAction, type ReceivedHeader } from "./received_action.ts";
export type { AmiAnswer, AmiServerClient } from "./server_client.ts";
export type {
  AmiConfiguration,
  AmiEndpoint,
  AmiPeer,
  AmiQueue,
  AmiQueueMember,
  AmiServerOptions,
} from "./server_options.ts";

/** The actions that run before the login (`process_message()`, main/manager.c). */
const BEFORE_LOGIN: ReadonlySet<string> = new Set([
  "login",
  "challenge",
  "logoff",
]);

const STANDARD_BY_KEY = new Map(
  [...STANDARD_ANSWERS].map(([name, answer]) => [name.toLowerCase(), answer]),
);

/**
 * Answers an action in place of the embedded PBX.
 *
 * While a promise that it returns is pending, the client gets no other answer
 * and no event, and its next action is not run, as with an action that blocks
 * Asterisk. To answer later without that, return nothing and use
 * {@linkcode AmiServerClient.answer}.
 *
 * @param action The action.
 * @param client The connection it came on.
 * @param standard Gives what the embedded PBX itself would answer.
 * @returns The answer: the `ActionID` of the action is put in as the second
 * header of each frame that has none. Nothing is sent for `undefined`.
 */
export type AmiHandler = (
  action: ReceivedAction,
  client: AmiServerClient,
  standard: () => Promise<AmiAnswer>,
) => AmiAnswer | Promise<AmiAnswer>;

/** Options of {@linkcode AmiServer.next}. */
export interface NextOptions {
  /**
   * Ends the wait: the promise then rejects with the signal's reason.
   *
   * @default {undefined}
   */
  signal?: AbortSignal;
}

/** Somebody who waits for an action. */
interface Waiter {
  key: string;
  resolve: (action: ReceivedAction) => void;
  reject: (reason: unknown) => void;
}

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
  readonly #pbx: Pbx;
  readonly #controller = new AbortController();
  readonly #clients = new Set<ClientConnection>();
  readonly #running = new Set<Promise<void>>();
  readonly #handlers = new Map<
    string,
    { name: string; handler: AmiHandler }[]
  >();
  readonly #failures: unknown[] = [];
  readonly #accepting: Promise<void>;
  readonly #waiters = new Set<Waiter>();
  readonly #cursors = new Map<string, number>();
  #received: ReceivedAction[] = [];
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
    this.#pbx = {
      options,
      calls: this.#calls,
      startedAt: Date.now(),
      signal: this.#controller.signal,
      actionNames: () => this.#actionNames(),
      emit: (event) => this.emit(event),
    };
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
    return this.#received;
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
    const key = action.toLowerCase();
    const scripts = this.#handlers.get(key) ?? [];
    const script = { name: action, handler };
    scripts.push(script);
    this.#handlers.set(key, scripts);
    return () => {
      const index = scripts.indexOf(script);
      if (index !== -1) scripts.splice(index, 1);
    };
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
    const { signal } = options;
    const key = action.toLowerCase();
    if (signal?.aborted) return Promise.reject(signal.reason);
    const found = this.#take(key);
    if (found !== undefined) return Promise.resolve(found);
    if (this.#closing !== undefined) return Promise.reject(closedError(action));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        key,
        resolve: (received) => {
          signal?.removeEventListener("abort", stop);
          resolve(received);
        },
        reject: () => {
          signal?.removeEventListener("abort", stop);
          reject(closedError(action));
        },
      };
      const stop = (): void => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#waiters.add(waiter);
    });
  }

  /** Forgets the received actions, which long load tests need. */
  forget(): void {
    this.#received = [];
    this.#cursors.clear();
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
    for (const waiter of this.#waiters) waiter.reject(undefined);
    this.#waiters.clear();
    await this.#accepting;
    // One may have come in between.
    this.cut();
    await Promise.all(this.#running);
    await this.#calls.stop();
    const [failure, ...others] = this.#failures;
    if (others.length > 0) {
      throw new AggregateError(
        this.#failures,
        "Several scripts threw an error",
      );
    }
    if (failure !== undefined) throw failure;
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
    this.#wake(action);
    const key = action.name.toLowerCase();
    const handler = this.#handlers.get(key)?.at(-1)?.handler;
    try {
      const answer = handler === undefined
        ? this.#standardAnswer(client, action)
        : handler(
          action,
          client,
          () => Promise.resolve(this.#standardAnswer(client, action)),
        );
      if (!(answer instanceof Promise)) {
        return this.#answer(client, action, answer);
      }
      return answer.then(
        (frames) => this.#answer(client, action, frames),
        (error) => this.#fail(client, action, error),
      );
    } catch (error) {
      this.#fail(client, action, error);
    }
  }

  #answer(
    client: ClientConnection,
    action: ReceivedAction,
    answer: AmiAnswer,
  ): void {
    const isLogin = action.name.toLowerCase() === "login" && !client.loggedIn;
    if (isLogin && isSuccess(answer)) {
      client.logIn(action.get("Username") ?? "", action.get("Events"));
    }
    client.answer(action, answer);
  }

  #fail(
    client: ClientConnection,
    action: ReceivedAction,
    error: unknown,
  ): void {
    // What fails because the PBX is being closed is no failure.
    if (this.#controller.signal.aborted) return;
    this.#failures.push(error);
    const text = error instanceof Error ? error.message : String(error);
    client.answer(
      action,
      errorFrame(
        `The script of the test threw: ${text.replaceAll(/\s+/g, " ")}`,
      ),
    );
  }

  #standardAnswer(
    client: ClientConnection,
    action: ReceivedAction,
  ): AmiAnswer | Promise<AmiAnswer> {
    const { name } = action;
    if (name === "") return errorFrame("Missing action in request");
    const key = name.toLowerCase();
    if (!client.loggedIn && !BEFORE_LOGIN.has(key)) {
      return errorFrame("Permission denied");
    }
    const answer = STANDARD_BY_KEY.get(key);
    if (answer !== undefined) return answer(this.#pbx, action, client);
    return errorFrame(
      `Invalid/unknown command: ${name}. ` +
        "Use Action: ListCommands to show available commands.",
    );
  }

  #actionNames(): string[] {
    const names = new Map<string, string>();
    for (const name of STANDARD_ANSWERS.keys()) {
      names.set(name.toLowerCase(), name);
    }
    for (const [key, [script]] of this.#handlers) {
      if (script !== undefined && !names.has(key)) names.set(key, script.name);
    }
    return [...names].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, name]) =>
      name
    );
  }

  /** Hands an action to who waits for it. */
  #wake({ name }: ReceivedAction): void {
    const key = name.toLowerCase();
    for (const waiter of this.#waiters) {
      if (waiter.key !== key) continue;
      const action = this.#take(key);
      if (action === undefined) return;
      this.#waiters.delete(waiter);
      waiter.resolve(action);
      return;
    }
  }

  /** The first action of the name that was not given out yet. */
  #take(key: string): ReceivedAction | undefined {
    let index = this.#cursors.get(key) ?? 0;
    let found: ReceivedAction | undefined;
    while (found === undefined && index < this.#received.length) {
      const action = this.#received[index++];
      if (action?.name.toLowerCase() === key) found = action;
    }
    this.#cursors.set(key, index);
    return found;
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

function isFrames(
  event: AmiFrame | readonly AmiFrame[],
): event is readonly AmiFrame[] {
  return Array.isArray(event);
}

function isSuccess(answer: AmiAnswer): boolean {
  if (answer === undefined || typeof answer === "string") return false;
  const [first] = isFrames(answer) ? answer : [answer];
  return first?.["Response"] === "Success";
}

function closedError(action: string): Error {
  return new Error(
    `Cannot wait for the action "${action}" as the server is closed`,
  );
}

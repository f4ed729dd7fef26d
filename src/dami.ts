import type { ActionData } from "./action.ts";
import type { DAMIData } from "./data.ts";
import { AmiClosedError, AmiError, AmiLimitError } from "./errors.ts";
import { EventGate } from "./event_gate.ts";
import type { Frame } from "./frame.ts";
import {
  type DAMIState,
  type DisconnectDetail,
  LifecycleTarget,
} from "./lifecycle.ts";
import { ListenerRegistry } from "./listener_registry.ts";
import {
  checkTimeout,
  type DAMIOptions,
  type ResolvedOptions,
  resolveOptions,
} from "./options.ts";
import { type Credentials, Session } from "./session.ts";

/** Takes an event of the PBX. What it returns is not waited for; what it throws is reported as DAMI's `error`. */
export type EventListener = (event: DAMIData) => unknown;

/**
 * The whole answer to an action: the response, and, of a list, its items and
 * its completion.
 */
export type ActionResult = [response: DAMIData, ...events: DAMIData[]];

/** Options of {@linkcode DAMI.on} and {@linkcode DAMI.once}. */
export interface ListenOptions {
  /** Removes the listener when aborted. */
  signal?: AbortSignal;
}

/** Options of {@linkcode DAMI.to}. */
export interface ActionOptions {
  /**
   * Gives the action up when aborted. Where the action was written already,
   * the PBX runs it all the same.
   */
  signal?: AbortSignal;
  /**
   * How long to wait for the answer, and for each further frame of a list
   * (milliseconds).
   *
   * @default {60_000}, or what the option of DAMI says
   */
  timeout?: number;
}

/** Options of {@linkcode DAMI.ping}. */
export interface PingOptions extends ActionOptions {
  /**
   * How long to wait for the answer (milliseconds).
   *
   * @default {10_000}
   */
  timeout?: number;
}

const PING_TIMEOUT = 10_000;

/** Whether nobody on the way to a host can listen. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "::1" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function tooManyHeld(maxHeldEvents: number): AmiLimitError {
  return new AmiLimitError(
    `Cannot hold more than ${maxHeldEvents} events: call listen(), or set the option 'events' to false`,
    "maxHeldEvents",
    maxHeldEvents,
  );
}

/**
 * A client of the Asterisk Manager Interface.
 *
 * Events of the PBX come through {@linkcode DAMI.on}; DAMI's own
 * (`connect`, `login`, `disconnect`, `close`, `error`) through
 * `addEventListener`.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * await using dami = new DAMI({ hostname: "127.0.0.1", port: 5038 });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * await dami.listen();
 * dami.on("Hangup", (event) => console.log(event.Channel, event.Cause));
 * const [response, ...members] = await dami.to("QueueStatus", {
 *   Queue: "support",
 * });
 * console.log(response.Message, members.length);
 * ```
 */
export class DAMI extends LifecycleTarget {
  readonly #options: ResolvedOptions;
  readonly #listeners = new ListenerRegistry<DAMIData>((error, name) =>
    this.#report(error, `A listener for "${name}" threw`)
  );
  #state: DAMIState = "idle";
  #session: Session | undefined;
  /** Ends an attempt to connect. */
  #attempt: AbortController | undefined;
  #warnedOfPlainLogin = false;
  readonly #gate: EventGate;

  /**
   * Sets up only: nothing is connected yet.
   *
   * @param options Where the PBX is, and how to talk to it.
   * @throws {TypeError} If an option is unknown or of the wrong type.
   * @throws {RangeError} If a number is out of its range.
   */
  constructor(options?: DAMIOptions) {
    super();
    this.#options = resolveOptions(options);
    const { maxHeldEvents } = this.#options.limits;
    this.#gate = new EventGate({
      maxHeldEvents,
      deliver: (event) => this.#emit(event),
      onOverflow: () =>
        this.#report(tooManyHeld(maxHeldEvents), "An event was dropped"),
    });
  }

  /** Where it is: not connected yet, connecting, ready, or closed. */
  get state(): DAMIState {
    return this.#state;
  }

  /**
   * The current connection.
   *
   * @throws {AmiClosedError} If there is none.
   */
  get conn(): Deno.TcpConn {
    return this.#current("Cannot read 'conn'").conn;
  }

  /**
   * Connects and logs in.
   *
   * @param credentials Who logs in.
   * @throws {AmiAuthenticationError} If the PBX refuses the login.
   * @throws {AmiConnectionError} If there is no PBX to be had; `failure` says why.
   * @throws {AmiTimeoutError} If the PBX does not answer the login.
   * @throws {AmiClosedError} If {@linkcode DAMI.close} is called meanwhile.
   * @throws {TypeError} If it is connected or connecting already.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * await using dami = new DAMI();
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * ```
   */
  async connectAndLogin(credentials: Credentials): Promise<void> {
    if (this.#state === "connecting" || this.#state === "ready") {
      throw new TypeError(
        `Cannot connect as this DAMI is ${this.#state} already: call disconnect() first, or make another`,
      );
    }
    const { hostname, port, logger } = this.#options;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#state = "connecting";
    let session: Session | undefined;
    try {
      session = await this.#open(attempt.signal);
      const { version } = session;
      logger?.info(`Connected to ${hostname}:${port}, AMI version ${version}`);
      this.#announce("connect", { hostname, port, version });
      this.#warnOfPlainLogin();
      await session.login(credentials, attempt.signal);
      // The connection may have ended, or been closed, right behind the answer.
      attempt.signal.throwIfAborted();
      this.#state = "ready";
    } catch (error) {
      session?.close();
      // Unless the program has closed this attempt and begun another meanwhile.
      if (this.#attempt === attempt) {
        this.#session = undefined;
        this.#state = "closed";
      }
      throw error;
    }
    const { username } = credentials;
    logger?.info(`Logged in as "${username}"`);
    this.#announce("login", { username });
  }

  /**
   * Lets events flow to the listeners. Those that came before, `FullyBooted`
   * above all, follow at once: listeners that are added right behind `await
   * dami.listen()` receive them.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * await using dami = new DAMI();
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * await dami.listen();
   * dami.on("FullyBooted", (event) => console.log(event.Status));
   * ```
   */
  listen(): Promise<void> {
    this.#gate.open();
    return Promise.resolve();
  }

  /**
   * Adds a listener for an event of the PBX. There may be any number, and
   * they outlive the connection.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the events, in the order in which they come.
   * @param options When the listener is removed.
   * @returns Removes this listener.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * const dami = new DAMI();
   * const remove = dami.on("Hangup", (event) => console.log(event.Channel));
   * remove();
   * ```
   */
  on(
    name: string,
    listener: EventListener,
    options?: ListenOptions,
  ): () => void {
    return this.#listeners.add(name, listener, options);
  }

  /**
   * Adds a listener that is removed before it is called.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the event.
   * @param options When the listener is removed unless an event came.
   * @returns Removes this listener.
   */
  once(
    name: string,
    listener: EventListener,
    options?: ListenOptions,
  ): () => void {
    return this.#listeners.add(name, listener, { ...options, once: true });
  }

  /**
   * Removes listeners.
   *
   * @param name The event's name in any letter case, or `"*"`.
   * @param listener The listener that was added; without it, all of that name.
   */
  off(name: string, listener?: EventListener): void {
    this.#listeners.remove(name, listener);
  }

  /**
   * Sends an action and waits for its whole answer.
   *
   * @param action The action's name. Any that the PBX has can be used.
   * @param data Its headers. An `ActionID` among them, in any letter case, is used; else there is one made.
   * @param callbackOrOptions Takes the answer as well; or how long to wait.
   * @returns `[response]`, or `[response, ...items, completion]` of a list.
   * @throws {AmiResponseError} If the PBX answers `Response: Error`.
   * @throws {AmiTimeoutError} If it does not answer in time.
   * @throws {AmiConnectionError} If the connection is lost; `outcome` says whether the action was written.
   * @throws {AmiClosedError} If there is no connection, or it is closed meanwhile.
   * @throws {AmiLimitError} If a bound is passed.
   * @throws {TypeError | RangeError} If the action could not be sent as it is; not one byte is written then.
   * @throws The signal's reason, if it is aborted.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * await using dami = new DAMI();
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * const [response] = await dami.to("Command", {
   *   Command: "core show uptime",
   * });
   * console.log(response.Output);
   * ```
   */
  async to(
    action: string,
    data: ActionData = {},
    callbackOrOptions: ((result: ActionResult) => unknown) | ActionOptions = {},
  ): Promise<ActionResult> {
    const isCallback = typeof callbackOrOptions === "function";
    const options = isCallback ? {} : callbackOrOptions;
    if (options.timeout !== undefined) {
      checkTimeout("timeout", options.timeout);
    }
    const session = this.#current(`Cannot send action "${action}"`);
    const frames = await session.send(action, data, options);
    const [response = {}, ...events] = frames.map((frame) =>
      frame.data(this.#options.integers)
    );
    const result: ActionResult = [response, ...events];
    if (isCallback) this.#callBack(callbackOrOptions, action, result);
    return result;
  }

  /**
   * Asks the PBX for a sign of life. Never throws.
   *
   * @param options How long to wait.
   * @returns `true` if it answers in time, `false` if not or if there is no connection.
   */
  async ping(options: PingOptions = {}): Promise<boolean> {
    try {
      const [response] = await this.to("Ping", {}, {
        timeout: PING_TIMEOUT,
        ...options,
      });
      return response.Ping === "Pong" || response.Response === "Pong";
    } catch {
      return false;
    }
  }

  /**
   * Logs off, waits for the goodbye for at most two seconds, and closes.
   * Does nothing if there is no connection.
   */
  async disconnect(): Promise<void> {
    if (this.#state === "ready") await this.#session?.logoff();
    this.#shut("logoff");
  }

  /**
   * Closes at once. Whatever waits for an answer is rejected with an
   * {@linkcode AmiClosedError}. Does nothing if there is no connection.
   */
  close(): void {
    this.#shut("close");
  }

  /** Closes at once, at the end of a block that says `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Logs off and closes, at the end of a block that says `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.disconnect();
  }

  /** The session, where there is one. */
  #current(purpose: string): Session {
    if (this.#state !== "ready" || this.#session === undefined) {
      throw new AmiClosedError(
        `${purpose} as this DAMI is ${this.#state}: call connectAndLogin() first`,
      );
    }
    return this.#session;
  }

  async #open(signal: AbortSignal): Promise<Session> {
    const session = await Session.open(this.#options, {
      line: (line) => this.#tap(line),
      event: (event) => this.#gate.push(event),
      problem: (error) => this.#report(error, "The PBX sent something unusual"),
      lost: (error) => {
        if (this.#session === session) this.#end({ reason: "lost", error });
      },
    }, signal);
    if (signal.aborted) {
      session.close();
      throw signal.reason;
    }
    this.#session = session;
    return session;
  }

  #shut(reason: "close" | "logoff"): void {
    if (this.#state === "connecting" || this.#state === "ready") {
      this.#end({ reason });
    }
  }

  #end(detail: DisconnectDetail): void {
    const wasReady = this.#state === "ready";
    this.#state = "closed";
    this.#attempt?.abort(
      detail.error ??
        new AmiClosedError("Gave up connecting as this DAMI was closed"),
    );
    this.#session?.close();
    this.#session = undefined;
    // What a connection said before it was lost is still told.
    if (detail.reason !== "lost") this.#gate.clear();
    if (wasReady) {
      const { logger } = this.#options;
      if (detail.error === undefined) logger?.info("Disconnected");
      else logger?.warn(detail.error.message);
      this.#announce("disconnect", detail);
    }
    this.dispatchEvent(new Event("close"));
  }

  #emit(frame: Frame): void {
    if (this.#listeners.has(frame.name)) {
      this.#listeners.emit(frame.name, frame.data(this.#options.integers));
    }
  }

  #tap(line: string): void {
    const { onLine } = this.#options;
    if (onLine === undefined) return;
    try {
      onLine(line);
    } catch (error) {
      this.#report(error, "The option 'onLine' threw");
    }
  }

  #callBack(
    callback: (result: ActionResult) => unknown,
    action: string,
    result: ActionResult,
  ): void {
    const what = `The callback of action "${action}" threw`;
    try {
      const returned = callback(result);
      if (returned instanceof Promise) {
        returned.catch((error: unknown) => this.#report(error, what));
      }
    } catch (error) {
      this.#report(error, what);
    }
  }

  #announce(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Tells of something that harms nothing else. */
  #report(error: unknown, what: string): void {
    const message = error instanceof Error ? error.message : String(error);
    const { logger } = this.#options;
    if (error instanceof AmiError) logger?.warn(`${what}: ${message}`);
    else logger?.error(`${what}: ${message}`);
    this.dispatchEvent(new ErrorEvent("error", { error, message }));
  }

  #warnOfPlainLogin(): void {
    const { hostname, logger } = this.#options;
    if (this.#warnedOfPlainLogin || isLoopback(hostname)) return;
    this.#warnedOfPlainLogin = true;
    logger?.warn(
      `The secret goes to ${hostname} unencrypted: whoever can read the traffic between here and there can read it`,
    );
  }
}

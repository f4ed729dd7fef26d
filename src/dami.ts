import type { ActionData } from "./actions/action.ts";
import { asteriskActionName } from "./actions/asterisk_actions.ts";
import type {
  ActionName,
  ActionParameters,
  ActionResult,
  EventData,
  EventName,
} from "./catalog/lookup.ts";
import type { AmiClient } from "./client.ts";
import { type DAMIData, UNPARSED_LINES } from "./data.ts";
import { DataParser } from "./wire/data_parser.ts";
import { Deadline } from "./deadline.ts";
import { AmiClosedError, AmiTimeoutError } from "./errors.ts";
import { EventGate, reportDrops } from "./events/event_gate.ts";
import { EventSelection } from "./events/event_selection.ts";
import { ListenedEvents } from "./events/listened_events.ts";
import type { Encoding } from "./wire/encoding.ts";
import type { EventStream } from "./events/event_stream.ts";
import { EventStreams } from "./events/event_streams.ts";
import { interestOf } from "./events/interest.ts";
import type { Frame } from "./wire/frame.ts";
import {
  type ActionDetail,
  type DAMIState,
  type DisconnectDetail,
  LifecycleTarget,
} from "./events/lifecycle.ts";
import { ListenerRegistry } from "./events/listener_registry.ts";
import type {
  ActionArguments,
  ActionOptions,
  AnyName,
  ConnectOptions,
  DisconnectOptions,
  EventListener,
  EventsOptions,
  ListenOptions,
  OriginateOptions,
  PingOptions,
} from "./options/method_options.ts";
import { checkQueue, checkTimeout } from "./options/option_checks.ts";
import {
  type DAMIOptions,
  type ResolvedOptions,
  resolveOptions,
} from "./options/options.ts";
import { Originates } from "./actions/originate.ts";
import { type OriginateResult, originateResult } from "./originate_result.ts";
import { type Credentials, takeCredentials } from "./session/login.ts";
import { tapsOf } from "./session/taps.ts";
import { closedError } from "./session/closed_by.ts";
import { SessionLog } from "./session/session_log.ts";
import { type Ending, SessionKeeper } from "./session/session_keeper.ts";
import { type DAMIStats, Statistics } from "./statistics.ts";
import { sumOf } from "./statistics_sum.ts";
import { UserCodeGuard } from "./user_code_guard.ts";
import { asError } from "./error_text.ts";

const PING_TIMEOUT = 10_000;

const LOGOFF_TIMEOUT = 2_000;

/**
 * A client of the Asterisk Manager Interface.
 *
 * Events of the PBX come through {@linkcode DAMI.on}; DAMI's own
 * ({@linkcode DAMIEventMap}: `connect`, `login`, `disconnect`, `reconnecting`,
 * `gap`, `action`, `close` and `error`) through `addEventListener`.
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
export class DAMI extends LifecycleTarget implements AmiClient {
  readonly #options: ResolvedOptions;
  readonly #statistics = new Statistics();
  /** The figures of the connections for actions that block: a frame there is no sign of life of the first connection. */
  readonly #blockingStatistics = new Statistics();
  readonly #parser: DataParser;
  readonly #selection: EventSelection;
  readonly #gate: EventGate;
  readonly #guard: UserCodeGuard;
  readonly #listeners: ListenerRegistry<DAMIData>;
  readonly #streams = new EventStreams<DAMIData>();
  readonly #originates = new Originates(() => this.#listened?.changed());
  /** Asks for the events that are listened to, if the option `events` says so. */
  readonly #listened: ListenedEvents | undefined;
  readonly #log: SessionLog;
  #keeper: SessionKeeper | undefined;
  #amiVersion: string | undefined;

  /**
   * Sets up only: nothing is connected yet.
   *
   * @param options The address of the PBX, and everything that can be set.
   * @throws {TypeError} If an option is unknown or of the wrong type.
   * @throws {RangeError} If a number is out of its range.
   */
  constructor(options?: DAMIOptions) {
    super((error, event) => this.#guard.reportListener(error, event));
    this.#options = resolveOptions(options);
    this.#log = new SessionLog(this.#options);
    this.#parser = new DataParser(this.#options.integers);
    this.#guard = new UserCodeGuard(this, this.#options.logger);
    this.#listeners = new ListenerRegistry(
      (error, name) =>
        this.#guard.report(error, `A listener for "${name}" threw`),
      this.#statistics.listeners,
      () => this.#listened?.changed(),
    );
    const { limits, events, timeout } = this.#options;
    if (events === "listened") {
      this.#listened = new ListenedEvents({
        timeout,
        names: () => [...this.#listeners.names, ...this.#originates.names],
        sender: () => this.#keeper,
        report: (error) =>
          this.#guard.report(error, "Cannot ask for what is listened to"),
      });
    }
    this.#selection = new EventSelection(events, this.#listened);
    this.#gate = new EventGate({
      ...limits,
      deliver: (event) => this.#emit(event),
      onDrop: reportDrops(
        limits,
        this.#statistics,
        (error) => this.#guard.report(error, "An event was dropped"),
      ),
    });
  }

  /** The state of the connection: not connected yet, connecting, ready, reconnecting, or closed. */
  get state(): DAMIState {
    return this.#keeper?.state ?? "idle";
  }

  /**
   * The version of the manager interface that the PBX last greeted with, such
   * as `"11.0.0"`; `undefined` before the first connection.
   */
  get amiVersion(): string | undefined {
    return this.#amiVersion;
  }

  /** The encoding of the text on the wire, as of the option `encoding`. */
  get encoding(): Encoding {
    return this.#options.encoding;
  }

  /**
   * The current connection.
   *
   * @throws {AmiClosedError} If there is no connection.
   */
  get conn(): Deno.TcpConn | Deno.TlsConn {
    this.#refuseIfClosed("Cannot read 'conn'");
    const session = this.#keeper?.session;
    if (session === undefined) {
      throw new AmiClosedError(
        `Cannot read 'conn' as this DAMI is ${this.state}`,
      );
    }
    return session.conn;
  }

  /**
   * Connects and logs in.
   *
   * With the option `reconnect`, DAMI reconnects by itself when the connection
   * is lost later.
   *
   * @param credentials The user that logs in.
   * @param options The time to wait.
   * @throws {AmiAuthenticationError} If the PBX refuses the login.
   * @throws {AmiConnectionError} If no PBX can be reached; `failure` says why.
   * @throws {AmiTimeoutError} If the PBX does not answer the login in time, or the given timeout is over.
   * @throws {AmiClosedError} If {@linkcode DAMI.close} is called meanwhile.
   * @throws {TypeError} If it is connected or connecting already, or the credentials are not texts.
   * @throws The signal's reason, if it is aborted.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * await using dami = new DAMI({ reconnect: { firstConnection: true } });
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * ```
   */
  async connectAndLogin(
    credentials: Credentials,
    options: ConnectOptions = {},
  ): Promise<void> {
    const taken = takeCredentials(credentials);
    const { timeout = Infinity, signal } = options;
    checkTimeout("timeout", timeout);
    signal?.throwIfAborted();
    if (this.state !== "idle" && this.state !== "closed") {
      throw new TypeError(
        `Cannot connect as this DAMI is already ${this.state}: call disconnect() first, or create another`,
      );
    }
    using deadline = new Deadline(
      timeout,
      () =>
        new AmiTimeoutError(
          `Could not connect and log in within ${timeout} ms`,
          { action: "Login", timeout, outcome: "unknown" },
        ),
      signal,
    );
    // Drops events of an earlier connection that nobody listened to.
    this.#gate.clear();
    this.#keeper = this.#keep(taken);
    await Promise.all([
      this.#keeper.start(deadline.signal),
      this.#listened?.load(),
    ]);
  }

  /**
   * Lets events flow to the listeners. Those that came before, `FullyBooted`
   * above all, follow at once: listeners that are added right after `await
   * dami.listen()` receive them.
   *
   * @throws {AmiClosedError} If this DAMI is closed; the message says why.
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
  // deno-lint-ignore require-await -- refuses by its promise
  async listen(): Promise<void> {
    this.#refuseIfClosed("Cannot listen");
    this.#gate.openSoon();
  }

  /**
   * Adds a listener for an event of the PBX. There may be any number, and
   * they outlive the connection.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the events, in the order in which they come.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If this DAMI is closed; the message says why.
   * @throws {TypeError} If the listener is not a function.
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
  on<Name extends EventName | AnyName>(
    name: Name,
    listener: EventListener<Name>,
    options?: ListenOptions,
  ): () => void;
  on(
    name: string,
    listener: EventListener,
    options?: ListenOptions,
  ): () => void {
    this.#refuseIfClosed(`Cannot listen to "${name}"`);
    return this.#listeners.add(name, listener, options);
  }

  /**
   * Adds a listener that is removed before it is called.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the event.
   * @param options The signal that removes the listener, if no event came.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If this DAMI is closed; the message says why.
   * @throws {TypeError} If the listener is not a function.
   */
  once<Name extends EventName | AnyName>(
    name: Name,
    listener: EventListener<Name>,
    options?: ListenOptions,
  ): () => void;
  once(
    name: string,
    listener: EventListener,
    options?: ListenOptions,
  ): () => void {
    this.#refuseIfClosed(`Cannot listen to "${name}"`);
    return this.#listeners.add(name, listener, { ...options, once: true });
  }

  /**
   * Removes listeners.
   *
   * @param name The event's name in any letter case, or `"*"`.
   * @param listener The listener that was added; without it, all of that name.
   */
  off<Name extends EventName | AnyName>(
    name: Name,
    listener?: EventListener<Name>,
  ): void;
  off(name: string, listener?: EventListener): void {
    this.#listeners.remove(name, listener);
  }

  /**
   * Sends an action and waits for its whole answer.
   *
   * @param action The action's name. Any that the PBX has can be used.
   * @param args Its headers: an `ActionID` among them, in any letter case, is used; otherwise DAMI makes one. Then optionally a callback, or options.
   * @returns `[response]`, or `[response, ...items, completion]` of a list.
   * @throws {AmiResponseError} If the PBX answers `Response: Error`.
   * @throws {AmiTimeoutError} If it does not answer in time.
   * @throws {AmiConnectionError} If the connection is lost; `outcome` says whether the action was written.
   * @throws {AmiClosedError} If this DAMI is not connected, or is closed meanwhile; the message says why.
   * @throws {AmiLimitError} If a bound is passed.
   * @throws {TypeError | RangeError} If the action cannot be sent as it is; not one byte is written then.
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
  to<Name extends ActionName | AnyName>(
    action: Name,
    ...args: ActionArguments<Name>
  ): Promise<ActionResult<Name>>;
  async to(
    action: string,
    data: ActionData = {},
    callbackOrOptions: ((result: ActionResult) => unknown) | ActionOptions = {},
  ): Promise<ActionResult> {
    const isCallback = typeof callbackOrOptions === "function";
    const options = isCallback ? {} : callbackOrOptions;
    // Read now, as the caller may change the data while it waits.
    const takeNote = this.#selection.noteOf(action, data);
    const frames = await this.#send(action, data, options);
    takeNote?.();
    // The PBX closes the connection after its goodbye, as the program intended.
    if (action.toLowerCase() === "logoff") this.#close("logoff");
    const parsed = frames.map((frame) => this.#data(frame));
    const result: ActionResult = [parsed[0] ?? {}, ...parsed.slice(1)];
    if (isCallback) {
      this.#guard.call(
        () => callbackOrOptions(result),
        `The callback of action "${action}" threw`,
      );
    }
    return result;
  }

  /**
   * Calls a channel, and waits for the outcome of the call. Other actions
   * and events go on meanwhile, as it is sent with `Async: true`.
   *
   * The class `call` has to be among the events that the user may read and the
   * option `events` asks for.
   *
   * @param data The headers of the action `Originate`.
   * @param options The time to wait, beyond the time that Asterisk rings (`Timeout`, by default 30,000 ms), and whether to hang up.
   * @returns The outcome of the call, even if it failed. DAMI gives the channel an id of its own, unless `ChannelId` is given, and hears its `Hangup`.
   * @throws {AmiResponseError} If the PBX refuses the action.
   * @throws {AmiTimeoutError} If the event does not come in time.
   * @throws {AmiConnectionError} If the connection is lost; the call may go on.
   * @throws {AmiClosedError} If this DAMI is not connected, or is closed meanwhile; the message says why.
   * @throws {TypeError | RangeError} If the action cannot be sent as it is, or the event cannot come.
   * @throws The signal's reason, if it is aborted. The call goes on unless `hangUp` is set.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * await using dami = new DAMI();
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * const { outcome, causeText } = await dami.originate({
   *   Channel: "PJSIP/6001",
   *   Context: "default",
   *   Exten: "1000",
   *   Priority: 1,
   * });
   * console.log(outcome, causeText); // "busy", "User busy"
   * ```
   */
  originate(
    data: ActionParameters<"Originate">,
    options?: OriginateOptions,
  ): Promise<OriginateResult>;
  async originate(
    data: ActionData,
    { hangUp = false, ...options }: OriginateOptions = {},
  ): Promise<Omit<OriginateResult, "response"> & { response: DAMIData }> {
    if (!this.#selection.includes("call")) {
      throw new TypeError(
        "Cannot wait for OriginateResponse as the event mask leaves out the class 'call': set the option 'events'",
      );
    }
    const events = await this.#originates.run(data, {
      ...options,
      timeout: options.timeout ?? this.#options.timeout,
      send: (action, ordered, wait) => this.#send(action, ordered, wait),
      hangUp,
    });
    return originateResult(events, this.#data(events.response));
  }

  /**
   * Opens an iterator of events, to be read with `for await`. A slow reader
   * holds nothing up: the events wait in a queue with a bound.
   *
   * They begin with this call, outlive the connection, and end with
   * {@linkcode DAMI.close} and {@linkcode DAMI.disconnect}. If the connection
   * is lost for good, they end with the error.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param options The bound of the queue, and the signal that ends it.
   * @returns The events.
   * @throws {AmiClosedError} If this DAMI is closed; the message says why.
   * @throws {TypeError | RangeError} If an option has a wrong value.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   *
   * await using dami = new DAMI();
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * await dami.listen();
   * for await (const event of dami.events("Newchannel")) {
   *   console.log(event.Channel);
   *   if (event.Exten === "1000") break;
   * }
   * ```
   */
  events<Name extends EventName | AnyName = "*">(
    name?: Name,
    options?: EventsOptions,
  ): EventStream<EventData<Name>>;
  events(
    name = "*",
    { signal, maxQueue = 10_000, overflow = "error" }: EventsOptions = {},
  ): EventStream<DAMIData> {
    checkQueue(maxQueue, overflow);
    this.#refuseIfClosed(`Cannot read events "${name}"`);
    return this.#streams.open({
      maxQueue,
      overflow,
      signal,
      subscribe: (push) => this.#listeners.add(name, push),
    });
  }

  /**
   * Counts what has happened so far, over all connections.
   *
   * @returns The counters, as they are now.
   */
  stats(): DAMIStats {
    return sumOf([
      this.#statistics.snapshot(),
      this.#blockingStatistics.snapshot(),
    ]);
  }

  /**
   * Asks the PBX for a sign of life. Never throws.
   *
   * @param options The time to wait.
   * @returns `true` if it answers in time, `false` if not or if there is no connection.
   */
  async ping(
    { timeout = PING_TIMEOUT, signal }: PingOptions = {},
  ): Promise<boolean> {
    try {
      checkTimeout("timeout", timeout);
      const answer = this.#keeper?.ping({ timeout, signal });
      if (answer !== undefined) this.#announceAction("Ping", answer);
      return await answer ?? false;
    } catch {
      return false;
    }
  }

  /**
   * Logs off, waits for the goodbye, and closes. DAMI does not reconnect. Does
   * nothing if there is no connection. When it resolves, an attempt to connect
   * that was under way has released its socket, too.
   *
   * @param options The time to wait for the goodbye, after which it closes without one.
   * @throws {RangeError | TypeError} If the timeout is not a valid duration.
   */
  async disconnect(options: DisconnectOptions = {}): Promise<void> {
    const { timeout = LOGOFF_TIMEOUT, signal } = options;
    checkTimeout("timeout", timeout);
    const keeper = this.#keeper;
    if (keeper?.state === "ready") await keeper.logoff({ timeout, signal });
    if (keeper === this.#keeper) this.#close("logoff");
    // An attempt to connect that was given up holds a socket until it comes to its end.
    await keeper?.ended;
  }

  /**
   * Closes at once; DAMI does not reconnect. Every action that waits for an
   * answer is rejected with an {@linkcode AmiClosedError}. Does nothing if
   * there is no connection.
   */
  close(): void {
    this.#close("close");
  }

  /** Closes at once, at the end of a block that says `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Logs off and closes, at the end of a block that says `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.disconnect();
  }

  #keep(credentials: Credentials): SessionKeeper {
    const keeper = new SessionKeeper({
      credentials,
      selection: this.#selection,
      blockingStatistics: this.#options.blocking === "own-connection"
        ? this.#blockingStatistics
        : undefined,
      context: {
        options: this.#options,
        parser: this.#parser,
        statistics: this.#statistics,
        handlers: {
          ...tapsOf(this.#options, this.#guard),
          wants: interestOf(this.#gate, this.#listeners, this.#originates),
          event: (event) => {
            this.#originates.observe(event);
            this.#gate.push(event);
          },
          problem: (error) =>
            this.#guard.report(error, "The PBX sent something unusual"),
        },
      },
      handlers: this.#log.ahead({
        connected: (detail) => {
          this.#amiVersion = detail.version;
          this.#announce("connect", detail);
        },
        loggedIn: (detail) => {
          // Listeners may have come and gone since the login was sent.
          this.#listened?.changed();
          this.#announce("login", detail);
        },
        disconnected: (detail) => this.#onDisconnected(detail),
        reconnecting: (detail) => this.#announce("reconnecting", detail),
        gap: (detail) => this.#announce("gap", detail),
        closed: (ending) => {
          // A listener for the loss may have connected again.
          if (this.#keeper === keeper) this.#onClosed(ending);
        },
      }),
    });
    return keeper;
  }

  #close(reason: "close" | "logoff"): void {
    this.#gate.clear();
    // Before anything is announced, as a listener may connect again, and open streams.
    this.#streams.end();
    this.#keeper?.close(reason);
  }

  #onClosed({ error, isNews }: Ending): void {
    this.#streams.end(error);
    if (isNews) this.#guard.report(error, "Gave up reconnecting");
    this.dispatchEvent(new Event("close"));
  }

  #onDisconnected(detail: DisconnectDetail): void {
    // The events of calls that were under way cannot come any more.
    this.#originates.fail(
      detail.error ??
        new AmiClosedError(
          "The connection was closed by this program",
          "unknown",
        ),
    );
    this.#announce("disconnect", detail);
  }

  /** Throws if no more events can come, as silence would hide that. */
  #refuseIfClosed(what: string): void {
    const closedBy = this.#keeper?.closedBy;
    if (closedBy !== undefined) throw closedError(what, closedBy);
  }

  #send(
    action: string,
    data: ActionData,
    { signal, timeout = this.#options.timeout }: ActionOptions,
  ): Promise<Frame[]> {
    checkTimeout("timeout", timeout);
    if (this.#keeper === undefined) {
      throw new AmiClosedError(
        `Cannot send action "${action}" as this DAMI is idle: call connectAndLogin() first`,
      );
    }
    // What follows the action may be what was listened to just before it.
    this.#listened?.settle();
    const frames = this.#keeper.send(action, data, { signal, timeout });
    this.#announceAction(action, frames);
    return frames;
  }

  /** Emits the event `action`, if anybody has ever listened to it. */
  #announceAction(given: string, answer: Promise<unknown>): void {
    if (!this.isHeard("action")) return;
    const documented = asteriskActionName(given);
    const detail: ActionDetail = {
      action: documented ?? given,
      isDocumented: documented !== undefined,
      hostname: this.#keeper?.session?.hostname,
      port: this.#options.port,
      ended: answer.then(() => undefined, asError),
    };
    this.#announce("action", detail);
  }

  /** Parses a frame into the data that users see. */
  #data(frame: Frame): DAMIData {
    const data = frame.data(this.#parser);
    const unparsed = data[UNPARSED_LINES];
    if (Array.isArray(unparsed)) {
      this.#statistics.unparsedLines += unparsed.length;
    }
    return data;
  }

  #emit(frame: Frame): void {
    this.#listeners.emit(frame.name, () => this.#data(frame));
  }

  #announce(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

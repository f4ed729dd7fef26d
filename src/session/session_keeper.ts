import { abortable } from "@std/async/abortable";
import { retry, RetryError } from "@std/async/retry";
import type { ActionData } from "../actions/action.ts";
import { isMovable } from "../actions/blocking_actions.ts";
import { ActionIds, prepareAction } from "../actions/prepared_action.ts";
import { Deadline } from "../deadline.ts";
import { errorText } from "../error_text.ts";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiError,
  AmiResponseError,
  AmiTimeoutError,
} from "../errors.ts";
import { EventGate, tooManyHeld } from "../events/event_gate.ts";
import type { EventSelection } from "../events/event_selection.ts";
import type { Frame } from "../wire/frame.ts";
import type {
  ConnectDetail,
  DAMIState,
  DisconnectDetail,
  GapDetail,
  LoginDetail,
  ReconnectingDetail,
} from "../events/lifecycle.ts";
import type { ReconnectOptions } from "../options/options.ts";
import { openFirst } from "./addresses.ts";
import type { BlockingSession } from "./blocking_session.ts";
import { type ClosedBy, closedError } from "./closed_by.ts";
import type { Credentials } from "./login.ts";
import { NextSession } from "./next_session.ts";
import type { Session, Wait } from "./session.ts";
import type { SessionContext } from "./session_context.ts";
import { describeAction } from "../actions/describe_action.ts";
import { dateOf, type Statistics } from "../statistics.ts";

/** The reason why a {@linkcode SessionKeeper} makes no further session. */
export interface Ending {
  /** The error; `undefined` if the program closed it. */
  error: unknown;
  /** `true` if the error was not reported before. */
  isNews: boolean;
}

/** Handlers of a {@linkcode SessionKeeper}. None of them may throw. */
export interface SessionKeeperHandlers {
  /** Called when the PBX has accepted the connection and greeted. */
  connected(detail: ConnectDetail): void;
  /** Called when the PBX has accepted the login. */
  loggedIn(detail: LoginDetail): void;
  /** Called when a session that was logged in has ended. */
  disconnected(detail: DisconnectDetail): void;
  /** Called at the beginning of each attempt to reconnect. */
  reconnecting(detail: ReconnectingDetail): void;
  /** Called after a reconnect, as events were missed meanwhile. */
  gap(detail: GapDetail): void;
  /** Called when no further session can be made. */
  closed(ending: Ending): void;
}

/** Options of {@linkcode SessionKeeper}. */
export interface SessionKeeperOptions {
  /** The part that all its sessions share. */
  context: SessionContext;
  /** The user that logs in. */
  credentials: Credentials;
  /** The events that are asked for after each login. */
  selection: EventSelection;
  /** Counts what happens on the connections for actions that block, if those have one of their own. */
  blockingStatistics: Statistics | undefined;
  /** Takes what happens to the sessions. */
  handlers: SessionKeeperHandlers;
}

/**
 * Keeps one session logged in: the first one, and, with the option
 * `reconnect`, those that follow when one is lost.
 */
export class SessionKeeper {
  readonly #context: SessionContext;
  readonly #credentials: Credentials;
  readonly #selection: EventSelection;
  readonly #blockingStatistics: Statistics | undefined;
  readonly #handlers: SessionKeeperHandlers;
  /** Ends everything, with the reason for every caller that waits. */
  readonly #closing = new AbortController();
  #state: Exclude<DAMIState, "idle"> = "connecting";
  #session: Session | undefined;
  /** The session beside it for actions that block, if those have one of their own. */
  #blocking: BlockingSession | undefined;
  /** The next session that is logged in. */
  readonly #next: NextSession;
  #closedBy: ClosedBy | undefined;
  #running: Promise<void> = Promise.resolve();
  /** Makes the ActionIDs of actions that wait for a session. */
  readonly #ids = new ActionIds();
  /** Holds the events of a session until it is announced. */
  #gate: EventGate | undefined;
  /** The time of the last frame of the session that was lost, and its loss. */
  #loss:
    | { readonly at: number; readonly error: AmiConnectionError }
    | undefined;

  /** @param options The PBX, and the user. */
  constructor(options: SessionKeeperOptions) {
    this.#context = options.context;
    this.#next = new NextSession(
      options.context.options.limits.maxPendingActions,
    );
    this.#credentials = options.credentials;
    this.#selection = options.selection;
    this.#blockingStatistics = options.blockingStatistics;
    this.#handlers = options.handlers;
  }

  /** The state of the session. */
  get state(): Exclude<DAMIState, "idle"> {
    return this.#state;
  }

  /** The current session, logged in or about to be. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** The reason why it is closed; `undefined` if it is not. */
  get closedBy(): ClosedBy | undefined {
    return this.#closedBy;
  }

  /** A promise that resolves, after the end, when the last attempt to connect has released everything. */
  get ended(): Promise<void> {
    return this.#running;
  }

  /**
   * Logs in for the first time, and keeps that up from then on.
   *
   * @param signal Gives the attempt up.
   * @throws {AmiError} If no session can be made.
   * @throws The signal's reason, if it is aborted first.
   */
  async start(signal: AbortSignal): Promise<void> {
    const first = this.#next.promise;
    this.#running = this.#run();
    try {
      await abortable(first, signal);
    } catch (error) {
      this.#giveUp(error);
      throw error;
    }
  }

  /**
   * Sends an action, as soon as there is a session that is logged in.
   *
   * @param action The action's name.
   * @param data Its headers.
   * @param wait The time to wait, for the session and for each frame of the answer.
   * @returns The response, and, of a list, its items and its completion.
   * @throws {AmiClosedError} If there is no session, and none is being made.
   * @throws {AmiTimeoutError} If none is made in time.
   * @throws {AmiLimitError} If too many wait for one.
   * @throws What {@linkcode Session.send} throws.
   */
  send(action: string, data: ActionData, wait: Wait): Promise<Frame[]> {
    const session = this.#ready();
    const movesAway = this.#movesAway(action, data);
    return session === undefined || movesAway
      ? this.#sendPrepared(movesAway, action, data, wait)
      : session.send(action, data, wait);
  }

  /** Returns the session, if it is logged in. */
  #ready(): Session | undefined {
    return this.#state === "ready" ? this.#session : undefined;
  }

  /**
   * Asks the PBX for a sign of life.
   *
   * @param wait The time to wait.
   * @returns `true` for a Pong, `false` for another answer or without a session.
   * @throws What {@linkcode Session.send} throws.
   */
  async ping({ timeout, signal }: Wait): Promise<boolean> {
    const session = this.#ready();
    if (session === undefined) return false;
    // For all of it: the timeout of an action restarts with each item of a list.
    using deadline = new Deadline(
      timeout,
      () => new Error("Too late"),
      signal,
    );
    const [response] = await session.send("Ping", {}, {
      timeout: Infinity,
      signal: deadline.signal,
    });
    return response?.get("ping") === "Pong" ||
      response?.get("response") === "Pong";
  }

  /** Sends an action as it was at the call: when there is a session, and on the connection that it belongs to. */
  async #sendPrepared(
    movesAway: boolean,
    action: string,
    data: ActionData,
    { timeout, signal }: Wait,
  ): Promise<Frame[]> {
    const { encoding, logger } = this.#context.options;
    signal?.throwIfAborted();
    const prepared = prepareAction(action, data, encoding, this.#ids);
    const line = logger && describeAction(action, data);
    const begin = performance.now();
    const session = this.#ready() ??
      await this.#acquire(action, { timeout, signal });
    // The wait for the connection counts.
    const waited = Math.floor(performance.now() - begin);
    const rest = { signal, timeout: Math.max(1, timeout - waited) };
    const chosen = movesAway ? this.#blocking ?? session : session;
    return await chosen.sendPrepared(prepared, rest, line);
  }

  /** Reports whether an action goes over the connection for actions that block. */
  #movesAway(action: string, data: ActionData): boolean {
    return this.#blockingStatistics !== undefined && isMovable(action, data);
  }

  /** Returns the next session that is logged in, while DAMI reconnects. */
  async #acquire(action: string, wait: Wait): Promise<Session> {
    if (this.#closedBy !== undefined) {
      throw closedError(`Cannot send action "${action}"`, this.#closedBy);
    }
    if (this.#state !== "reconnecting") {
      throw new AmiClosedError(
        `Cannot send action "${action}" as this DAMI is ${this.#state}`,
      );
    }
    return await this.#next.wait(action, wait);
  }

  /**
   * Logs off, and closes the session. Never rejects.
   *
   * @param wait The time to wait for the goodbye.
   */
  async logoff(wait: Wait): Promise<void> {
    await Promise.all([
      this.#session?.logoff(wait),
      this.#blocking?.logoff(wait),
    ]);
  }

  /**
   * Ends the session and all attempts at once.
   *
   * @param reason The method that the program called.
   */
  close(reason: "close" | "logoff"): void {
    const wasReady = this.#state === "ready";
    this.#closedBy ??= {
      text: reason === "close" ? "close() was called" : "it logged off",
      error: undefined,
    };
    const isOpen = this.#end(
      new AmiClosedError("The connection was closed by this program"),
    );
    if (!isOpen) return;
    if (wasReady) this.#handlers.disconnected({ reason });
    this.#handlers.closed({ error: undefined, isNews: false });
  }

  /** Ends because no further session can be made. */
  #giveUp(error: unknown): void {
    // The promise of `start` reports a failed first attempt, and `disconnected` a loss without a new attempt.
    const isNews = this.#state === "reconnecting";
    this.#closedBy ??= { text: errorText(error), error };
    if (this.#end(error)) this.#handlers.closed({ error, isNews });
  }

  /** Ends everything, once. */
  #end(error: unknown): boolean {
    if (this.#closing.signal.aborted) return false;
    this.#state = "closed";
    this.#gate?.clear();
    this.#closing.abort(error);
    this.#session?.close();
    this.#session = undefined;
    this.#blocking?.close();
    this.#next.reject(error);
    return true;
  }

  /** Makes one session after another, as the options say. Never rejects. */
  async #run(): Promise<void> {
    const { reconnect } = this.#context.options;
    try {
      let session = reconnect?.firstConnection
        ? await this.#retry(reconnect)
        : await this.#connect();
      while (true) {
        const error = await this.#untilLost(session);
        if (reconnect === undefined) return this.#giveUp(error);
        session = await this.#retry(reconnect);
      }
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Connects and logs in. */
  async #connect(): Promise<Session> {
    const { signal } = this.#closing;
    const { port } = this.#context.options;
    const gate = this.#holdEvents();
    const statistics = this.#blockingStatistics;
    const beside = statistics && await this.#blockingBeside(statistics);
    const session = await openFirst(
      this.#contextBehind(gate),
      (error, lost) => {
        // The loss of one that was not logged in rejects its login.
        if (this.#session === lost) this.#lose(error);
      },
      signal,
    );
    let flowAgain: Date;
    try {
      const { hostname, version } = session;
      this.#handlers.connected({ hostname, port, version });
      await session.login(this.#credentials, this.#selection.begin(), signal);
      flowAgain = new Date();
      await this.#filter(session);
      signal.throwIfAborted();
      if (session.ended) throw await session.lost;
    } catch (error) {
      session.close();
      throw error;
    }
    this.#session = session;
    this.#blocking = beside?.(session);
    this.#state = "ready";
    this.#next.resolve(session);
    this.#handlers.loggedIn({ username: this.#credentials.username });
    // A handler may have closed everything.
    signal.throwIfAborted();
    this.#announceGap(flowAgain);
    signal.throwIfAborted();
    gate.open();
    signal.throwIfAborted();
    return session;
  }

  /** Returns what makes the session for actions that block beside another. */
  async #blockingBeside(
    statistics: Statistics,
  ): Promise<(session: Session) => BlockingSession> {
    const { BlockingSession } = await import("./blocking_session.ts");
    return ({ hostname }) =>
      new BlockingSession({
        context: this.#context,
        statistics,
        credentials: this.#credentials,
        hostname,
      });
  }

  /** Applies the filters again that an earlier session had. */
  async #filter(session: Session): Promise<void> {
    const { signal } = this.#closing;
    const { timeout } = this.#context.options;
    for (const filter of this.#selection.filters) {
      try {
        await session.send("Filter", filter, { timeout, signal });
      } catch (error) {
        // Without the filter there are more events than wanted, but that is better than none.
        if (!(error instanceof AmiResponseError)) throw error;
        this.#context.handlers.problem(error);
      }
    }
  }

  /**
   * Waits for the end of the session, for a time if one is given.
   *
   * @returns The reason why it ended; `undefined` if it has not.
   */
  async #untilLost(
    session: Session,
    time = Infinity,
  ): Promise<AmiConnectionError | undefined> {
    const over = new Error("The time is over");
    using deadline = new Deadline(time, () => over, this.#closing.signal);
    try {
      return await abortable(session.lost, deadline.signal);
    } catch (error) {
      if (error === over) return undefined;
      throw error;
    }
  }

  #lose(error: AmiConnectionError): void {
    const { options, statistics } = this.#context;
    this.#session = undefined;
    this.#blocking?.close(error);
    this.#next.renew();
    this.#loss = { at: statistics.lastFrameAt ?? performance.now(), error };
    if (options.reconnect === undefined) {
      this.#state = "closed";
      this.#closedBy = { text: error.message, error };
    } else {
      this.#state = "reconnecting";
    }
    this.#handlers.disconnected({ reason: "lost", error });
  }

  /** Connects again and again, until a session lasts. */
  async #retry(reconnect: Required<ReconnectOptions>): Promise<Session> {
    const { minDelay, maxDelay, maxAttempts } = reconnect;
    let attempt = 0;
    let failure: AmiError | undefined = this.#loss?.error;
    let waitingSince = performance.now();
    const connect = async () => {
      attempt++;
      const delay = Math.round(performance.now() - waitingSince);
      if (attempt > 1 || this.#loss !== undefined) {
        this.#handlers.reconnecting({
          attempt,
          delay,
          ...(failure && { error: failure }),
        });
      }
      try {
        const session = await this.#connect();
        // A session that is lost at once counts as another attempt.
        const error = await this.#untilLost(session, minDelay);
        if (error !== undefined) throw error;
        return session;
      } catch (error) {
        if (error instanceof AmiError) failure = error;
        throw error;
      } finally {
        waitingSince = performance.now();
      }
    };
    try {
      return await retry(connect, {
        minTimeout: minDelay,
        maxTimeout: maxDelay,
        maxAttempts: Math.min(maxAttempts, Number.MAX_SAFE_INTEGER),
        isRetriable: (error) => this.#isRetriable(error, reconnect),
        signal: this.#closing.signal,
      });
    } catch (error) {
      throw error instanceof RetryError ? error.cause : error;
    }
  }

  #isRetriable(
    error: unknown,
    { refusedLogin }: Required<ReconnectOptions>,
  ): boolean {
    if (this.#closing.signal.aborted) return false;
    if (error instanceof AmiAuthenticationError) {
      return refusedLogin || error.alreadyInUse;
    }
    if (error instanceof AmiConnectionError) {
      return error.failure !== "not-permitted";
    }
    return error instanceof AmiTimeoutError;
  }

  /** Holds the events of the next session, which are of no use before it is announced. */
  #holdEvents(): EventGate {
    const { options, statistics, handlers } = this.#context;
    const { limits } = options;
    this.#gate = new EventGate({
      ...limits,
      deliver: (event) => handlers.event(event),
      onDrop: (isFirst, limit) => {
        statistics.framesDropped++;
        if (!isFirst) return;
        handlers.problem(
          tooManyHeld(
            limit,
            limits[limit],
            "too many arrived during the login",
          ),
        );
      },
    });
    return this.#gate;
  }

  /** Returns what the sessions share, with the events behind a gate. */
  #contextBehind(gate: EventGate): SessionContext {
    const { handlers } = this.#context;
    return {
      ...this.#context,
      handlers: {
        ...handlers,
        event: (event) => gate.push(event),
      },
    };
  }

  #announceGap(to: Date): void {
    if (this.#loss === undefined) return;
    const { at, error } = this.#loss;
    this.#loss = undefined;
    const from = dateOf(at);
    this.#context.statistics.countReconnect(to.getTime() - from.getTime());
    this.#handlers.gap({ from, to, error });
  }
}

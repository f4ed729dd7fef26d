import { abortable } from "@std/async/abortable";
import {
  type ActionData,
  encodeAction,
  givenActionId,
} from "../actions/action.ts";
import { ActionMap } from "../actions/action_map.ts";
import { mayBlock } from "../actions/blocking_actions.ts";
import { Connection, type ConnectionReceiver } from "../wire/connection.ts";
import type { DataParser } from "../wire/data_parser.ts";
import { Deadline } from "../deadline.ts";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  type ConnectionFailure,
  type Outcome,
} from "../errors.ts";
import { interestOfSession, SHUTDOWN } from "../events/interest.ts";
import type { EventInterest } from "../wire/event_sieve.ts";
import { Frame } from "../wire/frame.ts";
import { KeepAlive, type SentPing } from "./keep_alive.ts";
import { answerShape, isEmptyList } from "../actions/answer_shapes.ts";
import { describeAction } from "../logger.ts";
import type { ResolvedOptions } from "../options/options.ts";
import type { Answer } from "../actions/pending_action.ts";
import type { Statistics } from "../statistics.ts";
import type { OnTraffic } from "../traffic.ts";

/**
 * Who logs in.
 *
 * @example
 * ```ts
 * import type { Credentials } from "@dami/dami";
 *
 * const credentials: Credentials = { username: "admin", secret: "mysecret" };
 * console.log(credentials.username);
 * ```
 */
export interface Credentials {
  /** A user of `manager.conf`. */
  username: string;
  /** The user's secret. */
  secret: string;
}

/** Takes what a {@linkcode Session} has to tell. None of it may throw. */
export interface SessionHandlers {
  /** Takes all bytes as they are read or written, if somebody wants them; they are overwritten after it returns. */
  bytes: OnTraffic | undefined;
  /** Takes every line as it is read, if somebody wants them. */
  line: ((line: string) => void) | undefined;
  /** Which events {@linkcode SessionHandlers.event} is to be given; of others it need not be told. */
  interest: EventInterest;
  /** Takes an event that is no part of an answer. */
  event(frame: Frame): void;
  /** Takes what went wrong without ending the session. */
  problem(error: Error): void;
}

/** What a {@linkcode Session} shares with those before and after it. */
export interface SessionContext {
  /** The options of {@linkcode DAMI}. */
  options: ResolvedOptions;
  /** Makes what users see of frames. */
  parser: DataParser;
  /** Counts what happens. */
  statistics: Statistics;
  /** Takes what the session has to tell. */
  handlers: SessionHandlers;
}

/** Options of {@linkcode Session.send}. */
export interface SendOptions {
  /** How long to wait for each frame of the answer (milliseconds). */
  timeout?: number | undefined;
  /** Gives the action up. */
  signal?: AbortSignal | undefined;
}

/** What the PBX says to every action, a login as well, once it has begun to stop (`main/manager.c`, `process_message`). */
const SHUTTING_DOWN = "Asterisk is shutting down";

/** What the PBX says to a second login of a user that may log in only once (`main/manager.c`, `action_login`). */
const LOGIN_IN_USE = "Login Already In Use";

/** A greeting: `Asterisk Call Manager/11.0.0`, and those of its kin. */
const GREETING = /^[\w ]*Call Manager(?: Proxy)?\/(\S+)/i;

/** A prefix that other users of the PBX cannot guess: they are told of our ActionIDs only when it is too late. */
function unguessablePrefix(): string {
  return `dami-${crypto.getRandomValues(new Uint8Array(8)).toHex()}-`;
}

/** One logged-in session on one connection. */
export class Session {
  readonly #connection: Connection;
  readonly #options: ResolvedOptions;
  readonly #parser: DataParser;
  readonly #statistics: Statistics;
  readonly #handlers: SessionHandlers;
  readonly #actions: ActionMap;
  readonly #onLost: (error: AmiConnectionError, session: Session) => void;
  readonly #lost = Promise.withResolvers<AmiConnectionError>();
  readonly #prefix = unguessablePrefix();
  readonly #greeting = Promise.withResolvers<void>();
  #version = "";
  #actionCount = 0;
  #keepAlive: KeepAlive | undefined;
  /** Whether the PBX has said that it shuts down. */
  #shutsDown = false;
  /** Makes the error of an action that is sent after the end. */
  #ended:
    | ((outcome: Outcome) => AmiClosedError | AmiConnectionError)
    | undefined;

  private constructor(
    connection: Connection,
    { options, parser, statistics, handlers }: SessionContext,
    onLost: (error: AmiConnectionError, session: Session) => void,
  ) {
    this.#connection = connection;
    this.#onLost = onLost;
    this.#options = options;
    this.#parser = parser;
    this.#statistics = statistics;
    this.#handlers = handlers;
    this.#actions = new ActionMap(options.limits, statistics);
    // A session that is closed while it waits for something else has nobody to tell.
    this.#greeting.promise.catch(() => {});
    this.#read();
  }

  /**
   * Connects and waits for the greeting.
   *
   * @param context What the session shares with others.
   * @param onLost Told that the session is lost, before anybody who waited for an answer.
   * @param signal Gives the attempt up.
   * @returns The session, not logged in.
   * @throws {AmiConnectionError} If there is no PBX to be had.
   * @throws The signal's reason, if it is aborted.
   */
  static async open(
    context: SessionContext,
    onLost: (error: AmiConnectionError, session: Session) => void,
    signal: AbortSignal,
  ): Promise<Session> {
    const { hostname, port, connectTimeout } = context.options;
    const connection = await openInTime(context, signal);
    const session = new Session(connection, context, onLost);
    using deadline = new Deadline(
      connectTimeout,
      () =>
        new AmiConnectionError(
          `Cannot talk to ${hostname}:${port}: connected, but no AMI greeting came within ${connectTimeout} ms; check the port, and whether it wants TLS`,
          { failure: "no-greeting" },
        ),
      signal,
    );
    try {
      await abortable(session.#greeting.promise, deadline.signal);
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  /** The connection beneath. */
  get conn(): Deno.TcpConn | Deno.TlsConn {
    return this.#connection.conn;
  }

  /** Resolves with the reason when the session ends, unless it is closed here. */
  get lost(): Promise<AmiConnectionError> {
    return this.#lost.promise;
  }

  /** Whether the session has ended, in whatever way. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** The version that the PBX greeted with. */
  get version(): string {
    return this.#version;
  }

  /**
   * Logs in.
   *
   * @param credentials Who logs in.
   * @param mask The event mask; `undefined` for all that the user may read.
   * @param signal Gives the attempt up.
   * @throws {AmiAuthenticationError} If the PBX refuses.
   * @throws {AmiConnectionError} If the connection is lost meanwhile.
   * @throws {AmiTimeoutError} If the PBX does not answer in time.
   */
  async login(
    credentials: Credentials,
    mask: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { username } = credentials;
    try {
      const proof = await this.#proof(credentials, signal);
      const data = { Username: username, ...proof, Events: mask };
      await this.send("Login", data, { signal });
      // The end can come right behind the answer.
      if (this.#ended !== undefined) throw this.#ended("unknown");
    } catch (error) {
      this.close();
      if (!(error instanceof AmiResponseError)) throw error;
      const message = String(error.response.Message);
      if (message === SHUTTING_DOWN) {
        throw new AmiConnectionError(
          `Cannot log in to ${this.#where}: the PBX is shutting down`,
          { failure: "shutdown" },
        );
      }
      throw new AmiAuthenticationError(
        `Cannot log in to ${this.#where} as "${username}": the PBX says "${message}"`,
        username,
        message === LOGIN_IN_USE,
      );
    }
    this.#startKeepAlive();
  }

  /** What proves that the user knows the secret. */
  async #proof(
    { secret }: Credentials,
    signal: AbortSignal,
  ): Promise<ActionData> {
    if (this.#options.authType === "plain") return { Secret: secret };
    const [response] = await this.send("Challenge", { AuthType: "MD5" }, {
      signal,
    });
    const challenge = response?.get("challenge") ?? "";
    // Loaded only here: it takes as long as all else that is loaded at the start.
    const { createHash } = await import("node:crypto");
    const key = createHash("md5").update(challenge + secret).digest("hex");
    return { AuthType: "MD5", Key: key };
  }

  /**
   * Sends an action and waits for its whole answer.
   *
   * @param action The action's name.
   * @param data Its headers.
   * @param options How long to wait.
   * @returns The response, and, of a list, its items and its completion.
   * @throws {TypeError | RangeError} If it could not be sent as it is.
   * @throws {AmiResponseError} If the PBX answers with an error.
   * @throws {AmiConnectionError | AmiClosedError} If the session ends.
   * @throws {AmiTimeoutError} If the PBX does not answer in time.
   * @throws {AmiLimitError} If a bound is passed.
   * @throws The signal's reason, if it is aborted.
   */
  async send(
    action: string,
    data: ActionData,
    { timeout = this.#options.timeout, signal }: SendOptions = {},
  ): Promise<Frame[]> {
    signal?.throwIfAborted();
    const actionId = givenActionId(action, data) ?? this.#nextActionId();
    const text = encodeAction(action, actionId, data, this.#options.encoding);
    if (this.#actions.has(actionId)) {
      throw new TypeError(
        `Cannot send action "${action}": an answer to ActionID "${actionId}" is awaited already`,
      );
    }
    if (this.#ended !== undefined) throw this.#ended("not-sent");
    const answer = this.#actions.add(
      { action, actionId, timeout, signal, mayBlock: mayBlock(action, data) },
      () => this.#connection.write(text),
    );
    this.#options.logger?.debug(`Send ${describeAction(action, data)}`);
    if (answerShape(action).isFreeText) this.#awaitEndOfText(actionId);
    return this.#frames(action, await answer);
  }

  /**
   * Tells the PBX goodbye, and closes. Never throws.
   *
   * @param options How long to wait for its goodbye.
   */
  async logoff({ timeout, signal }: SendOptions): Promise<void> {
    try {
      await this.send("Logoff", {}, { timeout, signal });
    } catch {
      // A PBX that does not say goodbye is left all the same.
    }
    this.close();
  }

  /** Closes at once. Every action that waits is rejected. */
  close(): void {
    this.#end((outcome) =>
      new AmiClosedError("The connection was closed by this program", outcome)
    );
  }

  #startKeepAlive(): void {
    const { keepAlive } = this.#options;
    if (keepAlive === undefined) return;
    this.#keepAlive = new KeepAlive({
      ...keepAlive,
      lastFrameAt: () => this.#statistics.lastFrameAt ?? 0,
      isBlocked: () => this.#actions.isBlocked(),
      ping: () => this.#ping(),
      onDead: () => {
        const silence = keepAlive.interval + keepAlive.timeout;
        this.#lose("no-answer", `no sign of life for ${silence} ms`);
      },
    });
  }

  #ping(): SentPing {
    const givingUp = new AbortController();
    const answered = this.send("Ping", {}, {
      timeout: Infinity,
      signal: givingUp.signal,
    });
    return {
      // An error is an answer as well: a PBX that shuts down answers so to everything.
      answered: answered.catch(() => {}),
      cancel: () => givingUp.abort(),
    };
  }

  get #where(): string {
    return `${this.#options.hostname}:${this.#options.port}`;
  }

  #nextActionId(): string {
    return this.#prefix + ++this.#actionCount;
  }

  /** What an answer is to its caller. */
  #frames(action: string, { frames, error }: Answer): Frame[] {
    const { logger, limits } = this.#options;
    if (frames.some((frame) => frame.truncated)) {
      throw tooManyHeaders(
        `The answer to action "${action}"`,
        limits.maxHeaders,
      );
    }
    if (error !== undefined) {
      const message = error.get("message") ?? "";
      logger?.debug(`Action ${action} failed: ${message}`);
      throw new AmiResponseError(
        `Action "${action}" failed: the PBX says "${message}"`,
        {
          action,
          frames: frames.map((frame) => frame.data(this.#parser)),
          emptyList: isEmptyList(action, message),
        },
      );
    }
    logger?.debug(`Action ${action} answered with ${frames.length} frames`);
    // Free text has neither a response nor an end of its own, and may be empty.
    return frames[0] === undefined || frames[0].kind === "text"
      ? [new Frame(frames.flatMap((frame) => frame.lines))]
      : frames;
  }

  /**
   * Free text has no end of its own, and where there is nothing to tell it is
   * a single empty line. As Asterisk runs one action after another, the answer
   * to a `Ping` behind it tells that it is over.
   */
  async #awaitEndOfText(actionId: string): Promise<void> {
    try {
      await this.send("Ping", {});
    } catch (error) {
      if (!(error instanceof AmiResponseError)) return;
    }
    this.#actions.endText(actionId);
  }

  async #read(): Promise<void> {
    const receiver: ConnectionReceiver = {
      line: this.#handlers.line,
      greeting: (line) => this.#greet(line),
      frame: (frame) => this.#route(frame),
      unread: (count) => {
        this.#statistics.countFrames(count);
        this.#statistics.events += count;
        this.#statistics.eventsUnread += count;
      },
      cutOff: (lines) =>
        this.#handlers.problem(
          new AmiProtocolError("The connection ended inside a frame", lines),
        ),
    };
    let detail: string | undefined;
    let cause: unknown;
    try {
      await this.#connection.read(receiver);
    } catch (error) {
      cause = error;
      detail = error instanceof Error ? error.message : String(error);
    }
    if (this.#shutsDown) this.#lose("shutdown", "the PBX shut down", cause);
    else this.#lose("lost", detail, cause);
  }

  #greet(line: string): void {
    const version = GREETING.exec(line)?.[1];
    if (version !== undefined) {
      this.#version = version;
      this.#greeting.resolve();
      return;
    }
    this.#greeting.reject(
      new AmiConnectionError(
        `Cannot talk to ${this.#where}: it is no Asterisk Manager Interface, as it greets with ${
          JSON.stringify(line.slice(0, 60))
        }`,
        { failure: "not-ami" },
      ),
    );
    this.close();
  }

  #route(frame: Frame): void {
    this.#statistics.countFrames(1);
    switch (frame.kind) {
      case "event":
        if (this.#actions.takeEvent(frame)) {
          frame.condense(this.#parser);
          return;
        }
        if (frame.truncated) {
          this.#statistics.framesDropped++;
          this.#handlers.problem(
            tooManyHeaders(
              `Event "${frame.name}"`,
              this.#options.limits.maxHeaders,
            ),
          );
        } else {
          this.#statistics.events++;
          if (frame.name === SHUTDOWN) this.#shutsDown = true;
          this.#handlers.event(frame);
        }
        return;
      case "response":
        if (!this.#actions.takeResponse(frame)) {
          this.#statistics.framesDropped++;
          this.#options.logger?.debug(
            `Dropped a response that nobody waits for: ActionID ${frame.actionId}`,
          );
        }
        return;
      case "text":
        if (!this.#actions.takeText(frame)) {
          this.#statistics.framesDropped++;
          this.#handlers.problem(
            new AmiProtocolError(
              "Received what is neither a response nor an event",
              frame.lines,
            ),
          );
        }
    }
  }

  /** Ends the session because the connection ended, or is as good as dead. */
  #lose(failure: ConnectionFailure, detail?: string, cause?: unknown): void {
    const why = detail === undefined ? "" : `: ${detail}`;
    const message = `The connection to ${this.#where} was lost${why}`;
    const makeError = (outcome: Outcome) =>
      new AmiConnectionError(message, { failure, outcome, cause });
    if (!this.#end(makeError)) return;
    this.#greeting.reject(
      new AmiConnectionError(
        `Cannot talk to ${this.#where}: the peer closed the connection without an AMI greeting${why}`,
        { failure: "no-greeting", cause },
      ),
    );
    const error = makeError("unknown");
    this.#onLost(error, this);
    this.#lost.resolve(error);
  }

  /** Ends the session, once. */
  #end(
    makeError: (outcome: Outcome) => AmiClosedError | AmiConnectionError,
  ): boolean {
    if (this.#ended !== undefined) return false;
    this.#ended = makeError;
    this.#connection.close();
    this.#keepAlive?.stop();
    this.#actions.failAll(makeError);
    return true;
  }
}

/** Connects within a time. */
async function openInTime(
  { options, statistics, handlers }: SessionContext,
  signal: AbortSignal,
): Promise<Connection> {
  const { hostname, port, connectTimeout, limits } = options;
  using deadline = new Deadline(
    connectTimeout,
    () =>
      new AmiConnectionError(
        `Cannot connect to ${hostname}:${port}: no answer within ${connectTimeout} ms`,
        { failure: "unreachable" },
      ),
    signal,
  );
  return await Connection.open(
    {
      ...options,
      ...limits,
      interest: interestOfSession(
        handlers.interest,
        handlers.line !== undefined,
      ),
    },
    (bytes, direction) => {
      statistics.countBytes(bytes.length, direction);
      handlers.bytes?.(bytes, direction);
    },
    deadline.signal,
  );
}

function tooManyHeaders(what: string, maxHeaders: number): AmiLimitError {
  return new AmiLimitError(
    `${what} has more than ${maxHeaders} lines`,
    "maxHeaders",
    maxHeaders,
  );
}

import { abortable } from "@std/async/abortable";
import type { ActionData } from "../actions/action.ts";
import { isBefore12 } from "../ami_version.ts";
import { ActionMap } from "../actions/action_map.ts";
import {
  ActionIds,
  headersOf,
  prepareAction,
  type PreparedAction,
} from "../actions/prepared_action.ts";
import type { Connection } from "../wire/connection.ts";
import type { FrameReceiver } from "../wire/frame_reader.ts";
import type { DataParser } from "../wire/data_parser.ts";
import { Deadline } from "../deadline.ts";
import { errorText } from "../error_text.ts";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiProtocolError,
  AmiResponseError,
  type ConnectionFailure,
  type Outcome,
} from "../errors.ts";
import { Frame } from "../wire/frame.ts";
import { sessionWants, SHUTDOWN } from "./session_wants.ts";
import { KeepAlive, type SentPing } from "./keep_alive.ts";
import { type Credentials, logIn, unansweredLogin } from "./login.ts";
import { openConnection } from "./open_connection.ts";
import type { SessionContext, SessionHandlers } from "./session_context.ts";
import { tooLarge } from "./too_large.ts";
import { isEmptyList } from "../actions/answer_shapes.ts";
import { describeAction, maskEchoes } from "../actions/describe_action.ts";
import { errorReason } from "../actions/error_reason.ts";
import type { ResolvedOptions } from "../options/options.ts";
import type { Answer } from "../actions/pending_action.ts";
import type { Statistics } from "../statistics.ts";

/** The time to wait for an answer, in {@linkcode Session.send}. */
export interface Wait {
  /** The longest wait for each frame of the answer (milliseconds). */
  timeout: number;
  /** Gives the action up. */
  signal?: AbortSignal | undefined;
}

/** The rounds of the keep-alive for which an abandoned action may keep the PBX silent. */
const BLOCKED_ROUNDS = 10;

/** A greeting: `Asterisk Call Manager/11.0.0`, and those of its kin. */
const GREETING = /^[\w ]*Call Manager(?: Proxy)?\/(\S+)/i;

/**
 * One logged-in session on one connection.
 *
 * A loss is reported in two ways, as their moments differ: `onLost` is called
 * at once, before the callers of unanswered actions are rejected, so that they
 * find the current state; {@linkcode Session.lost} resolves later, for those
 * that wait for the end.
 */
export class Session {
  readonly #connection: Connection;
  readonly #options: ResolvedOptions;
  readonly #parser: DataParser;
  readonly #statistics: Statistics;
  readonly #handlers: SessionHandlers;
  readonly #actions: ActionMap;
  readonly #onLost: (error: AmiConnectionError, session: Session) => void;
  readonly #lost = Promise.withResolvers<AmiConnectionError>();
  readonly #ids = new ActionIds();
  readonly #greeting = Promise.withResolvers<void>();
  #version = "";
  #isBefore12 = false;
  #keepAlive: KeepAlive | undefined;
  /** `true` once the PBX has announced its shutdown. */
  #shutsDown = false;
  /** `true` once the PBX has answered a `Logoff`; it closes the connection then. */
  #saidGoodbye = false;
  #farewell: ReturnType<typeof setTimeout> | undefined;
  /** Makes the error of an action that is sent after the end. Set once the session has ended. */
  #makeEndError:
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
    this.#actions = new ActionMap(options.limits, statistics, {
      awaitEnd: (actionId) => void this.#awaitEndOfText(actionId),
      stray: (frame) => this.#dropText(frame),
    });
    // A session that is closed while it waits for something else has nobody to report it to.
    this.#greeting.promise.catch(() => {});
    void this.#read();
  }

  /**
   * Connects and waits for the greeting.
   *
   * @param context The part that the session shares with others.
   * @param onLost Called when the session is lost, before the callers that waited for an answer are rejected.
   * @param signal Gives the attempt up.
   * @returns The session, not logged in.
   * @throws {AmiConnectionError} If no PBX can be reached.
   * @throws The signal's reason, if it is aborted.
   */
  static async open(
    context: SessionContext,
    onLost: (error: AmiConnectionError, session: Session) => void,
    signal: AbortSignal,
  ): Promise<Session> {
    const { hostname, port, connectTimeout } = context.options;
    const connection = await openConnection(context, signal);
    const session = new Session(connection, context, onLost);
    using deadline = new Deadline(
      connectTimeout,
      () =>
        new AmiConnectionError(
          `Cannot talk to ${hostname}:${port}: connected, but no AMI greeting came within ${connectTimeout} ms; check the port, and whether it expects TLS`,
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

  /** The host that it is connected to. */
  get hostname(): string {
    return this.#options.hostname;
  }

  /** A promise of the reason, when the session is lost; it does not resolve if the session is closed here. */
  get lost(): Promise<AmiConnectionError> {
    return this.#lost.promise;
  }

  /** `true` once the session has ended, for any reason. */
  get ended(): boolean {
    return this.#makeEndError !== undefined;
  }

  /** The version in the greeting of the PBX. */
  get version(): string {
    return this.#version;
  }

  /**
   * Logs in.
   *
   * @param credentials The user.
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
    const { authType, encoding, timeout } = this.#options;
    // For the whole login: a peer may answer with a list, and restart the timeout of the action with each item.
    using deadline = new Deadline(
      timeout,
      () => unansweredLogin(timeout),
      signal,
    );
    const wait = { timeout: Infinity, signal: deadline.signal };
    try {
      await logIn({
        credentials,
        authType,
        encoding,
        mask,
        where: this.#where,
        send: (action, data) => this.send(action, data, wait),
      });
      // The end can come right after the answer.
      if (this.#makeEndError !== undefined) throw this.#makeEndError("unknown");
    } catch (error) {
      this.close();
      throw error;
    }
    this.#startKeepAlive();
  }

  /**
   * Sends an action and waits for its whole answer.
   *
   * @param action The action's name.
   * @param data Its headers.
   * @param wait The time to wait.
   * @returns The response, and, of a list, its items and its completion.
   * @throws {TypeError | RangeError} If it cannot be sent as it is.
   * @throws {AmiResponseError} If the PBX answers with an error.
   * @throws {AmiConnectionError | AmiClosedError} If the session ends.
   * @throws {AmiTimeoutError} If the PBX does not answer in time.
   * @throws {AmiLimitError} If a bound is passed.
   * @throws The signal's reason, if it is aborted.
   */
  async send(action: string, data: ActionData, wait: Wait): Promise<Frame[]> {
    const { encoding, logger } = this.#options;
    wait.signal?.throwIfAborted();
    const prepared = prepareAction(action, data, encoding, this.#ids);
    const line = logger && describeAction(action, data);
    return this.#frames(prepared, await this.#ask(prepared, wait, line));
  }

  /**
   * Sends an action that was prepared before, as {@linkcode Session.send} does.
   *
   * @param prepared The action.
   * @param wait The time to wait.
   * @param line The action as it is logged, if it is.
   * @returns The response, and, of a list, its items and its completion.
   */
  async sendPrepared(
    prepared: PreparedAction,
    wait: Wait,
    line: string | undefined,
  ): Promise<Frame[]> {
    return this.#frames(prepared, await this.#ask(prepared, wait, line));
  }

  #ask(
    prepared: PreparedAction,
    { timeout, signal }: Wait,
    line: string | undefined,
  ): Promise<Answer> {
    const { action, actionId, text } = prepared;
    signal?.throwIfAborted();
    if (this.#actions.has(actionId)) {
      throw new TypeError(
        `Cannot send action "${action}": an answer to ActionID "${actionId}" is already awaited`,
      );
    }
    if (this.#makeEndError !== undefined) throw this.#makeEndError("not-sent");
    return this.#actions.add(
      {
        action,
        actionId,
        timeout,
        signal,
        mayBlock: prepared.mayBlock,
        isBefore12: this.#isBefore12,
      },
      () => {
        const sending = this.#connection.write(text);
        if (line !== undefined) this.#options.logger?.debug(`Send ${line}`);
        return sending;
      },
    );
  }

  /**
   * Logs off, and closes. Never rejects.
   *
   * @param wait The time to wait for its goodbye.
   */
  async logoff({ timeout, signal }: Wait): Promise<void> {
    // For the whole goodbye, as in a login.
    using deadline = new Deadline(timeout, () => new Error("Too late"), signal);
    try {
      await this.send("Logoff", {}, {
        timeout: Infinity,
        signal: deadline.signal,
      });
    } catch {
      // The connection is closed even if the PBX does not say goodbye.
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
      isBlocked: () =>
        this.#actions.isBlocked(
          BLOCKED_ROUNDS * (keepAlive.interval + keepAlive.timeout),
        ),
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
      // An error is an answer as well: a PBX that shuts down answers everything with one.
      answered: answered.catch(() => {}),
      cancel: () => givingUp.abort(),
    };
  }

  get #where(): string {
    return `${this.#options.hostname}:${this.#options.port}`;
  }

  /** Returns the answer as its caller gets it. */
  #frames(prepared: PreparedAction, { frames, error }: Answer): Frame[] {
    const { action } = prepared;
    const { logger, limits } = this.#options;
    for (const { exceeded } of frames) {
      if (exceeded === undefined) continue;
      throw tooLarge(`The answer to action "${action}"`, exceeded, limits);
    }
    if (error !== undefined) {
      const reason = maskEchoes(errorReason(error), headersOf(prepared));
      logger?.debug(`Action ${action} failed: ${reason}`);
      throw new AmiResponseError(
        reason === ""
          ? `Action "${action}" failed: the PBX gives no reason`
          : `Action "${action}" failed: the PBX says "${reason}"`,
        {
          action,
          frames: frames.map((frame) => frame.data(this.#parser)),
          emptyList: isEmptyList(action, error.get("message") ?? ""),
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
   * Waits for the end of free text, which has none of its own and may be a
   * single empty line. As Asterisk runs one action after another, the answer to
   * a `Ping` after it marks the end. Never rejects.
   */
  async #awaitEndOfText(actionId: string): Promise<void> {
    try {
      await this.send("Ping", {}, { timeout: this.#options.timeout });
    } catch (error) {
      if (!(error instanceof AmiResponseError)) return;
    }
    this.#actions.endText(actionId);
  }

  /** Reads until the connection ends, which loses the session. Never rejects. */
  async #read(): Promise<void> {
    const receiver: FrameReceiver = {
      wants: (name) =>
        this.#handlers.wants(name) || sessionWants(name, this.#actions),
      awaitsAnswers: () => !this.#actions.isEmpty,
      line: this.#handlers.line,
      greeting: (line) => this.#greet(line),
      frame: (frame) => this.#route(frame),
      unread: (count) => this.#statistics.countUnread(count),
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
      detail = errorText(error);
    }
    if (this.ended) return;
    if (this.#shutsDown) {
      this.#lose("shutdown", "the PBX shut down", cause);
    } else if (this.#saidGoodbye) {
      // The program that logged off closes the session once it has its answer.
      this.#farewell = setTimeout(() => this.#lose("lost", detail, cause), 0);
    } else {
      this.#lose("lost", detail, cause);
    }
  }

  #greet(line: string): void {
    const version = GREETING.exec(line)?.[1];
    if (version !== undefined) {
      this.#version = version;
      this.#isBefore12 = isBefore12(version);
      this.#greeting.resolve();
      return;
    }
    this.#greeting.reject(
      new AmiConnectionError(
        `Cannot talk to ${this.#where}: it is not an Asterisk Manager Interface, as it greets with ${
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
        if (frame.exceeded !== undefined) {
          this.#statistics.framesDropped++;
          this.#handlers.problem(
            tooLarge(
              `Event "${frame.name}"`,
              frame.exceeded,
              this.#options.limits,
            ),
          );
        } else {
          this.#statistics.countEvents(1);
          if (frame.name === SHUTDOWN) this.#shutsDown = true;
          this.#handlers.event(frame);
        }
        return;
      case "response":
        if (frame.name === "Goodbye") this.#saidGoodbye = true;
        if (!this.#actions.takeResponse(frame)) {
          this.#statistics.framesDropped++;
          this.#options.logger?.debug(
            `Dropped a response to no pending action: ActionID ${frame.actionId}`,
          );
        }
        return;
      case "text":
        if (!this.#actions.takeText(frame)) {
          this.#dropText(frame);
        }
    }
  }

  /** Reports a frame that belongs to no action, and has no name to be listened to. */
  #dropText(frame: Frame): void {
    this.#statistics.framesDropped++;
    this.#handlers.problem(
      new AmiProtocolError(
        frame.kind === "text"
          ? "Received something that is neither a response nor an event"
          : "Received a response without an ActionID that answers no action",
        frame.lines,
      ),
    );
  }

  /** Ends the session because the connection ended, or because the link is dead. */
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
    if (this.#makeEndError !== undefined) return false;
    this.#makeEndError = makeError;
    clearTimeout(this.#farewell);
    this.#connection.close();
    this.#keepAlive?.stop();
    this.#actions.failAll(makeError);
    return true;
  }
}

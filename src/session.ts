import { abortable } from "@std/async/abortable";
import { type ActionData, encodeAction, givenActionId } from "./action.ts";
import { ActionMap } from "./action_map.ts";
import { Connection, type ConnectionReceiver } from "./connection.ts";
import { Deadline } from "./deadline.ts";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  type Outcome,
} from "./errors.ts";
import { Frame } from "./frame.ts";
import { answerShape, isEmptyList } from "./list_actions.ts";
import { describeAction } from "./logger.ts";
import type { ResolvedOptions } from "./options.ts";
import type { Answer } from "./pending_action.ts";

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
  /** Takes every line as it is read. */
  line(line: string): void;
  /** Takes an event that is no part of an answer. */
  event(frame: Frame): void;
  /** Takes what went wrong without ending the session. */
  problem(error: Error): void;
  /** Takes the end of a session that had logged in, unless it was closed here. */
  lost(error: AmiConnectionError): void;
}

/** Options of {@linkcode Session.send}. */
export interface SendOptions {
  /** How long to wait for each frame of the answer (milliseconds). */
  timeout?: number | undefined;
  /** Gives the action up. */
  signal?: AbortSignal | undefined;
}

/** How long the PBX may take to say goodbye (milliseconds). */
const LOGOFF_TIMEOUT = 2_000;

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
  readonly #handlers: SessionHandlers;
  readonly #actions: ActionMap;
  readonly #prefix = unguessablePrefix();
  readonly #greeting = Promise.withResolvers<void>();
  #version = "";
  #actionCount = 0;
  #loggedIn = false;
  /** Makes the error of an action that is sent after the end. */
  #ended:
    | ((outcome: Outcome) => AmiClosedError | AmiConnectionError)
    | undefined;

  private constructor(
    connection: Connection,
    options: ResolvedOptions,
    handlers: SessionHandlers,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#handlers = handlers;
    this.#actions = new ActionMap(options.limits);
    // A session that is closed while it waits for something else has nobody to tell.
    this.#greeting.promise.catch(() => {});
    this.#read();
  }

  /**
   * Connects and waits for the greeting.
   *
   * @param options The options of {@linkcode DAMI}.
   * @param handlers Takes what the session has to tell.
   * @param signal Gives the attempt up.
   * @returns The session, not logged in.
   * @throws {AmiConnectionError} If there is no PBX to be had.
   * @throws The signal's reason, if it is aborted.
   */
  static async open(
    options: ResolvedOptions,
    handlers: SessionHandlers,
    signal: AbortSignal,
  ): Promise<Session> {
    const { hostname, port, connectTimeout, encoding, limits } = options;
    const connection = await openInTime(
      { hostname, port, encoding, ...limits },
      connectTimeout,
      signal,
    );
    const session = new Session(connection, options, handlers);
    using deadline = new Deadline(
      connectTimeout,
      () =>
        new AmiConnectionError(
          `Cannot talk to ${hostname}:${port}: connected, but no AMI greeting came within ${connectTimeout} ms`,
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
  get conn(): Deno.TcpConn {
    return this.#connection.conn;
  }

  /** The version that the PBX greeted with. */
  get version(): string {
    return this.#version;
  }

  /**
   * Logs in.
   *
   * @param credentials Who logs in.
   * @param signal Gives the attempt up.
   * @throws {AmiAuthenticationError} If the PBX refuses.
   * @throws {AmiConnectionError} If the connection is lost meanwhile.
   * @throws {AmiTimeoutError} If the PBX does not answer in time.
   */
  async login(credentials: Credentials, signal: AbortSignal): Promise<void> {
    const { username, secret } = credentials;
    const { events } = this.#options;
    try {
      await this.send("Login", {
        Username: username,
        Secret: secret,
        // Without this header Asterisk sends all that the user may read (main/manager.c, authenticate).
        Events: events === true ? undefined : events === false ? "off" : events,
      }, { signal });
      // The end can come right behind the answer, and has found nobody to tell.
      if (this.#ended !== undefined) throw this.#ended("unknown");
      this.#loggedIn = true;
    } catch (error) {
      this.close();
      if (!(error instanceof AmiResponseError)) throw error;
      throw new AmiAuthenticationError(
        `Cannot log in to ${this.#where} as "${username}": the PBX says "${error.response.Message}"`,
        username,
      );
    }
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
      { action, actionId, timeout, signal },
      () => this.#connection.write(text),
    );
    this.#options.logger?.debug(`Send ${describeAction(action, data)}`);
    if (answerShape(action).isFreeText) this.#awaitEndOfText(actionId);
    return this.#frames(action, await answer);
  }

  /** Tells the PBX goodbye, and closes. Never throws. */
  async logoff(): Promise<void> {
    try {
      await this.send("Logoff", {}, { timeout: LOGOFF_TIMEOUT });
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

  get #where(): string {
    return `${this.#options.hostname}:${this.#options.port}`;
  }

  #nextActionId(): string {
    return this.#prefix + ++this.#actionCount;
  }

  /** What an answer is to its caller. */
  #frames(action: string, { frames, error }: Answer): Frame[] {
    const { logger, integers, limits } = this.#options;
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
          frames: frames.map((frame) => frame.data(integers)),
          emptyList: isEmptyList(action, message),
        },
      );
    }
    logger?.debug(`Action ${action} answered with ${frames.length} frames`);
    return answerShape(action).isFreeText && frames[0]?.kind !== "response"
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
      line: (line) => this.#handlers.line(line),
      greeting: (line) => this.#greet(line),
      frame: (frame) => this.#route(frame),
      cutOff: (lines) =>
        this.#handlers.problem(
          new AmiProtocolError("The connection ended inside a frame", lines),
        ),
    };
    let cause: unknown;
    try {
      await this.#connection.read(receiver);
    } catch (error) {
      cause = error;
    }
    this.#lose(cause);
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
    switch (frame.kind) {
      case "event":
        if (this.#actions.takeEvent(frame)) return;
        if (frame.truncated) {
          this.#handlers.problem(
            tooManyHeaders(
              `Event "${frame.name}"`,
              this.#options.limits.maxHeaders,
            ),
          );
        } else {
          this.#handlers.event(frame);
        }
        return;
      case "response":
        if (!this.#actions.takeResponse(frame)) {
          this.#options.logger?.debug(
            `Dropped a response that nobody waits for: ActionID ${frame.actionId}`,
          );
        }
        return;
      case "text":
        if (!this.#actions.takeText(frame)) {
          this.#handlers.problem(
            new AmiProtocolError(
              "Received what is neither a response nor an event",
              frame.lines,
            ),
          );
        }
    }
  }

  /** Ends the session because the connection ended. */
  #lose(cause: unknown): void {
    const detail = cause instanceof Error ? `: ${cause.message}` : "";
    const message = `The connection to ${this.#where} was lost${detail}`;
    const makeError = (outcome: Outcome) =>
      new AmiConnectionError(message, { failure: "lost", outcome, cause });
    if (!this.#end(makeError)) return;
    this.#greeting.reject(
      new AmiConnectionError(
        `Cannot talk to ${this.#where}: the peer closed the connection without an AMI greeting${detail}`,
        { failure: "no-greeting", cause },
      ),
    );
    if (this.#loggedIn) this.#handlers.lost(makeError("unknown"));
  }

  /** Ends the session, once. */
  #end(
    makeError: (outcome: Outcome) => AmiClosedError | AmiConnectionError,
  ): boolean {
    if (this.#ended !== undefined) return false;
    this.#ended = makeError;
    this.#connection.close();
    this.#actions.failAll(makeError);
    return true;
  }
}

/** Connects within a time. */
async function openInTime(
  options: Parameters<typeof Connection.open>[0],
  connectTimeout: number,
  signal: AbortSignal,
): Promise<Connection> {
  const { hostname, port } = options;
  using deadline = new Deadline(
    connectTimeout,
    () =>
      new AmiConnectionError(
        `Cannot connect to ${hostname}:${port}: no answer within ${connectTimeout} ms`,
        { failure: "unreachable" },
      ),
    signal,
  );
  return await Connection.open(options, deadline.signal);
}

function tooManyHeaders(what: string, maxHeaders: number): AmiLimitError {
  return new AmiLimitError(
    `${what} has more than ${maxHeaders} lines`,
    "maxHeaders",
    maxHeaders,
  );
}

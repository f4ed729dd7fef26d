import { abortable } from "@std/async/abortable";
import type { PreparedAction } from "../actions/prepared_action.ts";
import { Deadline } from "../deadline.ts";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiTimeoutError,
} from "../errors.ts";
import type { Statistics } from "../statistics.ts";
import type { Frame } from "../wire/frame.ts";
import { openFirst } from "./addresses.ts";
import type { Credentials } from "./login.ts";
import type { Session, Wait } from "./session.ts";
import type { SessionContext } from "./session_context.ts";

/** Options of {@linkcode BlockingSession}. */
export interface BlockingSessionOptions {
  /** The part that the session beside it shares with others. */
  context: SessionContext;
  /** Counts what happens here: a frame here is no sign of life of the session beside it. */
  statistics: Statistics;
  /** The user that logs in. */
  credentials: Credentials;
  /** The address of the session beside it, as another one may be another PBX. */
  hostname: string;
}

/**
 * A second login beside a session, for actions that would hold up its events
 * and answers. It is made when the first of them is sent, and again when one is
 * sent after a loss.
 */
export class BlockingSession {
  readonly #context: SessionContext;
  readonly #credentials: Credentials;
  readonly #closing = new AbortController();
  #opening: Promise<Session> | undefined;
  /** The session once it is logged in. */
  #session: Session | undefined;
  /** The loss of the session beside it. */
  #loss: AmiConnectionError | undefined;

  /** @param options The PBX, and the user. */
  constructor(
    { context, statistics, credentials, hostname }: BlockingSessionOptions,
  ) {
    const { options, handlers } = context;
    const addresses = options.addresses
      .filter((address) => address.hostname === hostname)
      .slice(0, 1);
    this.#context = {
      ...context,
      statistics,
      options: { ...options, addresses },
      handlers: {
        bytes: undefined,
        line: undefined,
        wants: () => false,
        event: () => {},
        problem: (error) => handlers.problem(error),
      },
    };
    this.#credentials = credentials;
  }

  /**
   * Sends an action as soon as it is logged in, and waits for its whole answer.
   *
   * @param prepared The action.
   * @param wait The time to wait, for the login and for each frame of the answer.
   * @param line The action as it is logged, if it is.
   * @returns The response, and, of a list, its items and its completion.
   * @throws {AmiConnectionError | AmiAuthenticationError} If it cannot log in.
   * @throws {AmiTimeoutError} If it does not log in in time.
   * @throws What {@linkcode Session.sendPrepared} throws.
   */
  async sendPrepared(
    prepared: PreparedAction,
    { timeout, signal }: Wait,
    line: string | undefined,
  ): Promise<Frame[]> {
    const begin = performance.now();
    try {
      const session = await this.#acquire(prepared.action, { timeout, signal });
      // The wait for the login counts.
      const waited = Math.floor(performance.now() - begin);
      const rest = { signal, timeout: Math.max(1, timeout - waited) };
      return await session.sendPrepared(prepared, rest, line);
    } catch (error) {
      if (this.#loss === undefined || !(error instanceof AmiClosedError)) {
        throw error;
      }
      // It was closed because of the loss, not by the program.
      const { message, failure } = this.#loss;
      const { outcome } = error;
      throw new AmiConnectionError(message, {
        failure,
        outcome,
        cause: this.#loss,
      });
    }
  }

  /**
   * Logs off after the awaited answers. Never rejects.
   *
   * @param wait The time to wait for the goodbye.
   */
  async logoff(wait: Wait): Promise<void> {
    await this.#session?.logoff(wait);
  }

  /**
   * Closes at once. Every action that waits is rejected.
   *
   * @param loss The loss of the session beside it, if that is the reason.
   */
  close(loss?: AmiConnectionError): void {
    if (this.#closing.signal.aborted) return;
    this.#loss = loss;
    this.#closing.abort(
      new AmiClosedError("The connection was closed by this program"),
    );
    this.#session?.close();
  }

  async #acquire(action: string, { timeout, signal }: Wait): Promise<Session> {
    using deadline = new Deadline(
      timeout,
      () =>
        new AmiTimeoutError(
          `Action "${action}" was not sent within ${timeout} ms, as its connection is not logged in`,
          { action, timeout, outcome: "not-sent" },
        ),
      signal,
    );
    this.#opening ??= this.#open();
    return await abortable(this.#opening, deadline.signal);
  }

  async #open(): Promise<Session> {
    const { signal } = this.#closing;
    try {
      signal.throwIfAborted();
      const session = await openFirst(
        this.#context,
        () => this.#forget(),
        signal,
      );
      await session.login(this.#credentials, "off", signal);
      this.#session = session;
      return session;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#opening = undefined;
    this.#session = undefined;
  }
}

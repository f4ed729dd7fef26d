import { abortable } from "@std/async/abortable";
import { Deadline } from "../deadline.ts";
import { AmiLimitError, AmiTimeoutError } from "../errors.ts";
import type { Session, Wait } from "./session.ts";

/** The next session that is logged in, for the actions that wait for it. */
export class NextSession {
  readonly #maxPendingActions: number;
  #next = unhandled<Session>();
  #waiting = 0;

  /** @param maxPendingActions The number of actions that can wait. */
  constructor(maxPendingActions: number) {
    this.#maxPendingActions = maxPendingActions;
  }

  /** The session, once it is logged in. Rejects if there will be none. */
  get promise(): Promise<Session> {
    return this.#next.promise;
  }

  /**
   * Gives the session to all that wait.
   *
   * @param session The session.
   */
  resolve(session: Session): void {
    this.#next.resolve(session);
  }

  /**
   * Rejects all that wait, as there will be no session.
   *
   * @param error The reason.
   */
  reject(error: unknown): void {
    this.#next.reject(error);
  }

  /** Waits again, as the session was lost. */
  renew(): void {
    this.#next = unhandled();
  }

  /**
   * Waits for the session on behalf of an action.
   *
   * @param action The action's name.
   * @param wait The time to wait.
   * @returns The session.
   * @throws {AmiTimeoutError} If there is none in time.
   * @throws {AmiLimitError} If too many wait already.
   * @throws The signal's reason, if it is aborted, or that of {@linkcode NextSession.reject}.
   */
  async wait(action: string, { timeout, signal }: Wait): Promise<Session> {
    const max = this.#maxPendingActions;
    if (this.#waiting >= max) {
      throw new AmiLimitError(
        `Cannot send action "${action}": ${max} actions are already waiting for the connection`,
        "maxPendingActions",
        max,
      );
    }
    this.#waiting++;
    using deadline = new Deadline(
      timeout,
      () =>
        new AmiTimeoutError(
          `Action "${action}" was not sent within ${timeout} ms, as there is no connection`,
          { action, timeout, outcome: "not-sent" },
        ),
      signal,
    );
    try {
      return await abortable(this.#next.promise, deadline.signal);
    } finally {
      this.#waiting--;
    }
  }
}

/** Makes a promise that may be rejected with nobody waiting. */
function unhandled<T>(): PromiseWithResolvers<T> {
  const resolvers = Promise.withResolvers<T>();
  resolvers.promise.catch(() => {});
  return resolvers;
}

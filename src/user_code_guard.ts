import { AmiError } from "./errors.ts";
import { guardedCall } from "./guarded_call.ts";
import type { Logger } from "./logger.ts";

/**
 * Keeps what user code throws, and what else goes wrong without ending
 * anything, away from the reader: it is logged and told as an `error` event.
 */
export class UserCodeGuard {
  readonly #target: EventTarget;
  readonly #logger: Logger | undefined;

  /**
   * @param target Gets the `error` events.
   * @param logger Gets the log lines, if any.
   */
  constructor(target: EventTarget, logger: Logger | undefined) {
    this.#target = target;
    this.#logger = logger;
  }

  /**
   * Tells of something that harms nothing else.
   *
   * @param error The error.
   * @param what What happened, in words.
   * @param isTold Whether it is told as an event, and not only logged: an `error` listener is not told of itself.
   */
  report(error: unknown, what: string, isTold = true): void {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof AmiError) this.#logger?.warn(`${what}: ${message}`);
    else this.#logger?.error(`${what}: ${message}`);
    if (!isTold) return;
    this.#target.dispatchEvent(new ErrorEvent("error", { error, message }));
  }

  /**
   * Reports what a listener of the target itself threw or rejected with.
   *
   * @param error The error.
   * @param event The event that it was given.
   */
  reportListener(error: unknown, { type }: Event): void {
    this.report(
      error,
      `A listener for DAMI's own event "${type}" threw`,
      type !== "error",
    );
  }

  /**
   * Calls user code. What it returns is not waited for.
   *
   * @param code Calls it.
   * @param what What to say if it throws or rejects.
   */
  call(code: () => unknown, what: string): void {
    guardedCall(code, undefined, this.#report, what);
  }

  readonly #report = (error: unknown, what: string): void => {
    this.report(error, what);
  };
}

import { errorText } from "./error_text.ts";
import { AmiError } from "./errors.ts";
import { guardedCall } from "./guarded_call.ts";
import type { Logger } from "./logger.ts";

/**
 * Keeps errors of user code, and others that end nothing, away from the
 * reader: they are logged and reported as an `error` event. None of its methods
 * throws, whatever user code has thrown.
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
   * Reports an error that harms nothing else.
   *
   * @param error The error.
   * @param what The incident, in words.
   * @param isEmitted `false` to log it only: an error of an `error` listener is not reported to that listener.
   */
  report(error: unknown, what: string, isEmitted = true): void {
    const message = errorText(error);
    if (isOurs(error)) this.#logger?.warn(`${what}: ${message}`);
    else this.#logger?.error(`${what}: ${message}`);
    if (!isEmitted) return;
    this.#target.dispatchEvent(new ErrorEvent("error", { error, message }));
  }

  /**
   * Reports an error that a listener of the target itself threw or rejected with.
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
   * Calls user code. A promise that it returns is not waited for.
   *
   * @param code Calls it.
   * @param what The incident if it throws or rejects, in words.
   */
  call(code: () => unknown, what: string): void {
    guardedCall(code, undefined, this.#report, what);
  }

  readonly #report = (error: unknown, what: string): void => {
    this.report(error, what);
  };
}

/** Reports whether an error is one of DAMI's own. A revoked `Proxy` cannot even be asked. */
function isOurs(error: unknown): boolean {
  try {
    return error instanceof AmiError;
  } catch {
    return false;
  }
}

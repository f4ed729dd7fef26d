/** The exit status of a successful command. */
export const SUCCESS = 0;

/** The exit status of a command that failed. */
export const FAILED = 1;

/** The exit status of a command line that cannot be understood. */
export const MISUSED = 2;

/** Ends the command with one sentence on stderr that says what to do. */
export class CommandError extends Error {
  /** The name of the class. */
  override readonly name: string = "CommandError";
  /** The exit status. */
  readonly status: number;

  /**
   * Makes the error.
   *
   * @param message One sentence without its full stop: what went wrong, and what to do.
   * @param status The exit status.
   */
  constructor(message: string, status: number = FAILED) {
    super(message);
    this.status = status;
  }
}

/** The command line cannot be understood. */
export class UsageError extends CommandError {
  /** The name of the class. */
  override readonly name = "UsageError";

  /**
   * Makes the error.
   *
   * @param message One sentence without its full stop: what is wrong, and what to write.
   */
  constructor(message: string) {
    super(message, MISUSED);
  }
}

/** Somebody ended the command: by Ctrl-C, by a signal, or by closing the pipe that it writes to. */
export class Interruption extends Error {
  /** The name of the class. */
  override readonly name = "Interruption";
  /** The exit status. */
  readonly status: number;

  /**
   * Makes the error.
   *
   * @param by The cause.
   */
  constructor(by: Deno.Signal | "closed pipe") {
    super(`The command was ended by ${by}`);
    this.status = STATUS_BY_CAUSE.get(by) ?? FAILED;
  }
}

/** As shells have it: 128 and the number of the signal. */
const STATUS_BY_CAUSE: ReadonlyMap<string, number> = new Map([
  // The reader has read enough, as with `| head`.
  ["closed pipe", SUCCESS],
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGQUIT", 131],
  ["SIGTERM", 143],
]);

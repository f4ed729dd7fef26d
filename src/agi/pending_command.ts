import { Deadline } from "../deadline.ts";
import type { AgiAnswer } from "./answer.ts";
import { AgiTimeoutError } from "./errors.ts";

/** Options of every command of an {@linkcode AgiCall}. */
export interface AgiSendOptions {
  /** Stops waiting when aborted. Where the command was sent already, Asterisk runs it all the same. */
  signal?: AbortSignal;
  /**
   * The time to wait for the answer (milliseconds). A command may last as long
   * as what it plays, and is settled anyway when the call or the connection
   * ends.
   *
   * @default {Infinity}
   */
  answerTimeout?: number;
}

/** Returns the words of a command that are no arguments, for messages. */
export function commandName(line: string): string {
  return /^[A-Za-z]+(?: [A-Z]+(?= |$)){0,2}/.exec(line)?.[0] ??
    "of the program";
}

/**
 * A command whose answer somebody waits for. One that is given up stays in its
 * place, so that its answer is not taken for another's.
 */
export class PendingCommand {
  /** The data of its answer, if that is an echo. */
  readonly echo: string | undefined;
  readonly line: string;
  readonly #deadline: Deadline;
  readonly #settled = Promise.withResolvers<AgiAnswer>();
  /** Reports whether a byte of it may have left this program. */
  isSent = false;
  #isSettled = false;

  constructor(line: string, options: AgiSendOptions = {}, echo?: string) {
    this.line = line;
    this.echo = echo;
    const { answerTimeout = Infinity, signal } = options;
    this.#deadline = new Deadline(
      answerTimeout,
      () =>
        new AgiTimeoutError(
          `AGI command ${this.name} was not answered within ${answerTimeout} ms`,
          this.name,
          this.outcome,
        ),
      signal,
    );
    const { signal: end } = this.#deadline;
    if (end.aborted) this.reject(end.reason);
    else {
      end.addEventListener("abort", () => this.reject(end.reason), {
        once: true,
      });
    }
  }

  /** The words of the command. */
  get name(): string {
    return commandName(this.line);
  }

  /** The outcome while it has no answer. */
  get outcome(): "not-sent" | "unknown" {
    return this.isSent ? "unknown" : "not-sent";
  }

  /** Reports whether its promise is settled. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The answer. */
  get promise(): Promise<AgiAnswer> {
    return this.#settled.promise;
  }

  resolve(answer: AgiAnswer): void {
    this.#isSettled = true;
    this.#deadline[Symbol.dispose]();
    this.#settled.resolve(answer);
  }

  reject(error: unknown): void {
    this.#isSettled = true;
    this.#deadline[Symbol.dispose]();
    this.#settled.reject(error);
  }
}

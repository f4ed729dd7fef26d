import { LONGEST_TIMEOUT } from "./deadline.ts";
import { AmiTimeoutError, type Outcome } from "./errors.ts";
import type { Frame } from "./frame.ts";
import { type AnswerShape, answerShape } from "./list_actions.ts";

/** How far the sending of an action has come. */
export interface Sending {
  /** Whether some of it may have been written. */
  readonly started: boolean;
  /** Keeps it from being written, where that has not started yet. */
  cancel(): void;
}

/** The whole answer to an action. */
export interface Answer {
  /** The response, and, of a list, its items and its completion. */
  frames: Frame[];
  /** The `Response: Error`, if the action failed. */
  error?: Frame;
}

/** What needs to be known of an action to wait for its answer. */
export interface PendingActionOptions {
  /** The action's name. */
  action: string;
  /** Its ActionID. */
  actionId: string;
  /**
   * Whether the PBX may be silent while it runs it.
   *
   * @default {false}
   */
  mayBlock?: boolean;
  /** How long to wait for each frame of its answer (milliseconds). */
  timeout: number;
  /** Gives the action up. */
  signal?: AbortSignal | undefined;
}

/** An action that was sent and is not answered to its end. */
export class PendingAction {
  readonly action: string;
  readonly actionId: string;
  readonly mayBlock: boolean;
  readonly shape: AnswerShape;
  readonly frames: Frame[] = [];
  /** Set as soon as the action is handed to the connection. */
  sending: Sending | undefined;
  /** Whether the response came and more is to follow. */
  collecting = false;
  /** When its caller gave up (milliseconds, as of `performance.now()`). */
  givenUpAt: number | undefined;
  /** Whether a list failed half-way: what still comes of it is nobody's. */
  failed = false;
  readonly #timeout: number;
  readonly #signal: AbortSignal | undefined;
  readonly #giveUp: (pending: PendingAction, reason: unknown) => void;
  #resolve: ((answer: Answer) => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastFrameAt = performance.now();
  /** The whole answer. */
  readonly answer: Promise<Answer>;

  constructor(
    options: PendingActionOptions,
    giveUp: (pending: PendingAction, reason: unknown) => void,
  ) {
    this.action = options.action;
    this.actionId = options.actionId;
    this.mayBlock = options.mayBlock ?? false;
    this.shape = answerShape(options.action);
    this.#timeout = options.timeout;
    this.#signal = options.signal;
    this.#giveUp = giveUp;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal?.addEventListener("abort", this.#onAbort);
    this.#wait(this.#timeout);
  }

  /** Whether its caller still waits. */
  get isAwaited(): boolean {
    return this.#resolve !== undefined;
  }

  get outcome(): Outcome {
    return this.sending?.started ? "unknown" : "not-sent";
  }

  /** Takes note that the PBX is answering: the timeout starts anew. */
  progress(): void {
    this.#lastFrameAt = performance.now();
  }

  resolve(answer: Answer): void {
    this.#resolve?.(answer);
    this.#forget();
  }

  reject(reason: unknown): void {
    this.#reject?.(reason);
    this.#forget();
  }

  #forget(): void {
    this.#resolve = undefined;
    this.#reject = undefined;
    this.frames.length = 0;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }

  /** Arms one timer for the whole answer, instead of a new one for each frame. */
  #wait(delay: number): void {
    if (delay > LONGEST_TIMEOUT) return;
    this.#timer = setTimeout(() => {
      const left = this.#lastFrameAt + this.#timeout - performance.now();
      if (left > 0) this.#wait(Math.ceil(left));
      else this.#giveUp(this, this.#timeoutError());
    }, delay);
  }

  #timeoutError(): AmiTimeoutError {
    return new AmiTimeoutError(
      `Action "${this.action}" was not answered within ${this.#timeout} ms`,
      {
        action: this.action,
        timeout: this.#timeout,
        outcome: this.outcome,
      },
    );
  }

  readonly #onAbort = (): void => {
    this.#giveUp(this, this.#signal?.reason);
  };
}

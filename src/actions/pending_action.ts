import { AmiTimeoutError, type Outcome } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";
import { type AnswerShape, answerShape } from "./answer_shapes.ts";

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
  /**
   * Whether the PBX is Asterisk 11 or older.
   *
   * @default {false}
   */
  isBefore12?: boolean;
  /** How long to wait for each frame of its answer (milliseconds). */
  timeout: number;
  /** Gives the action up. */
  signal?: AbortSignal | undefined;
}

/** Settles the promise of an answer. */
export type Settle = Pick<
  PromiseWithResolvers<Answer>,
  "resolve" | "reject"
>;

/** An action that was sent and is not answered to its end. */
export class PendingAction {
  readonly action: string;
  readonly actionId: string;
  readonly mayBlock: boolean;
  readonly shape: AnswerShape;
  frames: Frame[] = [];
  /** When its caller gives up, unless a frame comes before (milliseconds, as of `performance.now()`). */
  deadline: number;
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
  /** Settles the promise, which is not kept here: the map may keep this longer than anybody needs the answer. */
  #settle: Settle | undefined;
  #onAbort: (() => void) | undefined;

  constructor(
    options: PendingActionOptions,
    settle: Settle,
    giveUp: (pending: PendingAction, reason: unknown) => void,
  ) {
    this.action = options.action;
    this.actionId = options.actionId;
    this.mayBlock = options.mayBlock ?? false;
    this.shape = answerShape(options.action, options.isBefore12);
    this.#timeout = options.timeout;
    this.#signal = options.signal;
    this.#giveUp = giveUp;
    this.#settle = settle;
    this.deadline = performance.now() + this.#timeout;
    if (this.#signal !== undefined) {
      this.#onAbort = () => giveUp(this, this.#signal?.reason);
      this.#signal.addEventListener("abort", this.#onAbort);
    }
  }

  /** Whether its caller still waits. */
  get isAwaited(): boolean {
    return this.#settle !== undefined;
  }

  get outcome(): Outcome {
    return this.sending?.started ? "unknown" : "not-sent";
  }

  /** Takes note that the PBX is answering: the timeout starts anew. */
  progress(): void {
    this.deadline = performance.now() + this.#timeout;
  }

  /** Takes note that the time is over. */
  expire(): void {
    this.#giveUp(this, this.#timeoutError());
  }

  resolve(answer: Answer): void {
    this.#settle?.resolve(answer);
    this.#forget();
  }

  reject(reason: unknown): void {
    this.#settle?.reject(reason);
    this.#forget();
  }

  #forget(): void {
    this.#settle = undefined;
    this.frames = [];
    if (this.#onAbort !== undefined) {
      this.#signal?.removeEventListener("abort", this.#onAbort);
    }
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
}

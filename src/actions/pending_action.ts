import { AmiTimeoutError, type Outcome } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";
import { type AnswerShape, answerShape } from "./answer_shapes.ts";

/** The progress of sending an action. */
export interface Sending {
  /** `true` once some of it may have been written. */
  readonly started: boolean;
  /** Keeps it from being written, unless that has started. */
  cancel(): void;
}

/** The whole answer to an action. */
export interface Answer {
  /** The response, and, of a list, its items and its completion. */
  frames: Frame[];
  /** The `Response: Error`, if the action failed. */
  error?: Frame;
}

/** Options of {@linkcode PendingAction}. */
export interface PendingActionOptions {
  /** The action's name. */
  action: string;
  /** Its ActionID. */
  actionId: string;
  /**
   * Set if the PBX may be silent while it runs the action.
   *
   * @default {false}
   */
  mayBlock?: boolean;
  /**
   * `true` if the PBX is Asterisk 11 or older.
   *
   * @default {false}
   */
  isBefore12?: boolean;
  /** The time to wait for each frame of its answer (milliseconds). */
  timeout: number;
  /** Gives the action up. */
  signal?: AbortSignal | undefined;
}

/** Settles the promise of an answer. */
export type Settle = Pick<
  PromiseWithResolvers<Answer>,
  "resolve" | "reject"
>;

/** The frames of an action whose own have been handed over. */
const NO_FRAMES: Frame[] = [];
Object.freeze(NO_FRAMES);

/** An action that was sent and has not been answered to its end. */
export class PendingAction {
  readonly action: string;
  readonly actionId: string;
  /** `true` while the PBX may be silent because it runs it. */
  mayBlock: boolean;
  readonly shape: AnswerShape;
  frames: Frame[] = [];
  /** The frames without ActionID that are its answer, unless another comes. */
  held: Frame[] | undefined;
  /** `true` while such frames are held, or have been dropped as nobody waits. */
  holds = false;
  /** The memory that its frames take, as a number of characters. */
  size = 0;
  /** The place of the action in the order in which all were sent. */
  place = 0;
  /** The time at which its caller gives up, unless a frame comes before (milliseconds, as of `performance.now()`). */
  deadline: number;
  /** The progress of sending it, set once it is passed to the connection. */
  sending: Sending | undefined;
  /** `true` once the response has come and more is to follow. */
  collecting = false;
  /** The time at which its caller gave up (milliseconds, as of `performance.now()`). */
  givenUpAt: number | undefined;
  /** `true` once a list has failed halfway: the rest of it belongs to nobody. */
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

  /** `true` while its caller still waits. */
  get isAwaited(): boolean {
    return this.#settle !== undefined;
  }

  get outcome(): Outcome {
    return this.sending?.started ? "unknown" : "not-sent";
  }

  /** Starts the timeout anew, as the PBX is answering. */
  progress(): void {
    this.deadline = performance.now() + this.#timeout;
  }

  /** Abandons the action, as its time is up. */
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
    this.frames = NO_FRAMES;
    this.held = undefined;
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

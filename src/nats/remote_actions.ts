import { abortable } from "@std/async/abortable";
import { delay } from "@std/async/delay";
import { headers, type Msg, type NatsConnection } from "@nats-io/nats-core";
import type { ActionData } from "../actions/action.ts";
import type { ActionParameters, ActionResult } from "../catalog/lookup.ts";
import { Deadline, LONGEST_TIMEOUT } from "../deadline.ts";
import { errorText } from "../error_text.ts";
import {
  type AmiClosedError,
  AmiConnectionError,
  AmiTimeoutError,
  type ConnectionFailure,
} from "../errors.ts";
import type { ActionOptions } from "../options/method_options.ts";
import type {
  DAMIData,
  DAMIStats,
  OriginateOutcome,
  OriginateResult,
} from "../../mod.ts";
import {
  type ActionAnswer,
  AFTER_HEADER,
  DEADLINE_HEADER,
  formatRequest,
  frameOf,
  makeError,
  parseAnswer,
  PARTS_HEADER,
} from "./action_protocol.ts";
import type { LeaseBoard } from "./lease_board.ts";
import type { Link } from "./link.ts";
import { tokenOf } from "./subjects.ts";

/** Time limit for an answer, unless an option says otherwise (milliseconds). */
const TIMEOUT = 60_000;

/** Time that the PBX's answer may take on the bus (milliseconds). */
const WAY = 1_000;

/** Time that a bridge that no longer holds the PBX may take to report what became of an action (milliseconds). */
const LAST_WORDS = 1_000;

/** Time that Asterisk rings, unless the action says otherwise (milliseconds). */
const RING_TIME = 30_000;

const OUTCOMES: ReadonlySet<string> = new Set<OriginateOutcome>([
  "answered",
  "busy",
  "rejected",
  "no-answer",
  "congested",
  "unreachable",
  "failed",
]);

/** Options of {@linkcode RemotePbx.to}. */
export interface BusActionOptions extends ActionOptions {
  /**
   * A key of the program's own, such as the number of an order: an action with
   * the same key is done once within ten minutes, however often and of
   * whichever bridge it is asked. Asked again, the answer is the same one; if
   * it is not known, the error has the outcome `"unknown"`. 1 to 200 letters of
   * A-Z and a-z, digits, or `_=./-`.
   */
  once?: string;
}

/**
 * The arguments of {@linkcode RemotePbx.to} after the name of an action.
 *
 * @typeParam Name The name of the action.
 */
export type BusActionArguments<Name extends string = string> = Name extends
  unknown ? Record<never, never> extends ActionParameters<Name> ? [
      data?: ActionParameters<Name>,
      callbackOrOptions?:
        | ((result: ActionResult<Name>) => unknown)
        | BusActionOptions,
    ]
  : [
    data: ActionParameters<Name>,
    callbackOrOptions?:
      | ((result: ActionResult<Name>) => unknown)
      | BusActionOptions,
  ]
  : never;

/** The error of NATS where nobody listens. */
const NO_RESPONDERS = "NoResponders";

/** Time that a bridge which has just taken a PBX may need until it does actions (milliseconds). */
const TAKEOVER = 2_000;

/** The parts of the bus that are needed. */
export interface RemoteActionsContext {
  readonly nats: NatsConnection;
  readonly caller: string | undefined;
  readonly link: Link;
  readonly board: Pick<LeaseBoard, "get" | "left">;
}

/** An answer, and the place in the stream that it comes after. */
export interface Answered {
  readonly answer: ActionAnswer;
  readonly after: number | undefined;
}

/** Delay before such a bridge is asked again (milliseconds). */
const RETRY_DELAY = 20;

/** An action that waits for its answer. */
interface Asked {
  /** The id of the bridge that was asked, if it is known. */
  holder: string | undefined;
  /** Aborted when that bridge will not answer any more. */
  readonly gone: AbortController;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** A waiter for a place in the stream. */
interface Waiter {
  readonly after: number;
  readonly done: PromiseWithResolvers<void>;
}

/** The actions for one PBX on the bus. */
export class RemoteActions {
  readonly #pbx: string;
  readonly #context: RemoteActionsContext;
  readonly #closing = new AbortController();
  readonly #waiters = new Set<Waiter>();
  readonly #asked = new Set<Asked>();
  #holder: string | undefined;
  #reached = 0;
  #answered = 0;
  #failed = 0;

  /**
   * @param pbx The name of the PBX.
   * @param context What is needed of the bus.
   */
  constructor(pbx: string, context: RemoteActionsContext) {
    this.#pbx = pbx;
    this.#context = context;
  }

  /** Counts the actions. */
  stats(): Pick<
    DAMIStats,
    "actionsPending" | "actionsAnswered" | "actionsFailed"
  > {
    return {
      actionsPending: this.#asked.size,
      actionsAnswered: this.#answered,
      actionsFailed: this.#failed,
    };
  }

  /**
   * Asks the bridge that holds the PBX.
   *
   * @param action The action's name.
   * @param data Its headers.
   * @param options The time to wait, and the key.
   * @param originate What to do with a call, if its outcome is waited for.
   * @returns The answer.
   * @throws {AmiError | TypeError | RangeError} As the bridge says.
   */
  async ask(
    action: string,
    data: ActionData,
    options: BusActionOptions,
    originate?: { readonly hangUp: boolean },
  ): Promise<Answered> {
    const { signal, timeout, once } = options;
    signal?.throwIfAborted();
    if (tokenOf(action) !== action) {
      throw new TypeError(
        `Cannot send action "${action}" as its name must be of letters and digits`,
      );
    }
    if (!this.#context.link.isUp) {
      throw this.#error(action, "NATS is not connected", "lost");
    }
    const ring = originate && (Number(data.Timeout) || RING_TIME);
    const time = (timeout ?? TIMEOUT) + (ring ?? 0);
    const payload = formatRequest({ data, timeout, once, originate });
    const asked: Asked = {
      holder: this.#holder,
      gone: new AbortController(),
      timer: undefined,
    };
    this.#asked.add(asked);
    try {
      using deadline = new Deadline(
        time + WAY,
        () =>
          new AmiTimeoutError(
            `No answer to action "${action}" came from the bus within ${
              time + WAY
            } ms`,
            { action, timeout: time + WAY, outcome: "unknown" },
          ),
        signal,
      );
      const answered = await this.#request(
        action,
        payload,
        time,
        asked,
        AbortSignal.any([deadline.signal, asked.gone.signal]),
      );
      if ("error" in answered.answer) {
        throw makeError(answered.answer.error, action);
      }
      this.#answered++;
      return answered;
    } catch (error) {
      this.#failed++;
      throw error;
    } finally {
      clearTimeout(asked.timer);
      this.#asked.delete(asked);
    }
  }

  /**
   * Notes which bridge holds the PBX. What another one was asked is given up
   * after a moment, as it may be gone.
   *
   * @param holder The id of the bridge; `undefined` if there is none.
   */
  follow(holder: string | undefined): void {
    this.#holder = holder;
    for (const asked of this.#asked) {
      if (asked.holder === undefined || asked.timer !== undefined) continue;
      if (asked.holder === holder) continue;
      asked.timer = setTimeout(() => {
        asked.gone.abort(
          new AmiConnectionError(
            `The bridge that was asked does not hold PBX "${this.#pbx}" any more, and has not answered`,
            { failure: "lost", outcome: "unknown" },
          ),
        );
      }, LAST_WORDS);
    }
  }

  /**
   * Notes that the events up to a place in the stream have been emitted.
   *
   * @param place The place.
   */
  reach(place: number): void {
    if (place > this.#reached) this.#reached = place;
    for (const waiter of this.#waiters) {
      if (waiter.after > this.#reached) continue;
      this.#waiters.delete(waiter);
      waiter.done.resolve();
    }
  }

  /**
   * Waits until the events up to a place have been emitted.
   *
   * @param after The place.
   * @param signal Ends the wait.
   */
  async reached(after: number, signal?: AbortSignal): Promise<void> {
    if (after <= this.#reached) return;
    const waiter = { after, done: Promise.withResolvers<void>() };
    this.#waiters.add(waiter);
    using deadline = new Deadline(
      TIMEOUT,
      () =>
        new AmiConnectionError(
          `The answer arrived, but not the events of PBX "${this.#pbx}" before it`,
          { failure: "no-answer", outcome: "unknown" },
        ),
      signal,
    );
    try {
      await abortable(
        waiter.done.promise,
        AbortSignal.any([deadline.signal, this.#closing.signal]),
      );
    } finally {
      this.#waiters.delete(waiter);
    }
  }

  /**
   * Rejects all that wait.
   *
   * @param reason The error.
   */
  close(reason: AmiClosedError): void {
    this.#closing.abort(reason);
  }

  /** Reports whether a bridge holds the PBX, or has just given it back for another. */
  get #isHeldSoon(): boolean {
    const { board } = this.#context;
    return board.get(this.#pbx) !== undefined ||
      board.left(this.#pbx) !== undefined;
  }

  /** Sends a request, and joins the parts of its answer. */
  async #request(
    action: string,
    payload: string,
    time: number,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<Answered> {
    const { nats, caller } = this.#context;
    const head = headers();
    if (time < Infinity) {
      head.set(DEADLINE_HEADER, String(Date.now() + time));
    }
    const tokens = ["dami.do", this.#pbx, caller, action];
    const subject = tokens.filter((token) => token !== undefined).join(".");
    const ends = AbortSignal.any([signal, this.#closing.signal]);
    const giveUpAt = performance.now() + TAKEOVER;
    while (true) {
      try {
        const messages = await nats.requestMany(subject, payload, {
          strategy: "timer",
          maxWait: Math.min(time + 2 * WAY, LONGEST_TIMEOUT),
          headers: head,
        });
        const answered = await abortable(answerOf(messages), ends);
        const { answer } = answered;
        const isMoving = "error" in answer && answer.isMoving;
        if (!isMoving || performance.now() > giveUpAt) return answered;
      } catch (error) {
        if (ends.aborted) throw error;
        // Nothing was sent. The lease of a bridge can be seen before it does actions.
        const isTakingOver = nameOf(error) === NO_RESPONDERS &&
          this.#isHeldSoon &&
          performance.now() < giveUpAt;
        if (!isTakingOver) throw this.#refused(action, subject, error);
      }
      await delay(RETRY_DELAY, { signal: ends });
      clearTimeout(asked.timer);
      asked.timer = undefined;
      asked.holder = this.#holder;
    }
  }

  /** Makes the error of a request that NATS does not pass on. */
  #refused(action: string, subject: string, error: unknown): Error {
    const name = nameOf(error);
    if (name === NO_RESPONDERS) {
      return this.#error(action, "no bridge holds the PBX", "lost", error);
    }
    if (name === "PermissionViolationError") {
      return this.#error(
        action,
        `NATS does not let its user publish on ${subject}`,
        "not-permitted",
        error,
      );
    }
    return new AmiConnectionError(
      `No answer to action "${action}" came: ${errorText(error)}`,
      { failure: "lost", outcome: "unknown", cause: error },
    );
  }

  #error(
    action: string,
    reason: string,
    failure: ConnectionFailure,
    cause?: unknown,
  ): AmiConnectionError {
    return new AmiConnectionError(
      `Cannot send action "${action}" to PBX "${this.#pbx}": ${reason}`,
      { failure, outcome: "not-sent", cause },
    );
  }
}

/** Returns the name of an error, by which it is known: its class may be that of another copy of the package. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** Joins the parts of an answer. */
async function answerOf(messages: AsyncIterable<Msg>): Promise<Answered> {
  const parts: Uint8Array[] = [];
  for await (const message of messages) {
    parts.push(message.data);
    if (parts.length < Number(message.headers?.get(PARTS_HEADER))) continue;
    const after = message.headers?.get(AFTER_HEADER);
    return {
      answer: parseAnswer(joined(parts)),
      after: after ? Number(after) : undefined,
    };
  }
  throw new Error("The answer ended before it was complete");
}

function joined(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  const text = parts.map((part) => decoder.decode(part, { stream: true }));
  return text.join("") + decoder.decode();
}

/**
 * Makes the result of a call.
 *
 * @param call What the bridge says of it.
 */
export function originateResultOf(
  call: Readonly<Record<string, unknown>>,
): Omit<OriginateResult, "response"> & { readonly response: DAMIData } {
  const { outcome, uniqueid, cause, causeText, response } = call;
  return {
    outcome: isOutcome(outcome) ? outcome : "failed",
    uniqueid: String(uniqueid),
    cause: typeof cause === "number" ? cause : undefined,
    causeText: typeof causeText === "string" ? causeText : undefined,
    response: frameOf(response),
  };
}

function isOutcome(value: unknown): value is OriginateOutcome {
  return typeof value === "string" && OUTCOMES.has(value);
}

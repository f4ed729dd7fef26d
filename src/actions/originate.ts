import { abortable } from "@std/async/abortable";
import { type ActionData, givenActionId } from "./action.ts";
import { Deadline } from "../deadline.ts";
import { AmiTimeoutError } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";

/**
 * The meaning of `Reason` in an `OriginateResponse`: the end of the call to the
 * channel (`include/asterisk/frame.h`, `enum ast_control_frame_type`).
 *
 * @example
 * ```ts
 * import { DAMI, OriginateReason } from "@dami/dami";
 *
 * await using dami = new DAMI();
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const response = await dami.originate({
 *   Channel: "PJSIP/6001",
 *   Application: "Wait",
 *   Data: 5,
 * });
 * if (response.Reason === OriginateReason.Busy) console.log("Busy");
 * ```
 */
export const OriginateReason: {
  /** The channel does not exist, could not be called, or hung up at once. */
  readonly Failed: 0;
  /** The other end hung up. A Local channel that does so counts as failed. */
  readonly HungUp: 1;
  /** It was being called. Asterisk 16 and 22 were never seen to send this. */
  readonly Called: 2;
  /** Nobody answered in time, whether it rang or not. */
  readonly NoAnswer: 3;
  /** It was answered: the only success. */
  readonly Answered: 4;
  /** It was busy. */
  readonly Busy: 5;
  /** No line was free. */
  readonly Congested: 8;
} = {
  Failed: 0,
  HungUp: 1,
  Called: 2,
  NoAnswer: 3,
  Answered: 4,
  Busy: 5,
  Congested: 8,
};

/** The time for which Asterisk rings if the action does not set one (milliseconds; `main/manager.c`, `action_originate`). */
const DEFAULT_RING_TIME = 30_000;

/** Options of {@linkcode OriginateResponses.run}. */
export interface OriginateOptions {
  /** The time to wait beyond the time that Asterisk rings (milliseconds). */
  timeout: number;
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
  /** Sends the action, and resolves when the PBX has accepted it. */
  send: (data: ActionData) => Promise<unknown>;
}

/** Finds the `OriginateResponse` of each call, by its ActionID. */
export class OriginateResponses {
  /** The callers that wait, by ActionID. */
  readonly #waiting = new Map<string, PromiseWithResolvers<Frame>>();

  /**
   * Sends the action and waits for its event.
   *
   * @param data The headers of the action.
   * @param options The way to send it, and the time to wait.
   * @returns The event.
   * @throws The error of sending it.
   * @throws {AmiTimeoutError} If the event does not come in time.
   * @throws The reason of {@linkcode fail}, or of the signal.
   */
  async run(data: ActionData, options: OriginateOptions): Promise<Frame> {
    const actionId = givenActionId("Originate", data) ??
      `dami-originate-${crypto.randomUUID()}`;
    if (this.#waiting.has(actionId)) {
      throw new TypeError(
        `Cannot send action "Originate": a call with ActionID "${actionId}" is under way already`,
      );
    }
    const waiting = Promise.withResolvers<Frame>();
    // It is rejected while the action is still being sent, if the connection is lost then.
    waiting.promise.catch(() => {});
    this.#waiting.set(actionId, waiting);
    const { signal, timeout } = options;
    const total = ringTime(data) + timeout;
    try {
      await options.send({
        ...without(data, "actionid", "async"),
        ActionID: actionId,
        Async: true,
      });
      using deadline = new Deadline(
        total,
        () =>
          new AmiTimeoutError(
            `The OriginateResponse did not come within ${total} ms`,
            { action: "Originate", timeout: total, outcome: "unknown" },
          ),
        signal,
      );
      return await abortable(waiting.promise, deadline.signal);
    } finally {
      this.#waiting.delete(actionId);
    }
  }

  /**
   * Looks at an event, which still goes to listeners.
   *
   * @param event The event.
   */
  observe(event: Frame): void {
    if (this.#waiting.size === 0 || event.name !== "OriginateResponse") return;
    this.#waiting.get(event.actionId ?? "")?.resolve(event);
  }

  /**
   * Ends all waits, as the events cannot come any more.
   *
   * @param reason Why.
   */
  fail(reason: unknown): void {
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
  }
}

/** Returns the time for which Asterisk rings (milliseconds). */
function ringTime(data: ActionData): number {
  for (const [name, value] of Object.entries(data)) {
    if (name.toLowerCase() !== "timeout") continue;
    const time = Number(value);
    if (Number.isFinite(time) && time > 0) return time;
  }
  return DEFAULT_RING_TIME;
}

/** Returns the headers without some, in any letter case. */
function without(data: ActionData, ...names: string[]): ActionData {
  return Object.fromEntries(
    Object.entries(data).filter(([name]) =>
      !names.includes(name.toLowerCase())
    ),
  );
}

import { Alarm } from "./alarm.ts";
import { AmiLimitError, type Outcome } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";
import { isBroadcast } from "./answer_shapes.ts";
import {
  type Answer,
  PendingAction,
  type PendingActionOptions,
  type Sending,
} from "./pending_action.ts";
import type { Statistics } from "../statistics.ts";

/**
 * How long an action that was given up counts as one that may block the PBX
 * (milliseconds). For how long it really does, nobody knows any more.
 */
const GIVEN_UP_BLOCKS = 60_000;

/** Options of {@linkcode ActionMap}. */
export interface ActionMapOptions {
  /** How many frames a list may have. */
  maxListFrames: number;
  /** How many actions may wait for their answer. */
  maxPendingActions: number;
}

/**
 * The actions that wait for their answer, by ActionID. It settles each caller
 * exactly once.
 *
 * An action whose caller has given up stays until its answer is complete, so
 * that what comes late is recognised and dropped.
 */
export class ActionMap {
  readonly #options: ActionMapOptions;
  readonly #statistics: Statistics;
  /** In the order in which the actions were sent. */
  readonly #pending = new Map<string, PendingAction>();
  /** The open lists whose items carry no ActionID. */
  readonly #byPosition = new Set<PendingAction>();
  readonly #alarm = new Alarm(() => this.#expire());
  #awaited = 0;

  /**
   * @param options The bounds.
   * @param statistics Counts the actions, and the frames that nobody wants.
   */
  constructor(options: ActionMapOptions, statistics: Statistics) {
    this.#options = options;
    this.#statistics = statistics;
  }

  /**
   * Whether the PBX may be silent because it runs an action that was sent.
   *
   * @returns `true` if one that may take long has not its whole answer.
   */
  isBlocked(): boolean {
    for (const { mayBlock, isAwaited, givenUpAt } of this.#pending.values()) {
      if (!mayBlock) continue;
      const since = performance.now() - (givenUpAt ?? -Infinity);
      if (isAwaited || since < GIVEN_UP_BLOCKS) return true;
    }
    return false;
  }

  /**
   * Whether an ActionID is taken.
   *
   * @param actionId The ActionID.
   * @returns `true` while an answer to it may still come.
   */
  has(actionId: string): boolean {
    const pending = this.#pending.get(actionId);
    return pending !== undefined && !pending.failed;
  }

  /**
   * Adds an action.
   *
   * @param options The action.
   * @param send Hands it to the connection.
   * @returns Its answer. Rejects if it times out, is given up or fails with {@linkcode failAll}.
   * @throws {AmiLimitError} If too many actions wait.
   */
  add(options: PendingActionOptions, send: () => Sending): Promise<Answer> {
    const { maxPendingActions } = this.#options;
    if (this.#awaited >= maxPendingActions) {
      throw new AmiLimitError(
        `Cannot send action "${options.action}": ${maxPendingActions} actions wait for their answer already`,
        "maxPendingActions",
        maxPendingActions,
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const pending = new PendingAction(
      options,
      { resolve, reject },
      this.#giveUp,
    );
    this.#forgetGivenUp();
    // A list of that ActionID which failed half-way may still be there, at its older place.
    this.#pending.delete(options.actionId);
    this.#pending.set(options.actionId, pending);
    this.#count(1);
    this.#alarm.ringBy(pending.deadline);
    pending.sending = send();
    return promise;
  }

  /**
   * Takes a response.
   *
   * @param frame The response.
   * @returns Whether it is the answer of an action that waits.
   */
  takeResponse(frame: Frame): boolean {
    const pending = this.#find(frame);
    if (pending === undefined || pending.failed) return false;
    const { shape } = pending;
    // Counted as dropped by the session, as all that is for nobody.
    if (pending.collecting && frame.name !== "Error") return false;
    if (!pending.isAwaited) this.#statistics.framesDropped++;
    if (frame.name === "Error") {
      this.#settle(pending, {
        frames: [...pending.frames, frame],
        error: frame,
      });
      // What is still to come of a list that failed half-way is to be dropped.
      pending.failed = pending.collecting;
      if (!pending.failed) this.#remove(pending);
      return true;
    }
    const eventList = frame.get("eventlist")?.toLowerCase();
    if (pending.isAwaited) pending.frames.push(frame);
    const endsWithEvent = shape.endsWithEvent !== undefined &&
      (shape.messageOfNone === undefined ||
        frame.get("message") !== shape.messageOfNone);
    if (frame.name === "Success" && (eventList === "start" || endsWithEvent)) {
      pending.collecting = true;
      pending.progress();
      if (shape.itemWithoutActionId !== undefined) {
        this.#byPosition.add(pending);
      }
    } else {
      this.#complete(pending);
    }
    return true;
  }

  /**
   * Takes an event, if it belongs to an answer.
   *
   * @param frame The event.
   * @returns Whether it is no event for listeners.
   */
  takeEvent(frame: Frame): boolean {
    if (this.#pending.size === 0) return false;
    const { actionId } = frame;
    if (actionId === undefined) return this.#takeByPosition(frame);
    const pending = this.#pending.get(actionId);
    if (pending === undefined || isBroadcast(frame.name)) return false;
    const { shape } = pending;
    const eventList = frame.get("eventlist")?.toLowerCase();
    const isEnd = eventList === "complete" || eventList === "cancelled" ||
      frame.name === shape.endsWithEvent ||
      (eventList === undefined && frame.name === shape.completion);
    // Before its response nothing can be of this list, but the one event of `DataGet`.
    if (!pending.collecting && !(isEnd && shape.endsWithEvent === frame.name)) {
      if (isEnd) this.#statistics.framesDropped++;
      return isEnd;
    }
    this.#collect(pending, frame);
    if (isEnd) this.#complete(pending);
    return true;
  }

  /**
   * Takes a frame that is neither a response nor an event.
   *
   * @param frame The text.
   * @returns Whether an action waits for such text.
   */
  takeText(frame: Frame): boolean {
    for (const pending of this.#pending.values()) {
      if (pending.shape.isFreeText) {
        this.#collect(pending, frame);
        return true;
      }
    }
    return false;
  }

  /**
   * Ends an action whose answer is free text, which has no end of its own.
   *
   * @param actionId Its ActionID.
   */
  endText(actionId: string): void {
    const pending = this.#pending.get(actionId);
    if (pending !== undefined) this.#complete(pending);
  }

  /**
   * Fails every action that waits.
   *
   * @param makeError Makes the error for what became of one.
   */
  failAll(makeError: (outcome: Outcome, action: string) => Error): void {
    for (const pending of this.#pending.values()) {
      this.#reject(pending, makeError(pending.outcome, pending.action));
    }
    this.#pending.clear();
    this.#byPosition.clear();
    this.#alarm.stop();
  }

  /** Gives up what nobody answered in time, and tells when to look again. */
  #expire(): number {
    const now = performance.now();
    let next = Infinity;
    for (const pending of this.#pending.values()) {
      if (!pending.isAwaited) continue;
      if (pending.deadline <= now) pending.expire();
      else next = Math.min(next, pending.deadline);
    }
    return next;
  }

  /** The action that a response is for. */
  #find(frame: Frame): PendingAction | undefined {
    const { actionId } = frame;
    if (actionId !== undefined) return this.#pending.get(actionId);
    // Asterisk answers what it could not parse without an ActionID, and all in order.
    if (frame.name !== "Error") return undefined;
    for (const pending of this.#pending.values()) {
      if (!pending.collecting && !pending.failed) return pending;
    }
    return undefined;
  }

  #takeByPosition(frame: Frame): boolean {
    for (const pending of this.#byPosition) {
      if (pending.shape.itemWithoutActionId === frame.name) {
        this.#collect(pending, frame);
        return true;
      }
    }
    return false;
  }

  #collect(pending: PendingAction, frame: Frame): void {
    if (!pending.isAwaited) {
      this.#statistics.framesDropped++;
      return;
    }
    const { maxListFrames } = this.#options;
    if (pending.frames.length >= maxListFrames) {
      this.#giveUp(
        pending,
        new AmiLimitError(
          `Cannot collect the answer to action "${pending.action}": it has more than ${maxListFrames} frames`,
          "maxListFrames",
          maxListFrames,
        ),
      );
      return;
    }
    pending.progress();
    pending.frames.push(frame);
  }

  #complete(pending: PendingAction): void {
    this.#settle(pending, { frames: pending.frames });
    this.#remove(pending);
  }

  #settle(pending: PendingAction, answer: Answer): void {
    if (pending.isAwaited) {
      this.#count(-1);
      if (answer.error === undefined) this.#statistics.actionsAnswered++;
      else this.#statistics.actionsFailed++;
    }
    pending.resolve(answer);
  }

  #reject(pending: PendingAction, reason: unknown): void {
    if (pending.isAwaited) {
      this.#count(-1);
      this.#statistics.actionsFailed++;
    }
    pending.reject(reason);
  }

  /** Counts the actions whose callers wait. */
  #count(more: 1 | -1): void {
    this.#awaited += more;
    this.#statistics.actionsPending += more;
  }

  #remove(pending: PendingAction): void {
    this.#pending.delete(pending.actionId);
    this.#byPosition.delete(pending);
  }

  readonly #giveUp = (pending: PendingAction, reason: unknown): void => {
    pending.sending?.cancel();
    this.#reject(pending, reason);
    pending.givenUpAt = performance.now();
    // What was never written is never answered.
    if (!pending.sending?.started) this.#remove(pending);
  };

  /** Bounds what is remembered of actions that nobody waits for. */
  #forgetGivenUp(): void {
    const { maxPendingActions } = this.#options;
    if (this.#pending.size - this.#awaited < maxPendingActions) return;
    for (const pending of this.#pending.values()) {
      if (!pending.isAwaited) {
        this.#remove(pending);
        return;
      }
    }
  }
}

import { Alarm } from "./alarm.ts";
import { AmiLimitError, type Outcome } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";
import { isBroadcast, mayEndList } from "./answer_shapes.ts";
import { isAsteriskAction } from "./asterisk_actions.ts";
import {
  type Answer,
  PendingAction,
  type PendingActionOptions,
  type Sending,
} from "./pending_action.ts";
import type { Statistics } from "../statistics.ts";

/**
 * The time for which an abandoned action counts as one that may block the PBX
 * (milliseconds). When it really ends is no longer known.
 */
const GIVEN_UP_BLOCKS = 60_000;

/** Options of {@linkcode ActionMap}. */
export interface ActionMapOptions {
  /** The most frames that a list may have. */
  maxListFrames: number;
  /** The longest answers that are collected at one time (characters, and 32 more for each line). */
  maxAnswersLength: number;
  /** The most actions that may wait for their answer. */
  maxPendingActions: number;
}

/** The help that an {@linkcode ActionMap} needs with frames that carry no ActionID. */
export interface ActionMapHandlers {
  /** Calls {@linkcode ActionMap.endText} with an ActionID once the PBX has run that action. */
  awaitEnd(actionId: string): void;
  /** Takes a frame without ActionID that turned out to belong to no action. */
  stray(frame: Frame): void;
}

const NO_HANDLERS: ActionMapHandlers = { awaitEnd() {}, stray() {} };

/**
 * The actions that wait for their answer, by ActionID. Each caller is settled
 * exactly once.
 *
 * An action whose caller has given up stays until its answer is complete, so
 * that a late answer is recognised and dropped.
 */
export class ActionMap {
  readonly #options: ActionMapOptions;
  readonly #statistics: Statistics;
  readonly #handlers: ActionMapHandlers;
  /** In the order in which the actions were sent. */
  readonly #pending = new Map<string, PendingAction>();
  /** The open lists whose items carry no ActionID. */
  readonly #byPosition = new Set<PendingAction>();
  readonly #alarm = new Alarm(() => this.#expire());
  #awaited = 0;
  #added = 0;
  /** The memory that all collected frames take, as a number of characters. */
  #size = 0;
  /** The place of the last action that the PBX is known to have come to. */
  #reached = 0;

  /**
   * @param options The bounds.
   * @param statistics Counts the actions, and the frames that are dropped.
   * @param handlers Help with frames that carry no ActionID.
   */
  constructor(
    options: ActionMapOptions,
    statistics: Statistics,
    handlers: ActionMapHandlers = NO_HANDLERS,
  ) {
    this.#options = options;
    this.#statistics = statistics;
    this.#handlers = handlers;
  }

  /**
   * Reports whether the PBX may be silent because it runs an action of ours.
   *
   * As it runs one after another, only the first that may block counts: those
   * behind it wait for it. One that was given up counts no longer than a bound:
   * a program that polls such an action over a dead link would otherwise hide
   * that for ever.
   *
   * @param bound The time for which one that was given up counts (milliseconds).
   * @returns `true` while the first action that may block is unanswered.
   */
  isBlocked(bound: number = GIVEN_UP_BLOCKS): boolean {
    for (const pending of this.#pending.values()) {
      if (!pending.mayBlock || pending.place < this.#reached) continue;
      const { isAwaited, givenUpAt = -Infinity } = pending;
      const since = performance.now() - givenUpAt;
      return isAwaited || since < Math.min(bound, GIVEN_UP_BLOCKS);
    }
    return false;
  }

  /**
   * Reports whether an ActionID is in use.
   *
   * @param actionId The ActionID.
   * @returns `true` while an answer to it may still come.
   */
  has(actionId: string): boolean {
    const pending = this.#pending.get(actionId);
    return pending !== undefined && !pending.failed;
  }

  /** `true` while nothing that comes can be part of an answer. */
  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  /**
   * Adds an action.
   *
   * @param options The action.
   * @param send Passes it to the connection.
   * @returns Its answer. Rejects if it times out, is given up or fails with {@linkcode failAll}.
   * @throws {AmiLimitError} If too many actions wait.
   */
  add(options: PendingActionOptions, send: () => Sending): Promise<Answer> {
    const { maxPendingActions } = this.#options;
    if (this.#awaited >= maxPendingActions) {
      throw new AmiLimitError(
        `Cannot send action "${options.action}": ${maxPendingActions} actions are already waiting for their answers`,
        "maxPendingActions",
        maxPendingActions,
      );
    }
    const answer = Promise.withResolvers<Answer>();
    const pending = new PendingAction(options, answer, this.#giveUp);
    this.#forgetGivenUp();
    // A list of that ActionID which failed halfway may still hold an older place.
    this.#pending.delete(options.actionId);
    this.#pending.set(options.actionId, pending);
    pending.place = ++this.#added;
    this.#count(1);
    this.#alarm.ringBy(pending.deadline);
    pending.sending = send();
    if (pending.shape.isFreeText) this.#handlers.awaitEnd(pending.actionId);
    return answer.promise;
  }

  /**
   * Takes a response.
   *
   * @param frame The response.
   * @returns `true` if it belongs to an action that waits.
   */
  takeResponse(frame: Frame): boolean {
    const { actionId } = frame;
    if (actionId === undefined && frame.name !== "Error") {
      return this.#hold(frame);
    }
    const pending = actionId === undefined
      ? this.#current((pending) => !pending.collecting)
      : this.#pending.get(actionId);
    if (pending === undefined || pending.failed) return false;
    this.#reach(pending);
    const { shape } = pending;
    // The session counts it as dropped, like every frame that belongs to nobody.
    if (pending.collecting && frame.name !== "Error") return false;
    if (!pending.isAwaited) this.#statistics.framesDropped++;
    if (frame.name === "Error") {
      this.#settle(pending, {
        frames: [...pending.frames, frame],
        error: frame,
      });
      // The rest of a list that failed halfway has to be dropped.
      pending.failed = pending.collecting;
      if (!pending.failed) this.#remove(pending);
      return true;
    }
    const eventList = frame.get("eventlist")?.toLowerCase();
    if (pending.isAwaited) this.#keep(pending, frame);
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
   * @returns `true` if it is not for listeners.
   */
  takeEvent(frame: Frame): boolean {
    if (this.#pending.size === 0) return false;
    const { actionId } = frame;
    if (actionId === undefined) {
      return this.#takeByPosition(frame) || this.#takeEnd(frame);
    }
    const pending = this.#pending.get(actionId);
    if (pending === undefined || isBroadcast(frame.name)) return false;
    const { shape } = pending;
    const eventList = frame.get("eventlist")?.toLowerCase();
    const isEnd = eventList === "complete" || eventList === "cancelled" ||
      frame.name === shape.endsWithEvent ||
      (eventList === undefined && frame.name === shape.completion);
    // Before its response nothing belongs to this list, except the one event of `DataGet`.
    if (!pending.collecting && !(isEnd && shape.endsWithEvent === frame.name)) {
      if (isEnd) this.#statistics.framesDropped++;
      return isEnd;
    }
    this.#reach(pending);
    this.#collect(pending, frame);
    if (isEnd) this.#complete(pending);
    return true;
  }

  /**
   * Takes a frame that is neither a response nor an event.
   *
   * @param frame The text.
   * @returns `true` if it belongs to an action, as far as can be known yet.
   */
  takeText(frame: Frame): boolean {
    const { actionId } = frame;
    if (actionId !== undefined) return this.#takeOwnText(actionId, frame);
    for (const pending of this.#pending.values()) {
      if (pending.shape.isFreeText) {
        this.#collect(pending, frame);
        return true;
      }
    }
    return this.#hold(frame);
  }

  /**
   * Ends an action whose answer carries no ActionID, and so has no end of its
   * own.
   *
   * @param actionId Its ActionID.
   */
  endText(actionId: string): void {
    const pending = this.#pending.get(actionId);
    if (pending === undefined) return;
    if (pending.holds) {
      const isResponse = ({ kind }: Frame) => kind === "response";
      const { held = [] } = pending;
      pending.frames = held.filter(isResponse);
      pending.frames.push(...held.filter((frame) => !isResponse(frame)));
    } else if (!pending.shape.isFreeText) {
      return;
    }
    this.#complete(pending);
  }

  /**
   * Fails every action that waits.
   *
   * @param makeError Makes the error of one, by its outcome.
   */
  failAll(makeError: (outcome: Outcome, action: string) => Error): void {
    for (const pending of this.#pending.values()) {
      this.#reject(pending, makeError(pending.outcome, pending.action));
    }
    this.#pending.clear();
    this.#byPosition.clear();
    this.#alarm.stop();
  }

  /** Gives up every action that was not answered in time, and returns the next deadline. */
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

  /**
   * Returns the action that the PBX is running: it runs one after another, so
   * this is the first that has not been answered to its end and is not older
   * than one that it has come to.
   */
  #current(
    isMeant: (pending: PendingAction) => boolean = () => true,
  ): PendingAction | undefined {
    for (const pending of this.#pending.values()) {
      const isOver = pending.failed || pending.place < this.#reached;
      if (!isOver && isMeant(pending)) return pending;
    }
    return undefined;
  }

  /** Takes note that the PBX has come to an action: nothing follows of older ones. */
  #reach(pending: PendingAction): void {
    this.#reached = Math.max(this.#reached, pending.place);
    if (!pending.holds) return;
    pending.holds = false;
    // An action that has an answer of its own is not answered by what came before it.
    const { held = [] } = pending;
    pending.held = undefined;
    for (const frame of held) this.#handlers.stray(frame);
  }

  /**
   * Holds a frame without ActionID that may be the answer of the action that
   * the PBX is running, if that is not one of Asterisk's own: modules such as
   * chan_sccp and app_rpt answer so. It is the answer if the PBX goes on to the
   * next action without another.
   */
  #hold(frame: Frame): boolean {
    const pending = this.#current();
    if (pending === undefined || isAsteriskAction(pending.action)) return false;
    if (pending.collecting) {
      if (frame.kind === "text") this.#collect(pending, frame);
      return frame.kind === "text";
    }
    this.#collect(pending, frame, pending.held ??= []);
    if (!pending.holds) this.#handlers.awaitEnd(pending.actionId);
    pending.holds = true;
    return true;
  }

  /** Takes text that carries an ActionID. */
  #takeOwnText(actionId: string, frame: Frame): boolean {
    const pending = this.#pending.get(actionId);
    if (pending === undefined) return false;
    this.#reach(pending);
    this.#collect(pending, frame);
    if (!pending.collecting && !pending.failed) this.#complete(pending);
    return true;
  }

  /** Takes the end of a list that carries no ActionID, as that of chan_sccp. */
  #takeEnd(frame: Frame): boolean {
    if (!mayEndList(frame.name)) return false;
    const pending = this.#current();
    if (pending === undefined || !pending.collecting) return false;
    const isEnd = frame.get("eventlist")?.toLowerCase() === "complete" ||
      frame.name === pending.shape.completion;
    if (!isEnd) return false;
    this.#collect(pending, frame);
    this.#complete(pending);
    return true;
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

  #collect(
    pending: PendingAction,
    frame: Frame,
    frames = pending.frames,
  ): void {
    if (!pending.isAwaited) {
      this.#statistics.framesDropped++;
      return;
    }
    const { maxListFrames, maxAnswersLength } = this.#options;
    const { size } = frame;
    if (this.#size + size > maxAnswersLength) {
      this.#giveUp(
        pending,
        new AmiLimitError(
          `Cannot collect the answer to action "${pending.action}": all answers together are longer than ${maxAnswersLength} characters`,
          "maxAnswersLength",
          maxAnswersLength,
        ),
      );
      return;
    }
    if (frames.length >= maxListFrames) {
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
    this.#keep(pending, frame, size, frames);
  }

  #keep(
    pending: PendingAction,
    frame: Frame,
    size = frame.size,
    frames = pending.frames,
  ): void {
    pending.size += size;
    this.#size += size;
    frames.push(frame);
  }

  /** Takes note that the frames of an action are no longer kept here. */
  #release(pending: PendingAction): void {
    this.#size -= pending.size;
    pending.size = 0;
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
    this.#release(pending);
    pending.resolve(answer);
  }

  #reject(pending: PendingAction, reason: unknown): void {
    if (pending.isAwaited) {
      this.#count(-1);
      this.#statistics.actionsFailed++;
    }
    this.#release(pending);
    pending.reject(reason);
  }

  /** Counts the actions whose callers still wait. */
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
    // An action that was never written is never answered.
    if (!pending.sending?.started) this.#remove(pending);
  };

  /** Limits what is remembered of actions that nobody waits for. */
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

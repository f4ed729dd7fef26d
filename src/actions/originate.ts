import { abortable } from "@std/async/abortable";
import { type ActionData, givenActionId } from "./action.ts";
import { isAnswered, isConclusive } from "./originate_outcome.ts";
import { Deadline } from "../deadline.ts";
import { AmiResponseError, AmiTimeoutError } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";

/** The time for which Asterisk rings if the action does not set one (milliseconds; `main/manager.c`, `action_originate`). */
const DEFAULT_RING_TIME = 30_000;

/**
 * Time to wait for the `Hangup` of a call that failed (milliseconds).
 * Asterisk 16 and 22 sent it within 2 ms of the `OriginateResponse`, before or
 * behind it; where no channel could be made it never comes.
 */
const HANGUP_TIME = 500;

/** The `Uniqueid` where there was no channel. */
const UNKNOWN = "<unknown>";

/** Time that the channel of an abandoned call may take to appear (milliseconds). */
const APPEARANCE_TIME = 5_000;

/** The events that say what becomes of a call. */
const EVENTS: ReadonlySet<string> = new Set([
  "Hangup",
  "Newchannel",
  "OriginateResponse",
]);

const NONE: Iterable<string> = [];

/** Options of {@linkcode Originates.run}. */
export interface OriginateRun {
  /** The time to wait beyond the time that Asterisk rings (milliseconds). */
  timeout: number;
  /** Gives the call up. */
  signal?: AbortSignal;
  /** `true` to hang up the channel if the call is abandoned. */
  hangUp: boolean;
  /** Sends an action, and resolves when the PBX has accepted it. */
  send: (
    action: string,
    data: ActionData,
    wait: { signal?: AbortSignal; timeout?: number },
  ) => Promise<unknown>;
}

/** The events that report the outcome of a call. */
export interface OriginateEvents {
  /** The `ChannelId` that the channel was given. */
  readonly channelId: string;
  /** The `OriginateResponse`. */
  readonly response: Frame;
  /** `true` if a channel was created. */
  readonly hasChannel: boolean;
  /** The `Hangup` of the channel, if the response alone does not report the outcome of the call. */
  readonly hangup: Frame | undefined;
}

/** A call that was originated and has not ended its wait. */
class Waiting {
  readonly channelId: string;
  readonly channelIds: Set<string>;
  readonly response = Promise.withResolvers<Frame>();
  readonly hangup = Promise.withResolvers<Frame>();
  readonly appeared = Promise.withResolvers<void>();
  hasChannel = false;

  constructor(channelId: string) {
    this.channelId = channelId;
    this.channelIds = new Set([channelId]);
    // Each is rejected while nobody waits for it, if the connection is lost.
    this.response.promise.catch(() => {});
    this.hangup.promise.catch(() => {});
    this.appeared.promise.catch(() => {});
  }

  appear(): void {
    this.hasChannel = true;
    this.appeared.resolve();
  }

  fail(reason: unknown): void {
    this.response.reject(reason);
    this.hangup.reject(reason);
    this.appeared.reject(reason);
  }
}

/** Follows the calls that were originated, by their ActionIDs and channels. */
export class Originates {
  readonly #byActionId = new Map<string, Waiting>();
  readonly #byChannelId = new Map<string, Waiting>();
  readonly #onChange: (() => void) | undefined;

  /** @param onChange Called when events begin to be needed, and when they are no more. */
  constructor(onChange?: () => void) {
    this.#onChange = onChange;
  }

  /** The names of the events that the calls under way need. */
  get names(): Iterable<string> {
    return this.#byChannelId.size > 0 ? EVENTS : NONE;
  }

  /**
   * Reports whether an event has to be read for the calls that are under way.
   *
   * @param name The event's name.
   */
  wants(name: string): boolean {
    return this.#byChannelId.size > 0 && EVENTS.has(name);
  }

  /**
   * Sends the action and waits for the outcome of the call.
   *
   * @param data The headers of the action.
   * @param options The way to send it, and the time to wait.
   * @returns The events that report it.
   * @throws The error of sending it.
   * @throws {AmiTimeoutError} If the `OriginateResponse` does not come in time.
   * @throws The reason of {@linkcode fail}, or of the signal.
   */
  async run(
    data: ActionData,
    options: OriginateRun,
  ): Promise<OriginateEvents> {
    const actionId = givenActionId("Originate", data) ??
      `dami-originate-${crypto.randomUUID()}`;
    if (this.#byActionId.has(actionId)) {
      throw new TypeError(
        `Cannot send action "Originate": a call with ActionID "${actionId}" is already under way`,
      );
    }
    const channelId = headerOf(data, "channelid") ??
      `dami-${crypto.randomUUID()}`;
    const waiting = new Waiting(channelId);
    const { signal } = options;
    this.#add(actionId, waiting);
    try {
      const ordered = {
        ...without(data, "actionid", "async", "channelid"),
        ActionID: actionId,
        ChannelId: channelId,
        Async: true,
      };
      const { timeout } = options;
      await options.send("Originate", ordered, {
        timeout,
        ...(signal === undefined ? {} : { signal }),
      });
      const events = await this.#events(waiting, data, options);
      this.#remove(actionId, waiting);
      return events;
    } catch (error) {
      // The reason of the signal may be any error, so it proves nothing.
      const isRefused = signal?.aborted !== true && isRefusal(error);
      if (!options.hangUp || isRefused) {
        this.#remove(actionId, waiting);
      } else {
        const over = giveUp(waiting, options)
          .finally(() => this.#remove(actionId, waiting));
        if (waiting.hasChannel) await over;
      }
      throw error;
    }
  }

  async #events(
    waiting: Waiting,
    data: ActionData,
    { timeout, signal }: OriginateRun,
  ): Promise<OriginateEvents> {
    const { channelId } = waiting;
    const total = ringTime(data) + timeout;
    using deadline = new Deadline(
      total,
      () =>
        new AmiTimeoutError(
          `The OriginateResponse did not arrive within ${total} ms`,
          { action: "Originate", timeout: total, outcome: "unknown" },
        ),
      signal,
    );
    const response = await abortable(
      waiting.response.promise,
      deadline.signal,
    );
    const hangup = isAnswered(response) ||
        (isConclusive(response) && !waiting.hasChannel)
      ? undefined
      : await within(HANGUP_TIME, waiting.hangup.promise, deadline.signal);
    return { channelId, response, hasChannel: waiting.hasChannel, hangup };
  }

  /**
   * Looks at an event, which still goes to listeners.
   *
   * @param event The event.
   */
  observe(event: Frame): void {
    if (this.#byActionId.size === 0) return;
    switch (event.name) {
      case "OriginateResponse":
        this.#respond(event);
        break;
      case "Hangup":
        this.#channelOf(event)?.hangup.resolve(event);
        break;
      case "Newchannel":
        this.#channelOf(event)?.appear();
        break;
    }
  }

  /**
   * Ends all waits, as the events cannot come any more.
   *
   * @param reason The error that the callers get.
   */
  fail(reason: unknown): void {
    for (const waiting of this.#byActionId.values()) waiting.fail(reason);
  }

  #respond(event: Frame): void {
    const waiting = this.#byActionId.get(event.actionId ?? "");
    if (waiting === undefined) return;
    // A PBX before Asterisk 12, or one that plays a recording, ignores the
    // ChannelId, and names the channel here.
    const uniqueid = event.get("uniqueid");
    if (uniqueid !== undefined && uniqueid !== UNKNOWN) {
      waiting.channelIds.add(uniqueid);
      this.#byChannelId.set(uniqueid, waiting);
    }
    waiting.response.resolve(event);
  }

  #channelOf(event: Frame): Waiting | undefined {
    return this.#byChannelId.get(event.get("uniqueid") ?? "");
  }

  #add(actionId: string, waiting: Waiting): void {
    this.#byActionId.set(actionId, waiting);
    this.#byChannelId.set(waiting.channelId, waiting);
    this.#onChange?.();
  }

  #remove(actionId: string, waiting: Waiting): void {
    this.#byActionId.delete(actionId);
    for (const id of waiting.channelIds) {
      if (this.#byChannelId.get(id) === waiting) this.#byChannelId.delete(id);
    }
    this.#onChange?.();
  }
}

/** Reports whether an error says that the action was refused, here or by the PBX. */
function isRefusal(error: unknown): boolean {
  return error instanceof AmiResponseError || error instanceof TypeError ||
    error instanceof RangeError;
}

/** Hangs up whatever is left of a call whose caller no longer waits. */
async function giveUp(
  { channelId, hasChannel, appeared }: Waiting,
  { send }: OriginateRun,
): Promise<void> {
  // Asterisk dials in a separate thread, so the channel may still appear.
  if (!hasChannel) {
    await within(APPEARANCE_TIME, appeared.promise).catch(() => {});
  }
  // The channel may be gone by now, or the connection: then nothing is left to do.
  await send("Hangup", { Channel: channelId }, {}).catch(() => {});
}

/** Waits for a promise, and returns `undefined` when the time is up (milliseconds). */
async function within<T>(
  time: number,
  promise: Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, time, undefined);
  try {
    const either = Promise.race([promise, late]);
    return await (signal === undefined ? either : abortable(either, signal));
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the time for which Asterisk rings (milliseconds). */
function ringTime(data: ActionData): number {
  const time = Number(headerOf(data, "timeout"));
  return Number.isFinite(time) && time > 0 ? time : DEFAULT_RING_TIME;
}

/** Returns the text of a header in any letter case. */
function headerOf(data: ActionData, lowerCased: string): string | undefined {
  for (const [name, value] of Object.entries(data)) {
    if (name.toLowerCase() !== lowerCased) continue;
    if (typeof value === "string" || typeof value === "number") {
      return String(value);
    }
  }
  return undefined;
}

/** Returns the headers without some, in any letter case. */
function without(data: ActionData, ...names: string[]): ActionData {
  return Object.fromEntries(
    Object.entries(data).filter(([name]) =>
      !names.includes(name.toLowerCase())
    ),
  );
}

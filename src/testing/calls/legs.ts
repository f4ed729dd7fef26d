import { delay } from "@std/async/delay";
import type { CallChannels } from "./call_channels.ts";
import type { CallEvents } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import { Course, type Task } from "./course.ts";

/** The hang-up cause of a call that ends as it should. */
export const NORMAL_CLEARING = 16;

/** The longest wait that a timer can take (milliseconds). */
export const FOREVER = 2 ** 31 - 1;

/** Options of {@linkcode Legs}. */
export interface LegsOptions {
  readonly channels: CallChannels;
  readonly events: CallEvents;
  readonly conversations: Conversations;
}

/**
 * The courses of the channels of one call: each channel is led through the
 * dialplan, or was dialled by one that is, until an action takes it away.
 */
export class Legs {
  readonly #channels: CallChannels;
  readonly #events: CallEvents;
  readonly #conversations: Conversations;
  readonly #controller = new AbortController();
  /** The course of each channel, except those that another one has dialled. */
  readonly #courses = new Map<Channel, Course>();
  /** The courses of channels that were taken away from the one that had dialled them. */
  readonly #departures = new Set<Promise<void>>();
  #isSplit = false;
  #cause = 0;

  constructor({ channels, events, conversations }: LegsOptions) {
    this.#channels = channels;
    this.#events = events;
    this.#conversations = conversations;
  }

  /** Aborted when the whole call is hung up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The cause with which the whole call was hung up; 0 if it was not. */
  get cause(): number {
    return this.#cause;
  }

  /** Reports whether a channel was ever taken away, so that others do not end with it. */
  get isSplit(): boolean {
    return this.#isSplit;
  }

  /** Reports whether a channel goes its own way. */
  isLed(channel: Channel): boolean {
    return this.#courses.has(channel);
  }

  /** Aborted when the channel is to leave what it does now. */
  signalOf(channel: Channel): AbortSignal {
    return this.#courses.get(channel)?.signal ?? this.signal;
  }

  /** Waits for what a channel does, which takes a while. */
  wait(channel: Channel, milliseconds: number): Promise<void> {
    const signal = this.signalOf(channel);
    return delay(Math.min(milliseconds, FOREVER), { signal });
  }

  /** Lets a channel do something until it ends; returns the cause of its end. */
  lead(channel: Channel, task: Task): Promise<number> {
    const course = new Course();
    this.#courses.set(channel, course);
    return course.run(task).finally(() => this.#courses.delete(channel));
  }

  /** Makes a channel leave what it does, and do something else; false if it cannot. */
  divert(channel: Channel, task: Task): boolean {
    const course = this.#courses.get(channel);
    if (course === undefined && channel.state !== ChannelState.up) return false;
    this.#isSplit = true;
    this.#conversations.of(channel)?.end(channel);
    if (course !== undefined) course.divert(task);
    else this.#depart(channel, task);
    return true;
  }

  /** Waits for the channels that were taken away, and those that follow them. */
  async departed(): Promise<void> {
    while (this.#departures.size > 0) await Promise.all(this.#departures);
  }

  /** Ends what a channel does. */
  abort(channel: Channel): void {
    this.#courses.get(channel)?.abort();
  }

  /** Ends what all channels do. */
  end(cause: number): void {
    if (!this.signal.aborted) this.#cause = cause;
    this.#controller.abort();
    for (const course of this.#courses.values()) course.abort();
  }

  /** Hangs up a channel alone; the one that has dialled it follows. */
  endAlone(channel: Channel, cause: number): void {
    const course = this.#courses.get(channel);
    if (course !== undefined) {
      this.#events.softHangupRequest(channel, cause);
      return course.end(cause);
    }
    this.#events.hangupRequest(channel, cause);
    this.#conversations.of(channel)?.end(channel);
    this.drop(channel, cause);
  }

  /** Hangs up a channel, whose device is free then. */
  drop(channel: Channel, cause: number): void {
    this.#channels.hangUp(channel, cause);
    this.#events.deviceStateChange(channel.device, "NOT_INUSE");
  }

  /**
   * Waits for the end of a conversation.
   *
   * @returns The channel that has left it first; `undefined` when the time is over.
   */
  async talk(
    { ended }: Conversation,
    channel: Channel,
    talkTime: number,
  ): Promise<Channel | undefined> {
    const waiting = new AbortController();
    const signal = AbortSignal.any([this.signalOf(channel), waiting.signal]);
    const timer = delay(Math.min(talkTime, FOREVER), { signal });
    try {
      return await Promise.race([ended, timer.then(() => undefined)]);
    } finally {
      waiting.abort();
    }
  }

  /** Lets a channel go its own way that was dialled by another one. */
  #depart(channel: Channel, task: Task): void {
    const departure = this.lead(channel, task)
      .then((cause) => this.drop(channel, cause))
      .finally(() => this.#departures.delete(departure));
    this.#departures.add(departure);
    // departed() rejects with it, which may come later.
    departure.catch(() => {});
  }
}

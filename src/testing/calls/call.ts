import { delay } from "@std/async/delay";
import type { AgiSimulation } from "../agi/agi_simulation.ts";
import { Applications, type Place } from "./applications.ts";
import { CallChannels } from "./call_channels.ts";
import { type CallEvents, Reason } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import type { ChannelNumbers } from "./channel_numbers.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import { findExtension, findReachable, type Step } from "./dialplan.ts";
import { FOREVER, Legs, NORMAL_CLEARING } from "./legs.ts";
import type { OriginateOrder } from "./originate_order.ts";
import type { ResolvedServerOptions } from "../server_options.ts";
import {
  hungUp,
  RANG_UNANSWERED,
  ringEndpoint,
  type Unanswered,
} from "./unanswered.ts";

/** The application of a channel while an action dials it (main/dial.c). */
const OUTGOING: Step = { application: "AppDial2", data: "(Outgoing Line)" };

/** Options of {@linkcode Call}. */
export interface CallOptions {
  order: OriginateOrder;
  options: ResolvedServerOptions;
  numbers: ChannelNumbers;
  events: CallEvents;
  /** Those of the whole PBX, as two calls can be bridged. */
  conversations: Conversations;
  /** Runs the application `AGI`. */
  agi: AgiSimulation;
}

/**
 * One call that a client originates: channels that ring, answer, run the
 * dialplan, talk and hang up, with the events that Asterisk sends for it, in
 * its order.
 */
export class Call {
  readonly #order: OriginateOrder;
  readonly #options: ResolvedServerOptions;
  readonly #events: CallEvents;
  readonly #channels: CallChannels;
  readonly #legs: Legs;
  readonly #applications: Applications;
  readonly #outcome = Promise.withResolvers<number>();
  #isReported = false;

  constructor(
    { order, options, numbers, events, conversations, agi }: CallOptions,
  ) {
    this.#order = order;
    this.#options = options;
    this.#events = events;
    const channels = new CallChannels(numbers, events);
    const legs = new Legs({ channels, events, conversations });
    this.#channels = channels;
    this.#legs = legs;
    this.#applications = new Applications({
      options,
      events,
      channels,
      legs,
      conversations,
      agi,
      dialTimeout: order.timeout,
    });
  }

  /** The live channels, the oldest first. */
  get channels(): readonly Channel[] {
    return this.#channels.live;
  }

  /** The `Reason` of its outcome, as soon as it is known. */
  get outcome(): Promise<number> {
    return this.#outcome.promise;
  }

  /**
   * Hangs up all of its channels; only one, if they were taken apart.
   *
   * @param cause The cause.
   * @param name The name of the channel that is hung up.
   */
  end(cause: number, name = ""): void {
    const channel = this.channels.find((each) => each.name === name);
    if (channel === undefined) this.#legs.end(cause);
    else this.#applications.hangUp(channel, cause);
  }

  /** Sends a channel to another place; false if it cannot go yet. */
  redirect(channel: Channel, place: Place): boolean {
    return this.#legs.divert(
      channel,
      () => this.#applications.runPlace(channel, place),
    );
  }

  /**
   * Takes a channel out of what it does, and into a conversation; false if it
   * cannot go yet. Afterwards it goes on where it was in the dialplan.
   */
  join(
    channel: Channel,
    conversation: Conversation,
    talkTime = FOREVER,
  ): boolean {
    const hasPlace = this.#legs.isLed(channel);
    const isJoined = this.#legs.divert(channel, async () => {
      const left = await this.#legs.talk(conversation, channel, talkTime)
        .catch((error) => {
          conversation.end(channel);
          throw error;
        });
      if (left === undefined || !hasPlace) {
        this.#events.hangupRequest(channel, NORMAL_CLEARING);
        conversation.end(channel);
        return NORMAL_CLEARING;
      }
      const { context, exten, priority } = channel;
      const place = { context, exten, priority: priority + 1 };
      return await this.#applications.runPlace(channel, place);
    });
    if (isJoined) conversation.enter(channel);
    return isJoined;
  }

  /** Plays it to its end. */
  async run(): Promise<void> {
    const { technology } = this.#order;
    try {
      if (technology.toLowerCase() === "local") await this.#playLocal();
      else await this.#playEndpoint();
      await this.#legs.departed();
    } catch (error) {
      if (!this.#legs.signal.aborted) throw error;
    } finally {
      this.#report(Reason.failed);
      for (const channel of [...this.channels]) {
        this.#channels.hangUp(channel, this.#legs.cause);
      }
    }
  }

  // The two legs of a Local channel: the first runs what the action asked for,
  // the second the extension that it names.
  async #playLocal(): Promise<void> {
    const { resource, channelId } = this.#order;
    const [exten = "", rest = "default"] = resource.split("@", 2);
    const context = rest.replace(/\/.*$/, "");
    const [one, two] = this.#channels.openLocal(exten, context, channelId);
    const { device } = one;
    this.#channels.enter(one, OUTGOING);
    const steps = findExtension(this.#options, exten);
    if (steps === undefined) {
      this.#channels.hangUp(two, 0);
      this.#report(Reason.failed);
      this.#channels.hangUp(one, 0);
      this.#events.deviceStateChange(device, "INVALID");
      this.#events.deviceStateChange(device, "INVALID");
      return;
    }
    this.#dress(one, this.#order.variables.toReversed());
    this.#dress(two, this.#order.variables);
    this.#events.localBridge(one, two);
    this.#events.dialBegin(undefined, one, `${exten}@${context}`);
    const called = Promise.withResolvers<Unanswered | undefined>();
    this.#applications.progress = {
      answered: () => {
        this.#channels.setState(one, ChannelState.up);
        this.#events.dialEnd(undefined, one, "ANSWER");
        called.resolve(undefined);
      },
      ringing: () => {
        if (one.state !== ChannelState.down) return;
        this.#channels.setState(one, ChannelState.ringing);
        this.#events.dialState(one, "RINGING");
      },
      refused: called.resolve,
    };
    const far = this.#legs.lead(
      two,
      () => this.#applications.runSteps(two, steps, 1),
    );
    const unanswered = await this.#ringUntil(called.promise, far);
    if (unanswered !== undefined) {
      const { reason, cause, dialStatus } = unanswered;
      if (unanswered !== RANG_UNANSWERED) {
        this.#events.dialEnd(undefined, one, dialStatus);
      }
      this.#report(reason);
      this.end(cause);
      await settled(far);
      return;
    }
    const near = this.#runOwn(one);
    this.#report(Reason.answered, one);
    this.#events.deviceStateChange(device, "INUSE");
    this.#events.deviceStateChange(device, "INUSE");
    const first = await Promise.race([
      near.then((cause) => ({ first: one, second: two, cause })),
      far.then((cause) => ({ first: two, second: one, cause })),
    ]);
    this.#events.hangupRequest(first.second, first.cause);
    this.#channels.hangUp(first.first, first.cause);
    this.#events.softHangupRequest(first.second, NORMAL_CLEARING);
    this.#events.deviceStateChange(device, "NOT_INUSE");
    if (this.#legs.isSplit) this.#legs.abort(first.second);
    else this.end(first.cause);
    await Promise.all([settled(near), settled(far)]);
    this.#channels.hangUp(first.second, first.cause);
    this.#events.deviceStateChange(device, "NOT_INUSE");
  }

  /** Waits for the answer; returns the end if it does not come. */
  async #ringUntil(
    answered: Promise<Unanswered | undefined>,
    far: Promise<number>,
  ): Promise<Unanswered | undefined> {
    const ringing = new AbortController();
    const signal = AbortSignal.any([this.#legs.signal, ringing.signal]);
    const timeout = delay(Math.max(this.#order.timeout, 0), { signal });
    try {
      return await Promise.race([
        answered,
        far.then(hungUp),
        timeout.then(() => RANG_UNANSWERED),
      ]);
    } finally {
      ringing.abort();
      await settled(timeout);
    }
  }

  async #playEndpoint(): Promise<void> {
    const { technology, resource, variables } = this.#order;
    const endpoint = findReachable(this.#options, technology, resource);
    if (endpoint === undefined) return this.#report(Reason.failed);
    const channel = this.#channels.openEndpoint(resource, this.#order);
    this.#channels.enter(channel, OUTGOING);
    this.#dress(channel, variables.toReversed());
    this.#events.dialBegin(undefined, channel, resource);
    const unanswered = await ringEndpoint({
      endpoint,
      channel,
      channels: this.#channels,
      events: this.#events,
      ringTime: this.#options.ringTime,
      timeout: this.#order.timeout,
      signal: this.#legs.signal,
    });
    if (unanswered !== undefined) {
      const { reason, cause, dialStatus } = unanswered;
      const isInVain = reason === Reason.ringing;
      if (!isInVain) this.#events.dialEnd(undefined, channel, dialStatus);
      this.#report(reason);
      this.#legs.drop(channel, isInVain ? RANG_UNANSWERED.cause : cause);
      return;
    }
    this.#events.dialEnd(undefined, channel, "ANSWER");
    const own = this.#runOwn(channel);
    this.#report(Reason.answered, channel);
    this.#legs.drop(channel, await own);
  }

  /** Runs what the action asked for: an application, or an extension. */
  #runOwn(channel: Channel): Promise<number> {
    const { application, data, exten, context, priority } = this.#order;
    return this.#legs.lead(channel, async () => {
      if (application === "") {
        channel.context = context;
        channel.exten = exten;
        const steps = findExtension(this.#options, exten) ?? [];
        return await this.#applications.runSteps(channel, steps, priority);
      }
      channel.application = application;
      channel.applicationData = data;
      return await this.#applications.execute(channel, { application, data }) ??
        NORMAL_CLEARING;
    });
  }

  /** Reports the outcome, once. */
  #report(reason: number, channel?: Channel): void {
    if (this.#isReported) return;
    this.#isReported = true;
    const order = this.#order;
    if (order.isAsync) this.#events.originateResponse(order, reason, channel);
    this.#outcome.resolve(reason);
  }

  /** Sets what the action gave: account, variables in this order, caller. */
  #dress(channel: Channel, variables: OriginateOrder["variables"]): void {
    channel.accountCode = this.#order.accountCode;
    for (const [name, value] of variables) {
      this.#applications.setVariable(channel, name, value);
    }
    this.#channels.setCaller(channel, this.#order);
  }
}

/** Waits for the end of something whose outcome no longer matters. */
async function settled(promise: Promise<unknown>): Promise<void> {
  await Promise.allSettled([promise]);
}

import type { AgiSimulation } from "../agi/agi_simulation.ts";
import type { AmiEndpoint, ResolvedServerOptions } from "../server_options.ts";
import type { CallChannels } from "./call_channels.ts";
import type { CallEvents } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import { findExtension, findReachable, type Step } from "./dialplan.ts";
import { writeFunction } from "./functions.ts";
import { type Legs, NORMAL_CLEARING } from "./legs.ts";
import { REFUSALS, ringEndpoint, type Unanswered } from "./unanswered.ts";

/** A place in the dialplan. */
export interface Place {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
}

/** The reports of the far leg of a Local channel to the near one. */
export interface Progress {
  answered(): void;
  ringing(): void;
  refused(refusal: Unanswered): void;
}

/** Options of {@linkcode Applications}. */
export interface ApplicationsOptions {
  readonly options: ResolvedServerOptions;
  readonly events: CallEvents;
  readonly channels: CallChannels;
  readonly legs: Legs;
  readonly conversations: Conversations;
  readonly agi: AgiSimulation;
  /** The time that a `Dial` without seconds rings (milliseconds). */
  readonly dialTimeout: number;
}

/** The applications of the dialplan, as the channels of one call run them. */
export class Applications {
  readonly #options: ResolvedServerOptions;
  readonly #events: CallEvents;
  readonly #channels: CallChannels;
  readonly #legs: Legs;
  readonly #conversations: Conversations;
  readonly #agi: AgiSimulation;
  readonly #dialTimeout: number;

  /** Takes the progress of a Local channel, while it is called. */
  progress: Progress = {
    answered: () => {},
    ringing: () => {},
    refused: () => {},
  };

  constructor(
    {
      options,
      events,
      channels,
      legs,
      conversations,
      agi,
      dialTimeout,
    }: ApplicationsOptions,
  ) {
    this.#options = options;
    this.#events = events;
    this.#channels = channels;
    this.#legs = legs;
    this.#conversations = conversations;
    this.#agi = agi;
    this.#dialTimeout = dialTimeout;
  }

  /** Hangs up the call of a channel; only the channel, if they were taken apart. */
  hangUp(channel: Channel, cause: number): void {
    if (this.#legs.isSplit) this.#legs.endAlone(channel, cause);
    else this.#legs.end(cause);
  }

  /** Runs the extension that a channel was sent to, or hangs it up if the extension does not exist. */
  async runPlace(channel: Channel, place: Place): Promise<number> {
    const { context, exten, priority } = place;
    channel.context = context;
    channel.exten = exten;
    const steps = findExtension(this.#options, exten) ?? [];
    if (priority > steps.length) {
      this.#events.softHangupRequest(channel, NORMAL_CLEARING);
      return NORMAL_CLEARING;
    }
    return await this.runSteps(channel, steps, priority);
  }

  /** Runs an extension from a priority on; returns the cause of its end. */
  async runSteps(
    channel: Channel,
    steps: readonly Step[],
    priority: number,
  ): Promise<number> {
    for (const step of steps.slice(priority - 1)) {
      channel.priority = priority++;
      this.#channels.enter(channel, step);
      const cause = await this.execute(channel, step);
      if (cause !== undefined) return cause;
    }
    return causeOf(channel);
  }

  /** Runs one application; returns the cause if it ends the channel. */
  async execute(
    channel: Channel,
    { application, data }: Step,
  ): Promise<number | undefined> {
    switch (application.toLowerCase()) {
      case "answer":
        this.#answer(channel);
        // The next application comes when the answer has settled.
        await this.#legs.wait(channel, 0);
        return undefined;
      case "wait":
        await this.#legs.wait(channel, Number(data) * 1_000);
        return undefined;
      case "ringing":
        this.progress.ringing();
        return undefined;
      case "busy":
        return await this.#refuse(channel, data, REFUSALS.busy);
      case "congestion":
        return await this.#refuse(channel, data, REFUSALS.congestion);
      case "noop":
        return undefined;
      case "set": {
        const [name = "", ...value] = data.split("=");
        this.setVariable(channel, name, value.join("="));
        return undefined;
      }
      case "userevent": {
        const [name = "", ...headers] = data.split(",");
        this.#events.userEvent(channel, name, headers);
        return undefined;
      }
      case "hangup": {
        this.#events.softHangupRequest(channel, NORMAL_CLEARING);
        return data === "" ? causeOf(channel) : Number(data);
      }
      case "dial":
        return await this.#dial(channel, data);
      case "agi":
        return await this.#runAgi(channel, data);
      default:
        await this.#legs.wait(channel, this.#options.talkTime);
        return undefined;
    }
  }

  /** Sets a variable of a channel, or what a function stands for. */
  setVariable(channel: Channel, name: string, value: string): void {
    if (name.endsWith(")")) {
      writeFunction(this.#events, channel, name, value);
      return;
    }
    channel.variables.set(name, value);
    this.#events.varSet(channel, name, value);
  }

  /** Says that nobody can be reached, and waits for the caller to hang up. */
  async #refuse(
    channel: Channel,
    data: string,
    refusal: Unanswered,
  ): Promise<number> {
    if (channel.state !== ChannelState.up) {
      this.#channels.setState(channel, ChannelState.busy);
      this.progress.refused(refusal);
    }
    await this.#legs.wait(
      channel,
      data === "" ? Infinity : Number(data) * 1_000,
    );
    return refusal.cause;
  }

  /** Lets a program lead the channel; returns the cause if the caller hung up. */
  async #runAgi(
    channel: Channel,
    data: string,
  ): Promise<number | undefined> {
    const signal = this.#legs.signal;
    const signalOf = () => this.#legs.signalOf(channel);
    const onAbort = () =>
      this.#events.softHangupRequest(channel, this.#legs.cause);
    signal.addEventListener("abort", onAbort);
    try {
      await this.#agi.run({
        channel,
        get signal() {
          return signalOf();
        },
        answer: () => this.#answer(channel),
        hangUp: () => this.hangUp(channel, NORMAL_CLEARING),
        setVariable: (name, value) => this.setVariable(channel, name, value),
        execute: (application, data) =>
          this.execute(channel, { application, data }).catch((error) => {
            if (!signalOf().aborted) throw error;
          }),
      }, data);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    if (signal.aborted) return this.#legs.cause;
    signalOf().throwIfAborted();
    return undefined;
  }

  /** Dials an endpoint and bridges it with the channel. */
  async #dial(
    channel: Channel,
    dialString: string,
  ): Promise<number | undefined> {
    const [target = "", time = ""] = dialString.split(",");
    const [technology = "", resource = ""] = target.split("/", 2);
    const endpoint = findReachable(this.#options, technology, resource);
    channel.variables.set("DIALSTATUS", "CHANUNAVAIL");
    if (endpoint === undefined) return undefined;
    // OriginateResponse is sent before.
    await this.#legs.wait(channel, 0);
    const { context, linkedid } = channel;
    const other = this.#channels.openEndpoint(resource, {
      technology,
      context,
      linkedid,
    });
    other.connectedLineNum = channel.callerIdNum;
    other.connectedLineName = channel.callerIdName;
    this.#events.dialBegin(channel, other, resource);
    const timeout = time === "" ? this.#dialTimeout : Number(time) * 1_000;
    const unanswered = await this.#ringFor(channel, endpoint, other, timeout);
    if (unanswered !== undefined) {
      const { cause, dialStatus, variable = dialStatus } = unanswered;
      channel.hangupCause = cause;
      channel.variables.set("DIALSTATUS", variable);
      this.#events.dialEnd(channel, other, dialStatus);
      this.#legs.drop(other, cause);
      return undefined;
    }
    this.#events.dialEnd(channel, other, "ANSWER");
    channel.variables.set("DIALSTATUS", "ANSWER");
    this.#answer(channel);
    await this.#converse(channel, other);
    return NORMAL_CLEARING;
  }

  /** Rings an endpoint for a channel, which may leave meanwhile. */
  async #ringFor(
    channel: Channel,
    endpoint: AmiEndpoint,
    other: Channel,
    timeout: number,
  ): Promise<Unanswered | undefined> {
    try {
      return await ringEndpoint({
        endpoint,
        channel: other,
        channels: this.#channels,
        events: this.#events,
        ringTime: this.#options.ringTime,
        timeout,
        signal: this.#legs.signalOf(channel),
      });
    } catch (error) {
      const isOver = this.#legs.signal.aborted;
      if (isOver) this.#events.hangupRequest(channel, this.#legs.cause);
      this.#events.dialEnd(channel, other, "CANCEL");
      if (!isOver) this.#legs.drop(other, 0);
      throw error;
    }
  }

  /** Lets a channel talk to the one that it has dialled. */
  async #converse(channel: Channel, other: Channel): Promise<void> {
    const conversation = this.#conversations.start();
    conversation.enter(other);
    conversation.enter(channel);
    const { talkTime } = this.#options;
    let left: Channel | undefined;
    try {
      left = await this.#legs.talk(conversation, channel, talkTime);
    } catch (error) {
      // All of the call ends at once.
      if (this.#legs.signal.aborted) conversation.end(other);
      else this.#part(conversation, channel, other);
      throw error;
    }
    if (left === other) {
      this.#events.softHangupRequest(channel, NORMAL_CLEARING);
      return;
    }
    this.#part(conversation, left ?? other, other);
    this.#legs.signalOf(channel).throwIfAborted();
  }

  /** Ends a conversation, and hangs up who was dialled unless it went elsewhere. */
  #part(conversation: Conversation, first: Channel, other: Channel): void {
    const isGone = this.#legs.isLed(other);
    if (first === other) {
      this.#events.hangupRequest(other, NORMAL_CLEARING);
      conversation.end(other);
    } else {
      conversation.end(first);
      if (!isGone) this.#events.hangupRequest(other, NORMAL_CLEARING);
    }
    if (!isGone) this.#legs.drop(other, NORMAL_CLEARING);
  }

  #answer(channel: Channel): void {
    if (channel.state === ChannelState.up) return;
    this.#channels.setState(channel, ChannelState.up);
    this.progress.answered();
  }
}

/** Returns the cause of a channel that ends without one of its own. */
function causeOf({ hangupCause }: Channel): number {
  return hangupCause === 0 ? NORMAL_CLEARING : hangupCause;
}

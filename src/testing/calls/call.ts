import { delay } from "@std/async/delay";
import type { AgiSimulation } from "../agi/agi_simulation.ts";
import { CallChannels } from "./call_channels.ts";
import { type Bridge, type CallEvents, Reason } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import type { ChannelNumbers } from "./channel_numbers.ts";
import { findExtension, findReachable, type Step } from "./dialplan.ts";
import type { OriginateOrder } from "./originate_order.ts";
import type { AmiEndpoint, ResolvedServerOptions } from "../server_options.ts";

const NORMAL_CLEARING = 16;
const USER_BUSY = 17;
const CALL_REJECTED = 21;

/** The application of a channel while an action dials it (main/dial.c). */
const OUTGOING: Step = { application: "AppDial2", data: "(Outgoing Line)" };

/** Options of {@linkcode Call}. */
export interface CallOptions {
  order: OriginateOrder;
  options: ResolvedServerOptions;
  numbers: ChannelNumbers;
  events: CallEvents;
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
  readonly #agi: AgiSimulation;
  readonly #controller = new AbortController();
  readonly #signal = this.#controller.signal;
  readonly #outcome = Promise.withResolvers<number>();
  #isReported = false;
  /** The cause with which it was hung up from outside. */
  #cause = 0;
  /** Called when the far leg of a Local channel answers. */
  #onAnswer: () => void = () => {};

  constructor({ order, options, numbers, events, agi }: CallOptions) {
    this.#order = order;
    this.#options = options;
    this.#events = events;
    this.#agi = agi;
    this.#channels = new CallChannels(numbers, events);
  }

  /** The live channels, the oldest first. */
  get channels(): readonly Channel[] {
    return this.#channels.live;
  }

  /** The `Reason` of its outcome, as soon as it is known. */
  get outcome(): Promise<number> {
    return this.#outcome.promise;
  }

  /** Hangs up all of its channels. */
  end(cause: number): void {
    if (!this.#signal.aborted) this.#cause = cause;
    this.#controller.abort();
  }

  /** Plays it to its end. */
  async run(): Promise<void> {
    const { technology } = this.#order;
    try {
      if (technology.toLowerCase() === "local") await this.#playLocal();
      else await this.#playEndpoint();
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    } finally {
      this.#report(Reason.failed);
      for (const channel of [...this.channels]) {
        this.#channels.hangUp(channel, this.#cause);
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
    const answered = Promise.withResolvers<undefined>();
    this.#onAnswer = () => {
      this.#channels.setState(one, ChannelState.up);
      this.#events.dialEnd(undefined, one, "ANSWER");
      answered.resolve(undefined);
    };
    const far = this.#runSteps(two, steps, 1);
    const cause = await this.#ringUntil(answered.promise, far);
    if (cause !== undefined) {
      if (one.state === ChannelState.down) {
        const dialStatus = cause.isTimeout ? "NOANSWER" : "CANCEL";
        this.#events.dialEnd(undefined, one, dialStatus);
      }
      this.#report(cause.isTimeout ? Reason.ringing : Reason.failed);
      this.end(cause.cause);
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
    this.end(first.cause);
    await Promise.all([settled(near), settled(far)]);
    this.#channels.hangUp(first.second, first.cause);
    this.#events.deviceStateChange(device, "NOT_INUSE");
  }

  /** Waits for the answer; returns the cause if there is none. */
  async #ringUntil(
    answered: Promise<undefined>,
    far: Promise<number>,
  ): Promise<{ cause: number; isTimeout: boolean } | undefined> {
    const ringing = new AbortController();
    const signal = AbortSignal.any([this.#signal, ringing.signal]);
    const timeout = delay(Math.max(this.#order.timeout, 0), { signal });
    try {
      return await Promise.race([
        answered,
        far.then((cause) => ({ cause, isTimeout: false })),
        timeout.then(() => ({ cause: 0, isTimeout: true })),
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
    const { reason, cause } = await this.#ring(endpoint, channel);
    if (reason !== Reason.answered) {
      const dialStatus = reason === Reason.busy ? "BUSY" : "NOANSWER";
      this.#events.dialEnd(undefined, channel, dialStatus);
      this.#report(reason);
      this.#channels.hangUp(channel, cause);
      this.#events.deviceStateChange(channel.device, "NOT_INUSE");
      return;
    }
    this.#events.dialEnd(undefined, channel, "ANSWER");
    const own = this.#runOwn(channel);
    this.#report(Reason.answered, channel);
    const end = await own;
    this.#channels.hangUp(channel, end);
    this.#events.deviceStateChange(channel.device, "NOT_INUSE");
  }

  /** Rings an endpoint until it answers or does not. */
  async #ring(
    { onCall = "answer" }: AmiEndpoint,
    channel: Channel,
  ): Promise<{ reason: number; cause: number }> {
    const timeout = Math.max(this.#order.timeout, 0);
    const { ringTime } = this.#options;
    this.#channels.setState(channel, ChannelState.ringing);
    this.#events.deviceStateChange(channel.device, "RINGING");
    const isTooLate = onCall === "no-answer" || ringTime > timeout;
    await delay(isTooLate ? timeout : ringTime, { signal: this.#signal });
    if (isTooLate) return { reason: Reason.ringing, cause: 0 };
    if (onCall === "busy" || onCall === "rejected") {
      const cause = onCall === "busy" ? USER_BUSY : CALL_REJECTED;
      this.#events.hangupRequest(channel, cause);
      return { reason: Reason.busy, cause };
    }
    this.#channels.setState(channel, ChannelState.up);
    this.#events.deviceStateChange(channel.device, "INUSE");
    return { reason: Reason.answered, cause: 0 };
  }

  /** Runs what the action asked for: an application, or an extension. */
  async #runOwn(channel: Channel): Promise<number> {
    const { application, data, exten, context, priority } = this.#order;
    if (application === "") {
      channel.context = context;
      channel.exten = exten;
      const steps = findExtension(this.#options, exten) ?? [];
      return await this.#runSteps(channel, steps, priority);
    }
    channel.application = application;
    channel.applicationData = data;
    return await this.#execute(channel, { application, data }) ??
      NORMAL_CLEARING;
  }

  /** Runs an extension from a priority on; returns the cause of its end. */
  async #runSteps(
    channel: Channel,
    steps: readonly Step[],
    priority: number,
  ): Promise<number> {
    for (const step of steps.slice(priority - 1)) {
      channel.priority = priority++;
      this.#channels.enter(channel, step);
      const cause = await this.#execute(channel, step);
      if (cause !== undefined) return cause;
    }
    return NORMAL_CLEARING;
  }

  /** Runs one application; returns the cause if it ends the channel. */
  async #execute(
    channel: Channel,
    { application, data }: Step,
  ): Promise<number | undefined> {
    switch (application.toLowerCase()) {
      case "answer":
        this.#answer(channel);
        // The next application comes when the answer has settled.
        await delay(0, { signal: this.#signal });
        return undefined;
      case "wait":
        await delay(Number(data) * 1_000, { signal: this.#signal });
        return undefined;
      case "noop":
        return undefined;
      case "set": {
        const [name = "", ...value] = data.split("=");
        this.#setVariable(channel, name, value.join("="));
        return undefined;
      }
      case "userevent": {
        const [name = "", ...headers] = data.split(",");
        this.#events.userEvent(channel, name, headers);
        return undefined;
      }
      case "hangup": {
        const cause = data === "" ? NORMAL_CLEARING : Number(data);
        this.#events.softHangupRequest(channel, cause);
        return cause;
      }
      case "dial":
        return await this.#dial(channel, data);
      case "agi":
        return await this.#runAgi(channel, data);
      default:
        await delay(this.#options.talkTime, { signal: this.#signal });
        return undefined;
    }
  }

  /** Lets a program lead the channel; returns the cause if the caller hung up. */
  async #runAgi(
    channel: Channel,
    data: string,
  ): Promise<number | undefined> {
    const signal = this.#signal;
    const onAbort = () => this.#events.softHangupRequest(channel, this.#cause);
    signal.addEventListener("abort", onAbort);
    try {
      await this.#agi.run({
        channel,
        signal,
        answer: () => this.#answer(channel),
        hangUp: () => this.end(NORMAL_CLEARING),
        setVariable: (name, value) => this.#setVariable(channel, name, value),
        execute: (application, data) =>
          this.#execute(channel, { application, data }).catch((error) => {
            if (!signal.aborted) throw error;
          }),
      }, data);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    return signal.aborted ? this.#cause : undefined;
  }

  #setVariable(channel: Channel, name: string, value: string): void {
    channel.variables.set(name, value);
    this.#events.varSet(channel, name, value);
  }

  /** Dials an endpoint and bridges it with the channel. */
  async #dial(
    channel: Channel,
    dialString: string,
  ): Promise<number | undefined> {
    const [target = ""] = dialString.split(",");
    const [technology = "", resource = ""] = target.split("/", 2);
    const endpoint = findReachable(this.#options, technology, resource);
    channel.variables.set("DIALSTATUS", "CHANUNAVAIL");
    if (endpoint === undefined) return undefined;
    // OriginateResponse is sent before.
    await delay(0, { signal: this.#signal });
    const { context, linkedid } = channel;
    const other = this.#channels.openEndpoint(resource, {
      technology,
      context,
      linkedid,
    });
    other.connectedLineNum = channel.callerIdNum;
    other.connectedLineName = channel.callerIdName;
    this.#events.dialBegin(channel, other, resource);
    const { reason, cause } = await this.#ringFor(channel, endpoint, other);
    if (reason !== Reason.answered) {
      const dialStatus = reason === Reason.busy ? "BUSY" : "NOANSWER";
      channel.variables.set("DIALSTATUS", dialStatus);
      this.#events.dialEnd(channel, other, dialStatus);
      this.#channels.hangUp(other, cause);
      this.#events.deviceStateChange(other.device, "NOT_INUSE");
      return undefined;
    }
    this.#events.dialEnd(channel, other, "ANSWER");
    channel.variables.set("DIALSTATUS", "ANSWER");
    this.#answer(channel);
    await this.#bridge(channel, other);
    this.#channels.hangUp(other, NORMAL_CLEARING);
    this.#events.deviceStateChange(other.device, "NOT_INUSE");
    return NORMAL_CLEARING;
  }

  /** Rings an endpoint for a channel, which may be hung up meanwhile. */
  async #ringFor(channel: Channel, endpoint: AmiEndpoint, other: Channel) {
    try {
      return await this.#ring(endpoint, other);
    } catch (error) {
      this.#events.hangupRequest(channel, this.#cause);
      this.#events.dialEnd(channel, other, "CANCEL");
      throw error;
    }
  }

  async #bridge(one: Channel, two: Channel): Promise<void> {
    const bridge: Bridge = { id: crypto.randomUUID(), members: 0 };
    this.#events.bridgeCreate(bridge);
    for (const channel of [two, one]) {
      channel.bridgeId = bridge.id;
      bridge.members++;
      this.#events.bridgeEnter(bridge, channel);
    }
    try {
      await delay(this.#options.talkTime, { signal: this.#signal });
      this.#events.hangupRequest(two, NORMAL_CLEARING);
    } finally {
      for (const channel of [two, one]) {
        channel.bridgeId = "";
        bridge.members--;
        this.#events.bridgeLeave(bridge, channel);
      }
      this.#events.bridgeDestroy(bridge);
    }
  }

  #answer(channel: Channel): void {
    if (channel.state === ChannelState.up) return;
    this.#channels.setState(channel, ChannelState.up);
    this.#onAnswer();
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
      this.#setVariable(channel, name, value);
    }
    this.#channels.setCaller(channel, this.#order);
  }
}

/** Waits for the end of something whose outcome no longer matters. */
async function settled(promise: Promise<unknown>): Promise<void> {
  await Promise.allSettled([promise]);
}

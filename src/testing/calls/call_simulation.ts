import { AgiScripts } from "../agi/agi_scripts.ts";
import { AgiSimulation } from "../agi/agi_simulation.ts";
import type { Place } from "./applications.ts";
import { Call } from "./call.ts";
import { CallEvents } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import { ChannelNumbers } from "./channel_numbers.ts";
import { type Conversation, Conversations } from "./conversations.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { OriginateOrder } from "./originate_order.ts";
import type { AmiEndpoint, ResolvedServerOptions } from "../server_options.ts";

/** The parts of its server that {@linkcode CallSimulation} needs. */
export interface CallSimulationOptions {
  options: ResolvedServerOptions;
  /** Takes the events of the calls. */
  emit: (event: AmiFrame) => void;
  /**
   * The answers to commands of AGI that a test has scripted.
   *
   * @default None
   */
  agiScripts?: AgiScripts;
}

/** A call that the PBX plays. */
export interface PlayedCall {
  /** The live channels, the oldest first. */
  readonly channels: readonly Channel[];
  /** Plays it to its end. */
  run(): Promise<void>;
  /**
   * Hangs it up.
   *
   * @param cause The cause.
   * @param channel The name of the channel that is hung up, if only one is.
   */
  end(cause: number, channel?: string): void;
  /** Sends a channel to another place; false if it cannot go. */
  redirect?(channel: Channel, place: Place): boolean;
  /** Takes a channel into a conversation; false if it cannot go. */
  join?(
    channel: Channel,
    conversation: Conversation,
    talkTime?: number,
  ): boolean;
}

/** The current calls that clients have originated, and their channels. */
export class CallSimulation {
  readonly #options: ResolvedServerOptions;
  readonly events: CallEvents;
  readonly numbers = new ChannelNumbers();
  readonly #conversations: Conversations;
  readonly #agi: AgiSimulation;
  readonly #calls = new Set<PlayedCall>();
  readonly #running = new Set<Promise<void>>();
  #isStopped = false;
  #processed = 0;

  constructor(
    { options, emit, agiScripts = new AgiScripts() }: CallSimulationOptions,
  ) {
    this.#options = options;
    const { timestamps } = options;
    const emitWhileRunning = (event: AmiFrame) => {
      if (!this.#isStopped) emit(event);
    };
    this.events = new CallEvents({ timestamps, emit: emitWhileRunning });
    this.#conversations = new Conversations(this.events);
    this.#agi = new AgiSimulation({
      timestamps,
      scripts: agiScripts,
      emit: emitWhileRunning,
    });
  }

  /** The live channels, the newest first as Asterisk lists them. */
  get channels(): Channel[] {
    return [...this.#calls].flatMap((call) => call.channels).reverse();
  }

  /** The number of current calls. */
  get active(): number {
    return this.#calls.size;
  }

  /** The number of calls since the start. */
  get processed(): number {
    return this.#processed;
  }

  /** The state of an endpoint as `PJSIPShowEndpoints` calls it. */
  stateOf(endpoint: AmiEndpoint): string {
    const channels = this.channelsOf(endpoint);
    if (channels.some(({ state }) => state === ChannelState.up)) {
      return "In use";
    }
    if (channels.length > 0) return "Ringing";
    return (endpoint.contact ?? "") === "" ? "Unavailable" : "Not in use";
  }

  /** Returns the state of a device by its channels, such as `INUSE`. */
  deviceState(device: string): string {
    const channels = this.channels.filter((each) => each.device === device);
    if (channels.length === 0) return "NOT_INUSE";
    const isRinging = channels.some(({ state }) =>
      state === ChannelState.ringing
    );
    const isTalking = channels.some(({ state }) =>
      state === ChannelState.up || state === ChannelState.ring
    );
    if (isRinging) return isTalking ? "RINGINUSE" : "RINGING";
    return isTalking ? "INUSE" : "NOT_INUSE";
  }

  /** The live channels of an endpoint. */
  channelsOf(endpoint: AmiEndpoint): Channel[] {
    const device = `PJSIP/${endpoint.name}`;
    return this.channels.filter((channel) => channel.device === device);
  }

  /**
   * Starts a call.
   *
   * @returns The outcome, as soon as it is known; the call continues.
   */
  originate(order: OriginateOrder): Promise<number> {
    const call = new Call({
      order,
      options: this.#options,
      numbers: this.numbers,
      events: this.events,
      conversations: this.#conversations,
      agi: this.#agi,
    });
    this.play(call);
    return call.outcome;
  }

  /** Starts a call. */
  play(call: PlayedCall): void {
    this.#calls.add(call);
    this.#processed++;
    const running = call.run().finally(() => this.#calls.delete(call));
    this.#running.add(running);
    // A failed one stays, so that stop() throws its error.
    running.then(() => this.#running.delete(running), () => {});
  }

  /** Finds a live channel by its name or its `Uniqueid`. */
  find(name: string): Channel | undefined {
    return this.channels.find((channel) =>
      channel.name === name || channel.uniqueid === name
    );
  }

  /** Hangs up the call of a channel; false if there is no such channel. */
  hangUp(name: string, cause: number): boolean {
    const channel = this.find(name);
    if (channel === undefined) return false;
    this.#callOf(channel)?.end(cause, channel.name);
    return true;
  }

  /** Sends a channel to another place; false if it cannot go. */
  redirect(channel: Channel, place: Place): boolean {
    return this.#callOf(channel)?.redirect?.(channel, place) ?? false;
  }

  /** Sends the channel that one talks to elsewhere; false if it talks to none. */
  blindTransfer(channel: Channel, context: string, exten: string): boolean {
    const conversation = this.#conversations.of(channel);
    const partner = conversation?.partnerOf(channel);
    if (conversation === undefined || partner === undefined) {
      this.events.blindTransfer(channel, { context, exten });
      return false;
    }
    const { bridge } = conversation;
    const transferee = { channel: partner, bridge };
    this.events.blindTransfer(channel, { context, exten }, transferee);
    return this.redirect(partner, { context, exten, priority: 1 });
  }

  /** Lets two channels talk to each other; false if one of them cannot go. */
  bridge(one: Channel, two: Channel): boolean {
    const calls = [this.#callOf(one), this.#callOf(two)];
    if (calls.some((call) => call?.join === undefined)) return false;
    const conversation = this.#conversations.start();
    const { talkTime } = this.#options;
    const [first, second] = calls;
    return (first?.join?.(one, conversation, talkTime) ?? false) &&
      (second?.join?.(two, conversation) ?? false);
  }

  #callOf(channel: Channel): PlayedCall | undefined {
    for (const call of this.#calls) {
      if (call.channels.includes(channel)) return call;
    }
    return undefined;
  }

  /**
   * Queues a command of AGI for a channel.
   *
   * @returns The text of the error that Asterisk answers, if it does.
   */
  addAgiCommand(
    name: string,
    command: string,
    commandId: string,
  ): string | undefined {
    const channel = this.find(name);
    if (channel === undefined) return `Channel ${name} does not exist.`;
    const isAdded = this.#agi.add(channel, command, commandId);
    return isAdded
      ? undefined
      : `Failed to add AGI command to channel ${name} queue`;
  }

  /** Ends every call without a further event. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const call of this.#calls) call.end(0);
    await Promise.all(this.#running);
  }
}

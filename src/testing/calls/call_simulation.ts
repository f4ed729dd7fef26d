import { AgiScripts } from "../agi/agi_scripts.ts";
import { AgiSimulation } from "../agi/agi_simulation.ts";
import { Call } from "./call.ts";
import { CallEvents } from "./call_events.ts";
import { type Channel, ChannelState } from "./channel.ts";
import { ChannelNumbers } from "./channel_numbers.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { OriginateOrder } from "./originate_order.ts";
import type { AmiEndpoint, ResolvedServerOptions } from "../server_options.ts";

/** What {@linkcode CallSimulation} needs of its server. */
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

/** The calls that clients originate: those that go on, and their channels. */
export class CallSimulation {
  readonly #options: ResolvedServerOptions;
  readonly #events: CallEvents;
  readonly #agi: AgiSimulation;
  readonly #numbers = new ChannelNumbers();
  readonly #calls = new Set<Call>();
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
    this.#events = new CallEvents({ timestamps, emit: emitWhileRunning });
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

  /** How many calls are going on. */
  get active(): number {
    return this.#calls.size;
  }

  /** How many calls there have been. */
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

  /** The live channels of an endpoint. */
  channelsOf(endpoint: AmiEndpoint): Channel[] {
    const device = `PJSIP/${endpoint.name}`;
    return this.channels.filter((channel) => channel.device === device);
  }

  /**
   * Starts a call.
   *
   * @returns How it ended up, as soon as that is known: the call goes on.
   */
  originate(order: OriginateOrder): Promise<number> {
    const call = new Call({
      order,
      options: this.#options,
      numbers: this.#numbers,
      events: this.#events,
      agi: this.#agi,
    });
    this.#calls.add(call);
    this.#processed++;
    const running = call.run().finally(() => this.#calls.delete(call));
    this.#running.add(running);
    // One that failed stays, so that stop() tells of it.
    running.then(() => this.#running.delete(running), () => {});
    return call.outcome;
  }

  /** Hangs up the call of a channel; false if there is no such channel. */
  hangUp(name: string, cause: number): boolean {
    for (const call of this.#calls) {
      if (!call.channels.some((channel) => channel.name === name)) continue;
      call.end(cause);
      return true;
    }
    return false;
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
    const channel = this.channels.find((channel) =>
      channel.name === name || channel.uniqueid === name
    );
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

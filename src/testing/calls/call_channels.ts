import type { CallEvents } from "./call_events.ts";
import {
  Channel,
  type ChannelOptions,
  ChannelState,
  UNKNOWN,
} from "./channel.ts";
import type { ChannelNumbers } from "./channel_numbers.ts";
import type { Step } from "./dialplan.ts";
import type { OriginateOrder } from "./originate_order.ts";

/** Options of the channel of an endpoint. */
export interface EndpointChannelOptions {
  /** @default {"PJSIP"} */
  technology?: string;
  context: string;
  /** @default {""} */
  exten?: string;
  /** The wished-for `Uniqueid`. */
  channelId?: string;
  /** That of the channel that dials it. */
  linkedid?: string;
}

/** Options of the channel of any device. */
export interface DeviceChannelOptions extends EndpointChannelOptions {
  /** @default {ChannelState.down} */
  state?: number;
  /** @default {UNKNOWN} */
  callerIdNum?: string;
  /** @default {UNKNOWN} */
  callerIdName?: string;
}

/** The channels of one call; each change emits its event. */
export class CallChannels {
  readonly #numbers: ChannelNumbers;
  readonly #events: CallEvents;
  readonly #live: Channel[] = [];

  constructor(numbers: ChannelNumbers, events: CallEvents) {
    this.#numbers = numbers;
    this.#events = events;
  }

  /** The live ones, the oldest first. */
  get live(): readonly Channel[] {
    return this.#live;
  }

  /**
   * Opens the two legs of a Local channel.
   *
   * @param dialling The `Linkedid` of the channel that dials it, if any.
   */
  openLocal(
    exten: string,
    context: string,
    channelId: string,
    dialling?: string,
  ): [one: Channel, two: Channel] {
    const device = `Local/${exten}@${context}`;
    const name = `${device}-${this.#numbers.local()}`;
    const common = { context, exten, device };
    const uniqueid = this.#numbers.uniqueid(channelId);
    const linkedid = dialling ?? uniqueid;
    const one = this.#open({
      ...common,
      name: `${name};1`,
      uniqueid,
      linkedid,
      state: ChannelState.down,
    });
    const two = this.#open({
      ...common,
      name: `${name};2`,
      uniqueid: this.#numbers.uniqueid(channelId && `${channelId};2`),
      linkedid,
      state: ChannelState.ring,
    });
    return [one, two];
  }

  /** Opens the channel of an endpoint. */
  openEndpoint(name: string, options: EndpointChannelOptions): Channel {
    const { context, exten = "", channelId, linkedid } = options;
    const { technology = "PJSIP" } = options;
    return this.openDevice(`${technology.toUpperCase()}/${name}`, {
      context: context === "" ? "default" : context,
      exten,
      callerIdNum: name,
      ...(channelId === undefined ? {} : { channelId }),
      ...(linkedid === undefined ? {} : { linkedid }),
    });
  }

  /** Opens the channel of a device. */
  openDevice(device: string, options: DeviceChannelOptions): Channel {
    const { context, exten = "", channelId, linkedid } = options;
    const { state = ChannelState.down, callerIdNum, callerIdName } = options;
    const uniqueid = this.#numbers.uniqueid(channelId);
    return this.#open(
      {
        name: `${device}-${this.#numbers.endpoint()}`,
        uniqueid,
        linkedid: linkedid ?? uniqueid,
        state,
        context,
        exten,
        device,
      },
      callerIdNum,
      callerIdName,
    );
  }

  setState(channel: Channel, state: number): void {
    channel.state = state;
    this.#events.newstate(channel);
  }

  /** Moves the channel to an application. */
  enter(channel: Channel, { application, data }: Step): void {
    channel.application = application;
    channel.applicationData = data;
    this.#events.newexten(channel);
  }

  /** Sets the caller that the action gave, if it did. */
  setCaller(
    channel: Channel,
    { callerIdNum, callerIdName }: OriginateOrder,
  ): void {
    if (callerIdNum === "" && callerIdName === "") return;
    channel.callerIdNum = callerIdNum === "" ? UNKNOWN : callerIdNum;
    channel.callerIdName = callerIdName === "" ? UNKNOWN : callerIdName;
    this.#events.newCallerid(channel);
    channel.connectedLineNum = channel.callerIdNum;
    channel.connectedLineName = channel.callerIdName;
    this.#events.newConnectedLine(channel);
  }

  /** Hangs up a channel; nothing happens if it is hung up already. */
  hangUp(channel: Channel, cause: number): void {
    const index = this.#live.indexOf(channel);
    if (index === -1) return;
    this.#live.splice(index, 1);
    this.#events.hangup(channel, cause);
  }

  #open(options: ChannelOptions, number = UNKNOWN, name = UNKNOWN): Channel {
    const channel = new Channel(options);
    channel.callerIdNum = number;
    channel.callerIdName = name;
    this.#live.push(channel);
    this.#events.newchannel(channel);
    return channel;
  }
}

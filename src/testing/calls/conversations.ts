import type { Bridge, CallEvents } from "./call_events.ts";
import type { Channel } from "./channel.ts";

/** Channels that talk to each other in a bridge, until one of them leaves it. */
export interface Conversation {
  readonly bridge: Bridge;
  /** Resolves with the channel that left first. */
  readonly ended: Promise<Channel>;
  /** Lets a channel in. */
  enter(channel: Channel): void;
  /** Returns the other channel. */
  partnerOf(channel: Channel): Channel | undefined;
  /** Ends it, if it has not ended: this channel leaves first. */
  end(first: Channel): void;
}

/** The conversations of one PBX. */
export class Conversations {
  readonly #events: CallEvents;
  readonly #live = new Map<string, Conversation>();

  constructor(events: CallEvents) {
    this.#events = events;
  }

  /** Returns the conversation that a channel is in. */
  of(channel: Channel): Conversation | undefined {
    return this.#live.get(channel.bridgeId);
  }

  /** Makes a bridge, which nobody is in yet. */
  start(): Conversation {
    const events = this.#events;
    const bridge: Bridge = { id: crypto.randomUUID(), members: 0 };
    const ended = Promise.withResolvers<Channel>();
    const channels: Channel[] = [];
    const conversation: Conversation = {
      bridge,
      ended: ended.promise,
      enter: (channel) => {
        channel.bridgeId = bridge.id;
        channels.push(channel);
        // Two calls become one, the older of them (main/bridge_channel.c).
        const [oldest = channel] = channels.toSorted((one, two) =>
          one.createdAt - two.createdAt
        );
        for (const each of channels) each.linkedid = oldest.linkedid;
        bridge.members++;
        events.bridgeEnter(bridge, channel);
      },
      partnerOf: (channel) => channels.find((each) => each !== channel),
      end: (first) => {
        if (!this.#live.delete(bridge.id)) return;
        const others = channels.filter((each) => each !== first);
        for (const channel of [first, ...others]) {
          channel.bridgeId = "";
          bridge.members--;
          events.bridgeLeave(bridge, channel);
        }
        events.bridgeDestroy(bridge);
        ended.resolve(first);
      },
    };
    this.#live.set(bridge.id, conversation);
    events.bridgeCreate(bridge);
    return conversation;
  }
}

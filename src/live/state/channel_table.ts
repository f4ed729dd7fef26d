import type { Bridge } from "../records/bridge.ts";
import { type Channel, isLocal, otherHalf } from "../records/channel.ts";
import { hearersIn, type Surroundings } from "../records/talk.ts";

/** Shared by all that have no channels. */
const NONE: readonly never[] = [];

/** The channels, and the bridges that they are in. */
export class ChannelTable implements Surroundings {
  /** All channels by `Uniqueid`; changed by {@linkcode ChannelTable.set}. */
  readonly channels = new Map<string, Channel>();
  /** All bridges by id. */
  readonly bridges = new Map<string, Bridge>();
  /** The `Uniqueid` of each half of a Local channel by its name. */
  readonly halves = new Map<string, string>();

  /**
   * Replaces a channel.
   *
   * @param before The channel before; `undefined` if it is new.
   * @param after The channel after; `undefined` if it is gone.
   */
  set(before: Channel | undefined, after: Channel | undefined): void {
    if (before !== undefined && before.name !== after?.name) {
      this.halves.delete(before.name);
    }
    if (after === undefined) {
      if (before !== undefined) this.channels.delete(before.uniqueid);
      return;
    }
    this.channels.set(after.uniqueid, after);
    if (after.name !== before?.name && isLocal(after)) {
      this.halves.set(after.name, after.uniqueid);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.channels.clear();
    this.bridges.clear();
    this.halves.clear();
  }

  /**
   * Returns the channels that are there of some.
   *
   * @param ids Their `Uniqueid`.
   */
  resolve(ids: readonly string[]): readonly Channel[] {
    // The array that map() makes has no spare capacity, as one that grows has.
    const channels = ids.map((id) => this.channels.get(id));
    return channels.every(isThere) ? channels : channels.filter(isThere);
  }

  /**
   * Returns the other half of a Local channel.
   *
   * @param name The name of a channel.
   */
  otherHalf(name: string): Channel | undefined {
    return this.channels.get(this.halves.get(otherHalf(name)) ?? "");
  }

  /**
   * Returns the parties of whatever calls that hear one another in a bridge, by
   * a channel that has entered or left it; none if it is of one call alone.
   *
   * @param channel The channel.
   * @param bridgeId The bridge.
   */
  heardBy(channel: Channel, bridgeId: string): readonly Channel[] {
    const members = this.bridges.get(bridgeId)?.channels ?? NONE;
    const isAlone = !isLocal(channel) && members.every((uniqueid) => {
      const member = this.channels.get(uniqueid);
      return member === undefined ||
        (member.linkedid === channel.linkedid && !isLocal(member));
    });
    if (isAlone) return NONE;
    const hearers = hearersIn(bridgeId, this);
    if (isLocal(channel)) {
      const { bridgeId: beyond = "" } = this.otherHalf(channel.name) ?? {};
      for (const uniqueid of hearersIn(beyond, this)) hearers.add(uniqueid);
    }
    return this.resolve([...hearers]);
  }
}

function isThere(channel: Channel | undefined): channel is Channel {
  return channel !== undefined;
}

import type { DAMIData } from "../../data.ts";
import {
  type Bridge,
  BRIDGE_EVENTS,
  bridgeChange,
  bridgeOf,
  entered,
  reduceBridge,
} from "../records/bridge.ts";
import {
  type Call,
  callChanges,
  callOf,
  merged,
  type Talk,
  TRANSFER_EVENTS,
  transferOf,
  withCause,
} from "../records/call.ts";
import type { Change } from "../change.ts";
import {
  type Channel,
  CHANNEL_EVENTS,
  channelChange,
  channelOf,
  DIALPLAN_EVENT,
  isLocal,
  PARKING_EVENTS,
  reduceChannel,
  reduceParking,
} from "../records/channel.ts";
import { kept, number, text } from "../records/fields.ts";
import type { Recorded } from "./recording.ts";

/** What snapshots tell of channels. What could not be had is `undefined`. */
export interface SwitchboardSnapshot {
  /** The items of `CoreShowChannels` or `Status`. */
  readonly channels: readonly DAMIData[] | undefined;
  /** The items of `ParkedCalls`. */
  readonly parking: readonly DAMIData[] | undefined;
  /** The items of `BridgeList`. */
  readonly bridges: readonly DAMIData[] | undefined;
}

/**
 * The channels, the bridges that they are in and the calls that they make.
 *
 * The records are replaced by pure functions and never changed; the maps are
 * changed, as a copy of 10,000 entries for each event is out of the question.
 */
export class Switchboard {
  #tell: (change: Change) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #bridges = new Map<string, Bridge>();
  readonly #calls = new Map<string, Call>();

  constructor(tell: (change: Change) => void) {
    this.#tell = tell;
  }

  /** The channels by `Uniqueid`. */
  get channels(): ReadonlyMap<string, Channel> {
    return this.#channels;
  }

  /** The bridges by id. */
  get bridges(): ReadonlyMap<string, Bridge> {
    return this.#bridges;
  }

  /** The calls by `Linkedid`. */
  get calls(): ReadonlyMap<string, Call> {
    return this.#calls;
  }

  /**
   * Whether two talk in a bridge whose calls are not known to be one. Asterisk
   * makes them one without an event of its own (measured with 16 and 22): it
   * shows by the `Linkedid` of the events that follow, if any do.
   */
  isOfSeveralCalls(bridgeId: string): boolean {
    const bridge = this.#bridges.get(bridgeId);
    if (bridge === undefined || bridge.type !== "basic") return false;
    const [first, ...others] = bridge.channels.map((uniqueid) =>
      this.#channels.get(uniqueid)?.linkedid
    );
    return others.some((linkedid) => linkedid !== first);
  }

  /** What takes each event. */
  handlers(
    isDialplanFollowed: boolean,
  ): Map<string, (event: DAMIData, at: number) => void> {
    const handlers = new Map<string, (event: DAMIData, at: number) => void>();
    for (const name of CHANNEL_EVENTS) {
      handlers.set(name, (event, at) => this.#onChannel(event, at));
    }
    if (isDialplanFollowed) {
      handlers.set(DIALPLAN_EVENT, (event, at) => this.#onChannel(event, at));
    }
    for (const name of PARKING_EVENTS) {
      handlers.set(name, (event, at) => this.#onParking(event, at));
    }
    for (const name of BRIDGE_EVENTS) {
      const ofChannel = handlers.get(name);
      handlers.set(name, (event, at) => {
        this.#onBridge(event, at);
        ofChannel?.(event, at);
      });
    }
    for (const name of TRANSFER_EVENTS) {
      handlers.set(name, (event, at) => this.#onTransfer(event, at));
    }
    return handlers;
  }

  /**
   * Takes snapshots.
   *
   * @param snapshot What they tell; of what could not be had, nothing stays.
   * @param replay Applies what came meanwhile.
   * @param at When it is.
   */
  sync(
    snapshot: SwitchboardSnapshot,
    recorded: readonly Recorded[],
    at: number,
  ): void {
    const channels = new Map(this.#channels);
    const bridges = new Map(this.#bridges);
    const calls = new Map(this.#calls);
    const tell = this.#tell;
    // What is told is the difference between before and after alone.
    this.#tell = () => {};
    try {
      this.#replace(snapshot, { channels, bridges, calls }, at);
      const handlers = this.handlers(true);
      for (const each of recorded) {
        handlers.get(text(each.event.Event))?.(each.event, each.at);
      }
    } finally {
      this.#tell = tell;
    }
    this.#tellDifference({ channels, bridges, calls }, at);
  }

  #replace(
    { channels = [], parking = [], bridges = [] }: SwitchboardSnapshot,
    before: Before,
    at: number,
  ): void {
    this.#channels.clear();
    this.#bridges.clear();
    this.#calls.clear();
    for (const item of bridges) {
      const previous = before.bridges.get(text(item.BridgeUniqueid));
      const bridge = bridgeOf(item, previous, at);
      this.#bridges.set(bridge.id, { ...bridge, channels: [] });
    }
    const listed = channels.map((item) =>
      channelOf(item, before.channels.get(text(item.Uniqueid)), at)
    ).sort(byAge);
    const byCall = new Map<string, Channel[]>();
    for (const item of parking) {
      const index = listed.findIndex(({ uniqueid }) =>
        uniqueid === text(item.ParkeeUniqueid)
      );
      const channel = listed[index];
      if (channel !== undefined) {
        // Of one that was parked there before, it is known since when.
        const { parking } = before.channels.get(channel.uniqueid) ?? channel;
        listed[index] = reduceParking({ ...channel, parking }, item, at);
      }
    }
    for (const channel of listed) {
      this.#channels.set(channel.uniqueid, channel);
      const bridge = this.#bridges.get(channel.bridgeId);
      if (bridge !== undefined) {
        this.#bridges.set(bridge.id, entered(bridge, channel.uniqueid));
      }
      const siblings = byCall.get(channel.linkedid);
      if (siblings === undefined) byCall.set(channel.linkedid, [channel]);
      else siblings.push(channel);
    }
    for (const [id, siblings] of byCall) {
      const previous = before.calls.get(id);
      const ordered = inOrder(siblings, previous?.channels ?? []);
      this.#calls.set(id, callOf(id, ordered, { at, previous }));
    }
    for (const [id, bridge] of this.#bridges) {
      const previous = before.bridges.get(id);
      if (previous !== undefined && isSameBridge(previous, bridge)) {
        this.#bridges.set(id, previous);
      }
    }
  }

  #tellDifference(before: Before, at: number): void {
    for (const [id, channel] of before.channels) {
      if (!this.#channels.has(id)) {
        this.#report(channelChange(channel, undefined, at));
      }
    }
    for (const [id, call] of before.calls) {
      if (!this.#calls.has(id)) this.#endOrMerge(call, at);
    }
    for (const [id, bridge] of before.bridges) {
      if (!this.#bridges.has(id)) {
        this.#report(bridgeChange(bridge, undefined, at));
      }
    }
    for (const [id, bridge] of this.#bridges) {
      const known = before.bridges.get(id);
      if (known === undefined || !isSameBridge(known, bridge)) {
        this.#report(bridgeChange(known, bridge, at));
      }
    }
    for (const [id, channel] of this.#channels) {
      const known = before.channels.get(id);
      if (known === undefined || !isSame(known, channel)) {
        this.#report(channelChange(known, channel, at));
      }
    }
    for (const [id, call] of this.#calls) {
      const known = before.calls.get(id);
      if (known === undefined || !isSameCall(known, call)) {
        this.#reportCall(known, call, at);
      }
    }
  }

  /** Tells that a call is no more: it has become one with that of its channels, or its end was missed. */
  #endOrMerge(call: Call, at: number): void {
    for (const uniqueid of call.channels) {
      const other = this.#calls.get(
        this.#channels.get(uniqueid)?.linkedid ?? "",
      );
      if (other === undefined) continue;
      return this.#tell({ type: "call-merged", at, call: other, from: call });
    }
    this.#reportCall(call, undefined, at, true);
  }

  #onChannel(event: DAMIData, at: number): void {
    const uniqueid = text(event.Uniqueid);
    const before = this.#channels.get(uniqueid);
    const after = reduceChannel(before, event, at);
    if (before === after) return;
    if (before !== undefined && after === undefined) {
      const call = this.#calls.get(before.linkedid);
      if (call !== undefined) {
        this.#calls.set(call.id, withCause(call, uniqueid, event));
      }
    }
    this.#put(before, after, at);
  }

  #onParking(event: DAMIData, at: number): void {
    const before = this.#channels.get(text(event.ParkeeUniqueid));
    if (before !== undefined) {
      this.#put(before, reduceParking(before, event, at), at);
    }
  }

  #onBridge(event: DAMIData, at: number): void {
    const id = text(event.BridgeUniqueid);
    const before = this.#bridges.get(id);
    const after = reduceBridge(before, event, at);
    if (before === after) return;
    if (after === undefined) this.#bridges.delete(id);
    else this.#bridges.set(after.id, after);
    this.#report(bridgeChange(before, after, at));
  }

  #onTransfer(event: DAMIData, at: number): void {
    const transfer = transferOf(event, at);
    if (transfer === undefined) return;
    const id = text(event.TransfererLinkedid ?? event.OrigTransfererLinkedid);
    const uniqueid = text(
      event.TransfererUniqueid ?? event.OrigTransfererUniqueid,
    );
    const call = this.#calls.get(this.#channels.get(uniqueid)?.linkedid ?? id);
    // A snapshot may have been taken since it was applied first.
    const isKnown = call?.transfers.some((known) =>
      known.at === transfer.at && known.by === transfer.by
    );
    if (call === undefined || isKnown) return;
    this.#putCall(
      call,
      { ...call, transfers: [...call.transfers, transfer] },
      at,
    );
  }

  /** Puts a channel in place of what it was before. */
  #put(
    before: Channel | undefined,
    after: Channel | undefined,
    at: number,
  ): void {
    if (before === after) return;
    if (after !== undefined) this.#channels.set(after.uniqueid, after);
    else if (before !== undefined) this.#channels.delete(before.uniqueid);
    this.#report(channelChange(before, after, at));
    if (before !== undefined && before.linkedid !== after?.linkedid) {
      this.#leaveCall(before, after?.linkedid, at);
    }
    if (after !== undefined) this.#updateCall(before, after, at);
  }

  /** Updates the call of a channel. */
  #updateCall(before: Channel | undefined, after: Channel, at: number): void {
    const { linkedid, uniqueid } = after;
    const isNew = before?.linkedid !== linkedid;
    if (!isNew && isLocal(after) && isSameWire(before, after)) return;
    const previous = this.#calls.get(linkedid);
    const ids = previous?.channels ?? [];
    const channels = this.#resolve(isNew ? [...ids, uniqueid] : ids);
    const call = callOf(previous?.id ?? kept(linkedid), channels, {
      at,
      previous,
    });
    this.#putCall(previous, call, at);
  }

  /** Takes a channel out of its call, which may be over by that. */
  #leaveCall(channel: Channel, target: string | undefined, at: number): void {
    const previous = this.#calls.get(channel.linkedid);
    if (previous === undefined) return;
    const ids = previous.channels.filter((id) => id !== channel.uniqueid);
    if (ids.length > 0) {
      const call = callOf(previous.id, this.#resolve(ids), { at, previous });
      return this.#putCall(previous, call, at);
    }
    const other = this.#calls.get(target ?? "");
    if (other === undefined) return this.#putCall(previous, undefined, at);
    this.#calls.delete(previous.id);
    const call = merged(other, previous);
    this.#calls.set(call.id, call);
    this.#tell({ type: "call-merged", at, call, from: previous });
  }

  #putCall(
    before: Call | undefined,
    after: Call | undefined,
    at: number,
  ): void {
    if (after !== undefined) this.#calls.set(after.id, after);
    else if (before !== undefined) this.#calls.delete(before.id);
    this.#reportCall(before, after, at);
  }

  #resolve(ids: readonly string[]): Channel[] {
    const channels: Channel[] = [];
    for (const id of ids) {
      const channel = this.#channels.get(id);
      if (channel !== undefined) channels.push(channel);
    }
    return channels;
  }

  #report(change: Change | undefined): void {
    if (change !== undefined) this.#tell(change);
  }

  #reportCall(
    before: Call | undefined,
    after: Call | undefined,
    at: number,
    lost = false,
  ): void {
    for (const change of callChanges(before, after, { at, lost })) {
      this.#tell(change);
    }
  }
}

/** What was before a snapshot. */
interface Before {
  channels: ReadonlyMap<string, Channel>;
  bridges: ReadonlyMap<string, Bridge>;
  calls: ReadonlyMap<string, Call>;
}

/** Whether a half of a Local channel joins what it joined before. */
function isSameWire(before: Channel | undefined, after: Channel): boolean {
  return before?.state === after.state && before.bridgeId === after.bridgeId &&
    before.name === after.name;
}

function isSameBridge(one: Bridge, two: Bridge): boolean {
  return one.technology === two.technology && one.type === two.type &&
    one.name === two.name && one.creator === two.creator &&
    one.channels.length === two.channels.length &&
    one.channels.every((id) => two.channels.includes(id));
}

/** Whether two records of the same kind hold the same. */
function isSame(one: Channel, two: Channel): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}

function isSameCall(one: Call, two: Call): boolean {
  return one.state === two.state && isSameTalks(one.talks, two.talks) &&
    one.transfers.length === two.transfers.length &&
    one.channels.length === two.channels.length &&
    one.channels.every((id) => two.channels.includes(id)) &&
    one.parties.every((party, index) => {
      const other = two.parties[index];
      return other !== undefined && isSame(party, other);
    });
}

function isSameTalks(one: readonly Talk[], two: readonly Talk[]): boolean {
  return one === two || JSON.stringify(one) === JSON.stringify(two);
}

/** Channels in the order that they had before; those that are new come behind. */
function inOrder(
  channels: readonly Channel[],
  before: readonly string[],
): readonly Channel[] {
  const places = new Map(before.map((uniqueid, place) => [uniqueid, place]));
  const placeOf = ({ uniqueid }: Channel) =>
    places.get(uniqueid) ?? before.length;
  return channels.toSorted((one, two) => placeOf(one) - placeOf(two));
}

/**
 * Snapshots list channels in no order. Of those that began in the same second,
 * the one that the call began with comes first, and then the `Uniqueid` counts.
 */
function byAge(one: Channel, two: Channel): number {
  return Math.floor(one.createdAt / 1_000) -
      Math.floor(two.createdAt / 1_000) ||
    rank(one) - rank(two) || serial(one) - serial(two);
}

function rank({ uniqueid, linkedid }: Channel): number {
  return uniqueid === linkedid ? 0 : 1;
}

/** The counter in a `Uniqueid` such as `1795364878.10`. */
function serial({ uniqueid }: Channel): number {
  return number(uniqueid.slice(uniqueid.lastIndexOf(".") + 1));
}

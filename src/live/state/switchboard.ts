import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import {
  type Bridge,
  BRIDGE_EVENTS,
  bridgeChange,
  bridgeOf,
  entered,
  isMerging,
  isMixing,
  reduceBridge,
  unlisted,
} from "../records/bridge.ts";
import {
  type Call,
  callChanges,
  callEnded,
  callOf,
  merged,
} from "../records/call.ts";
import {
  type Channel,
  CHANNEL_EVENTS,
  channelChange,
  DIALPLAN_EVENT,
  isHelper,
  isLocal,
  PARKING_EVENTS,
  reduceChannel,
  reduceParking,
} from "../records/channel.ts";
import type { IsTrunk } from "../records/direction.ts";
import { text } from "../records/fields.ts";
import type { FrameContext } from "../records/frame_context.ts";
import { TRANSFER_EVENTS, transferOf } from "../records/transfer.ts";
import { CallEndings } from "./call_endings.ts";
import { CallRecorder } from "./call_recorder.ts";
import {
  type CallState,
  callStateChanges,
  isSameBridge,
} from "./call_state_diff.ts";
import { ChangeList } from "./change_list.ts";
import { ChannelTable } from "./channel_table.ts";
import {
  type Handler,
  type Handlers,
  joinHandlers,
  NO_CHANGES,
} from "./handler.ts";
import type { IntervalEvent } from "./interval.ts";
import { inOrder, listedChannels } from "./listed_channels.ts";
import { transferTarget } from "./transfer_target.ts";

/** The snapshots of channels; `undefined` stands for one that could not be taken. */
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
export class Switchboard implements CallState {
  readonly #lines = new ChannelTable();
  readonly #channels = this.#lines.channels;
  readonly #bridges = this.#lines.bridges;
  readonly #calls = new Map<string, Call>();
  readonly #endings = new CallEndings();
  readonly #changes = new ChangeList();
  readonly #isWaiting: (uniqueid: string) => boolean;
  /** Writes the records of the calls. */
  readonly recorder: CallRecorder;

  /**
   * @param isWaiting Reports whether a channel waits in a queue.
   * @param isTrunk Tells trunks from phones.
   */
  constructor(
    isWaiting: (uniqueid: string) => boolean = () => false,
    isTrunk?: IsTrunk,
  ) {
    this.#isWaiting = isWaiting;
    this.recorder = new CallRecorder({ surroundings: this.#lines, isTrunk });
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
   * Reports whether two parties share a bridge although their calls are not
   * known to be one. Asterisk merges such calls without an event of its own
   * (measured with 16 and 22): it shows by the `Linkedid` of the events that
   * follow, if any do.
   */
  isOfSeveralCalls(bridgeId: string): boolean {
    const bridge = this.#bridges.get(bridgeId);
    if (bridge === undefined || !isMerging(bridge)) return false;
    const [first = ""] = bridge.channels;
    const linkedid = this.#channels.get(first)?.linkedid;
    return bridge.channels.some((uniqueid) => {
      const channel = this.#channels.get(uniqueid);
      return channel !== undefined && channel.linkedid !== linkedid &&
        !isHelper(channel);
    });
  }

  /**
   * Returns the handlers of the events.
   *
   * @param isDialplanFollowed Whether `Newexten` is among them.
   */
  handlers(isDialplanFollowed: boolean): Handlers {
    const handlers = new Map<string, Handler>();
    const onChannel: Handler = (event, context) => {
      this.#onChannel(event, context);
      return this.#changes.take();
    };
    for (const name of CHANNEL_EVENTS) handlers.set(name, onChannel);
    if (isDialplanFollowed) handlers.set(DIALPLAN_EVENT, onChannel);
    for (const name of PARKING_EVENTS) {
      handlers.set(name, (event, context) => this.#onParking(event, context));
    }
    for (const name of BRIDGE_EVENTS) {
      const isOfChannel = handlers.has(name);
      handlers.set(
        name,
        (event, context) => this.#onBridge(event, context, isOfChannel),
      );
    }
    handlers.set("HangupRequest", (event) => {
      if (this.#isWithdrawing(text(event.Uniqueid))) {
        this.#endings.request(event);
      }
      return NO_CHANGES;
    });
    for (const name of TRANSFER_EVENTS) {
      handlers.set(name, (event, { at }) => this.#onTransfer(event, at));
    }
    return joinHandlers(this.recorder.handlers(), handlers);
  }

  /**
   * Reports whether a party that hangs up ends something: it talks, waits or
   * rings somebody. If the others are gone before, their cause is that of the
   * call: a caller hangs up at a busy tone.
   */
  #isWithdrawing(uniqueid: string): boolean {
    const { linkedid = "" } = this.#channels.get(uniqueid) ?? {};
    const { channels = [] } = this.#calls.get(linkedid) ?? {};
    return channels.length > 1 || this.#isWaiting(uniqueid) ||
      this.recorder.isServed(uniqueid);
  }

  /**
   * Adopts snapshots.
   *
   * @param snapshot The snapshots; nothing remains of what could not be listed.
   * @param events The events that came while they were under way.
   * @param context Their time, and the texts in common.
   * @param isStale Whether events were missed.
   * @returns The differences from before.
   */
  sync(
    snapshot: SwitchboardSnapshot,
    events: readonly IntervalEvent[],
    context: FrameContext,
    isStale = true,
  ): Change[] {
    const before: CallState = {
      channels: new Map(this.#channels),
      bridges: new Map(this.#bridges),
      calls: new Map(this.#calls),
    };
    this.recorder.beginComparison();
    this.#replace(snapshot, before, context);
    this.recorder.endComparison();
    const handlers = this.handlers(true);
    // What these return is part of the difference.
    for (const { event, at } of events) {
      handlers.get(text(event.Event))?.(event, { at, texts: context.texts });
    }
    this.#endings.keepOnly(this);
    const { at } = context;
    const changes = callStateChanges(before, this, {
      at,
      onMerged: (call, into) => this.recorder.merge(call.id, into.id, at),
      endOf: (call) => callEnded(call, this.recorder.end(call, at, true), at),
    });
    this.recorder.adopt(at, isStale);
    this.recorder.keepOnly(this.#calls);
    return changes;
  }

  #replace(
    { channels = [], parking = [], bridges = [] }: SwitchboardSnapshot,
    before: CallState,
    context: FrameContext,
  ): void {
    const { at } = context;
    this.#lines.clear();
    this.#calls.clear();
    for (const item of bridges) {
      const previous = before.bridges.get(text(item.BridgeUniqueid));
      const bridge = bridgeOf(item, previous, context);
      this.#bridges.set(bridge.id, { ...bridge, channels: [] });
    }
    const listed = listedChannels({ channels, parking }, before, context);
    const byCall = new Map<string, Channel[]>();
    for (const channel of listed) {
      this.#lines.set(undefined, channel);
      const { bridgeId } = channel;
      const bridge = this.#bridges.get(bridgeId) ?? unlisted(bridgeId, at);
      if (bridgeId !== "") {
        this.#bridges.set(bridgeId, entered(bridge, channel.uniqueid));
      }
      if (isHelper(channel)) continue;
      const siblings = byCall.get(channel.linkedid);
      if (siblings === undefined) byCall.set(channel.linkedid, [channel]);
      else siblings.push(channel);
    }
    for (const [id, siblings] of byCall) {
      const previous = before.calls.get(id);
      const ordered = inOrder(siblings, previous?.channels ?? []);
      this.#calls.set(id, this.#callOf(id, ordered, previous, at));
    }
    for (const [id, bridge] of this.#bridges) {
      const previous = before.bridges.get(id);
      if (previous !== undefined && isSameBridge(previous, bridge)) {
        this.#bridges.set(id, previous);
      }
    }
  }

  #onChannel(event: DAMIData, context: FrameContext): void {
    const uniqueid = text(event.Uniqueid);
    const before = this.#channels.get(uniqueid);
    const after = reduceChannel(before, event, context);
    if (before === after) return;
    if (before !== undefined && after === undefined && !isHelper(before)) {
      this.#endings.hangUp(before, event, context.texts);
      this.recorder.hangUp(event);
    }
    this.#put(before, after, context.at);
    if (after === undefined) this.#endings.forget(uniqueid);
  }

  #onParking(event: DAMIData, context: FrameContext): readonly Change[] {
    const before = this.#channels.get(text(event.ParkeeUniqueid));
    if (before === undefined) return NO_CHANGES;
    const after = reduceParking(before, event, context);
    this.#put(before, after, context.at);
    return this.#changes.take();
  }

  #onBridge(
    event: DAMIData,
    context: FrameContext,
    isOfChannel: boolean,
  ): readonly Change[] {
    const id = text(event.BridgeUniqueid);
    const before = this.#bridges.get(id);
    const after = reduceBridge(before, event, context);
    if (after === undefined) this.#bridges.delete(id);
    else this.#bridges.set(after.id, after);
    this.#changes.add(bridgeChange(before, after, context.at));
    if (isOfChannel) this.#onChannel(event, context);
    const isOtherKind = before !== undefined && after !== undefined &&
      isMixing(before) !== isMixing(after);
    if (isOtherKind) {
      const members = this.#lines.resolve(after.channels);
      this.#updateCallsOf(members, context.at);
    }
    return this.#changes.take();
  }

  #onTransfer(event: DAMIData, at: number): readonly Change[] {
    const named = transferOf(event, at);
    if (named === undefined) return NO_CHANGES;
    const second = text(event.SecondTransfererUniqueid);
    const to = transferTarget(event, named.to, this.#lines, this.recorder);
    const transfer = { ...named, to };
    const id = text(event.TransfererLinkedid ?? event.OrigTransfererLinkedid);
    const uniqueid = text(
      event.TransfererUniqueid ?? event.OrigTransfererUniqueid,
    );
    for (const transferer of [uniqueid, second]) {
      if (this.#channels.has(transferer)) this.#endings.transfer(transferer);
    }
    const call = this.#calls.get(this.#channels.get(uniqueid)?.linkedid ?? id);
    // A snapshot may have been taken since it was applied first.
    const isKnown = call?.transfers.some((known) =>
      known.at === transfer.at && known.by === transfer.by
    );
    if (call === undefined || isKnown) return NO_CHANGES;
    const transfers = [...call.transfers, transfer];
    this.recorder.recordOf(call.id).transfers = transfers;
    this.#putCall(call, { ...call, transfers }, at);
    return this.#changes.take();
  }

  /** Replaces a channel. */
  #put(
    before: Channel | undefined,
    after: Channel | undefined,
    at: number,
  ): void {
    if (before === after) return;
    this.#lines.set(before, after);
    this.recorder.put(before, after, at);
    this.#changes.add(channelChange(before, after, at));
    if (before !== undefined && before.linkedid !== after?.linkedid) {
      this.#leaveCall(before, after?.linkedid, at);
    }
    if (after !== undefined) this.#updateCall(before, after, at);
    if (before !== undefined && before.bridgeId !== after?.bridgeId) {
      this.#updateOthers(before, before.bridgeId, at);
    }
    if (after !== undefined && after.bridgeId !== before?.bridgeId) {
      this.#updateOthers(after, after.bridgeId, at);
    }
  }

  /** Updates the other calls in a bridge that a channel has entered or left: they hear one more party, or one less. */
  #updateOthers(
    channel: Channel,
    bridgeId: string,
    at: number,
  ): void {
    const others = this.#lines.heardBy(channel, bridgeId);
    if (others.length > 0) this.#updateCallsOf(others, at, channel);
  }

  /** Updates the calls of channels, but not that of one. */
  #updateCallsOf(
    channels: readonly Channel[],
    at: number,
    except?: Channel,
  ): void {
    const ids = new Set(channels.map(({ linkedid }) => linkedid));
    if (except !== undefined) ids.delete(except.linkedid);
    for (const id of ids) {
      const previous = this.#calls.get(id);
      if (previous === undefined) continue;
      const siblings = this.#lines.resolve(previous.channels);
      const call = this.#callOf(id, siblings, previous, at);
      const isSame = call.state === previous.state &&
        call.talks === previous.talks;
      if (!isSame) this.#putCall(previous, call, at);
    }
  }

  #callOf(
    id: string,
    channels: readonly Channel[],
    previous: Call | undefined,
    at: number,
  ): Call {
    const call = callOf(id, channels, {
      at,
      previous,
      surroundings: this.#lines,
      record: previous?.record ?? this.recorder.recordOf(id),
    });
    const isNew = call.talks !== (previous?.talks ?? NO_CHANGES);
    if (isNew) this.recorder.follow(call, at);
    return call;
  }

  /** Updates the call of a channel. */
  #updateCall(
    before: Channel | undefined,
    after: Channel,
    at: number,
  ): void {
    const { linkedid, uniqueid } = after;
    if (isHelper(after)) return;
    const isNew = before?.linkedid !== linkedid;
    if (!isNew && isLocal(after) && isSameWire(before, after)) return;
    const previous = this.#calls.get(linkedid);
    if (isNew) this.#endings.goOn(linkedid);
    const ids = previous?.channels ?? [];
    const channels = this.#lines.resolve(isNew ? [...ids, uniqueid] : ids);
    const id = previous?.id ?? linkedid;
    const call = this.#callOf(id, channels, previous, at);
    this.#putCall(previous, call, at);
  }

  /** Takes a channel out of its call, which ends with its last channel. */
  #leaveCall(
    channel: Channel,
    target: string | undefined,
    at: number,
  ): void {
    const previous = this.#calls.get(channel.linkedid);
    if (previous === undefined) return;
    const ids = previous.channels.filter((id) => id !== channel.uniqueid);
    if (ids.length > 0) {
      const siblings = this.#lines.resolve(ids);
      const call = this.#callOf(previous.id, siblings, previous, at);
      if (call.talks.length > 0) this.#endings.goOn(call.id);
      else if (target !== undefined) this.#endings.leave(call.id, target);
      this.#putCall(previous, call, at);
      return;
    }
    const { cause, heir } = this.#endings.end(previous.id, channel);
    const other = this.#calls.get(target ?? heir ?? "");
    if (other === undefined) {
      const call = { ...previous, ...cause };
      this.#calls.delete(call.id);
      this.#changes.add(callEnded(call, this.recorder.end(call, at), at));
      return;
    }
    this.#calls.delete(previous.id);
    const into = merged(other, previous);
    this.#calls.set(into.id, into);
    this.recorder.merge(previous.id, into.id, at);
    this.recorder.recordOf(into.id).transfers = into.transfers;
    this.#changes.add({ type: "call-merged", at, call: previous, into });
  }

  #putCall(
    before: Call | undefined,
    after: Call,
    at: number,
  ): void {
    this.#calls.set(after.id, after);
    for (const change of callChanges(before, after, at)) {
      this.#changes.add(change);
    }
  }
}

/** Reports whether a half of a Local channel joins what it joined before. */
function isSameWire(before: Channel | undefined, after: Channel): boolean {
  return before?.state === after.state && before.bridgeId === after.bridgeId &&
    before.name === after.name && before.parking === after.parking;
}

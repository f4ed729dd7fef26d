import type { Change } from "../change.ts";
import { type Bridge, bridgeChange } from "../records/bridge.ts";
import { type Call, callChanges } from "../records/call.ts";
import { type Channel, channelChange } from "../records/channel.ts";
import type { Talk } from "../records/talk.ts";

/** The channels, the bridges that they are in and the calls that they make. */
export interface CallState {
  /** The channels by `Uniqueid`. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** The bridges by id. */
  readonly bridges: ReadonlyMap<string, Bridge>;
  /** The calls by `Linkedid`. */
  readonly calls: ReadonlyMap<string, Call>;
}

/** The circumstances of a difference. */
export interface CallStateDiffOptions {
  /** The time of the snapshot (milliseconds since 1970). */
  readonly at: number;
  /** Takes a call that has become part of another one. */
  readonly onMerged: (call: Call, into: Call) => void;
  /** Makes the change that reports the end of a call, which was missed. */
  readonly endOf: (call: Call) => Change;
}

/**
 * Returns the changes from one state to another, as a snapshot shows them.
 *
 * @param before The state before.
 * @param after The state after.
 * @param options When, and what takes the ends of calls.
 */
export function callStateChanges(
  before: CallState,
  after: CallState,
  { at, onMerged, endOf }: CallStateDiffOptions,
): Change[] {
  const changes: Change[] = [];
  // They come last, as the call that survives may be new.
  const mergers: Change[] = [];
  const add = (change: Change | undefined) => {
    if (change !== undefined) changes.push(change);
  };
  for (const [id, channel] of before.channels) {
    if (!after.channels.has(id)) add(channelChange(channel, undefined, at));
  }
  for (const [id, call] of before.calls) {
    if (after.calls.has(id)) continue;
    const into = survivorOf(call, after);
    if (into !== undefined) {
      onMerged(call, into);
      mergers.push({ type: "call-merged", at, call, into });
    } else changes.push(endOf(call));
  }
  for (const [id, bridge] of before.bridges) {
    if (!after.bridges.has(id)) add(bridgeChange(bridge, undefined, at));
  }
  for (const [id, bridge] of after.bridges) {
    const known = before.bridges.get(id);
    if (known === undefined || !isSameBridge(known, bridge)) {
      add(bridgeChange(known, bridge, at));
    }
  }
  for (const [id, channel] of after.channels) {
    const known = before.channels.get(id);
    if (known === undefined || !isSame(known, channel)) {
      add(channelChange(known, channel, at));
    }
  }
  for (const [id, call] of after.calls) {
    const known = before.calls.get(id);
    if (known === undefined || !isSameCall(known, call)) {
      changes.push(...callChanges(known, call, at));
    }
  }
  return [...changes, ...mergers];
}

/** Returns the call into which one that is gone was merged: that of one of its channels. */
function survivorOf(call: Call, after: CallState): Call | undefined {
  for (const uniqueid of call.channels) {
    const { linkedid = "" } = after.channels.get(uniqueid) ?? {};
    const other = after.calls.get(linkedid);
    if (other !== undefined) return other;
  }
  return undefined;
}

/**
 * Reports whether two records of a bridge hold the same.
 *
 * @param one The one.
 * @param two The other.
 */
export function isSameBridge(one: Bridge, two: Bridge): boolean {
  return one.technology === two.technology && one.type === two.type &&
    one.name === two.name && one.creator === two.creator &&
    one.channels.length === two.channels.length &&
    one.channels.every((id) => two.channels.includes(id));
}

function isSame(one: Channel, two: Channel): boolean {
  return one === two || JSON.stringify(one) === JSON.stringify(two);
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

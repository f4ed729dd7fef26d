import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { known, recent, shared, text } from "./fields.ts";

/** A bridge, in which channels hear each other. A record is never changed, it is replaced. */
export interface Bridge {
  /** What identifies it. */
  readonly id: string;
  /** Its type, such as `basic`. */
  readonly type: string;
  /** How it mixes, such as `simple_bridge`. */
  readonly technology: string;
  /** Who made it, such as `ConfBridge`; empty if unknown. */
  readonly creator: string;
  /** Its name, such as that of the conference; empty if it has none. */
  readonly name: string;
  /** The `Uniqueid` of each channel in it, in the order in which they came. */
  readonly channels: readonly string[];
  /** Since when it is known (milliseconds since 1970). */
  readonly createdAt: number;
}

/** The changes of a bridge. */
export interface BridgeChanges {
  /** A bridge has begun. */
  "bridge-started": { readonly bridge: Bridge };
  /** Something about a bridge is new, such as who is in it. */
  "bridge-changed": { readonly bridge: Bridge; readonly before: Bridge };
  /** A bridge is gone. */
  "bridge-ended": { readonly bridge: Bridge };
}

/** The events of a bridge. */
export const BRIDGE_EVENTS = [
  "BridgeCreate",
  "BridgeDestroy",
  "BridgeEnter",
  "BridgeLeave",
] as const;

/**
 * A bridge after an event of it.
 *
 * Only `BridgeCreate` makes a bridge, and `BridgeEnter`, which comes first where
 * a bridge was made before the events began.
 *
 * @param bridge The bridge before; `undefined` if there was none.
 * @param event One of {@linkcode BRIDGE_EVENTS}.
 * @param at When it was raised.
 * @returns The bridge after it; `undefined` if there is none any more.
 */
export function reduceBridge(
  bridge: Bridge | undefined,
  event: DAMIData,
  at: number,
): Bridge | undefined {
  if (event.Event === "BridgeDestroy") return undefined;
  if (bridge === undefined && event.Event === "BridgeLeave") return undefined;
  const next = bridgeOf(event, bridge, at);
  if (event.Event === "BridgeEnter") return entered(next, text(event.Uniqueid));
  if (event.Event === "BridgeLeave") return left(next, text(event.Uniqueid));
  return next;
}

/**
 * A bridge with one more channel.
 *
 * @param bridge The bridge.
 * @param uniqueid The channel.
 * @returns The bridge; the same record if it is in it.
 */
export function entered(bridge: Bridge, uniqueid: string): Bridge {
  if (bridge.channels.includes(uniqueid)) return bridge;
  return { ...bridge, channels: bridge.channels.concat(recent(uniqueid)) };
}

/**
 * A bridge with one channel less.
 *
 * @param bridge The bridge.
 * @param uniqueid The channel.
 * @returns The bridge; the same record if it is not in it.
 */
export function left(bridge: Bridge, uniqueid: string): Bridge {
  if (!bridge.channels.includes(uniqueid)) return bridge;
  // A copy has no room to spare, which what filter() gives has.
  const channels = bridge.channels.filter((other) => other !== uniqueid)
    .slice();
  return { ...bridge, channels };
}

/**
 * A bridge as a frame with its headers tells of it.
 *
 * @param frame An event, or an item of `BridgeList`.
 * @param previous What was known of it.
 * @param at When it was.
 * @returns The bridge; the same record if the frame says nothing new.
 */
export function bridgeOf(
  frame: DAMIData,
  previous: Bridge | undefined,
  at: number,
): Bridge {
  const type = text(frame.BridgeType);
  const technology = text(frame.BridgeTechnology);
  const creator = known(frame.BridgeCreator);
  const name = known(frame.BridgeName);
  if (
    previous !== undefined && type === previous.type &&
    technology === previous.technology && creator === previous.creator &&
    name === previous.name
  ) return previous;
  return {
    id: previous?.id ?? recent(text(frame.BridgeUniqueid)),
    type: shared(type),
    technology: shared(technology),
    creator: shared(creator),
    name: shared(name),
    channels: previous?.channels ?? [],
    createdAt: previous?.createdAt ?? at,
  };
}

/**
 * What the difference between two records of a bridge means.
 *
 * @param before The bridge before; `undefined` if there was none.
 * @param after The bridge after; `undefined` if there is none any more.
 * @param at When it came to be so.
 * @returns The change.
 */
export function bridgeChange(
  before: Bridge | undefined,
  after: Bridge | undefined,
  at: number,
): ChangeOf<BridgeChanges> | undefined {
  if (before === after) return undefined;
  if (after === undefined) {
    return before && { type: "bridge-ended", at, bridge: before };
  }
  if (before === undefined) {
    return { type: "bridge-started", at, bridge: after };
  }
  return { type: "bridge-changed", at, bridge: after, before };
}

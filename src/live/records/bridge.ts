import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { knownText, text } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";

/** A bridge, in which channels hear each other, or wait. A record is never changed, it is replaced. */
export interface Bridge {
  /** Its identifier. */
  readonly id: string;
  /** Its type, such as `basic`. */
  readonly type: string;
  /** The mixing technology, such as `simple_bridge`. */
  readonly technology: string;
  /** The module that made it, such as `ConfBridge`; empty if unknown. */
  readonly creator: string;
  /** Its name, such as that of the conference; empty if it has none. */
  readonly name: string;
  /** The `Uniqueid` of each channel in it, in the order in which they came. */
  readonly channels: readonly string[];
  /** Since when it is known (milliseconds since 1970). */
  readonly createdAt: number;
}

/** The technology of bridges in which channels wait and hear nobody: parking lots, `BridgeWait()`, holding bridges of Stasis. */
const HOLDING = "holding_bridge";

/** The types of bridges whose calls Asterisk merges (`ast_bridge_channel_update_linkedids()`, main/bridge_channel.c). */
const MERGING: ReadonlySet<string> = new Set(["basic", "stasis"]);

/**
 * Reports whether channels in a bridge hear each other.
 *
 * @param bridge The bridge.
 * @returns Whether they do.
 */
export function isMixing({ technology }: Bridge): boolean {
  return technology !== HOLDING;
}

/**
 * Reports whether Asterisk makes the calls in a bridge one.
 *
 * @param bridge The bridge.
 * @returns Whether it does.
 */
export function isMerging({ type }: Bridge): boolean {
  return MERGING.has(type);
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
 * Applies an event to a bridge.
 *
 * Only `BridgeCreate` makes a bridge, and `BridgeEnter`, which comes first
 * where a bridge was made before the events began.
 *
 * @param bridge The bridge before; `undefined` if there was none.
 * @param event One of {@linkcode BRIDGE_EVENTS}.
 * @param context Its time, and the texts in common.
 * @returns The bridge after it; `undefined` if it is gone.
 */
export function reduceBridge(
  bridge: Bridge | undefined,
  event: DAMIData,
  context: FrameContext,
): Bridge | undefined {
  if (event.Event === "BridgeDestroy") return undefined;
  if (bridge === undefined && event.Event === "BridgeLeave") return undefined;
  const next = bridgeOf(event, bridge, context);
  if (event.Event === "BridgeEnter") {
    return entered(next, context.texts.recent(text(event.Uniqueid)));
  }
  if (event.Event === "BridgeLeave") return left(next, text(event.Uniqueid));
  return next;
}

/**
 * Adds a channel to a bridge.
 *
 * @param bridge The bridge.
 * @param uniqueid The channel.
 * @returns The bridge; the same record if it is in it.
 */
export function entered(bridge: Bridge, uniqueid: string): Bridge {
  if (bridge.channels.includes(uniqueid)) return bridge;
  return { ...bridge, channels: [...bridge.channels, uniqueid] };
}

/**
 * Removes a channel from a bridge.
 *
 * @param bridge The bridge.
 * @param uniqueid The channel.
 * @returns The bridge; the same record if it is not in it.
 */
export function left(bridge: Bridge, uniqueid: string): Bridge {
  const place = bridge.channels.indexOf(uniqueid);
  if (place === -1) return bridge;
  return { ...bridge, channels: bridge.channels.toSpliced(place, 1) };
}

/**
 * Makes a bridge of a frame with its headers.
 *
 * @param frame An event, or an item of `BridgeList`.
 * @param previous The record before.
 * @param context Its time, and the texts in common.
 * @returns The bridge; the same record if the frame says nothing new.
 */
export function bridgeOf(
  frame: DAMIData,
  previous: Bridge | undefined,
  { at, texts }: FrameContext,
): Bridge {
  const type = text(frame.BridgeType);
  const technology = text(frame.BridgeTechnology);
  const creator = knownText(frame.BridgeCreator);
  const name = knownText(frame.BridgeName);
  if (
    previous !== undefined && type === previous.type &&
    technology === previous.technology && creator === previous.creator &&
    name === previous.name
  ) return previous;
  return {
    id: previous?.id ?? texts.recent(text(frame.BridgeUniqueid)),
    type: texts.common(type),
    technology: texts.common(technology),
    creator: texts.common(creator),
    name: texts.common(name),
    channels: previous?.channels ?? [],
    createdAt: previous?.createdAt ?? at,
  };
}

/**
 * Returns the change between two records of a bridge.
 *
 * @param before The bridge before; `undefined` if it is new.
 * @param after The bridge after; `undefined` if it is gone.
 * @param at When it changed.
 * @returns The change; `undefined` if there is none.
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

/**
 * Makes a bridge that channels are in and that is not listed, as its list was
 * refused.
 *
 * @param id Its id.
 * @param createdAt Since when it is known.
 * @returns The bridge.
 */
export function unlisted(id: string, createdAt: number): Bridge {
  return {
    id,
    type: "",
    technology: "",
    creator: "",
    name: "",
    channels: [],
    createdAt,
  };
}

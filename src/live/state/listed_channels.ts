import type { DAMIData } from "../../data.ts";
import { type Channel, channelOf, reduceParking } from "../records/channel.ts";
import { number, text } from "../records/fields.ts";
import type { FrameContext } from "../records/frame_context.ts";
import type { CallState } from "./call_state_diff.ts";

/** The lists of channels. */
export interface ChannelLists {
  /** The items of `CoreShowChannels` or `Status`. */
  readonly channels: readonly DAMIData[];
  /** The items of `ParkedCalls`. */
  readonly parking: readonly DAMIData[];
}

/**
 * Makes channels of their lists.
 *
 * @param lists The lists.
 * @param before The records before.
 * @param context The time of the lists, and the texts in common.
 * @returns The channels, the oldest first.
 */
export function listedChannels(
  { channels, parking }: ChannelLists,
  before: CallState,
  context: FrameContext,
): Channel[] {
  const listed = channels.map((item) =>
    channelOf(item, before.channels.get(text(item.Uniqueid)), context)
  ).sort(byAge);
  for (const item of parking) {
    const index = listed.findIndex(({ uniqueid }) =>
      uniqueid === text(item.ParkeeUniqueid)
    );
    const channel = listed[index];
    if (channel === undefined) continue;
    // If it was parked there before, it is known since when.
    const { parking } = before.channels.get(channel.uniqueid) ?? channel;
    listed[index] = reduceParking({ ...channel, parking }, item, context);
  }
  return listed;
}

/**
 * Sorts channels into the order that they had before; new ones come last.
 *
 * @param channels The channels.
 * @param before The `Uniqueid` of each channel before.
 */
export function inOrder(
  channels: readonly Channel[],
  before: readonly string[],
): readonly Channel[] {
  const places = new Map(before.map((uniqueid, place) => [uniqueid, place]));
  const placeOf = ({ uniqueid }: Channel) =>
    places.get(uniqueid) ?? before.length;
  return channels.toSorted((one, two) => placeOf(one) - placeOf(two));
}

/**
 * Compares the ages of channels: snapshots list them in no order. Of those that
 * began in the same second, the one that the call began with comes first, and
 * then the `Uniqueid` counts.
 *
 * @param one The one.
 * @param two The other.
 */
function byAge(one: Channel, two: Channel): number {
  return Math.floor(one.createdAt / 1_000) -
      Math.floor(two.createdAt / 1_000) ||
    rank(one) - rank(two) || serial(one) - serial(two);
}

function rank({ uniqueid, linkedid }: Channel): number {
  return uniqueid === linkedid ? 0 : 1;
}

/** Returns the counter in a `Uniqueid` such as `1795364878.10`. */
function serial({ uniqueid }: Channel): number {
  return number(uniqueid.slice(uniqueid.lastIndexOf(".") + 1));
}

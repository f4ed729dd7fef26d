/**
 * The bridges that channels are in.
 *
 * @module
 */

import type { Bridge } from "../../src/live/records/bridge.ts";
import { type Channel, isLocal } from "../../src/live/records/channel.ts";
import type { Surroundings } from "../../src/live/records/talk.ts";
import { AT } from "./_frames.ts";

/** A bridge of two. */
export const BASIC: Omit<Bridge, "id" | "channels"> = {
  type: "basic",
  technology: "simple_bridge",
  creator: "",
  name: "",
  createdAt: AT,
};

/**
 * Puts channels into the bridges that they say they are in.
 *
 * @param channels The channels.
 * @param kinds What kind of bridge each is; basic if not given.
 */
export function surroundingsOf(
  channels: readonly Channel[],
  kinds: Record<string, Partial<Bridge>> = {},
): Surroundings {
  const bridges = new Map<string, Bridge>();
  for (const { uniqueid, bridgeId: id } of channels) {
    if (id === "") continue;
    const bridge = bridges.get(id) ??
      { ...BASIC, ...kinds[id], id, channels: [] };
    bridges.set(id, { ...bridge, channels: [...bridge.channels, uniqueid] });
  }
  return {
    channels: new Map(channels.map((each) => [each.uniqueid, each])),
    bridges,
    halves: new Map(
      channels.filter(isLocal).map(({ name, uniqueid }) => [name, uniqueid]),
    ),
  };
}

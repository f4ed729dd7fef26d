import type { CallLeg } from "./call_leg.ts";

/**
 * The direction of a call.
 *
 * - `"inbound"`: it came in by a trunk.
 * - `"outbound"`: it came from inside, and a trunk was called.
 * - `"internal"`: no trunk took part.
 */
export type CallDirection = "inbound" | "outbound" | "internal";

/** Reports whether a device, such as `PJSIP/provider`, is a trunk. */
export type IsTrunk = (device: string) => boolean;

/**
 * Returns the direction of a call.
 *
 * @param caller The party that called.
 * @param legs Its legs.
 * @param isTrunk Tells trunks from phones.
 * @returns The direction.
 */
export function directionOf(
  caller: CallLeg | undefined,
  legs: readonly CallLeg[],
  isTrunk: IsTrunk,
): CallDirection {
  // An action that rings a trunk calls out, though the trunk is the first leg.
  if (caller !== undefined && isTrunk(caller.device)) {
    return caller.isCalled ? "outbound" : "inbound";
  }
  const isOutbound = legs.some((leg) => leg.isCalled && isTrunk(leg.device));
  return isOutbound ? "outbound" : "internal";
}

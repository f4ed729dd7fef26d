import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { kept, shared, text } from "./fields.ts";

/** The state of a device, as Asterisk calls it (`devstatestring`, main/devicestate.c). */
export type DeviceState =
  | "UNKNOWN"
  | "NOT_INUSE"
  | "INUSE"
  | "BUSY"
  | "INVALID"
  | "UNAVAILABLE"
  | "RINGING"
  | "RINGINUSE"
  | "ONHOLD";

/**
 * A device, such as a phone. A record is never changed, it is replaced. Devices
 * in the states `UNKNOWN` and `INVALID` are not kept.
 */
export interface Device {
  /** Its name, such as `PJSIP/6001`. */
  readonly name: string;
  /** Its state. */
  readonly state: DeviceState;
}

/** The changes of a device. */
export interface DeviceChanges {
  /** A device has another state, or is new. */
  "device-changed": {
    /** The device. */
    readonly device: Device;
    /** The device before; `undefined` if it is new. */
    readonly before: Device | undefined;
  };
  /** A device is gone. */
  "device-removed": { readonly device: Device };
}

/** The event that tells the state of a device. */
export const DEVICE_EVENT = "DeviceStateChange";

// In the order of `enum ast_device_state` (include/asterisk/devicestate.h).
const STATES = [
  "UNKNOWN",
  "NOT_INUSE",
  "INUSE",
  "BUSY",
  "INVALID",
  "UNAVAILABLE",
  "RINGING",
  "RINGINUSE",
  "ONHOLD",
] as const satisfies readonly DeviceState[];

/**
 * The state that a number stands for, as queue members have it.
 *
 * @param state The number.
 * @returns The state.
 */
export function deviceState(state: number): DeviceState {
  return STATES[state] ?? "UNKNOWN";
}

/**
 * Whether a device is none that is kept: Asterisk tells the states of Local
 * channels as of devices, but does not list them
 * (`AST_FLAG_DISABLE_DEVSTATE_CACHE`, main/core_unreal.c). There would be one
 * for each number that is ever called.
 */
function isPassing(event: DAMIData): boolean {
  // The items of the list have no class.
  return event.Privilege !== undefined &&
    text(event.Device).startsWith("Local/");
}

/**
 * A device after an event of it.
 *
 * @param device The device before, if it was known.
 * @param event {@linkcode DEVICE_EVENT}, or an item of `DeviceStateList`, which is the same.
 * @returns The device after it, `undefined` if it is none that is kept; the same record if nothing is new.
 */
export function reduceDevice(
  device: Device | undefined,
  event: DAMIData,
): Device | undefined {
  const told = shared(text(event.State));
  const state = STATES.find((state) => state === told) ?? "UNKNOWN";
  if (device?.state === state) return device;
  // There is no such device, or nothing is known of it. Asterisk lists some of
  // these and not others, such as the addresses that were dialled.
  if (state === "UNKNOWN" || state === "INVALID") return undefined;
  if (device !== undefined) return { ...device, state };
  return isPassing(event)
    ? undefined
    : { name: kept(text(event.Device)), state };
}

/**
 * What the difference between two records of a device means.
 *
 * @param before The device before; `undefined` if there was none.
 * @param after The device after; `undefined` if there is none any more.
 * @param at When it came to be so.
 * @returns The change.
 */
export function deviceChange(
  before: Device | undefined,
  after: Device | undefined,
  at: number,
): ChangeOf<DeviceChanges> | undefined {
  if (after !== undefined) {
    return { type: "device-changed", at, device: after, before };
  }
  return before && { type: "device-removed", at, device: before };
}

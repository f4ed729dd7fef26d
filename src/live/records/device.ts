import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { text } from "./fields.ts";
import { copied } from "../../detached.ts";

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

/** The event of a device with another state. */
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
 * Returns the state that a number stands for, as queue members have it.
 *
 * @param state The number.
 * @returns The state.
 */
export function deviceState(state: number): DeviceState {
  return STATES[state] ?? "UNKNOWN";
}

/**
 * Reports whether a device is not kept: Asterisk reports the states of Local
 * channels as those of devices, but does not list them
 * (`AST_FLAG_DISABLE_DEVSTATE_CACHE`, main/core_unreal.c). There would be one
 * for each number that is ever called.
 */
function isPassing(event: DAMIData): boolean {
  // The items of the list have no class.
  return event.Privilege !== undefined &&
    text(event.Device).startsWith("Local/");
}

/**
 * Applies an event to a device.
 *
 * @param device The device before, if it was known.
 * @param event {@linkcode DEVICE_EVENT}, or an item of `DeviceStateList`, which is the same.
 * @returns The device after it, `undefined` if it is not kept; the same record if nothing is new.
 */
export function reduceDevice(
  device: Device | undefined,
  event: DAMIData,
): Device | undefined {
  const name = text(event.State);
  const state = STATES.find((state) => state === name) ?? "UNKNOWN";
  if (device?.state === state) return device;
  // No such device, or nothing is known about it. Asterisk lists some of these
  // and not others, such as the addresses that were dialled.
  if (state === "UNKNOWN" || state === "INVALID") return undefined;
  if (device !== undefined) return { ...device, state };
  return isPassing(event)
    ? undefined
    : { name: copied(text(event.Device)), state };
}

/**
 * Returns the change between two records of a device.
 *
 * @param before The device before; `undefined` if it is new.
 * @param after The device after; `undefined` if it is gone.
 * @param at When it changed.
 * @returns The change; `undefined` if there is none.
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

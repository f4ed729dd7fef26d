import type { Change, ChangeType, LiveState } from "../live/live_pbx.ts";

/**
 * The state of a PBX in a {@linkcode FleetLive}: that of its `LivePbx`, where
 * `"stale"` stands for every PBX without a connection, or `"refused"` if it has
 * refused the login, and there will be no connection.
 */
export type FleetLiveState = Exclude<LiveState, "stopped"> | "refused";

/** The fields of every change of a fleet. */
export interface FleetChangeFields {
  /** The name of the PBX. */
  readonly pbx: string;
  /** The time of the change (milliseconds since 1970). */
  readonly at: number;
}

/** A PBX was added to the fleet. */
export interface PbxAddedChange extends FleetChangeFields {
  /** The name of the change. */
  readonly type: "pbx-added";
}

/** A PBX was removed from the fleet, after the end of everything that was shown of it. */
export interface PbxRemovedChange extends FleetChangeFields {
  /** The name of the change. */
  readonly type: "pbx-removed";
}

/** A PBX has another state. */
export interface PbxStateChange extends FleetChangeFields {
  /** The name of the change. */
  readonly type: "pbx-state-changed";
  /** The state. */
  readonly state: FleetLiveState;
  /** The state before. */
  readonly before: FleetLiveState;
}

/**
 * A change of a `LivePbx`, with the name of the PBX.
 *
 * @typeParam Type The name of the change.
 */
export type PbxChange<Type extends ChangeType = ChangeType> = Type extends
  ChangeType ? Change<Type> & {
    /** The name of the PBX. */
    readonly pbx: string;
  }
  : never;

/**
 * A change of what {@linkcode FleetLive} shows: one of a `LivePbx`, with the
 * name of the PBX, or one of the PBX itself. The records in it are those of the
 * PBX, by whose ids they are found under `${pbx}/${id}`.
 *
 * @example
 * ```ts
 * import type { FleetChange } from "@dami/dami/fleet";
 *
 * function describe(change: FleetChange): string {
 *   switch (change.type) {
 *     case "call-ended":
 *       return `${change.pbx}: ${change.call.id} ${change.causeText}`;
 *     case "pbx-state-changed":
 *       return `${change.pbx} is ${change.state}`;
 *     default:
 *       return `${change.pbx}: ${change.type}`;
 *   }
 * }
 * console.log(describe);
 * ```
 */
export type FleetChange =
  | PbxChange
  | PbxAddedChange
  | PbxRemovedChange
  | PbxStateChange;

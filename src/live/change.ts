import type { BridgeChanges } from "./records/bridge.ts";
import type { CallChanges } from "./records/call.ts";
import type { ChangeFields, ChangeOf } from "./records/change_of.ts";
import type { ChannelChanges } from "./records/channel.ts";
import type { DeviceChanges } from "./records/device.ts";
import type { EndpointChanges } from "./records/endpoint.ts";
import type { ExtensionChanges } from "./records/extension.ts";
import type { FiguresChanges } from "./figures/figures.ts";
import type { QueueChanges } from "./records/queue.ts";

export type { ChangeFields };

/** The subject of a snapshot. */
export type SnapshotKind =
  | "channels"
  | "parking"
  | "bridges"
  | "queues"
  | "devices"
  | "extensions"
  | "endpoints";

/**
 * The reason for new snapshots.
 *
 * - `"gap"`: the connection was lost and has been restored.
 * - `"boot"`: the PBX has loaded all of its modules.
 * - `"reload"`: the configuration was reloaded.
 * - `"refresh"`: the program asked for it.
 */
export type SnapshotReason = "gap" | "boot" | "reload" | "refresh";

/** The changes of the snapshots and of the connection. */
export interface SyncChanges {
  /** The connection is lost: the maps show what was last known. */
  "stale": Record<never, never>;
  /**
   * Snapshots are being taken. What differs is emitted as changes before
   * `snapshot-end`. It comes once more where they are taken again, as they had
   * waited behind more events than are kept.
   */
  "snapshot-begin": { readonly reason: SnapshotReason };
  /** The maps are up to date. */
  "snapshot-end": { readonly reason: SnapshotReason };
  /** A snapshot could not be taken. All others are kept. */
  "problem": {
    /** Its subject. */
    readonly snapshot: SnapshotKind;
    /** The reason. */
    readonly error: Error;
  };
}

/** The fields of each kind of change, by its name. */
export interface ChangeDetails
  extends
    CallChanges,
    ChannelChanges,
    BridgeChanges,
    QueueChanges,
    DeviceChanges,
    ExtensionChanges,
    EndpointChanges,
    FiguresChanges,
    SyncChanges {}

/** The names of the changes. */
export type ChangeType = keyof ChangeDetails;

/**
 * A change. `type` names it, and decides what else it holds.
 *
 * @example
 * ```ts
 * import type { Change } from "@dami/dami/live";
 *
 * function describe(change: Change): string {
 *   switch (change.type) {
 *     case "call-ended":
 *       return `${change.call.id}: ${change.causeText}`;
 *     case "member-paused":
 *       return `${change.member.name}: ${change.member.pausedReason}`;
 *     default:
 *       return change.type;
 *   }
 * }
 * console.log(describe);
 * ```
 */
export type Change<Type extends ChangeType = ChangeType> = ChangeOf<
  ChangeDetails,
  Type
>;

/** The changes as the events of `LivePbx`. */
export type ChangeEventMap = {
  [Type in ChangeType]: CustomEvent<Change<Type>>;
};

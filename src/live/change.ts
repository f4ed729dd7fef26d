import type { Bridge } from "./records/bridge.ts";
import type { Call, Transfer } from "./records/call.ts";
import type { Channel } from "./records/channel.ts";
import type { Device } from "./records/device.ts";
import type { Endpoint } from "./records/endpoint.ts";
import type { Extension } from "./records/extension.ts";
import type { Queue } from "./records/queue.ts";
import type { QueueCaller } from "./records/queue_caller.ts";
import type { QueueMember } from "./records/queue_member.ts";

/** What a snapshot tells of. */
export type SnapshotKind =
  | "channels"
  | "parking"
  | "bridges"
  | "queues"
  | "devices"
  | "extensions"
  | "endpoints";

/**
 * Why all snapshots are taken.
 *
 * - `"gap"`: the connection was lost and made again.
 * - `"boot"`: the PBX has loaded all of its modules.
 * - `"refresh"`: the program asked for it.
 */
export type SnapshotReason = "gap" | "boot" | "refresh";

/** What each kind of change tells, by its name. */
export interface ChangeDetails {
  /** A call has begun. */
  "call-started": { readonly call: Call };
  /** A party of a call is up, the first one. */
  "call-answered": { readonly call: Call };
  /** Two parties of a call talk, for the first time. */
  "call-connected": { readonly call: Call };
  /** A party has put the others on hold. */
  "call-held": { readonly call: Call };
  /** Nobody has the others on hold any more. */
  "call-resumed": { readonly call: Call };
  /** A party of a call is parked. */
  "call-parked": { readonly call: Call };
  /** No party of a call is parked any more. */
  "call-unparked": { readonly call: Call };
  /** A call was transferred. */
  "call-transferred": { readonly call: Call; readonly transfer: Transfer };
  /** Two calls have become one: `from` is no more, and did not end. */
  "call-merged": { readonly call: Call; readonly from: Call };
  /** Anything else of a call is new: its parties, its state, who talks to whom. */
  "call-changed": { readonly call: Call; readonly before: Call };
  /** A call is over. */
  "call-ended": {
    /** The call as it was last. */
    readonly call: Call;
    /** The hang-up cause (Q.850); 0 if none was told. */
    readonly cause: number;
    /** The cause in words. */
    readonly causeText: string;
    /** Whether anybody had answered. */
    readonly answered: boolean;
    /** Whether its end was missed, as the connection was lost: then the cause is not known. */
    readonly lost: boolean;
  };
  /** A channel has begun. */
  "channel-started": { readonly channel: Channel };
  /** Something of a channel is new. */
  "channel-changed": { readonly channel: Channel; readonly before: Channel };
  /** A channel is gone. */
  "channel-ended": { readonly channel: Channel };
  /** A bridge has begun. */
  "bridge-started": { readonly bridge: Bridge };
  /** Something of a bridge is new, such as who is in it. */
  "bridge-changed": { readonly bridge: Bridge; readonly before: Bridge };
  /** A bridge is gone. */
  "bridge-ended": { readonly bridge: Bridge };
  /** A queue is new. */
  "queue-added": { readonly queue: Queue };
  /** The figures of a queue are new. */
  "queue-changed": { readonly queue: Queue; readonly before: Queue };
  /** A queue is gone. */
  "queue-removed": { readonly queue: Queue };
  /** Somebody waits in a queue. */
  "caller-joined": { readonly queue: Queue; readonly caller: QueueCaller };
  /** Somebody has another position. */
  "caller-moved": { readonly queue: Queue; readonly caller: QueueCaller };
  /** A member and a caller talk. It comes behind `caller-left`, as Asterisk tells it so. */
  "caller-connected": {
    /** The queue. */
    readonly queue: Queue;
    /** The `Uniqueid` of the caller's channel. */
    readonly uniqueid: string;
    /** The member; `undefined` if it is none any more. */
    readonly member: QueueMember | undefined;
    /** How long the caller waited (seconds). */
    readonly holdTime: number;
    /** How long the member's phone rang (seconds). */
    readonly ringTime: number;
  };
  /** Somebody waits no more. */
  "caller-left": {
    /** The queue. */
    readonly queue: Queue;
    /** The caller. */
    readonly caller: QueueCaller;
    /** Whether the caller gave up. If not, `caller-connected` follows where a member has answered. */
    readonly abandoned: boolean;
    /** Whether the end of the wait was missed. */
    readonly lost: boolean;
  };
  /** A queue has a member more. */
  "member-added": { readonly queue: Queue; readonly member: QueueMember };
  /** A queue has a member less. */
  "member-removed": { readonly queue: Queue; readonly member: QueueMember };
  /** A member makes a pause. */
  "member-paused": { readonly queue: Queue; readonly member: QueueMember };
  /** A member's pause is over. */
  "member-unpaused": { readonly queue: Queue; readonly member: QueueMember };
  /** The device of a member has another state. */
  "member-state-changed": {
    /** The queue. */
    readonly queue: Queue;
    /** The member. */
    readonly member: QueueMember;
    /** The member before. */
    readonly before: QueueMember;
  };
  /** Anything else of a member is new, such as its penalty or its calls. */
  "member-changed": {
    /** The queue. */
    readonly queue: Queue;
    /** The member. */
    readonly member: QueueMember;
    /** The member before. */
    readonly before: QueueMember;
  };
  /** A device has another state, or is new. */
  "device-changed": {
    /** The device. */
    readonly device: Device;
    /** The device before; `undefined` if it is new. */
    readonly before: Device | undefined;
  };
  /** A device is gone. */
  "device-removed": { readonly device: Device };
  /** An extension has another state, or is new. */
  "extension-changed": {
    /** The extension. */
    readonly extension: Extension;
    /** The extension before; `undefined` if it is new. */
    readonly before: Extension | undefined;
  };
  /** An extension has no hint any more. */
  "extension-removed": { readonly extension: Extension };
  /** An endpoint can be reached otherwise than before, or is new. */
  "endpoint-changed": {
    /** The endpoint. */
    readonly endpoint: Endpoint;
    /** The endpoint before; `undefined` if it is new. */
    readonly before: Endpoint | undefined;
  };
  /** An endpoint is gone. */
  "endpoint-removed": { readonly endpoint: Endpoint };
  /** The connection is lost: what is shown is what was last known. */
  "stale": Record<never, never>;
  /** Snapshots are being taken. What they tell comes as changes before `snapshot-end`. */
  "snapshot-begin": { readonly reason: SnapshotReason };
  /** What is shown is what is. */
  "snapshot-end": { readonly reason: SnapshotReason };
  /** A snapshot could not be had. All others are kept. */
  "problem": {
    /** What it would have told of. */
    readonly snapshot: SnapshotKind;
    /** Why it could not be had. */
    readonly error: Error;
  };
}

/** What every change tells. */
export interface ChangeFields<Type extends ChangeType> {
  /** What has changed. */
  readonly type: Type;
  /** When (milliseconds since 1970). */
  readonly at: number;
}

/** The names of the changes. */
export type ChangeType = keyof ChangeDetails;

/**
 * A change of what is. `type` tells which, and what else it holds.
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
export type Change<Type extends ChangeType = ChangeType> = Type extends
  ChangeType ? ChangeFields<Type> & ChangeDetails[Type] : never;

/** The changes as the events of `LivePbx`. */
export type ChangeEventMap = {
  [Type in ChangeType]: CustomEvent<Change<Type>>;
};

import type { Change, LivePbx } from "../live/live_pbx.ts";
import { lostCall } from "../live/records/lost_call.ts";

/** The records of a PBX. */
export type Records = Pick<
  LivePbx,
  | "bridges"
  | "calls"
  | "channels"
  | "devices"
  | "endpoints"
  | "extensions"
  | "queues"
>;

/**
 * Lists the changes by which everything in a PBX appears, as they come after a
 * gap.
 *
 * @param records The records of the PBX.
 * @param at The time (milliseconds since 1970).
 * @returns The changes.
 */
export function* appearing(records: Records, at: number): Generator<Change> {
  for (const channel of records.channels.values()) {
    yield { type: "channel-started", at, channel };
  }
  for (const bridge of records.bridges.values()) {
    yield { type: "bridge-started", at, bridge };
  }
  for (const call of records.calls.values()) {
    yield { type: "call-started", at, call };
    if (call.answeredAt !== undefined) {
      yield { type: "call-answered", at, call };
    }
    if (call.connectedAt !== undefined) {
      yield { type: "call-connected", at, call };
    }
  }
  for (const queue of records.queues.values()) {
    yield { type: "queue-added", at, queue };
  }
  const before = undefined;
  for (const device of records.devices.values()) {
    yield { type: "device-changed", at, device, before };
  }
  for (const extension of records.extensions.values()) {
    yield { type: "extension-changed", at, extension, before };
  }
  for (const endpoint of records.endpoints.values()) {
    yield { type: "endpoint-changed", at, endpoint, before };
  }
}

/**
 * Lists the changes by which everything in a PBX disappears. The ends of the
 * calls are not known: they are lost.
 *
 * @param records The records of the PBX.
 * @param at The time (milliseconds since 1970).
 * @returns The changes.
 */
export function* disappearing(records: Records, at: number): Generator<Change> {
  for (const channel of records.channels.values()) {
    yield { type: "channel-ended", at, channel };
  }
  for (const bridge of records.bridges.values()) {
    yield { type: "bridge-ended", at, bridge };
  }
  for (const call of records.calls.values()) {
    yield lostCall(call, at);
  }
  for (const queue of records.queues.values()) {
    yield { type: "queue-removed", at, queue };
  }
  for (const device of records.devices.values()) {
    yield { type: "device-removed", at, device };
  }
  for (const extension of records.extensions.values()) {
    yield { type: "extension-removed", at, extension };
  }
  for (const endpoint of records.endpoints.values()) {
    yield { type: "endpoint-removed", at, endpoint };
  }
}

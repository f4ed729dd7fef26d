import type { Channel } from "../calls/channel.ts";
import type { QueueMember } from "./queue_member.ts";

/** A caller that waits in a queue. */
export interface QueueCaller {
  readonly channel: Channel;
  /** The start of the wait (milliseconds since the epoch). */
  readonly joinedAt: number;
  /** Reports whether members can be rung for it now. */
  readonly isIdle: boolean;
  /** The index of the member whose turn it is, for `linear`. */
  linearPosition: number;
  /** Rings members. */
  ring(members: readonly QueueMember[]): void;
}

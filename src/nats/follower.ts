import type { BusMessage } from "./bus_message.ts";
import { formatId, type MessageId } from "./message_id.ts";
import { type GapRecord, parseEpoch } from "./records.ts";

/**
 * Follows the ids of all messages of one PBX, and finds what is missing between
 * them: the stream has dropped it before this reader read it.
 */
export class Follower {
  #last: MessageId | undefined;
  #lastAt = 0;

  /**
   * Takes the next message.
   *
   * @param message The message.
   * @returns The gap before it, if there is one.
   */
  take(message: BusMessage): GapRecord | undefined {
    const last = this.#last;
    const { id, at } = message;
    // It is delivered once more.
    if (last !== undefined && !isBehind(id, last)) return undefined;
    const from = this.#lastAt;
    this.#last = id;
    this.#lastAt = at;
    return last === undefined || follows(message, last)
      ? undefined
      : { from, to: Math.max(from, at), reason: "retention" };
  }
}

function isBehind(id: MessageId, last: MessageId): boolean {
  return id.epoch > last.epoch ||
    (id.epoch === last.epoch && id.sequence > last.sequence);
}

/** Reports whether a message is the very next one. */
function follows({ id, kind, payload }: BusMessage, last: MessageId): boolean {
  if (id.epoch === last.epoch) return id.sequence === last.sequence + 1;
  return kind === "epoch" && parseEpoch(payload)?.after === formatId(last);
}

import type { JsMsg } from "@nats-io/jetstream";
import { AT_HEADER, ID_HEADER } from "./journal.ts";
import { type MessageId, parseId } from "./message_id.ts";

/** A message of the stream. */
export interface BusMessage {
  /** The kind of message. */
  readonly kind: "event" | "gap" | "epoch";
  /** The name of the PBX. */
  readonly pbx: string;
  /** Its id. */
  readonly id: MessageId;
  /** The time at which the bridge received it (milliseconds since 1970). */
  readonly at: number;
  /** The payload. */
  readonly payload: string;
}

/**
 * Reads a message of the stream.
 *
 * @param message The message.
 * @returns What it is; `undefined` if no bridge has published it.
 */
export function readMessage(message: JsMsg): BusMessage | undefined {
  const id = parseId(message.headers?.get(ID_HEADER));
  const [, kind, pbx = ""] = message.subject.split(".");
  if (kind !== "event" && kind !== "gap" && kind !== "epoch") return undefined;
  if (id === undefined || id.pbx !== pbx) return undefined;
  const at = Number(message.headers?.get(AT_HEADER));
  return {
    kind,
    pbx,
    id,
    at: at || message.time.getTime(),
    payload: message.string(),
  };
}

import type { JsMsg } from "@nats-io/jetstream";
import { headOf } from "./message_head.ts";
import type { MessageId } from "./message_id.ts";

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
  const { id, at } = headOf(message);
  if (id === undefined) return undefined;
  const { pbx } = id;
  const kind = kindOf(message.subject, pbx);
  if (kind === undefined) return undefined;
  return {
    kind,
    pbx,
    id,
    at: at || message.time.getTime(),
    payload: message.string(),
  };
}

/** The kinds, and the beginnings of their subjects. */
const KINDS = [
  ["event", "dami.event."],
  ["gap", "dami.gap."],
  ["epoch", "dami.epoch."],
] as const;

/** Returns the kind of a message of a PBX; `undefined` if the subject is not one of these. */
function kindOf(subject: string, pbx: string): BusMessage["kind"] | undefined {
  for (const [kind, beginning] of KINDS) {
    const { length } = beginning;
    const isOfKind = subject.startsWith(beginning) &&
      subject.startsWith(pbx, length) && subject[length + pbx.length] === ".";
    if (isOfKind) return kind;
  }
  return undefined;
}

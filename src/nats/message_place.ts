import type { JsMsg } from "@nats-io/jetstream";

/** The place of a message. */
export interface MessagePlace {
  /** Its number in the stream. */
  readonly sequence: number;
  /** Its number among those that were delivered to this reader. */
  readonly delivery: number;
}

/** The part of a message that says its place. */
interface PlacedMessage {
  /** The facts that the client reads from the subject on which it is acknowledged. */
  readonly info: Pick<JsMsg["info"], "streamSequence" | "deliverySequence">;
}

/** Beginning of the subject on which a message is acknowledged. */
const ACK = "$JS.ACK.";

/** Number of dots in that subject, as servers without domains write it. */
const DOTS = 8;

/**
 * Reads the place of a message from the subject on which it is acknowledged. The
 * client reads all that is in there, which takes several times as long.
 *
 * @param message The message.
 * @returns The place.
 */
export function placeOf(message: PlacedMessage): MessagePlace {
  const reply: unknown = Reflect.get(message, "reply");
  if (typeof reply !== "string" || !reply.startsWith(ACK)) {
    const { streamSequence, deliverySequence } = message.info;
    return { sequence: streamSequence, delivery: deliverySequence };
  }
  let dots = 0;
  for (let at = -1; (at = reply.indexOf(".", at + 1)) !== -1;) dots++;
  // A domain and an account stand before the stream, if there are any.
  let begin = 0;
  for (let skip = dots === DOTS ? 5 : 7; skip > 0; skip--) {
    begin = reply.indexOf(".", begin) + 1;
  }
  const end = reply.indexOf(".", begin);
  const next = reply.indexOf(".", end + 1);
  return {
    sequence: Number(reply.slice(begin, end)),
    delivery: Number(reply.slice(end + 1, next)),
  };
}

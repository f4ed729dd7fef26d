import type { JsMsg } from "@nats-io/jetstream";
import { AT_HEADER, ID_HEADER } from "./journal.ts";
import { ID, type MessageId, parseId } from "./message_id.ts";

/** The headers of a message that a bridge has published. */
export interface MessageHead {
  /** The id of the message; `undefined` if it has none. */
  readonly id: MessageId | undefined;
  /** The time at which the bridge received it (milliseconds since 1970); `NaN` if that is missing. */
  readonly at: number;
}

/** The headers as {@linkcode Journal} writes them: these two come first. */
const HEAD = new RegExp(
  `^NATS/1\\.0\\r\\n${ID_HEADER}: ${ID}\\r\\n${AT_HEADER}: (\\d+)\\r\\n`,
);

const decoder = new TextDecoder();

/**
 * Reads the headers of a message. The client would put all of them into a map,
 * under other names: that takes as long as everything else for a message. So
 * they are read from the bytes where it shows them, and by its map elsewhere.
 *
 * @param message The message.
 * @returns The headers.
 */
export function headOf(message: Pick<JsMsg, "headers">): MessageHead {
  const bytes = headBytes(message);
  const found = bytes && HEAD.exec(decoder.decode(bytes));
  if (found) {
    const [, pbx = "", epoch, sequence, at] = found;
    return {
      id: { pbx, epoch: Number(epoch), sequence: Number(sequence) },
      at: Number(at),
    };
  }
  const { headers } = message;
  return {
    id: parseId(headers?.get(ID_HEADER)),
    at: Number(headers?.get(AT_HEADER) || NaN),
  };
}

/** Finds the bytes of the headers inside the client's message; `undefined` if it is made otherwise. */
function headBytes(message: object): Uint8Array | undefined {
  const inner: unknown = Reflect.get(message, "msg");
  if (!isObject(inner)) return undefined;
  const bytes: unknown = Reflect.get(inner, "_rdata");
  const parsed: unknown = Reflect.get(inner, "_msg");
  if (!isObject(parsed) || !(bytes instanceof Uint8Array)) return undefined;
  const length: unknown = Reflect.get(parsed, "hdr");
  return typeof length === "number" && length > 0
    ? bytes.subarray(0, length)
    : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

import type { ActionData, ActionValue } from "../actions/action.ts";
import type { DAMIData } from "../data.ts";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiError,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  AmiTimeoutError,
  AmiVersionError,
  type ConnectionFailure,
  type Outcome,
} from "../errors.ts";
import { parseEvent } from "./bus_events.ts";
import { parseObject } from "./records.ts";
import { errorText } from "../error_text.ts";

/** The header with the time after which an action is no longer started (milliseconds since 1970). */
export const DEADLINE_HEADER = "Dami-Deadline";

/** The header with the place in the stream of the last event that came before an answer. */
export const AFTER_HEADER = "Dami-After";

/** The header with the number of the messages that an answer is cut into. */
export const PARTS_HEADER = "Dami-Parts";

/** The largest part of an answer (bytes): NATS limits the size of a message. */
export const MAX_PART = 512 << 10;

/** A request to a bridge, without the action's name, which is in the subject. */
export interface ActionRequest {
  /** The headers of the action. */
  readonly data: ActionData;
  /** Time that the bridge waits for the answer (milliseconds); `undefined` for the default. */
  readonly timeout: number | undefined;
  /** The key under which it is done once. */
  readonly once: string | undefined;
  /** For `Originate`: present to wait for the outcome of the call, with whether to hang it up if it is abandoned. */
  readonly originate: { readonly hangUp: boolean } | undefined;
}

/** Writes a request. */
export function formatRequest(request: ActionRequest): string {
  const { timeout } = request;
  return JSON.stringify({
    ...request,
    // JSON has no infinity.
    timeout: timeout === Infinity ? "forever" : timeout,
  });
}

/** Reads a request, which anybody on the bus may have sent; `undefined` if the text is not one. */
export function parseRequest(text: string): ActionRequest | undefined {
  const { data, timeout, once, originate } = parseObject(text);
  if (typeof data !== "object" || data === null) return undefined;
  const isTimed = timeout === undefined || typeof timeout === "number" ||
    timeout === "forever";
  if (!isTimed || (once !== undefined && typeof once !== "string")) {
    return undefined;
  }
  return {
    data: parseData(data),
    timeout: timeout === "forever" ? Infinity : timeout,
    once,
    originate: typeof originate === "object" && originate !== null
      ? { hangUp: Reflect.get(originate, "hangUp") === true }
      : undefined,
  };
}

/** Takes anything that an action can hold; the encoder refuses the rest. */
function parseData(value: object): ActionData {
  const data: ActionData = {};
  for (const [name, each] of Object.entries(value)) {
    if (isActionValue(each)) data[name] = each;
    else data[name] = String(each);
  }
  return data;
}

function isActionValue(value: unknown): value is ActionValue {
  return ["string", "number", "boolean"].includes(typeof value) ||
    (typeof value === "object" && value !== null);
}

/** The answer of a bridge. */
export type ActionAnswer =
  | {
    /** The frames of the answer. */
    readonly frames: readonly DAMIData[];
  }
  | {
    /** The outcome of a call. */
    readonly call: Readonly<Record<string, unknown>>;
  }
  | {
    /** The reason why there is no answer. */
    readonly error: Readonly<Record<string, unknown>>;
    /** `true` if nothing was sent, as the PBX is being handed over to another bridge. */
    readonly isMoving: boolean;
  };

/** Reads an answer. */
export function parseAnswer(text: string): ActionAnswer {
  const { frames, call, error, isMoving } = parseObject(text);
  if (isRecord(error)) return { error, isMoving: isMoving === true };
  if (isRecord(call)) return { call };
  return { frames: Array.isArray(frames) ? frames.map(frameOf) : [] };
}

/** Reads a frame. */
export function frameOf(value: unknown): DAMIData {
  return parseEvent(JSON.stringify(value ?? {}));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * Makes an error ready for the bus.
 *
 * @param error The error.
 * @returns The facts from which the other side can rebuild it.
 */
export function describeError(error: unknown): Record<string, unknown> {
  const message = errorText(error);
  if (!(error instanceof AmiError)) {
    const isMisuse = error instanceof TypeError || error instanceof RangeError;
    return { code: isMisuse ? error.name : "Error", message };
  }
  const { code } = error;
  const details = { ...error, code, message };
  // They are kept out of what a console prints, but the caller has a right to them.
  if (error instanceof AmiResponseError) {
    return { ...details, frames: error.frames };
  }
  return details;
}

/**
 * Makes an error that a bridge has described.
 *
 * @param described What the bridge says.
 * @param action The action's name.
 * @returns The error, of the class that a client of one's own would throw.
 */
export function makeError(
  described: Readonly<Record<string, unknown>>,
  action: string,
): Error {
  const message = String(described.message);
  const outcome: Outcome = described.outcome === "not-sent"
    ? "not-sent"
    : "unknown";
  switch (described.code) {
    case "AMI_RESPONSE":
      return new AmiResponseError(message, {
        action,
        frames: Array.isArray(described.frames)
          ? described.frames.map(frameOf)
          : [],
        emptyList: described.emptyList === true,
      });
    case "AMI_TIMEOUT":
      return new AmiTimeoutError(message, {
        action,
        timeout: Number(described.timeout),
        outcome,
      });
    case "AMI_CLOSED":
      return new AmiClosedError(message, outcome);
    case "AMI_LIMIT":
      return new AmiLimitError(
        message,
        String(described.limit),
        Number(described.value),
      );
    case "AMI_PROTOCOL":
      return new AmiProtocolError(message, []);
    case "AMI_VERSION":
      return new AmiVersionError(
        message,
        String(described.amiVersion),
        String(described.oldest),
      );
    case "AMI_AUTHENTICATION":
      return new AmiAuthenticationError(message, String(described.username));
    case "TypeError":
      return new TypeError(message);
    case "RangeError":
      return new RangeError(message);
    default:
      return new AmiConnectionError(message, {
        failure: failureOf(described.failure),
        outcome,
      });
  }
}

const FAILURES: readonly ConnectionFailure[] = [
  "refused",
  "unreachable",
  "not-permitted",
  "no-greeting",
  "not-ami",
  "tls",
  "lost",
  "no-answer",
  "shutdown",
];

function failureOf(value: unknown): ConnectionFailure {
  return FAILURES.find((failure) => failure === value) ?? "lost";
}

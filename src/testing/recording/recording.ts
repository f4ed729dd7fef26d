/** The side that ended a recorded session. */
export type RecordingEnd = "pbx" | "client";

/** The kinds of values that were masked when a session was recorded. */
export interface RecordingMasks {
  /** Phone numbers and extensions are masked. */
  numbers: boolean;
  /** Names are masked. */
  names: boolean;
  /** Public IP addresses are masked. */
  addresses: boolean;
}

/** The first line of a recording. */
export interface RecordingHead {
  /** The start of the session (ISO 8601). */
  recorded: string;
  /** The values that were masked, besides the secrets. */
  masked: RecordingMasks;
}

/** Bytes of a recorded session: whole lines, but for what a broken session ended in. */
export interface RecordedPiece {
  /** The time of its end, since the start of the session (milliseconds). */
  at: number;
  /** Its direction: from the PBX, or to it. */
  direction: "received" | "sent";
  /** The bytes. */
  bytes: Uint8Array;
}

/** A recorded session. */
export interface Recording extends RecordingHead {
  /** The pieces of the session, in order. */
  pieces: RecordedPiece[];
  /** The end of the session; `undefined` if it was not recorded. */
  end: { at: number; by: RecordingEnd } | undefined;
  /**
   * The last line, if it is cut off, as by a full disk or a loss of power. What
   * stands before it is in {@linkcode Recording.pieces}.
   */
  cutLine?: number;
}

/**
 * A file that is not a recording, or a broken one.
 *
 * @example
 * ```ts
 * import { AmiServer, RecordingError } from "@dami/dami/testing";
 *
 * try {
 *   await using server = await AmiServer.replay("queue.dami");
 *   console.log(server.port);
 * } catch (error) {
 *   if (!(error instanceof RecordingError)) throw error;
 *   console.error(`Line ${error.line} is wrong: ${error.message}`);
 * }
 * ```
 */
export class RecordingError extends Error {
  /** The name of the class. */
  override readonly name = "RecordingError";
  /** The line of the file that is wrong; the first one is 1. */
  readonly line: number;

  /**
   * Makes the error.
   *
   * @param line The line of the file that is wrong.
   * @param reason The fault.
   */
  constructor(line: number, reason: string) {
    super(`Cannot read the recording as line ${line} ${reason}`);
    this.line = line;
  }
}

/** The version of the format. */
const VERSION = 1;

const MARKS = { received: "<", sent: ">" } as const;

const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8Encoder = new TextEncoder();

/**
 * Characters that `JSON.stringify()` does not escape, although they would
 * control the terminal that a recording is shown in, or turn the direction of
 * its text around.
 */
const UNPRINTABLE =
  /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function toLine(value: unknown): string {
  const json = JSON.stringify(value).replaceAll(
    UNPRINTABLE,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${json}\n`;
}

/**
 * Writes the first line of a recording.
 *
 * @param head Its content.
 * @returns The line with its end.
 */
export function writeHead({ recorded, masked }: RecordingHead): string {
  const { numbers, names, addresses } = masked;
  return toLine({
    dami: VERSION,
    recorded,
    masked: { secrets: true, numbers, names, addresses },
  });
}

/**
 * Writes a piece of a recording, such as `[12,"<","Event: Hangup\r\n\r\n"]`.
 * Bytes that are not UTF-8 get a fourth item, `"latin1"`: each character is
 * the byte of its code then.
 *
 * @param piece The piece.
 * @returns The line with its end.
 */
export function writePiece({ at, direction, bytes }: RecordedPiece): string {
  const mark = MARKS[direction];
  const text = decodeUtf8(bytes);
  return text === undefined
    ? toLine([at, mark, toBinary(bytes), "latin1"])
    : toLine([at, mark, text]);
}

/**
 * Writes the last line of a recording.
 *
 * @param at The end of the session, since its beginning (milliseconds).
 * @param by The side that ended it.
 * @returns The line with its end.
 */
export function writeEnd(at: number, by: RecordingEnd): string {
  return toLine([at, "end", by]);
}

/**
 * Reads a recording: a line of JSON that says what it is, then one for each
 * piece.
 *
 * @param text The content of the file.
 * @returns The recording, up to a last line that is cut off.
 * @throws {RecordingError} If it is not a recording.
 */
export function parseRecording(text: string): Recording {
  const [first = "", ...lines] = text.split("\n");
  const recording: Recording = {
    ...parseHead(first),
    pieces: [],
    end: undefined,
  };
  let last = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const number = index + 2;
    if (recording.end !== undefined) {
      throw new RecordingError(number, "follows the end of the session");
    }
    // Each line is written with its end, so that a last one without is cut off.
    const isLast = index === lines.length - 1;
    if (isLast && line.startsWith("[") && !isJson(line)) {
      recording.cutLine = number;
      break;
    }
    const items = parseJson(line, number);
    if (!Array.isArray(items)) {
      throw new RecordingError(number, 'is no piece such as [12,"<","text"]');
    }
    const at = parseTime(items[0], last, number);
    last = at;
    if (items[1] === "end") recording.end = { at, by: parseBy(items, number) };
    else recording.pieces.push(parsePiece(at, items, number));
  }
  return recording;
}

function parseJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new RecordingError(number, "is no JSON");
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function parseHead(line: string): RecordingHead {
  const head = parseJson(line, 1);
  if (!isObject(head) || !("dami" in head)) {
    throw new RecordingError(1, `does not begin with {"dami":${VERSION}, …}`);
  }
  if (head.dami !== VERSION) {
    throw new RecordingError(
      1,
      `is of the version ${
        JSON.stringify(head.dami)
      }, and only ${VERSION} is known here`,
    );
  }
  const { recorded, masked } = head;
  if (typeof recorded !== "string" || Number.isNaN(Date.parse(recorded))) {
    throw new RecordingError(1, 'does not say when, with "recorded"');
  }
  return {
    recorded,
    masked: {
      numbers: isObject(masked) && masked.numbers === true,
      names: isObject(masked) && masked.names === true,
      addresses: isObject(masked) && masked.addresses === true,
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseTime(at: unknown, last: number, number: number): number {
  if (typeof at !== "number" || !Number.isFinite(at) || at < 0) {
    throw new RecordingError(number, "does not begin with a time");
  }
  if (at < last) {
    throw new RecordingError(number, "is earlier than the line before");
  }
  return at;
}

function parseBy(
  [, , by, ...more]: readonly unknown[],
  number: number,
): RecordingEnd {
  if ((by === "pbx" || by === "client") && more.length === 0) return by;
  throw new RecordingError(
    number,
    'does not say who ended the session: "pbx" or "client"',
  );
}

function parsePiece(
  at: number,
  [, mark, text, encoding, ...more]: readonly unknown[],
  number: number,
): RecordedPiece {
  if (mark !== "<" && mark !== ">") {
    throw new RecordingError(
      number,
      'does not say which way it went: "<" for received, ">" for sent',
    );
  }
  if (typeof text !== "string" || !text.isWellFormed()) {
    throw new RecordingError(number, "holds no text");
  }
  if (more.length > 0 || (encoding !== undefined && encoding !== "latin1")) {
    throw new RecordingError(number, "has more items than this version knows");
  }
  const direction = mark === "<" ? "received" : "sent";
  if (encoding === undefined) {
    return { at, direction, bytes: utf8Encoder.encode(text) };
  }
  const bytes = fromBinary(text);
  if (bytes === undefined) {
    throw new RecordingError(number, "holds more than bytes");
  }
  return { at, direction, bytes };
}

/**
 * The text of bytes, a byte order mark included.
 *
 * @param bytes The bytes.
 * @returns The text; `undefined` if they are not UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The most bytes to convert in one call, as each is an argument. */
const SLICE = 8_192;

/**
 * Text in which each character stands for the byte of its code.
 *
 * @param bytes The bytes.
 * @returns The text.
 */
export function toBinary(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += SLICE) {
    text += String.fromCharCode(...bytes.subarray(start, start + SLICE));
  }
  return text;
}

/**
 * Turns text of {@linkcode toBinary} back into bytes.
 *
 * @param text The text.
 * @returns The bytes; `undefined` if a character stands for none.
 */
export function fromBinary(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0xff) return undefined;
    bytes[index] = code;
  }
  return bytes;
}

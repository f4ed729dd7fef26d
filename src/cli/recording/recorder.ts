import {
  decodeUtf8,
  fromBinary,
  type RecordedPiece,
  type RecordingEnd,
  type RecordingMasks,
  toBinary,
  writeEnd,
  writeHead,
  writePiece,
} from "../../testing/recording/recording.ts";
import type { LineDirection, SessionMask } from "./masking/session_mask.ts";

const LINE_FEED = 10;

const encoder = new TextEncoder();

/** Options of {@linkcode Recorder}. */
export interface RecorderOptions {
  /** Masks the lines. */
  mask: SessionMask;
  /** The values that it masks, for the first line of the recording. */
  masked: RecordingMasks;
  /** Takes the text to write, in whole lines. */
  write: (text: string) => void;
  /**
   * Tells the time (milliseconds).
   *
   * @default {performance.now}
   */
  now?: () => number;
}

/** Writes a session down as it goes on: whole lines, masked, with their times. */
export class Recorder {
  readonly #mask: SessionMask;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #began: number;
  /** The beginning of a line, until its end has come. */
  readonly #rests: Record<LineDirection, Uint8Array> = {
    received: new Uint8Array(),
    sent: new Uint8Array(),
  };
  #hasEnded = false;

  /**
   * Begins a recording.
   *
   * @param options The options.
   */
  constructor(options: RecorderOptions) {
    const { mask, masked, write, now = () => performance.now() } = options;
    this.#mask = mask;
    this.#write = write;
    this.#now = now;
    this.#began = now();
    write(writeHead({ recorded: new Date().toISOString(), masked }));
  }

  /**
   * Takes bytes that were read or written.
   *
   * @param bytes The bytes; they are not kept.
   * @param direction The direction.
   */
  add(bytes: Uint8Array, direction: LineDirection): void {
    if (this.#hasEnded) return;
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    const complete = join(this.#rests[direction], bytes.subarray(0, end));
    if (end === 0) {
      this.#rests[direction] = join(this.#rests[direction], bytes);
      return;
    }
    this.#rests[direction] = bytes.slice(end);
    this.#record(complete, direction);
  }

  /**
   * Ends the recording, with what is left of a line.
   *
   * @param by The cause.
   */
  end(by: RecordingEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const direction of ["received", "sent"] as const) {
      const rest = this.#rests[direction];
      if (rest.length > 0) this.#record(rest, direction);
    }
    this.#write(writeEnd(this.#time(), by));
  }

  /** Writes lines, one piece for each frame. */
  #record(bytes: Uint8Array, direction: LineDirection): void {
    const at = this.#time();
    let text = "";
    let lines: Uint8Array[] = [];
    const cut = (): void => {
      if (lines.length === 0) return;
      const piece: RecordedPiece = { at, direction, bytes: joinAll(lines) };
      text += writePiece(piece);
      lines = [];
    };
    for (const line of linesOf(bytes)) {
      lines.push(this.#maskLine(line, direction));
      if (isBlank(line)) cut();
    }
    cut();
    this.#write(text);
  }

  #maskLine(line: Uint8Array, direction: LineDirection): Uint8Array {
    const text = decodeUtf8(line);
    if (text !== undefined) {
      return encoder.encode(this.#mask.line(text, direction));
    }
    const masked = this.#mask.line(toBinary(line), direction);
    return fromBinary(masked) ?? encoder.encode(masked);
  }

  #time(): number {
    return Math.max(0, Math.round(this.#now() - this.#began));
  }
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found + 1;
    yield bytes.subarray(start, end);
    start = end;
  }
}

function isBlank(line: Uint8Array): boolean {
  return line.length === 1 || (line.length === 2 && line[0] === 13);
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  return first.length === 0 ? second.slice() : joinAll([first, second]);
}

function joinAll(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(
    parts.reduce((length, part) => length + part.length, 0),
  );
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

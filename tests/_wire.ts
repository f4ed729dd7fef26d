import fc from "fast-check";
import { cutLines } from "../src/wire/lines.ts";
import type { Encoding } from "../src/wire/encoding.ts";
import type { Frame } from "../src/wire/frame.ts";
import { FrameAssembler } from "../src/wire/frame_assembler.ts";
import { LineGuard, restoreLineFeeds } from "../src/wire/line_guard.ts";
import { DEFAULT_LIMITS } from "../src/options/options.ts";

/** The frames that were read off the wire. */
export interface Reading {
  greeting: string | undefined;
  frames: Frame[];
  /** The lines of a frame that the end cut off. */
  cutOff: readonly string[];
}

/** Options of {@linkcode readWire}. */
export interface ReadWireOptions {
  encoding?: Encoding;
  maxLineLength?: number;
  maxHeaders?: number;
  maxFrameLength?: number;
}

/** Returns a source that is read like a connection, and gives these chunks one by one. */
export function connOf(
  chunks: Uint8Array<ArrayBuffer>[],
): Pick<Deno.Conn, "read"> {
  let next = 0;
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array();
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      while (rest.length === 0) {
        const chunk = chunks[next++];
        if (chunk === undefined) return Promise.resolve(null);
        rest = chunk;
      }
      const part = rest.subarray(0, buffer.length);
      buffer.set(part);
      rest = rest.subarray(part.length);
      return Promise.resolve(part.length);
    },
  };
}

/** Reads chunks of bytes as a connection does. */
export async function readWire(
  chunks: Uint8Array<ArrayBuffer>[],
  options: ReadWireOptions = {},
): Promise<Reading> {
  const { encoding = "utf-8", ...limits } = options;
  const { maxLineLength, ...frameLimits } = { ...DEFAULT_LIMITS, ...limits };
  const assembler = new FrameAssembler(frameLimits);
  const reading: Reading = { greeting: undefined, frames: [], cutOff: [] };
  let failure: { error: unknown } | undefined;
  const onFailure = (error: unknown) => failure = { error };
  const lines = cutLines(connOf(chunks), {
    encoding,
    guard: new LineGuard({ maxLineLength }),
    onFailure,
  });
  for await (const cut of lines) {
    const line = restoreLineFeeds(cut);
    if (reading.greeting === undefined) {
      reading.greeting = line;
      continue;
    }
    const frame = assembler.push(line);
    if (frame !== undefined) reading.frames.push(frame);
  }
  if (failure !== undefined) throw failure.error;
  reading.cutOff = assembler.unfinished;
  return reading;
}

/** Cuts bytes at these places. */
export function cutAt(
  bytes: Uint8Array<ArrayBuffer>,
  places: readonly number[],
): Uint8Array<ArrayBuffer>[] {
  const sorted = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.slice(sorted[index], end));
}

/** Bytes, and any way to cut them into chunks. */
export function chunked(
  bytes: Uint8Array<ArrayBuffer>,
  maxCuts = 40,
): fc.Arbitrary<Uint8Array<ArrayBuffer>[]> {
  return fc.array(fc.nat(bytes.length), { maxLength: maxCuts })
    .map((places) => cutAt(bytes, places));
}

/** Returns the part of a reading in which two have to agree. */
export function comparable({ greeting, frames, cutOff }: Reading): unknown {
  return {
    greeting,
    frames: frames.map(({ kind, lines }) => ({ kind, lines })),
    cutOff,
  };
}

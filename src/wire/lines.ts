import { TextLineStream } from "@std/streams/text-line-stream";
import { AmiLimitError } from "../errors.ts";
import { ChunkDecoder } from "./chunk_decoder.ts";
import type { Encoding } from "./encoding.ts";
import type { LineGuard } from "./line_guard.ts";
import type { PlainFrames, PlainPart } from "./plain_frames.ts";
import { ReadBuffer } from "./read_buffer.ts";
import { Turns } from "./turns.ts";

/** Options of {@linkcode cutLines}. */
export interface CutLinesOptions {
  /** The encoding of the text. */
  encoding: Encoding;
  /** Keeps the lines within bounds, and line feeds inside them. */
  guard: LineGuard;
  /** Takes the reason, if reading ends because it cannot go on. */
  onFailure: (error: unknown) => void;
  /** Takes the bytes of each read; they are overwritten by the next. */
  onBytes?: (bytes: Uint8Array) => void;
  /** Takes out what is not to be cut into lines. */
  plain?: PlainFrames | undefined;
  /** Takes those parts of it that nothing comes before. */
  onTaken?: (taken: PlainPart) => void;
}

/**
 * Cuts what a connection receives into lines. A broken connection ends the
 * stream like a closed one: an error would discard what was received and not
 * read yet.
 *
 * @param conn The connection.
 * @param options The encoding, and the longest line.
 * @returns The lines without their ends; line feeds inside them are still shielded.
 */
export function cutLines(
  conn: Pick<Deno.Conn, "read">,
  { encoding, guard, onFailure, onBytes, plain, onTaken }: CutLinesOptions,
): ReadableStream<string> {
  // Decoding and guarding take no stages of their own: a stage costs more than either.
  const decoder = new ChunkDecoder(encoding);
  // Decoded at once after each read, so that one buffer serves for all.
  const buffer = new ReadBuffer();
  const turns = new Turns();

  async function pull(
    controller: ReadableStreamDefaultController<string>,
  ): Promise<void> {
    for (let handedOn = false; !handedOn;) {
      if (turns.isOver) await turns.next();
      const begin = performance.now();
      const length = await conn.read(buffer.bytes);
      turns.count(length ?? 0, performance.now() - begin);
      const bytes = buffer.bytes.subarray(0, length ?? 0);
      onBytes?.(bytes);
      let text = length === null ? decoder.end() : decoder.decode(bytes);
      buffer.fit(bytes.length);
      if (plain !== undefined) {
        text = plain.push(text);
        const taken = onTaken && plain.takeAtOnce(text);
        if (taken !== undefined) {
          onTaken?.(taken);
          text = "";
        }
        if (length === null) text += plain.end();
      }
      for (const part of guard.push(text)) {
        if (part === "") continue;
        controller.enqueue(part);
        handedOn = true;
      }
      if (guard.tooLong) throw lineTooLong(guard.maxLineLength);
      if (length === null) {
        controller.close();
        return;
      }
    }
  }

  return new ReadableStream<string>({
    async pull(controller) {
      try {
        await pull(controller);
      } catch (error) {
        onFailure(error);
        controller.close();
      }
    },
  }, { highWaterMark: 0 }).pipeThrough(new TextLineStream());
}

function lineTooLong(maxLineLength: number): AmiLimitError {
  return new AmiLimitError(
    `Cannot continue reading: a line is longer than ${maxLineLength} characters`,
    "maxLineLength",
    maxLineLength,
  );
}

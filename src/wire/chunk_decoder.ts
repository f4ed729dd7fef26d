import type { Encoding } from "./encoding.ts";

const NOTHING = new Uint8Array();

/** Returns the length of a UTF-8 sequence, by the highest bits of its first byte. */
function sequenceLength(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}

/** Returns the position of the character that the end of the bytes cuts off; their length if none is. */
function unfinishedAt(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      return sequenceLength(byte) > back ? length - back : length;
    }
  }
  return length;
}

/**
 * Decodes bytes that come in chunks, cut anywhere. It gives the text that a
 * `TextDecoder` gives with `stream: true`, which takes six times as long as one
 * without (Deno 2.9, V8 makes the string itself then): only the few bytes of a
 * character that is cut have to be kept.
 */
export class ChunkDecoder {
  readonly #decoder: TextDecoder;
  readonly #isUtf8: boolean;
  /** The first bytes of a character whose rest is still to come. */
  #kept = NOTHING;

  /** @param encoding The encoding of the bytes. */
  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
    this.#isUtf8 = encoding === "utf-8";
  }

  /**
   * Decodes a chunk.
   *
   * @param chunk The bytes. They may be overwritten afterwards.
   * @returns The text of all characters that are complete.
   */
  decode(chunk: Uint8Array): string {
    const bytes = this.#kept.length === 0 ? chunk : joined(this.#kept, chunk);
    const end = this.#isUtf8 ? unfinishedAt(bytes) : bytes.length;
    this.#kept = end === bytes.length ? NOTHING : bytes.slice(end);
    return this.#decoder.decode(bytes.subarray(0, end));
  }

  /**
   * Ends decoding, as nothing follows.
   *
   * @returns The replacement for a character that was cut off.
   */
  end(): string {
    const text = this.#decoder.decode(this.#kept);
    this.#kept = NOTHING;
    return text;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

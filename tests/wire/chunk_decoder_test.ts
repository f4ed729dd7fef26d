import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ChunkDecoder } from "../../src/wire/chunk_decoder.ts";
import type { Encoding } from "../../src/wire/encoding.ts";
import { chunked } from "../_wire.ts";

function decode(chunks: Uint8Array[], encoding: Encoding = "utf-8"): string {
  const decoder = new ChunkDecoder(encoding);
  return chunks.map((chunk) => decoder.decode(chunk)).join("") + decoder.end();
}

Deno.test("ChunkDecoder holds back a character that is cut, and nothing else", () => {
  const decoder = new ChunkDecoder("utf-8");
  const [a, one, two, three] = new TextEncoder().encode("a€");
  assertEquals(decoder.decode(Uint8Array.of(a ?? 0, one ?? 0)), "a");
  assertEquals(decoder.decode(Uint8Array.of(two ?? 0)), "");
  assertEquals(decoder.decode(Uint8Array.of(three ?? 0, a ?? 0)), "€a");
  assertEquals(decoder.end(), "");
});

Deno.test("ChunkDecoder gives U+FFFD for a character that is cut off by the end", () => {
  assertEquals(decode([Uint8Array.of(0x61, 0xe2, 0x82)]), "a\ufffd");
});

Deno.test("ChunkDecoder keeps a byte order mark, which has no meaning inside a connection", () => {
  assertEquals(
    decode([new TextEncoder().encode("\ufeffa\ufeff")]),
    "\ufeffa\ufeff",
  );
});

Deno.test("ChunkDecoder keeps the bytes that it holds, though the chunk is overwritten", () => {
  const decoder = new ChunkDecoder("utf-8");
  const buffer = Uint8Array.of(0xc3);
  assertEquals(decoder.decode(buffer), "");
  buffer[0] = 0xa9;
  assertEquals(decoder.decode(buffer), "é");
});

/** Bytes among which many are of characters that take more than one. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 30 }).map((text) =>
    new TextEncoder().encode(text)
  ),
  fc.array(
    fc.constantFrom(0x61, 0x80, 0xbf, 0xc3, 0xe2, 0x82, 0xf0, 0x9f, 0xff, 0xed),
    { maxLength: 30 },
  ).map((list) => Uint8Array.from(list)),
).map((given) => new Uint8Array(given));

for (const encoding of ["utf-8", "latin1"] as const) {
  Deno.test(`ChunkDecoder gives the text that a streaming TextDecoder gives of ${encoding}`, () => {
    fc.assert(
      fc.property(
        bytes.chain((all) => chunked(all, 8)),
        (chunks) => {
          const streaming = new TextDecoder(encoding, { ignoreBOM: true });
          const expected = chunks.map((chunk) =>
            streaming.decode(chunk, { stream: true })
          ).join("") + streaming.decode();
          assertEquals(decode(chunks, encoding), expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
}

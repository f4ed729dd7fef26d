import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import {
  encode,
  encodedLength,
  type Encoding,
  isEncodable,
} from "../../src/wire/encoding.ts";

const ENCODINGS: readonly Encoding[] = ["utf-8", "latin1"];

/** Reads as a connection does: a byte order mark is text like any other. */
function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** Every text there is, with a good share of characters that are special here. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    fc.integer({ min: 0, max: 0x17f }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("€", "Ÿ", "\ufeff", "\ufffd", "\ud800", "\udfff", "📞"),
  ),
});

const latin1Text = fc.uint8Array().map((bytes) => decode(bytes, "latin1"));

Deno.test("encode() gives every byte of latin1 back", () => {
  for (let byte = 0; byte <= 0xff; byte++) {
    const bytes = Uint8Array.of(byte);
    const text = decode(bytes, "latin1");
    assertEquals(text.length, 1);
    assert(isEncodable(text, "latin1"), `byte ${byte}`);
    assertEquals(encode(text, "latin1"), bytes);
  }
});

Deno.test("encode() gives the bytes of any latin1 text back", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    assertEquals(
      encode(decode(bytes, "latin1"), "latin1"),
      Uint8Array.from(bytes),
    );
  }));
});

Deno.test("encode() writes every character of UTF-8 so that it can be read", () => {
  for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 0x101) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const text = String.fromCodePoint(code);
    assert(isEncodable(text, "utf-8"), `code ${code}`);
    assertEquals(decode(encode(text, "utf-8"), "utf-8"), text);
  }
});

Deno.test("encode() writes ASCII as it is in both encodings", () => {
  const text = Array.from(
    { length: 0x80 },
    (_, code) => String.fromCharCode(code),
  ).join("");
  const bytes = Uint8Array.from({ length: 0x80 }, (_, code) => code);
  for (const encoding of ENCODINGS) assertEquals(encode(text, encoding), bytes);
});

Deno.test("encode() writes latin1 as Windows-1252", () => {
  assertEquals(encode("€Žé", "latin1"), Uint8Array.of(0x80, 0x8e, 0xe9));
});

Deno.test("encode() and a decoder give back exactly what isEncodable() accepts", () => {
  for (const encoding of ENCODINGS) {
    fc.assert(fc.property(anyText, (text) => {
      const arrives = decode(encode(text, encoding), encoding) === text;
      assertEquals(isEncodable(text, encoding), arrives);
    }));
  }
});

Deno.test("isEncodable() refuses lone surrogates in both encodings", () => {
  for (const encoding of ENCODINGS) {
    for (const text of ["\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"]) {
      assertFalse(isEncodable(text, encoding), JSON.stringify(text));
    }
  }
});

Deno.test("isEncodable() accepts a pair of surrogates in UTF-8 alone", () => {
  assert(isEncodable("📞", "utf-8"));
  assertFalse(isEncodable("📞", "latin1"));
});

Deno.test("isEncodable() refuses what latin1 lacks, anywhere in the text", () => {
  for (const character of ["ā", "Я", "日", "’\u0100", "\u0080", "\u0099"]) {
    assertFalse(isEncodable(character, "latin1"), JSON.stringify(character));
    assertFalse(isEncodable(`Jos\u00e9 ${character}!`, "latin1"));
  }
});

Deno.test("isEncodable() accepts the five codes that Windows-1252 leaves as they are", () => {
  for (const text of ["\x81", "\x8d", "\x8f", "\x90", "\x9d"]) {
    assert(isEncodable(text, "latin1"), JSON.stringify(text));
  }
});

Deno.test("isEncodable() accepts an empty text", () => {
  for (const encoding of ENCODINGS) assert(isEncodable("", encoding));
});

Deno.test("encodedLength() counts the bytes that encode() writes", () => {
  fc.assert(fc.property(anyText, (text) => {
    fc.pre(isEncodable(text, "utf-8"));
    assertEquals(encodedLength(text, "utf-8"), encode(text, "utf-8").length);
  }));
  fc.assert(fc.property(latin1Text, (text) => {
    assertEquals(encodedLength(text, "latin1"), encode(text, "latin1").length);
  }));
});

Deno.test("encodedLength() counts bytes and not characters", () => {
  assertEquals(encodedLength("aé€📞", "utf-8"), 1 + 2 + 3 + 4);
  assertEquals(encodedLength("aé€", "latin1"), 3);
  for (const encoding of ENCODINGS) {
    assertEquals(encodedLength("", encoding), 0);
  }
});

Deno.test("encode() writes into a buffer where the text fits, and gives the same bytes", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.constantFrom(...ENCODINGS),
      fc.nat(120),
      (text, encoding, size) => {
        const buffer = new Uint8Array(size);
        const bytes = encode(text, encoding, buffer);
        assertEquals(bytes.slice(), encode(text, encoding));
        if (encoding === "utf-8" && 3 * text.length <= size) {
          assertEquals(bytes.buffer, buffer.buffer);
        }
      },
    ),
  );
});

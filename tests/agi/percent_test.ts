import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodePercent } from "../../src/agi/percent.ts";

/** Encodes as `ast_uri_encode()` does, with room for so many characters. */
function encode(bytes: Uint8Array, room = Infinity): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9_.!~*'()-]/.test(character)
      ? character
      : `%${byte.toString(16).padStart(2, "0")}`;
  }
  return text.slice(0, room);
}

Deno.test("decodePercent() gives back any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
    const { bytes: decoded, isCut } = decodePercent(encode(bytes));
    assertEquals([...decoded], [...bytes]);
    assert(!isCut);
  }));
});

Deno.test("decodePercent() drops half an escape, and keeps text that is not an escape", () => {
  for (const text of ["a%", "a%C", "a"]) {
    assertEquals([...decodePercent(text).bytes], [0x61]);
  }
  assertEquals([...decodePercent("%zz").bytes], [0x25, 0x7a, 0x7a]);
});

Deno.test("decodePercent() says where Asterisk had no more room", () => {
  const umlauts = new Uint8Array(760).fill(0xc3);
  assert(decodePercent(encode(umlauts, 2_047)).isCut);
  assert(decodePercent(encode(umlauts, 2_045)).isCut);
  assert(!decodePercent(encode(umlauts.subarray(0, 600))).isCut);
  // A whole read that needs as much room by chance.
  const full = new Uint8Array(1_024).fill(0x61);
  full.fill(0x20, 0, 511);
  assertEquals(encode(full).length, 2_046);
  assert(!decodePercent(encode(full)).isCut);
  const line = full.subarray(0, 1_023);
  line[1_022] = 0x0a;
  assert(!decodePercent(encode(line)).isCut);
});

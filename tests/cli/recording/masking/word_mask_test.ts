import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { Permutation } from "../../../../src/cli/recording/masking/permutation.ts";
import { WordMask } from "../../../../src/cli/recording/masking/word_mask.ts";

const mask = new WordMask(new Permutation(new Uint8Array(32).fill(1)));

const encoder = new TextEncoder();

const someLetters = fc.string({ unit: "grapheme", minLength: 2, maxLength: 20 })
  .map((text) => text.replaceAll(/[^\p{L}\p{M}]/gu, "x"))
  .filter((text) => /^\p{L}{2}/u.test(text));

Deno.test("a word becomes another one of as many letters and bytes", () => {
  fc.assert(fc.property(someLetters, (word) => {
    const masked = mask.mask(word);
    assertEquals(mask.mask(word), masked);
    assertEquals([...masked].length, [...word].length);
    assertEquals(encoder.encode(masked).length, encoder.encode(word).length);
  }));
});

Deno.test("capitals stay capitals, and do not matter otherwise", () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{2,12}$/), (word) => {
    const masked = mask.mask(word);
    assertNotEquals(masked, word);
    assertEquals(mask.mask(word.toUpperCase()), masked.toUpperCase());
    assertEquals(
      mask.mask(word.slice(0, 1).toUpperCase() + word.slice(1)),
      masked.slice(0, 1).toUpperCase() + masked.slice(1),
    );
  }));
});

Deno.test("different words stay different, and letters beside ASCII count", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const words = letters.flatMap((one) => letters.map((other) => one + other));
  assertEquals(new Set(words.map((word) => mask.mask(word))).size, 26 * 26);
  assertNotEquals(mask.mask("Müller"), mask.mask("Möller"));
  assertNotEquals(mask.mask("Şahin"), mask.mask("Ćahin"));
});

Deno.test("a byte of ISO 8859-1 stays one", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
    const text = String.fromCharCode(...bytes).replaceAll(/\P{L}/gu, "é");
    for (const character of mask.mask(text)) {
      assertEquals(character.charCodeAt(0) <= 0xff, true);
    }
  }));
});

import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { NumberMask } from "../../../../src/cli/recording/masking/number_mask.ts";
import { Permutation } from "../../../../src/cli/recording/masking/permutation.ts";

const mask = new NumberMask(new Permutation(new Uint8Array(32).fill(1)));

const someDigits = fc.stringMatching(/^\d{1,40}$/);

Deno.test("a number becomes another one of the same shape", () => {
  fc.assert(fc.property(someDigits, (digits) => {
    const masked = mask.mask(digits);
    assertEquals(mask.mask(digits), masked);
    assertEquals(masked.length, digits.length);
    assertEquals(masked.search(/[1-9]|$/), digits.search(/[1-9]|$/));
    if (/[1-9]/.test(digits)) assertNotEquals(masked, digits);
  }));
});

Deno.test("different numbers stay different", () => {
  const masked = new Set(
    Array.from({ length: 900 }, (_, index) => mask.mask(`${100 + index}`)),
  );
  assertEquals(masked.size, 900);
});

Deno.test("the same number is the same with and without zeros before it", () => {
  assertMatch(mask.mask("004930123456"), /^00[1-9]\d{9}$/);
  assertEquals(mask.mask("004930123456"), `00${mask.mask("4930123456")}`);
  assertEquals(mask.mask("0000"), "0000");
});

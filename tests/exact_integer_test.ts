import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { exactInteger } from "../src/exact_integer.ts";

Deno.test("exactInteger() takes a text if and only if its number spells the same", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.maxSafeInteger().map(String),
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
    fc.stringMatching(/^[-+0-9. ]{0,18}$/),
  );
  fc.assert(fc.property(texts, (text) => {
    const number = Number(text);
    const isExact = text !== "" && Number.isSafeInteger(number) &&
      !Object.is(number, -0) && String(number) === text;
    assertEquals(exactInteger(text), isExact ? number : undefined);
  }));
});

Deno.test("exactInteger() stops at the largest safe integer", () => {
  assertEquals(exactInteger("9007199254740991"), 9007199254740991);
  assertEquals(exactInteger("-9007199254740991"), -9007199254740991);
  assertEquals(exactInteger("9007199254740992"), undefined);
  assertEquals(exactInteger("-0"), undefined);
  assertEquals(exactInteger("0"), 0);
});

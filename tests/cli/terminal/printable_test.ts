import { assertEquals, assertNotMatch } from "@std/assert";
import fc from "fast-check";
import {
  printable,
  printableJson,
} from "../../../src/cli/terminal/printable.ts";

/** Whatever could steer a terminal, or turn text around. */
const DANGEROUS =
  // deno-lint-ignore no-control-regex -- they are what is looked for
  /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Any characters, and many of those that matter. */
const TEXT = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\x1b",
      "\x9b",
      "\r",
      "\n",
      "\x7f",
      "\u202e",
      "\ud800",
      "[",
      "ë",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
});

Deno.test("printable() shows control characters and leaves all other text", () => {
  assertEquals(printable("Zoë <100> 日本 👍"), "Zoë <100> 日本 👍");
  assertEquals(printable("\x1b[31mred\x9b0m"), "\\x1b[31mred\\x9b0m");
  assertEquals(printable("a\nb\tc\r\0"), "a\\nb\\tc\\r\\x00");
  assertEquals(printable("evil\u202egnp"), "evil\\u202egnp");
  assertEquals(printable("half\ud83d!"), "half\\ud83d!");
});

Deno.test("printable() never lets through what could steer a terminal", () => {
  fc.assert(fc.property(TEXT, (text) => {
    assertNotMatch(printable(text), DANGEROUS);
    assertEquals(printable(text).isWellFormed(), true);
  }));
});

Deno.test("printableJson() is the same JSON without control characters", () => {
  fc.assert(fc.property(TEXT, (text) => {
    const json = printableJson(JSON.stringify({ [text]: text }));
    assertNotMatch(json, DANGEROUS);
    assertEquals(
      JSON.parse(json),
      JSON.parse(JSON.stringify({ [text]: text })),
    );
  }));
});

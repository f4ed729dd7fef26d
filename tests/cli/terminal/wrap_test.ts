import { assertEquals } from "@std/assert";
import { wrap } from "../../../src/cli/terminal/wrap.ts";

Deno.test("wrap() breaks between words", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("a-word-that-is-longer than", 7), [
    "a-word-that-is-longer",
    "than",
  ]);
  assertEquals(wrap("one two", Infinity), ["one two"]);
  assertEquals(wrap("[x]: read = call", 10), ["[x]:", "read = call"]);
  assertEquals(wrap("", 7), [""]);
});

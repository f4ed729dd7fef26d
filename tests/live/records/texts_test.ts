import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { copied } from "../../../src/detached.ts";
import { Texts } from "../../../src/live/records/texts.ts";

Deno.test("copied(), common() and recent() return the same characters", () => {
  const texts = new Texts();
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (any) => {
    assertStrictEquals(copied(any), any);
    for (let time = 1; time <= 2; time++) {
      assertStrictEquals(texts.common(any), any);
      assertStrictEquals(texts.recent(any), any);
    }
  }));
});

Deno.test("Texts returns every text even when there are more than it remembers", () => {
  const texts = new Texts();
  for (let index = 0; index < 10_050; index++) {
    const name = `a context of its own ${index}`;
    assertEquals(texts.common(name), name);
    assertEquals(texts.recent(name), name);
  }
  const first = "a context of its own 1";
  assertEquals(texts.common(first), first);
});

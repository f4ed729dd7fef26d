import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { detached } from "../src/detached.ts";

Deno.test("detached() gives the same characters, whatever they are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assertEquals(detached(text), text);
    }),
  );
  assertEquals(detached("a\udc0ab"), "a\udc0ab");
});

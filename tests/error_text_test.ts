import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { asError, errorText } from "../src/error_text.ts";
import { textless } from "./_textless.ts";

Deno.test("errorText() returns the message of an error, and the text of all else", () => {
  assertEquals(errorText(new RangeError("Too far")), "Too far");
  assertEquals(errorText("Thrown"), "Thrown");
  assertEquals(errorText(7), "7");
  assertEquals(errorText(Symbol("odd")), "Symbol(odd)");
});

Deno.test("errorText() never throws", () => {
  for (const error of textless()) {
    assertEquals(typeof errorText(error), "string");
  }
  fc.assert(fc.property(
    fc.anything({ withNullPrototype: true, withBigInt: true }),
    (error) => typeof errorText(error) === "string",
  ));
});

Deno.test("asError() returns an error as it is, and never throws", () => {
  const error = new RangeError("Too far");
  assertEquals(asError(error), error);
  assertEquals(asError("Thrown").message, "Thrown");
  for (const thrown of textless()) {
    assertEquals(asError(thrown) instanceof Error, true);
  }
});

import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { encodeAction } from "../../src/actions/action.ts";
import { assertRefused, encodeUnchecked, headerLines } from "./_actions.ts";

/** A value with which the line of header `Data` has so many bytes. */
function valueForLineOf(bytes: number): string {
  return "x".repeat(bytes - "Data: ".length);
}

Deno.test("encodeAction() takes a line of exactly 1,022 bytes", () => {
  const value = valueForLineOf(1_022);
  assertEquals(headerLines({ Data: value }), [`Data: ${value}`]);
});

for (const bytes of [1_023, 1_024, 2_046, 3_069, 100_000]) {
  Deno.test(`encodeAction() refuses a line of ${bytes} bytes`, () => {
    const value = valueForLineOf(bytes);
    assertRefused({ Data: value }, RangeError, '"Data"', String(bytes));
    assertRefused({ Data: ["x", value] }, RangeError, '"Data"');
  });
}

Deno.test("encodeAction() counts the bytes of a line, and not its characters", () => {
  for (const character of ["é", "€", "📞"]) {
    const size = new TextEncoder().encode(character).length;
    const fits = character.repeat(Math.floor((1_022 - 6) / size));
    const filled = fits + "x".repeat((1_022 - 6) % size);
    assertEquals(headerLines({ Data: filled }), [`Data: ${filled}`]);
    assertRefused({ Data: `${filled}x` }, RangeError, '"Data"');
    assert(`Data: ${fits}${character}`.length < 1_022);
    assertRefused({ Data: fits + character }, RangeError, '"Data"');
  }
});

Deno.test("encodeAction() counts one byte for each character of latin1", () => {
  const value = "é".repeat(1_016);
  const text = encodeAction("Originate", "id-1", { Data: value }, "latin1");
  assertStringIncludes(text, `\r\nData: ${value}\r\n`);
  assertThrows(
    () => encodeAction("Originate", "id-1", { Data: `${value}€` }, "latin1"),
    RangeError,
    '"Data"',
  );
});

Deno.test("encodeAction() counts the backslashes that it puts in", () => {
  const fits = ",".repeat((1_022 - "Variable: A=".length) / 2);
  assertEquals(headerLines({ Variable: { A: fits } })[0]?.length, 1_022);
  assertRefused({ Variable: { A: `${fits}x` } }, RangeError, '"Variable"');
});

Deno.test("encodeAction() refuses a header's name that is too long", () => {
  assertRefused({ ["A".repeat(1_021)]: "" }, RangeError);
  assertEquals(headerLines({ ["A".repeat(1_020)]: "" }).length, 1);
});

Deno.test("encodeAction() refuses an action's name that is too long", () => {
  assertThrows(
    () => encodeUnchecked({}, "A".repeat(1_015)),
    RangeError,
    '"Action"',
  );
});

Deno.test("encodeAction() takes exactly 128 headers", () => {
  const codes = Array.from({ length: 126 }, (_, index) => index);
  assertEquals(headerLines({ Code: codes }).length, 126);
});

Deno.test("encodeAction() refuses more than 128 headers, however they are given", () => {
  const entries = Array.from(
    { length: 127 },
    (_, index): [string, number] => [`A${index}`, index],
  );
  assertRefused(Object.fromEntries(entries), RangeError, "128");
  assertRefused({ Code: entries.map(([, value]) => value) }, RangeError, "128");
  assertRefused({ Variable: Object.fromEntries(entries) }, RangeError, "128");
});

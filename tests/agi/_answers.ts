/**
 * Answers of Asterisk, for property tests.
 *
 * @module
 */

import fc from "fast-check";

/** A value without a line that looks like the end of one. */
const VALUE = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) =>
  text.replaceAll(/[)\r\0\ufffd]/g, "") || "v"
);

/** A long value of one character. */
const LONG_VALUE = fc.tuple(
  fc.constantFrom("x", "é", " ", "x y", "漢"),
  fc.integer({ min: 200, max: 1_600 }),
).map(([unit, count]) => unit.repeat(count));

/** An answer to a command, as Asterisk writes it, without its last line end. */
export const ANSWER: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: -2, max: 57 }).map((result) => `200 result=${result}`),
  VALUE.map((value) => `200 result=1 (${value})`),
  LONG_VALUE.map((value) => `200 result=1 (${value})`),
  fc.constant("200 result= (timeout)"),
  fc.integer().map((endpos) => `200 result=0 (dtmf) endpos=${endpos}`),
  fc.constant("510 Invalid or unknown command"),
  fc.array(fc.constantFrom("Usage: x", "", " Returns 200 result=1", "(200"))
    .map((lines) =>
      [
        "520-Invalid command syntax.  Proper usage follows:",
        ...lines,
        "520 End of proper usage.",
      ].join("\n")
    ),
  fc.constant("200 result=0 Gosub complete"),
);

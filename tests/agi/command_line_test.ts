import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  checkLine,
  commandLine,
  countWords,
} from "../../src/agi/command_line.ts";
import { agiWords } from "../../src/testing/agi/agi_words.ts";

const ARGUMENT = fc.string({ unit: "grapheme", maxLength: 12 }).filter(
  (text) => !/[\r\n\0]/.test(text),
);

Deno.test("commandLine() writes arguments that Asterisk reads back", () => {
  fc.assert(fc.property(fc.array(ARGUMENT, { maxLength: 8 }), (args) => {
    const line = commandLine("GET DATA", args);
    assertEquals(agiWords(line), ["GET", "DATA", ...args]);
    assertEquals(countWords(line), args.length + 2);
  }));
});

Deno.test("commandLine() quotes only what needs it", () => {
  assertEquals(
    commandLine("SET VARIABLE", ["A", 'b "c" \\ d']),
    String.raw`SET VARIABLE A "b \"c\" \\ d"`,
  );
  assertEquals(commandLine("STREAM FILE", ["x", "", 8]), 'STREAM FILE x "" 8');
});

Deno.test("commandLine() leaves out what is missing at the end, and only there", () => {
  assertEquals(commandLine("HANGUP", [undefined]), "HANGUP");
  assertThrows(() => commandLine("GET DATA", ["x", undefined, 4]), TypeError);
});

Deno.test("commandLine() refuses numbers that are not finite", () => {
  assertThrows(() => commandLine("SET AUTOHANGUP", [NaN]), RangeError);
  assertThrows(() => commandLine("SET AUTOHANGUP", [Infinity]), RangeError);
});

Deno.test("checkLine() refuses what Asterisk would read otherwise", () => {
  for (const line of ["", "  ", "NOOP\n", "NOOP\r", "NOOP \0"]) {
    assertThrows(() => checkLine(line, 1_022), TypeError);
  }
  checkLine("x".repeat(1_022), 1_022);
  assertThrows(() => checkLine("x".repeat(1_023), 1_022), RangeError);
  checkLine("ü".repeat(511), 1_022);
  assertThrows(() => checkLine(`${"ü".repeat(511)}x`, 1_022), RangeError);
  checkLine(`NOOP${" w".repeat(126)}`, 1_022);
  assertThrows(
    () => checkLine(`NOOP${" w".repeat(127)}`, 1_022),
    RangeError,
    "128 words",
  );
});

Deno.test("checkLine() never refuses what commandLine() wrote of a few short arguments", () => {
  fc.assert(fc.property(fc.array(ARGUMENT, { maxLength: 8 }), (args) => {
    checkLine(commandLine("NOOP", args), 4_096);
    assert(true);
  }));
});

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../../../src/cli/failures/command_error.ts";
import {
  hasWildcards,
  readCondition,
  wildcards,
} from "../../../src/cli/values/pattern.ts";

const EVENT = {
  Event: "Hangup",
  Channel: "PJSIP/6001-00000001",
  Cause: 16,
  "Cause-txt": "Normal Clearing",
  ChanVariable: ["A=1", "B=2"],
  AccountCode: "",
};

function holds(condition: string): boolean {
  return readCondition(condition)(EVENT);
}

Deno.test("readCondition() compares whole values without letter case", () => {
  assertEquals(holds("Channel=PJSIP/6001-00000001"), true);
  assertEquals(holds("channel=pjsip/6001-00000001"), true);
  assertEquals(holds("Channel=PJSIP/6001"), false);
  assertEquals(holds("Cause=16"), true);
  assertEquals(holds("Cause=1"), false);
  assertEquals(holds("CAUSE-TXT=normal clearing"), true);
  assertEquals(holds("AccountCode="), true);
});

Deno.test("readCondition() has wildcards", () => {
  assertEquals(holds("Channel=PJSIP/6001-*"), true);
  assertEquals(holds("Channel=*6001*"), true);
  assertEquals(holds("Channel=PJSIP/600?-*"), true);
  assertEquals(holds("Channel=PJSIP/600??-*"), false);
  assertEquals(holds("Cause=1?"), true);
  assertEquals(holds("AccountCode=?*"), false);
});

Deno.test("readCondition() looks at each value of a header that repeats", () => {
  assertEquals(holds("ChanVariable=B=2"), true);
  assertEquals(holds("ChanVariable=B=*"), true);
  assertEquals(holds("ChanVariable=C=*"), false);
});

Deno.test("readCondition() has a contrary, which a frame without the header fulfills", () => {
  assertEquals(holds("Cause!=17"), true);
  assertEquals(holds("Cause!=16"), false);
  assertEquals(holds("Queue=*"), false);
  assertEquals(holds("Queue!=*"), true);
});

Deno.test("readCondition() refuses texts that are not conditions", () => {
  for (const text of ["Channel", "", "=x"]) {
    assertThrows(() => readCondition(text), UsageError, `'${text}'`);
  }
});

Deno.test("wildcards() takes everything else as it is", () => {
  assertEquals(wildcards("a.c")("abc"), false);
  assertEquals(wildcards("(a|b)+[x]^$\\")("(A|B)+[X]^$\\"), true);
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    fc.pre(!hasWildcards(text));
    assertEquals(wildcards(text)(text), true);
    assertEquals(wildcards(`${text}?`)(text), false);
    assertEquals(wildcards(`*${text}*`)(`before${text}after`), true);
  }));
});

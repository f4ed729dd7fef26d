import { assertEquals } from "@std/assert";
import { hint, nearest } from "../../../src/cli/failures/nearest.ts";
import { ACTION_NAMES, EVENT_NAMES } from "../../../src/cli/names.ts";

Deno.test("nearest() finds what was mistyped", () => {
  assertEquals(nearest("Pingg", ACTION_NAMES), ["Ping"]);
  assertEquals(nearest("pnig", ACTION_NAMES), ["Ping"]);
  assertEquals(nearest("CoreShowChannel", ACTION_NAMES)[0], "CoreShowChannels");
  assertEquals(nearest("quuestatus", ACTION_NAMES)[0], "QueueStatus");
  assertEquals(nearest("HangUps", EVENT_NAMES)[0], "Hangup");
});

Deno.test("nearest() finds what was only begun, after what was mistyped", () => {
  assertEquals(nearest("originat", ["OriginateResponse", "Originate"]), [
    "Originate",
  ]);
  assertEquals(nearest("QueueMember", ["QueueMemberRinginUse", "Ping"]), [
    "QueueMemberRinginUse",
  ]);
});

Deno.test("nearest() finds nothing where nothing is near", () => {
  assertEquals(nearest("xyzzy", ACTION_NAMES), []);
  assertEquals(nearest("", ACTION_NAMES), []);
  assertEquals(nearest("a", []), []);
});

Deno.test("nearest() gives the nearest alone, and three at most", () => {
  assertEquals(nearest("ab", ["abx", "ab1", "ab2", "ab3", "ab"]), ["ab"]);
  assertEquals(nearest("abc", ["abcx", "abc1", "abc2", "abc3"]).length, 3);
});

Deno.test("hint() ends a sentence", () => {
  assertEquals(hint("tial", ["tail"], "see --help"), "did you mean 'tail'?");
  assertEquals(hint("xyzzy", ["tail"], "see --help"), "see --help");
  assertEquals(
    hint("bat", ["cat", "hat", "rat"], ""),
    "did you mean 'cat', 'hat' or 'rat'?",
  );
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  isTrue,
  knownText,
  number,
  text,
  timeAt,
  timeOf,
  unescaped,
} from "../../../src/live/records/fields.ts";

Deno.test("text() gives the text of any header, and of none", () => {
  assertEquals(text("abc"), "abc");
  assertEquals(text(6001), "6001");
  assertEquals(text(undefined), "");
  assertEquals(text(["a", "b"]), "a,b");
});

Deno.test("knownText() gives nothing where Asterisk knows nothing", () => {
  assertEquals(knownText("<unknown>"), "");
  assertEquals(knownText(undefined), "");
  assertEquals(knownText("unknown"), "unknown");
  assertEquals(knownText(17), "17");
});

Deno.test("unescaped() takes back what Asterisk escapes", () => {
  assertEquals(unescaped("O\\'Brien"), "O'Brien");
  assertEquals(unescaped('\\"Bob\\"'), '"Bob"');
  assertEquals(unescaped("a\\\\n"), "a\\n", "an escaped backslash, and an n");
  assertEquals(unescaped("\\a\\b\\f\\n\\r\\t\\v"), "\x07\b\f\n\r\t\v");
  assertEquals(unescaped("who\\?"), "who?");
  assertEquals(unescaped("end\\"), "end\\", "nothing is behind the last one");
  assertEquals(unescaped("<unknown>"), "");
  assertEquals(unescaped(42), "42");
  assertEquals(unescaped("\\😀"), "😀");
});

Deno.test("unescaped() is the inverse of ast_escape_c() for any text", () => {
  const escapes: Record<string, string> = {
    "\x07": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    "'": "\\'",
    '"': '\\"',
    "?": "\\?",
  };
  const texts = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...Object.keys(escapes)),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  });
  fc.assert(fc.property(texts, (original) => {
    const escaped = [...original].map((each) => escapes[each] ?? each).join("");
    assertEquals(unescaped(escaped), original);
  }));
});

Deno.test("number() gives a number, and 0 for other texts", () => {
  assertEquals(number(5), 5);
  assertEquals(number("007"), 7);
  assertEquals(number("33.3"), 33.3);
  assertEquals(number("-1"), -1);
  assertEquals(number(""), 0);
  assertEquals(number("many"), 0);
  assertEquals(number(undefined), 0);
});

Deno.test("isTrue() knows each yes of Asterisk", () => {
  for (const yes of [1, "1", "yes", "Yes", "true", "True"]) {
    assertEquals(isTrue(yes), true, `${yes}`);
  }
  for (const no of [0, "0", "no", "No", "false", "False", "", undefined, 2]) {
    assertEquals(isTrue(no), false, `${no}`);
  }
});

Deno.test("timeOf() takes the time of the PBX, if it reports it", () => {
  assertEquals(timeOf({ Timestamp: "1795364878.024113" }), 1_795_364_878_024);
  assertEquals(timeOf({ Timestamp: 1_795_364_878 }), 1_795_364_878_000);
});

Deno.test("timeOf() takes the present, if the PBX reports no time", () => {
  for (const event of [{}, { Timestamp: "" }, { Timestamp: "soon" }]) {
    const before = Date.now();
    const at = timeOf(event);
    assertEquals(at >= before && at <= Date.now(), true);
  }
});

Deno.test("timeAt() gives milliseconds, and nothing for never", () => {
  assertEquals(timeAt(1_795_364_878), 1_795_364_878_000);
  assertEquals(timeAt("5"), 5_000);
  for (const never of [0, "0", "", undefined, -1]) {
    assertEquals(timeAt(never), undefined);
  }
});

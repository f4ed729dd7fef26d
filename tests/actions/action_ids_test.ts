import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import fc from "fast-check";
import { ActionIds, type ActionKey } from "../../src/actions/action_ids.ts";

/** Returns the part that all ActionIDs of a client begin with. */
function prefixOf(ids: ActionIds): string {
  return ids.textOf(1).slice(0, -1);
}

Deno.test("ActionIds makes each ActionID once", () => {
  const ids = new ActionIds();
  const texts = Array.from({ length: 100 }, () => ids.textOf(ids.next()));
  assertEquals(new Set(texts).size, 100);
  for (const text of texts) assertMatch(text, /^dami-[0-9a-f]{16}-[1-9]\d*$/);
});

Deno.test("ActionIds of two clients have no ActionID in common, and do not know each other's", () => {
  const [one, two] = [new ActionIds(), new ActionIds()];
  const text = one.textOf(one.next());
  assertNotEquals(text, two.textOf(two.next()));
  assertEquals(two.keyOf(text), text);
});

Deno.test("ActionIds knows its own ActionIDs by their numbers", () => {
  const ids = new ActionIds();
  for (const number of [1, 9, 10, 12_345, 999_999_999_999_999]) {
    assertEquals(ids.keyOf(ids.textOf(number)), number);
  }
});

Deno.test("ActionIds keeps what it would not have made as text", () => {
  const ids = new ActionIds();
  const prefix = prefixOf(ids);
  for (
    const rest of [
      "",
      "0",
      "01",
      "1 ",
      "1a",
      "-1",
      "1.5",
      "1e3",
      "１",
      "/",
      ":",
    ]
  ) assertEquals(ids.keyOf(prefix + rest), prefix + rest);
  const long = `${prefix}1${"0".repeat(15)}`;
  assertEquals(ids.keyOf(long), long);
  assertEquals(ids.keyOf(` ${prefix}1`), ` ${prefix}1`);
  assertEquals(
    ids.keyOf(`${prefix.toUpperCase()}1`),
    `${prefix.toUpperCase()}1`,
  );
});

Deno.test("ActionIds gives every text back, so that no two have the same key", () => {
  const ids = new ActionIds();
  const prefix = prefixOf(ids);
  const anyText = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9 a-]{0,20}$/).map((rest) => prefix + rest),
    fc.nat().map((number) => `${prefix}${number}`),
  );
  fc.assert(fc.property(anyText, (text) => {
    const key: ActionKey = ids.keyOf(text);
    assertEquals(ids.textOf(key), text);
    assert(typeof key === "string" || Number.isSafeInteger(key));
  }));
});

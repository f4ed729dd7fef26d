import { assertEquals } from "@std/assert";
import { Memo } from "../../../../src/cli/recording/masking/memo.ts";

Deno.test("a value is worked out once", () => {
  let count = 0;
  const memo = new Memo((value) => `${value}${++count}`);
  assertEquals([memo.get("a"), memo.get("b"), memo.get("a")], [
    "a1",
    "b2",
    "a1",
  ]);
});

Deno.test("neither long values nor too many are kept", () => {
  let count = 0;
  const memo = new Memo(() => `${++count}`);
  const long = "x".repeat(300);
  assertEquals([memo.get(long), memo.get(long)], ["1", "2"]);
  memo.get("first");
  for (let index = 0; index < 20_000; index++) memo.get(`${index}`);
  count = 0;
  assertEquals(memo.get("first"), "1");
});

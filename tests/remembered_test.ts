import { assertEquals } from "@std/assert";
import { Remembered } from "../src/remembered.ts";

Deno.test("Remembered gives back what was set", () => {
  const remembered = new Remembered<string, number>(10);
  remembered.set("a", 1);
  assertEquals(remembered.get("a"), 1);
  assertEquals(remembered.get("b"), undefined);
});

Deno.test("Remembered holds no more keys than its bound", () => {
  const remembered = new Remembered<number, number>(3);
  for (const key of [1, 2, 3]) remembered.set(key, key);
  assertEquals([1, 2, 3].map((key) => remembered.get(key)), [1, 2, 3]);
  remembered.set(4, 4);
  const kept = [1, 2, 3, 4].filter((key) => remembered.get(key) !== undefined);
  assertEquals(kept, [4]);
});

Deno.test("Remembered forgets everything when it is cleared", () => {
  const remembered = new Remembered<string, number>(10);
  remembered.set("a", 1);
  remembered.clear();
  assertEquals(remembered.get("a"), undefined);
});

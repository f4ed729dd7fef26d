import { assertEquals } from "@std/assert";
import { median, medianRatio } from "../../tools/bench/statistics.ts";

Deno.test("median() takes the middle, in any order", () => {
  assertEquals(median([3, 1, 2]), 2);
  assertEquals(median([10, 9, 1, 2]), 5.5);
  assertEquals(median([7]), 7);
  assertEquals(median([]), NaN);
});

Deno.test("median() leaves its argument as it is", () => {
  const values = [3, 1, 2];
  median(values);
  assertEquals(values, [3, 1, 2]);
});

Deno.test("medianRatio() compares within each round", () => {
  // The second round was slow for both.
  const one = new Map([[0, 20], [1, 2], [2, 30], [4, 1_000]]);
  const other = new Map([[0, 10], [1, 1], [2, 10], [3, 1]]);
  assertEquals(medianRatio(one, other), 2);
  assertEquals(medianRatio(one, new Map()), NaN);
});

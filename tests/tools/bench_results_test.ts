import { assertAlmostEquals, assertEquals } from "@std/assert";
import { rateOf, Results } from "../../tools/bench/results.ts";

function measurement(count: number) {
  return { count, seconds: 1, cpuMicroseconds: 2 * count, peakMemoryBytes: 1 };
}

Deno.test("Results gives the median of all rounds", () => {
  const results = new Results();
  results.add("a", "DAMI", 0, measurement(10));
  results.add("a", "DAMI", 1, measurement(30));
  results.add("a", "DAMI", 2, measurement(20));
  assertEquals(results.median("a", "DAMI", rateOf), 20);
  assertEquals(results.median("b", "DAMI", rateOf), undefined);
});

Deno.test("Results compares two clients within each round", () => {
  const results = new Results();
  for (const [round, speed] of [100, 1, 10].entries()) {
    results.add("a", "DAMI", round, measurement(3 * speed));
    results.add("a", "ami", round, measurement(speed));
  }
  assertAlmostEquals(results.ratio(["a", "DAMI"], ["a", "ami"]) ?? 0, 3);
  assertEquals(results.ratio(["a", "DAMI"], ["a", "nami"]), undefined);
});

Deno.test("Results forgets the figures of who has failed", () => {
  const results = new Results();
  const problem = { kind: "wrong answers", detail: "19 of 20" } as const;
  results.add("a", "ami", 0, measurement(1));
  results.addProblem("a", "ami", problem);
  assertEquals(results.problem("a", "ami"), problem);
  assertEquals(results.problem("a", "DAMI"), undefined);
  assertEquals(results.median("a", "ami", rateOf), undefined);
});

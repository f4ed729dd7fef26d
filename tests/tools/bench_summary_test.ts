import { assertEquals } from "@std/assert";
import { Results } from "../../tools/bench/results.ts";
import { readmeSummary } from "../../tools/bench/summary.ts";
import { comparedWorkloads } from "../../tools/bench/workloads.ts";
import { readCaptured } from "../../tools/bench/captured.ts";
import { addResult } from "./_results.ts";

Deno.test("readmeSummary() compares DAMI with the fastest client from npm", async () => {
  const results = new Results();
  addResult(results, "a", "DAMI", 300_000);
  addResult(results, "a", "ami", 100_000);
  addResult(results, "a", "asterisk-ami", 150_000);
  addResult(results, "g", "DAMI", 2_000_000);
  const scale = { captured: await readCaptured(), quick: true };
  const summary = readmeSummary({
    results,
    workloads: comparedWorkloads(scale, 1_000),
    machine: "a machine",
    rounds: 1,
  });
  assertEquals(summary.split("\n").filter((line) => line.startsWith("|")), [
    "|  | DAMI | the fastest from npm | ratio |",
    "| --- | ---: | ---: | ---: |",
    "| Events, all to one listener | **300k** events/s | 150k (asterisk-ami) | 2.00 × |",
    "| A `Command` answer of 200,000 lines | **2.00M** lines/s | – | – |",
  ]);
});

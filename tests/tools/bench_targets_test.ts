import { assertEquals } from "@std/assert";
import { ACTIONS_FLOOR, LINES_FLOOR } from "../../tools/bench/clients.ts";
import { timeFactors, worstRatio } from "../../tools/bench/growth.ts";
import { Results } from "../../tools/bench/results.ts";
import { STARTUP, STARTUP_FLOOR } from "../../tools/bench/startup.ts";
import { fastestPeer, targetsOf } from "../../tools/bench/targets.ts";
import { addResult } from "./_results.ts";

function held(results: Results): Record<string, boolean> {
  return Object.fromEntries(
    targetsOf(results).map((
      { id, what, isHeld },
    ) => [`${id}: ${what}`, isHeld]),
  );
}

Deno.test("fastestPeer() looks at clients from npm alone", () => {
  const results = new Results();
  assertEquals(fastestPeer(results, "a"), undefined);
  addResult(results, "a", "DAMI", 400);
  addResult(results, "a", LINES_FLOOR, 300);
  addResult(results, "a", "ami-io", 100);
  addResult(results, "a", "ami", 200);
  assertEquals(fastestPeer(results, "a"), "ami");
});

Deno.test("targetsOf() reports which targets are met, of what was measured", () => {
  const results = new Results();
  assertEquals(targetsOf(results), []);
  addResult(results, "a", "DAMI", 200);
  addResult(results, "a", "ami", 100);
  addResult(results, "a", "asterisk-ami", 150);
  addResult(results, "b", "DAMI", 260);
  addResult(results, "b", LINES_FLOOR, 100);
  addResult(results, "d", "DAMI", 90);
  addResult(results, "d", ACTIONS_FLOOR, 100);
  addResult(results, "j", "DAMI", 150);
  addResult(results, "h", "DAMI", 100);
  addResult(results, "h", "asterisk-ami", 50);
  addResult(results, "h500", "DAMI", 79);
  addResult(results, "k", "DAMI", 95);
  assertEquals(held(results), {
    "a: against the fastest npm client (asterisk-ami)": false,
    "a: the peak memory": true,
    "b: against bare TextLineStream": true,
    "d: against bare write and read": true,
    "h: against asterisk-ami": true,
    "h500: 500 connections against 100": false,
    "h: the heap of an idle connection, with its buffers": true,
    "j: the iterator against a listener": false,
    "k: a fleet against as many clients": true,
  });
});

Deno.test("targetsOf() takes a start that is slower for one that is not held", () => {
  const results = new Results();
  addResult(results, STARTUP, "DAMI", 1 / 0.09);
  addResult(results, STARTUP, STARTUP_FLOOR, 1 / 0.03);
  const [target] = targetsOf(results);
  assertEquals(target?.measured, "3.00 ×");
  assertEquals(target?.isHeld, false);
});

Deno.test("timeFactors() says how the time grows with the size", () => {
  const results = new Results();
  addResult(results, "f2000", "DAMI", 100);
  addResult(results, "f20000", "DAMI", 100);
  addResult(results, "f200000", "DAMI", 50);
  const series = {
    letter: "f",
    what: "items of a list",
    unit: "items/s",
    sizes: [2_000, 20_000, 200_000],
    isLinear: true,
  } as const;
  assertEquals(timeFactors(results, series), [
    { size: 20_000, factor: 10 },
    { size: 200_000, factor: 20 },
  ]);
  assertEquals(held(results), {
    "f, growth: the time for ten times as many items of a list": false,
  });
});

Deno.test("worstRatio() compares every size with the first one", () => {
  const results = new Results();
  const series = {
    letter: "b",
    what: "listeners for events that never come",
    unit: "events/s",
    sizes: [0, 1_000, 10_000],
    isLinear: false,
  } as const;
  assertEquals(worstRatio(results, series), undefined);
  addResult(results, "b0", "DAMI", 100);
  addResult(results, "b1000", "DAMI", 80);
  addResult(results, "b10000", "DAMI", 95);
  assertEquals(worstRatio(results, series), 0.8);
});

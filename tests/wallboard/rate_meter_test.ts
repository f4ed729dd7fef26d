import { assertEquals } from "@std/assert";
import { RateMeter } from "../../examples/wallboard/rate_meter.ts";

Deno.test("RateMeter measures how much a counter grows by in a second", () => {
  const meter = new RateMeter();
  assertEquals(meter.sample(1_000, 0), 0);
  assertEquals(meter.sample(1_000, 0), 0);
  assertEquals(meter.sample(1_500, 500), 1_000);
  for (let at = 1_000; at <= 20_000; at += 250) {
    assertEquals(meter.sample(1_000 + at, at), 1_000);
  }
  // Nothing comes any more: after the few seconds it is 0.
  for (let at = 20_250; at <= 25_000; at += 250) meter.sample(21_000, at);
  assertEquals(meter.sample(21_000, 25_250), 0);
});

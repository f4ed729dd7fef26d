import { assert, assertFalse } from "@std/assert";
import { isMeasurement } from "../../tools/bench/measurement.ts";

const WHOLE = {
  count: 1,
  seconds: 0.5,
  cpuMicroseconds: 2,
  peakMemoryBytes: 3,
};

Deno.test("isMeasurement() accepts what the processes of clients print", () => {
  assert(isMeasurement(WHOLE));
  assert(isMeasurement({ ...WHOLE, events: 1, checksum: 0 }));
  assert(isMeasurement({ ...WHOLE, problem: "wrong" }));
  assert(
    isMeasurement({ ...WHOLE, idle: { heapUsed: 1, external: -2, rss: 3 } }),
  );
});

Deno.test("isMeasurement() refuses anything else", () => {
  assertFalse(isMeasurement(undefined));
  assertFalse(isMeasurement(null));
  assertFalse(isMeasurement("logged in"));
  assertFalse(isMeasurement({ ...WHOLE, seconds: null }));
  assertFalse(isMeasurement({ ...WHOLE, count: undefined }));
  assertFalse(isMeasurement({ ...WHOLE, events: "1" }));
  assertFalse(isMeasurement({ ...WHOLE, problem: 1 }));
  assertFalse(isMeasurement({ ...WHOLE, idle: { heapUsed: 1 } }));
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { covered } from "../../../src/live/records/call_times.ts";

Deno.test("covered() counts what lasts at the same time once", () => {
  assertEquals(covered([], 9), 0);
  assertEquals(covered([{ from: 2, to: undefined }], 9), 7);
  const overlapping = [
    { from: 5, to: 8 },
    { from: 1, to: 3 },
    { from: 2, to: 4 },
    { from: 6, to: 7 },
  ];
  assertEquals(covered(overlapping, 9), 6);
});

Deno.test("covered() counts each millisecond that any stretch covers", () => {
  const stretch = fc.tuple(fc.nat(50), fc.nat(30)).map(([from, length]) => ({
    from,
    to: from + length,
  }));
  fc.assert(fc.property(fc.array(stretch), (stretches) => {
    let count = 0;
    for (let time = 0; time < 80; time++) {
      if (stretches.some(({ from, to }) => from <= time && time < to)) count++;
    }
    assertEquals(covered(stretches, 100), count);
  }));
});

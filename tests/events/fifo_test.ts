import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Fifo } from "../../src/events/fifo.ts";

Deno.test("Fifo gives what it took, in order, as an array does", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(
      fc.record({ value: fc.anything() }),
      fc.constantFrom("shift", "clear"),
    )),
    (steps) => {
      const fifo = new Fifo<unknown>();
      const model: unknown[] = [];
      for (const step of steps) {
        if (step === "clear") {
          fifo.clear();
          model.length = 0;
        } else if (step === "shift") {
          const isEmpty = model.length === 0;
          const given = fifo.shift();
          assertEquals(given === undefined, isEmpty);
          if (given !== undefined) {
            assert(Object.is(given.value, model.shift()));
          }
        } else if (typeof step !== "string") {
          fifo.push(step.value);
          model.push(step.value);
        }
        assertEquals(fifo.size, model.length);
      }
    },
  ));
});

Deno.test("Fifo takes as long for each of a million values as for each of a thousand", () => {
  const fifo = new Fifo<number>();
  for (let value = 0; value < 1_000_000; value++) fifo.push(value);
  const begin = performance.now();
  for (let value = 0; value < 100_000; value++) {
    fifo.push(value);
    assertEquals(fifo.shift()?.value, value);
  }
  // An array takes 86 µs and more for each, and so 8.6 s.
  const each = (performance.now() - begin) / 100_000;
  assert(each < 0.04, `${each} ms for each`);
});

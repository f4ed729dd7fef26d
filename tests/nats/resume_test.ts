import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { findPublished } from "../../src/nats/resume.ts";
import type { SpoolEntry } from "../../src/nats/spool.ts";

function entriesOf(payloads: readonly string[], distance = 10): SpoolEntry[] {
  return payloads.map((payload, index) => ({
    item: { subject: "event", payload, at: index * distance },
    number: index + 1,
    next: undefined,
  }));
}

function published(payloads: readonly string[], end: number, distance = 10) {
  return payloads.map((payload, index) => ({
    payload,
    at: end - (payloads.length - 1 - index) * distance,
  }));
}

Deno.test("findPublished() finds the last published event", () => {
  const entries = entriesOf(["a", "b", "c", "d"]);
  assertEquals(findPublished(entries, published(["b", "c"], 20)), entries[2]);
  assertEquals(findPublished(entries, published(["x"], 20)), undefined);
  assertEquals(findPublished(entries, []), undefined);
});

Deno.test("findPublished() tells equal events by those before them", () => {
  const entries = entriesOf(["a", "same", "b", "same", "c", "same"]);
  assertEquals(
    findPublished(entries, published(["b", "same"], 30)),
    entries[3],
  );
});

Deno.test("findPublished() tells equal events by the clock, if they are far apart", () => {
  const entries = entriesOf(["same", "same", "same"], 60_000);
  assertEquals(findPublished(entries, published(["same"], 60_400)), entries[1]);
});

Deno.test("findPublished() does not guess", () => {
  const entries = entriesOf(["same", "same", "same"], 10);
  assertEquals(findPublished(entries, published(["same"], 10)), undefined);
});

Deno.test("findPublished() finds nothing where other events were published", () => {
  // Its rights are others: it has not heard "b".
  const entries = entriesOf(["a", "c", "d"]);
  assertEquals(
    findPublished(entries, published(["a", "b", "c"], 10)),
    undefined,
  );
});

Deno.test("findPublished() leaves gaps out", () => {
  const [a, b] = entriesOf(["a", "b"]);
  const gap: SpoolEntry = {
    item: {
      subject: "gap",
      payload: "",
      at: 5,
      gap: { from: 1, to: 5, reason: "connection" },
    },
    number: 9,
    next: undefined,
  };
  const entries = [a, gap, b].filter((each) => each !== undefined);
  assertEquals(findPublished(entries, published(["a", "b"], 10)), b);
});

Deno.test("findPublished() finds each place among events that differ", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 50 }),
      fc.nat(),
      fc.integer({ min: 1, max: 30 }),
      (payloads, place, length) => {
        const index = place % payloads.length;
        const entries = entriesOf(payloads);
        const known = payloads.slice(
          Math.max(0, index + 1 - length),
          index + 1,
        );
        assertEquals(
          findPublished(entries, published(known, index * 10)),
          entries[index],
        );
      },
    ),
  );
});

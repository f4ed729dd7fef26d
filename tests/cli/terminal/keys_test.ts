import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { KeyParser } from "../../../src/cli/terminal/keys.ts";

const TYPED = "x\x1b[A\x1bOB\x1b[5~ \x1b[6~\x1b[1;5Cé\x1b[H\x1b[4~q";
const KEYS = [
  "up",
  "down",
  "page-up",
  "page-down",
  "page-down",
  "home",
  "end",
  "quit",
];

Deno.test("KeyParser finds keys, and leaves out those that mean nothing", () => {
  assertEquals<unknown>(new KeyParser().take(TYPED), KEYS);
});

Deno.test("KeyParser finds the same keys however they are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: TYPED.length })),
      (places) => {
        const parser = new KeyParser();
        const cuts = [0, ...places.toSorted((a, b) => a - b), TYPED.length];
        const keys = cuts.slice(1).flatMap((end, index) =>
          parser.take(TYPED.slice(cuts[index], end))
        );
        assertEquals<unknown>(keys, KEYS);
      },
    ),
  );
});

import { assertEquals, assertThrows } from "@std/assert";
import { parseArguments } from "../../tools/bench/arguments.ts";

Deno.test("parseArguments() fills the defaults in", () => {
  assertEquals(parseArguments([]), {
    rounds: 5,
    events: 400_000,
    only: [],
    clients: [],
    quick: false,
    write: false,
  });
});

Deno.test("parseArguments() reads every option", () => {
  assertEquals(
    parseArguments(
      "--quick --write --events 1000 --only a,b --clients dami,ami-io".split(
        " ",
      ),
    ),
    {
      rounds: 1,
      events: 1_000,
      only: ["a", "b"],
      clients: ["dami", "ami-io"],
      quick: true,
      write: true,
    },
  );
});

Deno.test("parseArguments() refuses what it does not know", () => {
  assertThrows(() => parseArguments(["--round", "3"]), TypeError);
  assertThrows(
    () => parseArguments(["--rounds", "0"]),
    RangeError,
    '--rounds as it must be a positive integer: current value is "0"',
  );
  assertThrows(() => parseArguments(["--events", "many"]), RangeError);
});

import { assertThrows } from "@std/assert";
import type { Overflow } from "../../src/events/event_stream.ts";
import { checkQueue, checkTimeout } from "../../src/options/option_checks.ts";

/** A value of any type, as plain JavaScript may pass it. */
function untyped<T>(json: string): T {
  return JSON.parse(json);
}

Deno.test("checkTimeout() names the option that it is given", () => {
  checkTimeout("keepAlive", 5);
  assertThrows(() => checkTimeout("keepAlive", 0), RangeError, "'keepAlive'");
  assertThrows(() => checkTimeout("keepAlive", "5"), TypeError, "'keepAlive'");
  assertThrows(
    () => checkTimeout("keepAlive", undefined),
    TypeError,
    "'keepAlive'",
  );
});

Deno.test("checkQueue() takes every bound and both policies", () => {
  for (const maxQueue of [1, 2, Number.MAX_SAFE_INTEGER]) {
    checkQueue(maxQueue, "error");
    checkQueue(maxQueue, "drop-oldest");
  }
});

Deno.test("checkQueue() refuses a number that is no bound with a RangeError", () => {
  for (const maxQueue of [0, -1, 1.5, NaN, Infinity, 2 ** 53]) {
    assertThrows(
      () => checkQueue(maxQueue, "error"),
      RangeError,
      `Cannot use option 'maxQueue' as it must be a positive integer: current value is ${maxQueue}`,
    );
  }
});

Deno.test("checkQueue() refuses a bound that is not a number with a TypeError", () => {
  for (const json of ['"5"', "true", "null", "[5]"]) {
    assertThrows(
      () => checkQueue(untyped<number>(json), "error"),
      TypeError,
      "'maxQueue'",
    );
  }
  assertThrows(
    () => checkQueue(untyped<number>('"5"'), "error"),
    TypeError,
    'current value is "5"',
  );
});

Deno.test("checkQueue() refuses a policy that it does not know with a TypeError", () => {
  for (const json of ['"drop"', "null", "1", "{}"]) {
    assertThrows(
      () => checkQueue(5, untyped<Overflow>(json)),
      TypeError,
      "'overflow'",
    );
  }
});

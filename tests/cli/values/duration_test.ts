import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../../../src/cli/failures/command_error.ts";
import { readCount } from "../../../src/cli/values/count.ts";
import {
  clock,
  longClock,
  readDuration,
} from "../../../src/cli/values/duration.ts";

Deno.test("readDuration() reads times with units", () => {
  const cases: [string, number][] = [
    ["500ms", 500],
    ["30s", 30_000],
    ["30", 30_000],
    ["1.5", 1_500],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["1d", 86_400_000],
    ["0.5s", 500],
    ["0.0001ms", 1],
  ];
  for (const [text, time] of cases) {
    assertEquals(readDuration(text, "--for"), time, text);
  }
});

Deno.test("readDuration() refuses all else, in one sentence", () => {
  for (
    const text of ["", "0", "0s", "-1s", "s", "1x", "1 s", "1,5s", "25d", "1e3"]
  ) {
    const { message } = assertThrows(
      () => readDuration(text, "--for"),
      UsageError,
    );
    assertEquals(
      message,
      `--for must be a time of up to 24 days, such as 500ms, 30s, 5m or 1h30m, not '${text}'`,
    );
  }
});

Deno.test("readDuration() reads what any sum of units says", () => {
  fc.assert(
    fc.property(fc.nat(23), fc.nat(59), fc.integer({ min: 1, max: 59 }), (
      hours,
      minutes,
      seconds,
    ) =>
      assertEquals(
        readDuration(`${hours}h${minutes}m${seconds}s`, "--for"),
        ((hours * 60 + minutes) * 60 + seconds) * 1_000,
      )),
  );
});

Deno.test("clock() shows times as a clock does", () => {
  assertEquals(clock(7), "0:07");
  assertEquals(clock(754.9), "12:34");
  assertEquals(clock(3_900), "1:05:00");
  assertEquals(clock(-1), "0:00");
});

Deno.test("readCount() reads whole numbers from 1 on", () => {
  assertEquals(readCount("12", "--count"), 12);
  for (const text of ["0", "-1", "1.5", "x", "", "99999999999999999999"]) {
    assertThrows(() => readCount(text, "--count"), UsageError, `'${text}'`);
  }
});

Deno.test("longClock() writes what Asterisk writes", () => {
  assertEquals(
    [-1, 0, 67.9, 3_667, 360_000].map(longClock),
    ["00:00:00", "00:00:00", "00:01:07", "01:01:07", "100:00:00"],
  );
});

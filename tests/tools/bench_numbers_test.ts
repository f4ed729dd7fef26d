import { assertEquals } from "@std/assert";
import {
  formatBytes,
  formatCount,
  formatRatio,
  formatSeconds,
  formatSmall,
} from "../../tools/bench/numbers.ts";

Deno.test("formatCount() rounds to two or three digits", () => {
  const written = [0, 999, 1_000, 9_949, 9_950, 167_512, 999_499, 999_500];
  assertEquals(written.map(formatCount), [
    "0",
    "999",
    "1.0k",
    "9.9k",
    "10k",
    "168k",
    "999k",
    "1.00M",
  ]);
  assertEquals(formatCount(12_345_678), "12.3M");
});

Deno.test("formatSmall() keeps two digits of what is small", () => {
  assertEquals([0.368, 5.36, 65.63].map(formatSmall), ["0.37", "5.4", "66"]);
});

Deno.test("formatRatio() says that it multiplies", () => {
  assertEquals([0.631, 1.6, 16.02].map(formatRatio), [
    "0.63 ×",
    "1.60 ×",
    "16.0 ×",
  ]);
});

Deno.test("formatBytes() and formatSeconds() choose the unit", () => {
  assertEquals(formatBytes(97_517), "98 kB");
  assertEquals(formatBytes(152_000_000), "152 MB");
  assertEquals(formatSeconds(0.0414), "41 ms");
  assertEquals(formatSeconds(2), "2.00 s");
});

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { Permutation } from "../../../../src/cli/recording/masking/permutation.ts";

const permutation = new Permutation(new Uint8Array(32).fill(7));

/** Every value of these radices. */
function* values(radices: readonly number[]): Generator<number[]> {
  const [radix, ...rest] = radices;
  if (radix === undefined) return yield [];
  for (let digit = 0; digit < radix; digit++) {
    for (const more of values(rest)) yield [digit, ...more];
  }
}

Deno.test("each value is exchanged for another one of its own", () => {
  for (const radices of [[9], [9, 10], [9, 10, 10], [2, 1], [3, 26, 5]]) {
    const seen = new Set<string>();
    for (const value of values(radices)) {
      const exchanged = permutation.exchange(value, radices, "test");
      assertNotEquals(exchanged, value);
      assert(
        exchanged.every((digit, place) =>
          digit >= 0 && digit < (radices[place] ?? 0)
        ),
      );
      seen.add(exchanged.join("."));
    }
    assertEquals(seen.size, radices.reduce((one, other) => one * other));
  }
});

Deno.test("the same value is always exchanged for the same, at any length", () => {
  const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 200 });
  fc.assert(fc.property(digits, (value) => {
    const radices = value.map(() => 10);
    const exchanged = permutation.exchange(value, radices, "test");
    assertEquals(permutation.exchange(value, radices, "test"), exchanged);
    assertEquals(exchanged.length, value.length);
    assertNotEquals(exchanged, value);
  }));
});

Deno.test("the key and the tweak decide", () => {
  const value = [4, 9, 3, 0, 1, 2, 3, 4, 5, 6];
  const radices = value.map(() => 10);
  const other = new Permutation(new Uint8Array(32).fill(8));
  const results = [
    permutation.exchange(value, radices, "test"),
    permutation.exchange(value, radices, "another"),
    other.exchange(value, radices, "test"),
  ].map((digits) => digits.join(""));
  assertEquals(new Set(results).size, 3);
});

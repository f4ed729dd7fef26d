import { assertEquals } from "@std/assert";
import { ReadBuffer } from "../../src/wire/read_buffer.ts";

function sizeAfter(buffer: ReadBuffer, ...reads: number[]): number {
  for (const length of reads) buffer.fit(length);
  return buffer.bytes.length;
}

Deno.test("ReadBuffer is small while little comes", () => {
  assertEquals(sizeAfter(new ReadBuffer(), 100, 1_023, 1), 1_024);
});

Deno.test("ReadBuffer grows where reads fill it, up to a bound", () => {
  const buffer = new ReadBuffer();
  assertEquals(sizeAfter(buffer, 1_024), 4_096);
  assertEquals(sizeAfter(buffer, 3_000), 4_096);
  assertEquals(sizeAfter(buffer, 4_096), 16_384);
  assertEquals(sizeAfter(buffer, 16_384), 65_536);
  assertEquals(sizeAfter(buffer, 65_536), 65_536);
});

Deno.test("ReadBuffer shrinks after a flood, and not between two pieces of it", () => {
  const buffer = new ReadBuffer();
  const small = Array<number>(63).fill(300);
  assertEquals(sizeAfter(buffer, 1_024, 4_096, 16_384, ...small), 65_536);
  assertEquals(sizeAfter(buffer, 20_000, ...small), 65_536);
  assertEquals(sizeAfter(buffer, 300), 1_024);
});

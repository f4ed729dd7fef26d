import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  ActionReader,
  type ActionRequest,
} from "../../../src/testing/server/action_reader.ts";

const encoder = new TextEncoder();

function read(...pieces: (string | Uint8Array)[]): ActionRequest[] {
  const reader = new ActionReader();
  const requests: ActionRequest[] = [];
  for (const piece of pieces) {
    reader.push(typeof piece === "string" ? encoder.encode(piece) : piece);
    let request = reader.next();
    while (request !== undefined) {
      requests.push(request);
      request = reader.next();
    }
  }
  return requests;
}

Deno.test("ActionReader accepts CRLF, LF, and both in turn", () => {
  assertEquals(read("Action: Ping\r\nA: 1\n\nAction: B\n\r\n"), [
    { lines: ["Action: Ping", "A: 1"] },
    { lines: ["Action: B"] },
  ]);
});

Deno.test("ActionReader takes a stray blank line for an action", () => {
  assertEquals(read("\r\n"), [{ lines: [] }]);
});

Deno.test("ActionReader keeps a bare CR and loses what follows a NUL", () => {
  assertEquals(read("A: a\rb\r\nB: 1\x002\r\n\r\n"), [
    { lines: ["A: a\rb", "B: 1"] },
  ]);
});

Deno.test("ActionReader reads the same wherever the bytes are cut", () => {
  const text = "Action: Ping\r\nActionID: ü\r\n\r\nAction: Foo\nX: y\n\n";
  const bytes = encoder.encode(text);
  const whole = read(bytes);
  fc.assert(fc.property(
    fc.array(fc.nat(bytes.length), { maxLength: 8 }),
    (cuts) => {
      const sorted = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const pieces = sorted.slice(1).map((end, index) =>
        bytes.subarray(sorted[index], end)
      );
      assertEquals(read(...pieces), whole);
    },
  ));
});

Deno.test("ActionReader takes a line of 1,022 bytes", () => {
  const line = `A: ${"x".repeat(1_019)}`;
  assertEquals(read(`${line}\r\n\r\n`), [{ lines: [line] }]);
});

Deno.test("ActionReader refuses a line of 1,024 bytes and reads on", () => {
  const line = `A: ${"x".repeat(1_021)}`;
  const refusal = "Failed to parse message: line too long";
  assertEquals(
    read(`Action: Ping\r\n${line}\r\nB: 1\r\n\r\nAction: Ping\r\n\r\n`),
    [
      { lines: ["Action: Ping", "x", "B: 1"], refusal },
      { lines: ["Action: Ping"] },
    ],
  );
});

Deno.test("ActionReader runs the rest after a line of exactly 1,023 bytes", () => {
  const line = `A: ${"x".repeat(1_020)}`;
  const refusal = "Failed to parse message: line too long";
  // The last byte that is kept is the CR: the rest of the line is blank.
  assertEquals(read(`Action: Ping\r\n${line}\r\nAction: Rest\r\n\r\n`), [
    { lines: ["Action: Ping"], refusal },
    { lines: ["Action: Rest"] },
  ]);
});

Deno.test("ActionReader refuses more than 128 lines", () => {
  const lines = Array.from({ length: 128 }, (_, index) => `H${index}: x`);
  const text = `${lines.join("\r\n")}\r\n`;
  const refusal = "Too many lines in message or allocation failure";
  assertEquals(read(`${text}\r\n${text}One: more\r\n\r\n`), [
    { lines },
    { lines, refusal },
  ]);
});

import { assert, assertEquals, assertLess } from "@std/assert";
import { AmiLimitError } from "../../src/errors.ts";
import { LineGuard } from "../../src/wire/line_guard.ts";
import { cutLines } from "../../src/wire/lines.ts";
import { connOf } from "../_wire.ts";

Deno.test("cutLines() gives all that came before the connection broke", async () => {
  const reset = new Deno.errors.ConnectionReset("Reset");
  const text = "Greeting\r\n" + "a\r\n".repeat(99);
  const received = connOf([new TextEncoder().encode(text)]);
  const conn = {
    async read(buffer: Uint8Array): Promise<number> {
      const length = await received.read(buffer);
      if (length === null) throw reset;
      return length;
    },
  };
  const failures: unknown[] = [];
  const lines = cutLines(conn, {
    encoding: "utf-8",
    guard: new LineGuard({ maxLineLength: 1_000 }),
    onFailure: (error) => failures.push(error),
  });
  const read: string[] = [];
  for await (const line of lines) {
    read.push(line);
    // Whatever is under way after the first lines goes wrong before the last is read.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  assertEquals(read, ["Greeting", ...Array(99).fill("a")]);
  assertEquals(failures, [reset]);
});

Deno.test("cutLines() ends a line that never ends without holding more than its limit", async () => {
  let received = 0;
  const conn = {
    read(buffer: Uint8Array): Promise<number> {
      buffer.fill(0x78);
      received += buffer.length;
      return Promise.resolve(buffer.length);
    },
  };
  const failure = Promise.withResolvers<unknown>();
  const lines = cutLines(conn, {
    encoding: "utf-8",
    guard: new LineGuard({ maxLineLength: 1_000_000 }),
    onFailure: failure.resolve,
  });
  await Array.fromAsync(lines);
  const error = await failure.promise;
  assert(error instanceof AmiLimitError);
  assertEquals(error.limit, "maxLineLength");
  assertLess(received, 1_200_000);
});

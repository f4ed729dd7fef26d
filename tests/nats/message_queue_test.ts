import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { MessageQueue } from "../../src/nats/message_queue.ts";

Deno.test("a queue gives what it was given, in the same order", () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant("push" as const) },
    { weight: 3, arbitrary: fc.constant("take" as const) },
    { weight: 1, arbitrary: fc.constant("clear" as const) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new MessageQueue<number>();
      let expected: number[] = [];
      for (const [number, each] of steps.entries()) {
        if (each === "push") {
          queue.push(number);
          expected.push(number);
        } else if (each === "take") {
          assertEquals(queue.take(), expected.shift());
        } else {
          queue.clear();
          expected = [];
        }
        assertEquals(queue.size, expected.length);
      }
    }),
  );
});

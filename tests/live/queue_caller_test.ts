import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type QueueCaller,
  reduceCallers,
} from "../../src/live/queue_caller.ts";

function reduce(
  callers: readonly QueueCaller[],
  name: "Join" | "Leave",
  Uniqueid: string,
  Position: number,
): readonly QueueCaller[] {
  const event = { Event: `QueueCaller${name}`, Queue: "q", Uniqueid, Position };
  return reduceCallers(callers, event, 1_000);
}

function order(callers: readonly QueueCaller[]): string {
  return callers.map(({ uniqueid, position }) => `${position}${uniqueid}`)
    .join(" ");
}

Deno.test("those behind one who leaves or comes first move", () => {
  const two = reduce(reduce([], "Join", "a", 1), "Join", "b", 2);
  const three = reduce(two, "Join", "c", 1);
  assertEquals(order(three), "1c 2a 3b");
  assertEquals(order(reduce(three, "Leave", "a", 2)), "1c 2b");
});

Deno.test("who is there does not come twice, and who is gone does not go", () => {
  const one = reduce([], "Join", "a", 1);
  assertStrictEquals(reduce(one, "Join", "a", 1), one);
  assertStrictEquals(reduce(one, "Leave", "b", 1), one);
});

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  callerOf,
  type QueueCaller,
  reduceCallers,
} from "../../../src/live/records/queue_caller.ts";
import { AT, context, event, type Headers, item, leg } from "../_frames.ts";

function joined(uniqueid: string, Position: number, headers: Headers = {}) {
  return event("QueueCallerJoin", leg(uniqueid), {
    Queue: "support",
    Position,
    Count: Position,
    ...headers,
  });
}

function gone(uniqueid: string) {
  return event("QueueCallerLeave", leg(uniqueid), {
    Queue: "support",
    Position: 1,
    Count: 0,
  });
}

/** Three who wait. */
function three(): readonly QueueCaller[] {
  let callers: readonly QueueCaller[] = [];
  for (const [index, uniqueid] of ["1.1", "2.1", "3.1"].entries()) {
    callers = reduceCallers(
      callers,
      joined(uniqueid, index + 1),
      context(AT + index),
    );
  }
  return callers;
}

const placesOf = (callers: readonly QueueCaller[]) =>
  callers.map(({ uniqueid, position }) => `${position}: ${uniqueid}`);

Deno.test("callerOf() reads QueueCallerJoin, whose names are escaped", () => {
  assertEquals(
    callerOf(
      joined("1.1", 1, { CallerIDNum: 100, CallerIDName: "O\\'Brien" }),
      undefined,
      context(AT),
    ),
    {
      queue: "support",
      uniqueid: "1.1",
      channel: "PJSIP/1.1-0000000a",
      callerIdNum: "100",
      callerIdName: "O'Brien",
      position: 1,
      joinedAt: AT,
    },
  );
});

Deno.test("callerOf() reads QueueEntry, whose names are not escaped, and who has waited", () => {
  const entry = item("QueueEntry", {
    Queue: "support",
    Position: 2,
    Channel: "PJSIP/6001-00000001",
    Uniqueid: "1.1",
    CallerIDNum: "<unknown>",
    CallerIDName: "back\\slash",
    Wait: 12,
    Priority: 0,
  });
  const caller = callerOf(entry, undefined, context(AT));
  assertEquals(caller.callerIdName, "back\\slash");
  assertEquals(caller.callerIdNum, "");
  assertEquals(caller.joinedAt, AT - 12_000);
  assertStrictEquals(callerOf(entry, caller, context(AT + 500)), caller);
  assertEquals(callerOf({ ...entry, Position: 1 }, caller, context(AT + 500)), {
    ...caller,
    position: 1,
  });
});

Deno.test("reduceCallers() puts a caller into the place in the event, and moves the others", () => {
  const callers = reduceCallers(three(), joined("9.9", 2), context(AT));
  assertEquals(placesOf(callers), ["1: 1.1", "2: 9.9", "3: 2.1", "4: 3.1"]);
  assertEquals(placesOf(reduceCallers([], joined("1.1", 0), context(AT))), [
    "1: 1.1",
  ]);
});

Deno.test("reduceCallers() moves up those after one who leaves, and replaces only their records", () => {
  const before = three();
  const after = reduceCallers(before, gone("2.1"), context(AT));
  assertEquals(placesOf(after), ["1: 1.1", "2: 3.1"]);
  assertStrictEquals(after[0], before[0]);
  assertEquals(placesOf(before), ["1: 1.1", "2: 2.1", "3: 3.1"]);
});

Deno.test("reduceCallers() gives the same array if nothing is new", () => {
  const callers = three();
  assertStrictEquals(
    reduceCallers(callers, joined("2.1", 1), context(AT)),
    callers,
  );
  assertStrictEquals(reduceCallers(callers, gone("8.8"), context(AT)), callers);
});

import { assertEquals } from "@std/assert";
import { DAMI, type DAMIStats } from "../mod.ts";
import { sumOf } from "../src/statistics_sum.ts";

Deno.test("sumOf() adds up every counter, and takes the latest frame", () => {
  const zero = sumOf([]);
  assertEquals(zero, new DAMI().stats());
  const ones: DAMIStats = {
    bytesReceived: 1,
    bytesSent: 2,
    frames: 3,
    events: 4,
    eventsUnread: 5,
    framesDropped: 6,
    unparsedLines: 7,
    actionsPending: 8,
    actionsAnswered: 9,
    actionsFailed: 10,
    reconnects: 11,
    lastFrameAt: new Date(2_000),
  };
  const sum = sumOf([
    ones,
    { ...ones, lastFrameAt: new Date(1_000) },
    { ...ones, lastFrameAt: undefined },
  ]);
  assertEquals(
    Object.values(sum).slice(0, -1),
    [3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33],
  );
  assertEquals(sum.lastFrameAt, new Date(2_000));
});

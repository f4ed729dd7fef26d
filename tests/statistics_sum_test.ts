import { assertEquals } from "@std/assert";
import { DAMI, type DAMIStats } from "../mod.ts";
import { sumOf } from "../src/statistics_sum.ts";

Deno.test("sumOf() adds up every counter, and takes the longest lag and the latest times", () => {
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
    gaps: 12,
    gapTime: 13,
    readerLag: 14,
    listenerTimes: {
      events: 15,
      total: 16,
      ranges: { "1ms": 1, "10ms": 2, "100ms": 3, "1s": 4, longer: 5 },
    },
    lastFrameAt: new Date(2_000),
    lastEventAt: new Date(1_500),
  };
  assertEquals(
    sumOf([
      ones,
      { ...ones, readerLag: 3, lastFrameAt: new Date(1_000) },
      { ...ones, lastFrameAt: undefined, lastEventAt: new Date(1_700) },
    ]),
    {
      bytesReceived: 3,
      bytesSent: 6,
      frames: 9,
      events: 12,
      eventsUnread: 15,
      framesDropped: 18,
      unparsedLines: 21,
      actionsPending: 24,
      actionsAnswered: 27,
      actionsFailed: 30,
      reconnects: 33,
      gaps: 36,
      gapTime: 39,
      readerLag: 14,
      listenerTimes: {
        events: 45,
        total: 48,
        ranges: { "1ms": 3, "10ms": 6, "100ms": 9, "1s": 12, longer: 15 },
      },
      lastFrameAt: new Date(2_000),
      lastEventAt: new Date(1_700),
    },
  );
});

import { assertEquals } from "@std/assert";
import type { CapturedFrame } from "../../tools/bench/capture.ts";
import { arrange, Traffic } from "../../tools/bench/traffic.ts";

function frame(event: string, channel?: string): CapturedFrame {
  const text = channel === undefined
    ? `Event: ${event}`
    : `Event: ${event}\r\nChannel: ${channel}`;
  return { text, event, channel, uniqueid: undefined };
}

const END = "Event: BenchmarkEnd\r\n\r\n";

function textOf(traffic: Traffic, count: number): string {
  const decoder = new TextDecoder();
  return Array.from(
    traffic.replay(count),
    (bytes) => decoder.decode(bytes),
  ).join("");
}

Deno.test("arrange() makes exactly one event in twenty the rare one", () => {
  const arranged = arrange([
    frame("Hangup", "1"),
    frame("Newchannel"),
    frame("Newexten"),
    frame("VarSet"),
    frame("Hangup", "2"),
  ]);
  assertEquals(arranged.length, 60);
  const channels = arranged.flatMap(({ event, channel }, i) =>
    event === "Hangup" ? [`${channel} at ${i}`] : []
  );
  assertEquals(channels, ["1 at 19", "2 at 39", "1 at 59"]);
  for (const name of ["Newchannel", "Newexten", "VarSet"]) {
    assertEquals(arranged.filter(({ event }) => event === name).length, 19);
  }
});

Deno.test("Traffic.replay() gives so many events, then the end", () => {
  const traffic = new Traffic([frame("Ä"), frame("Hangup", "1")]);
  assertEquals(textOf(traffic, 0), END);
  assertEquals(
    textOf(traffic, 3),
    "Event: Ä\r\n\r\nEvent: Hangup\r\nChannel: 1\r\n\r\nEvent: Ä\r\n\r\n" + END,
  );
  // More than the bytes that are built before.
  const count = 100_001;
  const text = textOf(traffic, count);
  assertEquals(text.match(/\r\n\r\n/g)?.length, count + 1);
  assertEquals(text.endsWith(`\r\n\r\nEvent: Ä\r\n\r\n${END}`), true);
});

Deno.test("Traffic.expected() says what listeners get of a replay", () => {
  const traffic = new Traffic([
    frame("VarSet"),
    frame("Hangup", "SIP/1"),
    frame("Hangup"),
  ]);
  assertEquals(traffic.expected(0), { events: 0, checksum: 0 });
  assertEquals(traffic.expected(4), { events: 4, checksum: 6 + 11 + 6 + 6 });
  assertEquals(traffic.expected(5, "Hangup"), {
    events: 3,
    checksum: 11 + 6 + 11,
  });
  assertEquals(traffic.eventNames, ["VarSet", "Hangup"]);
});

import { assertEquals } from "@std/assert";
import {
  itemsOf,
  outputOf,
  parseCapture,
  trafficOf,
} from "../../tools/bench/capture.ts";
import { readCaptured } from "../../tools/bench/captured.ts";

function frame(...lines: string[]): string {
  return [...lines, "", ""].join("\r\n");
}

const CAPTURE = "Asterisk Call Manager/11.0.0\r\n" +
  frame("Response: Success", "ActionID: login-1") +
  frame("Event: FullyBooted", "Uptime: 32") +
  frame("Event: Hangup", "Channel: Local/1", "Uniqueid: 1.0", "Cause-txt: ") +
  frame("Event: Status", "ActionID: c1", "Channel: Local/2", "State: Up") +
  frame("Response: Success", "ActionID: 2", "Output: Üb: er", "Output:  x");

Deno.test("parseCapture() cuts a session into its frames, without the greeting", () => {
  const frames = parseCapture(CAPTURE);
  assertEquals(frames.map(({ event }) => event), [
    "",
    "FullyBooted",
    "Hangup",
    "Status",
    "",
  ]);
  assertEquals(frames[2], {
    text: "Event: Hangup\r\nChannel: Local/1\r\nUniqueid: 1.0\r\nCause-txt: ",
    event: "Hangup",
    channel: "Local/1",
    uniqueid: "1.0",
  });
  assertEquals(frames[1]?.channel, undefined);
  assertEquals(parseCapture(""), []);
});

Deno.test("trafficOf() leaves out the login and what answers an action", () => {
  assertEquals(
    trafficOf(parseCapture(CAPTURE)).map(({ event }) => event),
    ["Hangup"],
  );
});

Deno.test("itemsOf() gives the items of a list without their ActionID", () => {
  assertEquals(itemsOf(parseCapture(CAPTURE), "Status"), [
    "Event: Status\r\nChannel: Local/2\r\nState: Up",
  ]);
});

Deno.test("outputOf() gives the lines of output as they are", () => {
  assertEquals(outputOf(parseCapture(CAPTURE), "2"), ["Üb: er", " x"]);
  assertEquals(outputOf(parseCapture(CAPTURE), "3"), []);
});

Deno.test("readCaptured() finds all that the benchmark sends", async () => {
  const { traffic, items, output } = await readCaptured();
  assertEquals(traffic.eventNames.length > 20, true);
  assertEquals(items.length, 10);
  assertEquals(output.length, 24);
});

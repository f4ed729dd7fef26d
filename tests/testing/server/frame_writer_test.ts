import { assertEquals } from "@std/assert";
import {
  encodeFrame,
  encodeFrames,
  isFrames,
} from "../../../src/testing/server/frame_writer.ts";

Deno.test("encodeFrame() writes the headers in the order of the keys", () => {
  const text = encodeFrame({ Event: "Hangup", Cause: 16, "Cause-txt": "" });
  assertEquals(text, "Event: Hangup\r\nCause: 16\r\nCause-txt: \r\n\r\n");
});

Deno.test("encodeFrame() repeats a header for each item of an array", () => {
  const text = encodeFrame({
    Event: "Status",
    Variable: ["A=1", "B=2"],
    X: [],
  });
  assertEquals(text, "Event: Status\r\nVariable: A=1\r\nVariable: B=2\r\n\r\n");
});

Deno.test("encodeFrame() puts the ActionID second", () => {
  const text = encodeFrame({ Response: "Success", Message: "m" }, "7");
  assertEquals(text, "Response: Success\r\nActionID: 7\r\nMessage: m\r\n\r\n");
});

Deno.test("encodeFrame() leaves an ActionID of the frame where it is", () => {
  const text = encodeFrame({ Event: "E", Queue: "q", actionid: "9" }, "7");
  assertEquals(text, "Event: E\r\nQueue: q\r\nactionid: 9\r\n\r\n");
});

Deno.test("encodeFrame() writes no ActionID if the frame holds an empty one", () => {
  const text = encodeFrame({ Event: "PeerEntry", ActionID: [] }, "7");
  assertEquals(text, "Event: PeerEntry\r\n\r\n");
});

Deno.test("encodeFrames() writes frames one after the other", () => {
  const text = encodeFrames([{ Event: "A" }, { Event: "B" }], "7");
  assertEquals(
    text,
    "Event: A\r\nActionID: 7\r\n\r\nEvent: B\r\nActionID: 7\r\n\r\n",
  );
});

Deno.test("isFrames() tells several frames from one", () => {
  assertEquals(isFrames([]), true);
  assertEquals(isFrames([{ Event: "A" }]), true);
  assertEquals(isFrames({ Event: "A", Variable: ["A=1"] }), false);
});

Deno.test("encodeFrame() writes nothing of a header that is undefined", () => {
  assertEquals(
    encodeFrame({ Event: "X", A: undefined, ActionID: undefined }, "7"),
    "Event: X\r\nActionID: 7\r\n\r\n",
  );
});

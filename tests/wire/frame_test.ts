import {
  assert,
  assertEquals,
  assertFalse,
  assertStrictEquals,
} from "@std/assert";
import fc from "fast-check";
import { UNPARSED_LINES } from "../../src/data.ts";
import { DataParser } from "../../src/wire/data_parser.ts";
import { Frame } from "../../src/wire/frame.ts";
import { frameKind } from "../../src/wire/frame_head.ts";

const PARSER = new DataParser(true);

Deno.test("frameKind() tells a response and an event by the name of the header", () => {
  assertEquals(frameKind("Response: Success"), "response");
  assertEquals(frameKind("Event: Hangup"), "event");
  assertEquals(frameKind("Response:"), "response");
  assertEquals(frameKind("Event:Hangup"), "event");
});

Deno.test("frameKind() compares the name without case", () => {
  assertEquals(frameKind("response: Success"), "response");
  assertEquals(frameKind("RESPONSE: Success"), "response");
  assertEquals(frameKind("event: Hangup"), "event");
  assertEquals(frameKind("eVENT: Hangup"), "event");
});

Deno.test("frameKind() takes every other line for text", () => {
  for (
    const line of [
      "",
      ":",
      ": Event",
      "Event",
      "Response",
      "Event Hangup",
      "Event : Hangup",
      " Event: Hangup",
      "Events: On",
      "EventList: start",
      "ResponseX: Success",
      "Message: Event: Hangup",
      "PJSIP/a 0 -1 Tx:NEW Rx:ACK",
    ]
  ) {
    assertEquals(frameKind(line), "text", line);
  }
});

Deno.test("Frame is what its first header alone says", () => {
  const response = new Frame([
    "Event: OriginateResponse",
    "Privilege: call,all",
    "Response: Failure",
  ]);
  assertEquals(response.kind, "event");
  assertEquals(response.name, "OriginateResponse");

  const commands = new Frame([
    "Response: Success",
    "Events: Control Event Flow. (Priv: <none>)",
    "Event: x",
  ]);
  assertEquals(commands.kind, "response");
  assertEquals(commands.name, "Success");

  const text = new Frame(["No such peer", "Response: Success", "Event: x"]);
  assertEquals(text.kind, "text");
});

Deno.test("Frame is named as its first header says, whole and in its case", () => {
  assertEquals(new Frame(["Event: DataGet Tree"]).name, "DataGet Tree");
  assertEquals(new Frame(["Event:hangup"]).name, "hangup");
  assertEquals(new Frame(["Response: "]).name, "");
  assertEquals(new Frame(["Event: a: b"]).name, "a: b");
  assertEquals(new Frame(["Event: First", "Event: Second"]).name, "First");
});

Deno.test("Frame of text has no name", () => {
  assertEquals(new Frame(["Line: 1"]).name, "");
  assertEquals(new Frame([""]).name, "");
});

Deno.test("Frame without lines is text", () => {
  const frame = new Frame([]);
  assertEquals(frame.kind, "text");
  assertEquals(frame.name, "");
  assertEquals(frame.actionId, undefined);
  assertEquals(frame.get("event"), undefined);
  assertEquals(frame.data(PARSER), { [UNPARSED_LINES]: [] });
});

Deno.test("Frame keeps its lines and whether some were left out", () => {
  const lines = ["Event: X", "A: b"];
  assertEquals(new Frame(lines).lines, lines);
  assertFalse(new Frame(lines).truncated);
  assert(new Frame(lines, "maxHeaders").truncated);
});

Deno.test("Frame.get() finds a header in any case", () => {
  for (const name of ["Uniqueid", "UniqueID", "UNIQUEID", "uniqueid"]) {
    const frame = new Frame(["Event: X", `${name}: 1.5`]);
    assertEquals(frame.get("uniqueid"), "1.5");
  }
});

Deno.test("Frame.get() gives the first value of a header that repeats", () => {
  const frame = new Frame(["Event: X", "MESSAGE: a", "Message: b"]);
  assertEquals(frame.get("message"), "a");
});

Deno.test("Frame.get() finds the first header, and one that objects inherit something under", () => {
  const frame = new Frame(["Event: X", "__proto__: a", "constructor: b"]);
  assertEquals(frame.get("event"), "X");
  assertEquals(frame.get("__proto__"), "a");
  assertEquals(frame.get("constructor"), "b");
  assertEquals(new Frame(["Event: X"]).get("tostring"), undefined);
});

Deno.test("Frame.get() gives undefined where there is no such header", () => {
  const frame = new Frame([
    "Event: X",
    "ActionIDs: a",
    "Action: b",
    "Id",
    "Id :c",
  ]);
  assertEquals(frame.get("actionid"), undefined);
  assertEquals(frame.get("id"), undefined);
});

Deno.test("Frame.get() takes one optional space off the value", () => {
  const frame = new Frame(["Event: X", "A:b", "B:  b: c ", "C:", "D: "]);
  assertEquals(frame.get("a"), "b");
  assertEquals(frame.get("b"), " b: c ");
  assertEquals(frame.get("c"), "");
  assertEquals(frame.get("d"), "");
});

Deno.test("Frame.get() never makes a number of a value", () => {
  assertStrictEquals(new Frame(["Event: X", "A: 5"]).get("a"), "5");
});

Deno.test("Frame.get() agrees with Frame.data()", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9()/-]{0,6}$/);
  const header = fc.tuple(name, fc.string()).map((parts) => parts.join(": "));
  fc.assert(fc.property(fc.array(header), (headers) => {
    const frame = new Frame(["Event: X", ...headers]);
    const seen = new Set<string>();
    for (
      const [key, value] of Object.entries(frame.data(new DataParser(false)))
    ) {
      const lowerCased = key.toLowerCase();
      // Only the first of the names that differ in nothing but case.
      if (seen.has(lowerCased)) continue;
      seen.add(lowerCased);
      const first = Array.isArray(value) ? value[0] : value;
      assertStrictEquals(frame.get(lowerCased), first);
    }
  }));
});

Deno.test("Frame.actionId is the ActionID, wherever it comes", () => {
  assertEquals(new Frame(["Response: Success", "ActionID: a"]).actionId, "a");
  assertEquals(
    new Frame(["Event: Status", "Variable: A=1", "actionid: 007"]).actionId,
    "007",
  );
  assertEquals(new Frame(["Event: X", "ActionID: "]).actionId, "");
  assertEquals(
    new Frame(["Event: X", "ActionID: a", "ActionID: b"]).actionId,
    "a",
  );
});

Deno.test("Frame.actionId is undefined where there is none, however often it is read", () => {
  const frame = new Frame(["Event: X", "Message: ActionID: a"]);
  assertEquals(frame.actionId, undefined);
  assertEquals(frame.actionId, undefined);
});

Deno.test("Frame.data() holds every header", () => {
  assertEquals(
    new Frame(["Event: Hangup", "Cause: 16", "Variable: a", "Variable: b"])
      .data(PARSER),
    { Event: "Hangup", Cause: 16, Variable: ["a", "b"] },
  );
  assertEquals(
    new Frame(["Event: Hangup", "Cause: 16"]).data(new DataParser(false)),
    {
      Event: "Hangup",
      Cause: "16",
    },
  );
});

Deno.test("Frame.data() keeps a line without a colon", () => {
  assertEquals(
    new Frame(["Response: Success", "No categories found"]).data(
      new DataParser(true),
    ),
    {
      Response: "Success",
      [UNPARSED_LINES]: ["No categories found"],
    },
  );
});

Deno.test("Frame.data() gives the same object each time", () => {
  for (const lines of [["Event: X", "A: 1"], ["some text"]]) {
    const frame = new Frame(lines);
    assertStrictEquals(frame.data(PARSER), frame.data(PARSER));
  }
});

Deno.test("Frame.condense() keeps the data and lets go of the lines", () => {
  const frame = new Frame(["Event: Hangup", "ActionID: 1", "Cause: 16"]);
  frame.condense(PARSER);
  assertEquals(frame.lines, []);
  assertEquals([frame.kind, frame.name], ["event", "Hangup"]);
  assertEquals(frame.data(PARSER), { Event: "Hangup", ActionID: 1, Cause: 16 });
});

Deno.test("Frame.data() keeps the lines of a text whole, also those with colons", () => {
  const lines = ["PJSIP/a 0 -1 Tx:NEW Rx:ACK", "Key: 5", "", ": x"];
  assertEquals(new Frame(lines).data(PARSER), {
    [UNPARSED_LINES]: lines,
  });
});

Deno.test("Frame.data() of a text can be changed without changing the frame", () => {
  const frame = new Frame(["one", "two"]);
  const lines = frame.data(PARSER)[UNPARSED_LINES];
  assert(Array.isArray(lines));
  lines.push("three");
  assertEquals(frame.lines, ["one", "two"]);
});

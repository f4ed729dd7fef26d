import { assertEquals } from "@std/assert";
import { FrameAssembler } from "../../src/wire/frame_assembler.ts";

function assemble(
  lines: string[],
  maxHeaders = 100,
  maxFrameLength = 1_000_000,
) {
  const assembler = new FrameAssembler({ maxHeaders, maxFrameLength });
  const frames = lines.map((line) => assembler.push(line))
    .filter((frame) => frame !== undefined);
  return { frames, unfinished: assembler.unfinished };
}

Deno.test("FrameAssembler gives a frame at its empty line and not before", () => {
  const assembler = new FrameAssembler({
    maxHeaders: 100,
    maxFrameLength: 1_000_000,
  });
  assertEquals(assembler.push("Event: X"), undefined);
  assertEquals(assembler.push("A: b"), undefined);
  assertEquals(assembler.unfinished, ["Event: X", "A: b"]);
  assertEquals(assembler.push("")?.lines, ["Event: X", "A: b"]);
  assertEquals(assembler.unfinished, []);
});

Deno.test("FrameAssembler makes no frame of empty lines", () => {
  assertEquals(assemble(["", "", ""]).frames, []);
});

Deno.test("FrameAssembler leaves out what is more than the largest frame, and says so", () => {
  const { frames } = assemble(
    ["Event: X", "A: 1", "B: 2", "C: 3", "", "Event: Y", "A: 1", "B: 2", ""],
    3,
  );
  assertEquals(frames.map(({ lines, truncated }) => ({ lines, truncated })), [
    { lines: ["Event: X", "A: 1", "B: 2"], truncated: true },
    { lines: ["Event: Y", "A: 1", "B: 2"], truncated: false },
  ]);
});

Deno.test("FrameAssembler leaves out what is more than the longest frame, and counts 32 for each line", () => {
  const { frames } = assemble(
    ["Event: X", "A: 1", "B: 2", "Event: long", "", "Event: Y", "A: 1", ""],
    100,
    (8 + 32) + (4 + 32),
  );
  assertEquals(frames.map(({ lines, exceeded }) => ({ lines, exceeded })), [
    { lines: ["Event: X", "A: 1"], exceeded: "maxFrameLength" },
    { lines: ["Event: Y", "A: 1"], exceeded: undefined },
  ]);
});

Deno.test("FrameAssembler keeps the first line of every frame, however short the longest is", () => {
  const { frames } = assemble(
    ["Event: X", "A: 1", "", "ActionID: 1", ""],
    9,
    1,
  );
  assertEquals(frames.map(({ lines }) => lines), [
    ["Event: X"],
    ["ActionID: 1"],
  ]);
});

Deno.test("FrameAssembler bounds the length of a Command answer of Asterisk 13 that does not end", () => {
  const assembler = new FrameAssembler({
    maxHeaders: 1_000_000,
    maxFrameLength: 10_000,
  });
  assembler.push("Response: Follows");
  assembler.push("Privilege: Command");
  const text = "x".repeat(1_000);
  for (let count = 0; count < 1_000; count++) assembler.push(text);
  assembler.push("--END COMMAND--");
  const frame = assembler.push("");
  assertEquals(frame?.exceeded, "maxFrameLength");
  assertEquals(frame?.lines.length, 11);
  assembler.push("Response: Success");
  assertEquals(assembler.push("")?.exceeded, undefined);
});

Deno.test("FrameAssembler bounds a Command answer of Asterisk 13 that does not end", () => {
  const assembler = new FrameAssembler({
    maxHeaders: 10,
    maxFrameLength: 1_000_000,
  });
  assembler.push("Response: Follows");
  assembler.push("Privilege: Command");
  for (let count = 0; count < 1_000; count++) assembler.push(`text ${count}`);
  assembler.push("--END COMMAND--");
  const frame = assembler.push("");
  assertEquals(frame?.truncated, true);
  assertEquals(frame?.lines.length, 10);
});

Deno.test("FrameAssembler begins a new frame inside free text", () => {
  const { frames } = assemble([
    "some text",
    "more text",
    "Event: X",
    "A: b",
    "",
  ]);
  assertEquals(frames.map(({ kind, lines }) => ({ kind, lines })), [
    { kind: "text", lines: ["some text", "more text"] },
    { kind: "event", lines: ["Event: X", "A: b"] },
  ]);
});

Deno.test("FrameAssembler splits CallStarted of Agents and of no other event", () => {
  const { frames } = assemble([
    "Event: Agents",
    "CallStarted: 1\nLoggedInTime: 2",
    "",
    "Event: Other",
    "CallStarted: 1\nLoggedInTime: 2",
    "",
  ]);
  assertEquals(frames.map(({ lines }) => lines), [
    ["Event: Agents", "CallStarted: 1", "LoggedInTime: 2"],
    ["Event: Other", "CallStarted: 1\nLoggedInTime: 2"],
  ]);
});

import type { DAMIData } from "../../../mod.ts";
import { assertEquals } from "@std/assert";
import {
  allAnswerLines,
  answerLines,
  itemsOf,
  jsonLines,
} from "../../../src/cli/commands/answer.ts";
import { TerminalStub } from "../_plain_terminal.ts";

const PLAIN = new TerminalStub();
const START = { Response: "Success", ActionID: "a", EventList: "start" };
const END = { Event: "XComplete", EventList: "Complete", ListItems: 2 };

Deno.test("answerLines() shows a response as its headers", () => {
  assertEquals(
    answerLines([{
      Response: "Success",
      ActionID: "a",
      Ping: "Pong",
      Timestamp: "1.5",
    }], PLAIN),
    ["Ping       Pong", "Timestamp  1.5"],
  );
  assertEquals(answerLines([{ Response: "Success", ActionID: "a" }], PLAIN), [
    "Success",
  ]);
  assertEquals(
    answerLines([{ Response: "Goodbye", Message: "Thanks" }], PLAIN),
    ["Response  Goodbye", "Message   Thanks"],
  );
});

Deno.test("answerLines() shows headers that repeat as often as they came", () => {
  assertEquals(
    answerLines([{ Response: "Success", RuleList: ["std", "vip"] }], PLAIN),
    ["RuleList  std", "RuleList  vip"],
  );
});

Deno.test("answerLines() shows the output of a command as it is, without control characters", () => {
  assertEquals(
    answerLines([{
      Response: "Success",
      Message: "Command output follows",
      Output: ["  a\tb  ", "", "\x1b[31mred"],
    }], PLAIN),
    ["  a\tb  ", "", "\\x1b[31mred"],
  );
});

Deno.test("answerLines() shows lines that are not headers", () => {
  assertEquals(
    answerLines(
      [{ Response: "Success", $lines: ["No categories found"] }],
      PLAIN,
    ),
    ["No categories found"],
  );
  assertEquals(answerLines([{ $lines: ["PJSIP/a 0 -1"] }], PLAIN), [
    "PJSIP/a 0 -1",
  ]);
});

Deno.test("answerLines() shows a list as a table without columns that are empty", () => {
  assertEquals(
    answerLines([
      START,
      { Event: "X", ActionID: "a", Name: "one", Empty: "", Calls: 1 },
      { Event: "X", ActionID: "a", Name: "two", Empty: "", More: ["a", "b"] },
      END,
    ], PLAIN),
    ["Name  Calls  More", "one   1", "two          a, b"],
  );
});

Deno.test("answerLines() shows items of several kinds in tables of their own", () => {
  assertEquals(
    answerLines([
      START,
      { Event: "QueueParams", Queue: "support" },
      { Event: "QueueMember", Name: "Zoë" },
      { Event: "QueueParams", Queue: "sales" },
      END,
    ], PLAIN),
    [
      "QueueParams",
      "",
      "Queue",
      "support",
      "sales",
      "",
      "QueueMember",
      "",
      "Name",
      "Zoë",
    ],
  );
});

Deno.test("answerLines() shows items one below the other where a table is too wide", () => {
  const items = ["one", "two"].map((Name) => ({
    Event: "X",
    Name,
    Address: "x".repeat(20),
    Empty: "",
  }));
  assertEquals(answerLines([START, ...items, END], new TerminalStub(24)), [
    "Name     one",
    `Address  ${"x".repeat(20)}`,
    "",
    "Name     two",
    `Address  ${"x".repeat(20)}`,
  ]);
});

Deno.test("answerLines() shows one item with many headers as its headers", () => {
  const item = Object.fromEntries(
    Array.from("ABCDEFGHI", (name) => [name, name.toLowerCase()]),
  );
  const lines = answerLines([START, { Event: "X", ...item }, END], PLAIN);
  assertEquals(lines[0], "A  a");
  assertEquals(lines.length, 9);
});

Deno.test("itemsOf() leaves the response and the completion out, however it is marked", () => {
  const item = { Event: "X" };
  assertEquals(itemsOf([START, item, END]), [item]);
  assertEquals(itemsOf([START, item, { Event: "XComplete" }]), [item]);
  assertEquals(itemsOf([START, item, { Response: "Error" }]), [item]);
  assertEquals(itemsOf([START, { Event: "FAXStats" }]), [{
    Event: "FAXStats",
  }]);
  assertEquals(itemsOf([START, END]), []);
  assertEquals(itemsOf([]), []);
});

Deno.test("jsonLines() has each frame on a line, as DAMI gives it", () => {
  assertEquals(jsonLines([{ A: 1, B: ["x\n", "\x9b"] }, {}]), [
    '{"A":1,"B":["x\\n","\\u009b"]}',
    "{}",
  ]);
});

Deno.test("allAnswerLines() leaves out that responses were successful, unless that is all", () => {
  const lines = (...frames: DAMIData[]) =>
    allAnswerLines(
      frames.map((frame, index) => ({ pbx: `p${index}`, frames: [frame] })),
      new TerminalStub(),
    );
  const success = { Response: "Success", ActionID: "1" };
  assertEquals(lines(success, success), [
    "PBX  Response",
    "p0   Success",
    "p1   Success",
  ]);
  assertEquals(lines({ ...success, Ping: "Pong" }, success), [
    "PBX  Ping",
    "p0   Pong",
    "p1",
  ]);
});

Deno.test("allAnswerLines() shows responses one below the other where a table is too wide", () => {
  const answers = ["berlin", "wien"].map((pbx) => ({
    pbx,
    frames: [{ Response: "Success", Message: "x".repeat(30), More: "y" }],
  }));
  assertEquals(allAnswerLines(answers, new TerminalStub(30)), [
    "PBX      berlin",
    `Message  ${"x".repeat(30)}`,
    "More     y",
    "",
    "PBX      wien",
    `Message  ${"x".repeat(30)}`,
    "More     y",
  ]);
});

Deno.test("jsonLines() has the name of the PBX as $pbx", () => {
  assertEquals(jsonLines([{ Response: "Success" }], "berlin"), [
    '{"$pbx":"berlin","Response":"Success"}',
  ]);
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { pairs, table } from "../../../src/cli/terminal/table.ts";
import { textWidth } from "../../../src/cli/terminal/text_width.ts";
import { TerminalStub } from "../_plain_terminal.ts";

Deno.test("table() aligns columns by their widths in a terminal", () => {
  assertEquals(
    table(["Name", { heading: "Calls", side: "right" }, "State"], [
      ["Zoë", "3", "Up"],
      ["日本", "12", ""],
      ["", "", "Down"],
    ], new TerminalStub()),
    [
      "Name  Calls  State",
      "Zoë       3  Up",
      "日本     12",
      "             Down",
    ],
  );
});

Deno.test("table() shows control characters in values", () => {
  assertEquals(
    table(["Name"], [["\x1b[2J\nevil"]], new TerminalStub(Infinity, true)),
    ["\x1b[1mName\x1b[0m", "\\x1b[2J\\nevil"],
  );
});

Deno.test("table() sets off what is to be set off where there are colors", () => {
  const rows = [[{ text: "Up", style: "green" }, "x"]] as const;
  assertEquals(
    table(["State", "Name"], rows, new TerminalStub(Infinity, true))[1],
    "\x1b[32mUp   \x1b[0m  x",
  );
  assertEquals(
    table(["State", "Name"], rows, new TerminalStub())[1],
    "Up     x",
  );
});

Deno.test("table() cuts the widest columns where the terminal is too narrow", () => {
  assertEquals(
    table(
      ["Caller", "Channels"],
      [["Bob", "PJSIP/6001-00000001 PJSIP/6002"]],
      new TerminalStub(24),
    ),
    ["Caller  Channels", "Bob     PJSIP/6001-0000…"],
  );
});

Deno.test("table() leaves columns out in their order before it cuts one", () => {
  const columns = [
    "Name",
    { heading: "Calls", side: "right", leftOut: 2 },
    { heading: "Interface", leftOut: 1 },
    "State",
  ] as const;
  const rows = [["Alice Jones", "12", "PJSIP/6001", {
    text: "In use",
    style: "yellow",
  }]] as const;
  const shown = (width: number) =>
    table(columns, rows, new TerminalStub(width));
  assertEquals(shown(36), [
    "Name         Calls  State",
    "Alice Jones     12  In use",
  ]);
  assertEquals(shown(38), [
    "Name         Calls  Interface   State",
    "Alice Jones     12  PJSIP/6001  In use",
  ]);
  assertEquals(shown(25), ["Name         State", "Alice Jones  In use"]);
  assertEquals(shown(17), ["Name       State", "Alice Jo…  In use"]);
});

Deno.test("table() fits any terminal that has room for the headings", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "日", "\x1b", " ") });
  const rows = fc.array(fc.tuple(cell, cell, cell));
  fc.assert(
    fc.property(rows, fc.integer({ min: 28, max: 80 }), (rows, width) => {
      for (
        const line of table(["A", "B", "C"], rows, new TerminalStub(width))
      ) {
        assert(
          textWidth(line) <= width,
          `${textWidth(line)} of ${width}: ${line}`,
        );
      }
    }),
  );
});

Deno.test("pairs() aligns values after their names", () => {
  assertEquals(
    pairs(
      [["Ping", "Pong"], ["Timestamp", "1.5"], ["X\x07", ""]],
      new TerminalStub(),
    ),
    ["Ping       Pong", "Timestamp  1.5", "X\\x07"],
  );
  assertEquals(pairs([], new TerminalStub()), []);
});

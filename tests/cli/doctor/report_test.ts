import { assert, assertEquals } from "@std/assert";
import type { CheckResult } from "../../../src/cli/doctor/check.ts";
import { count, Report } from "../../../src/cli/doctor/report.ts";
import { TerminalStub } from "../_plain_terminal.ts";

/** Returns the report of results. */
function reportOf(
  results: readonly CheckResult[],
  terminal = new TerminalStub(),
): string {
  let text = "";
  const report = new Report(terminal, (piece) => {
    text += piece;
  });
  for (const result of results) report.take(result);
  report.end();
  return text;
}

const RESULTS: CheckResult[] = [
  { check: "Name", findings: [{ level: "ok", what: "It is there" }] },
  {
    check: "Port",
    findings: [{
      level: "problem",
      what: "It is shut\x1b[2J",
      advice: ["manager.conf, [general]: enabled = yes", "Wait"],
    }],
  },
  { check: "Login", notChecked: "there is none" },
  { check: "Clock", notChecked: "there is none" },
];

Deno.test("Report shows what was found, and what was not looked at", () => {
  assertEquals(
    reportOf(RESULTS),
    `
Name
  ✔ ok       It is there

Port
  ✘ problem  It is shut\\x1b[2J
           → manager.conf, [general]: enabled = yes
           → Wait

Not checked
  -          Login, Clock: there is none

1 problem, no warnings
After changing manager.conf, run asterisk -rx "manager reload" and log in again: a session keeps the rights it started with
`,
  );
});

Deno.test("Report is short where all is well", () => {
  assert(
    reportOf(RESULTS.slice(0, 1)).endsWith("\nNo problems, no warnings\n"),
  );
});

Deno.test("Report sets off and wraps in a terminal", () => {
  const text = reportOf(RESULTS, new TerminalStub(40, true));
  assert(text.includes("\x1b[32m✔ ok"));
  // What a PBX sends steers no terminal.
  assert(!text.includes("\x1b[2J"));
  const plain = reportOf(
    [{ check: "X", findings: [{ level: "note", what: "word ".repeat(30) }] }],
    new TerminalStub(60),
  );
  const lines = plain.split("\n");
  assert(lines.length > 5 && lines.every((line) => line.length <= 60), plain);
});

Deno.test("count() counts by level", () => {
  assertEquals(count(RESULTS), { ok: 1, note: 0, warning: 0, problem: 1 });
});

import { assertEquals } from "@std/assert";
import { pbxTable } from "../../../src/cli/terminal/pbx_table.ts";
import { TerminalStub } from "../_plain_terminal.ts";

const COLUMNS = ["Caller", "State", { heading: "Channels", leftOut: 1 }];

Deno.test("pbxTable() has the column PBX where there is a fleet, and not otherwise", () => {
  const cells = ["Zoë <100>", "Talking", "PJSIP/6001-1"];
  const terminal = new TerminalStub();
  assertEquals(pbxTable(COLUMNS, [{ pbx: undefined, cells }], terminal), [
    "Caller     State    Channels",
    "Zoë <100>  Talking  PJSIP/6001-1",
  ]);
  assertEquals(
    pbxTable(COLUMNS, [
      { pbx: "berlin", cells },
      { pbx: "wien", cells: ["101", "Ringing"] },
    ], terminal),
    [
      "PBX     Caller     State    Channels",
      "berlin  Zoë <100>  Talking  PJSIP/6001-1",
      "wien    101        Ringing",
    ],
  );
});

Deno.test("pbxTable() leaves other columns out before a name of a PBX is cut", () => {
  const row = {
    pbx: "berlin",
    cells: ["Zoë <100>", "Talking", "PJSIP/6001-1"],
  };
  assertEquals(pbxTable(COLUMNS, [row], new TerminalStub(30)), [
    "PBX     Caller     State",
    "berlin  Zoë <100>  Talking",
  ]);
});

import { assertEquals } from "@std/assert";
import { ReceivedAction } from "../../../src/testing/server/received_action.ts";

Deno.test("ReceivedAction keeps the headers in order, names as written", () => {
  const action = new ReceivedAction([
    "action: Originate",
    "ActionID:7",
    "Variable: A=1",
    "Data:   two words ",
    "no header",
    "VARIABLE: B=2",
  ]);
  assertEquals(action.name, "Originate");
  assertEquals(action.actionId, "7");
  assertEquals(action.get("data"), "two words ");
  assertEquals(action.get("Exten"), undefined);
  assertEquals(action.getAll("Variable"), ["A=1", "B=2"]);
  assertEquals(action.getAll("Exten"), []);
  assertEquals(action.headers[0], ["action", "Originate"]);
  assertEquals(action.headers.length, 5);
  assertEquals(action.lines[4], "no header");
});

Deno.test("ReceivedAction takes the first Action that is not empty", () => {
  const action = new ReceivedAction(["Action: ", "Action: Ping", "Action: X"]);
  assertEquals(action.name, "Ping");
});

Deno.test("ReceivedAction does not find a name with a blank before the colon", () => {
  const action = new ReceivedAction(["Action : Ping"]);
  assertEquals(action.name, "");
});

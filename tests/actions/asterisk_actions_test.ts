import { assert, assertEquals, assertFalse } from "@std/assert";
import {
  asteriskActionName,
  isAsteriskAction,
} from "../../src/actions/asterisk_actions.ts";
import { ACTION_NAMES } from "../../src/cli/names.ts";

Deno.test("isAsteriskAction() knows every action of the catalog, in any letter case", () => {
  for (const name of ACTION_NAMES) {
    assert(isAsteriskAction(name), name);
    assert(isAsteriskAction(name.toUpperCase()), name);
  }
});

Deno.test("isAsteriskAction() knows no action of another module", () => {
  for (const name of ["RptStatus", "SCCPListDevices", "SMSCommand", ""]) {
    assertFalse(isAsteriskAction(name), name);
  }
});

Deno.test("asteriskActionName() gives the name as it is documented", () => {
  assertEquals(asteriskActionName("queuestatus"), "QueueStatus");
  assertEquals(asteriskActionName("QUEUESTATUS"), "QueueStatus");
  assertEquals(asteriskActionName("RateCall"), undefined);
  assertEquals(asteriskActionName("constructor"), undefined);
});

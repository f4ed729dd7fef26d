import { assertEquals } from "@std/assert";
import { isMovable, mayBlock } from "../../src/actions/blocking_actions.ts";

Deno.test("mayBlock() knows the actions that wait for something, in any case", () => {
  for (const action of ["WaitEvent", "command", "RELOAD", "PJSIPQualify"]) {
    assertEquals(mayBlock(action, {}), true, action);
  }
  for (const action of ["Ping", "QueueStatus", "CoreShowChannels", ""]) {
    assertEquals(mayBlock(action, {}), false, action);
  }
});

Deno.test("mayBlock() is true for Originate unless it is asynchronous", () => {
  assertEquals(mayBlock("Originate", { Channel: "PJSIP/6001" }), true);
  for (const value of ["false", "no", "", 0, false]) {
    assertEquals(mayBlock("Originate", { Async: value }), true, String(value));
  }
  for (const value of ["true", "YES", "on", 1, true]) {
    assertEquals(mayBlock("originate", { async: value }), false, String(value));
  }
});

Deno.test("isMovable() is true for what may block, except for WaitEvent", () => {
  for (const action of ["command", "RELOAD", "Originate"]) {
    assertEquals(isMovable(action, {}), true, action);
  }
  assertEquals(isMovable("Originate", { Async: true }), false);
  for (const action of ["waitevent", "WaitEvent", "Ping", ""]) {
    assertEquals(isMovable(action, {}), false, action);
  }
});

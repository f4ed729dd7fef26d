import { assertEquals } from "@std/assert";
import { Gate } from "../../../src/testing/server/gate.ts";

Deno.test("an open gate lets everybody pass", async () => {
  const gate = new Gate();
  assertEquals(gate.isShut, false);
  await gate.passed();
  gate.open();
  await gate.passed();
});

Deno.test("callers that wait at a shut gate pass when it opens, and not before", async () => {
  const gate = new Gate();
  gate.shut();
  gate.shut();
  assertEquals(gate.isShut, true);
  const log: string[] = [];
  const passed = gate.passed().then(() => log.push("passed"));
  await Promise.resolve();
  log.push("opens");
  gate.open();
  await passed;
  assertEquals(log, ["opens", "passed"]);
});

Deno.test("a gate that is shut again at once keeps those who wait", async () => {
  const gate = new Gate();
  gate.shut();
  let hasPassed = false;
  const passed = gate.passed().then(() => {
    hasPassed = true;
  });
  gate.open();
  gate.shut();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  assertEquals(hasPassed, false);
  gate.open();
  await passed;
});

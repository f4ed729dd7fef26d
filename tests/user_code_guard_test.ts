import { assertEquals } from "@std/assert";
import { DAMI } from "../mod.ts";
import { AmiClosedError } from "../src/errors.ts";
import { UserCodeGuard } from "../src/user_code_guard.ts";
import { until } from "./_waiting.ts";

function guardOf() {
  const told: unknown[] = [];
  const lines: string[] = [];
  const target = new EventTarget();
  target.addEventListener("error", (event) => {
    if (event instanceof ErrorEvent) told.push(event.error);
  });
  const guard = new UserCodeGuard(target, {
    debug: (line) => lines.push(`debug ${line}`),
    info: (line) => lines.push(`info ${line}`),
    warn: (line) => lines.push(`warn ${line}`),
    error: (line) => lines.push(`error ${line}`),
  });
  return { guard, told, lines };
}

Deno.test("UserCodeGuard emits and logs what is reported", () => {
  const { guard, told, lines } = guardOf();
  const error = new Error("Broken");
  const closed = new AmiClosedError("Closed");
  guard.report(error, "It failed");
  guard.report(closed, "It failed");
  guard.report("text", "It failed");
  guard.report(error, "It failed", false);
  assertEquals(told, [error, closed, "text"]);
  assertEquals(lines, [
    "error It failed: Broken",
    "warn It failed: Closed",
    "error It failed: text",
    "error It failed: Broken",
  ]);
});

Deno.test("UserCodeGuard.call() lets nothing through, and waits for nothing", async () => {
  const { guard, told } = guardOf();
  const thrown = new Error("Thrown");
  const rejected = new Error("Rejected");
  guard.call(() => {
    throw thrown;
  }, "It failed");
  guard.call(() => Promise.reject(rejected), "It failed");
  guard.call(() => new Promise(() => {}), "It failed");
  guard.call(() => 5, "It failed");
  await until(() => told.length === 2);
  assertEquals(told, [thrown, rejected]);
});

Deno.test("an error listener of DAMI that throws does not get its own error", async () => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const dami = new DAMI({
    logger: { debug: log, info: log, warn: log, error: log },
  });
  let calls = 0;
  dami.addEventListener("error", () => {
    calls++;
    throw new Error("Again");
  });
  dami.addEventListener("connect", () => {
    throw new Error("First");
  });
  dami.dispatchEvent(new CustomEvent("connect"));
  await until(() => lines.length === 2);
  assertEquals(calls, 1);
  assertEquals(lines, [
    `A listener for DAMI's own event "connect" threw: First`,
    `A listener for DAMI's own event "error" threw: Again`,
  ]);
});

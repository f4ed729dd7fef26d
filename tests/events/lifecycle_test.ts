import { assertEquals } from "@std/assert";
import {
  type DAMIEventMap,
  LifecycleTarget,
} from "../../src/events/lifecycle.ts";
import { until } from "../_waiting.ts";

class Target extends LifecycleTarget<DAMIEventMap & { anything: Event }> {
  constructor(onFailure: (error: unknown, event: Event) => void) {
    super(onFailure);
  }
}

function targetOf() {
  const failures: [unknown, string][] = [];
  const target = new Target((error, { type }) => failures.push([error, type]));
  return { target, failures };
}

Deno.test("LifecycleTarget gives events to functions and objects, and removes them again", () => {
  const { target } = targetOf();
  const heard: string[] = [];
  const listener = () => heard.push("function");
  const object = { handleEvent: () => heard.push("object") };
  target.addEventListener("close", listener);
  target.addEventListener("close", listener);
  target.addEventListener("close", object);
  target.addEventListener("anything", listener);
  target.addEventListener("close", null);
  target.dispatchEvent(new Event("close"));
  assertEquals(heard, ["function", "object"]);
  target.removeEventListener("close", listener);
  target.removeEventListener("close", object);
  target.removeEventListener("close", null);
  target.dispatchEvent(new Event("close"));
  assertEquals(heard, ["function", "object"]);
  target.dispatchEvent(new Event("anything"));
  assertEquals(heard, ["function", "object", "function"]);
});

Deno.test("a name that is not an event does not compile, and an EventTarget it stays", () => {
  const { target } = targetOf();
  // @ts-expect-error: the state has no event of this name.
  target.addEventListener("state", () => {});
  // @ts-expect-error: nor can its listener be removed.
  target.removeEventListener("state", () => {});
  const general: EventTarget = target;
  let heard = 0;
  general.addEventListener("of-ones-own", () => heard++);
  general.dispatchEvent(new Event("of-ones-own"));
  assertEquals(heard, 1);
});

Deno.test("LifecycleTarget knows the options of EventTarget", () => {
  const { target } = targetOf();
  const controller = new AbortController();
  let once = 0;
  let untilAborted = 0;
  target.addEventListener("close", () => once++, { once: true });
  target.addEventListener("close", () => untilAborted++, {
    signal: controller.signal,
  });
  target.dispatchEvent(new Event("close"));
  controller.abort();
  target.dispatchEvent(new Event("close"));
  assertEquals([once, untilAborted], [1, 1]);
});

Deno.test("LifecycleTarget survives a listener that throws or rejects, and the others are called", async () => {
  const { target, failures } = targetOf();
  const thrown = new Error("Thrown");
  const rejected = new Error("Rejected");
  let heard = 0;
  target.addEventListener("close", () => {
    throw thrown;
  });
  target.addEventListener("close", () => Promise.reject(rejected));
  target.addEventListener("close", () => heard++);
  target.dispatchEvent(new Event("close"));
  assertEquals(heard, 1);
  await until(() => failures.length === 2);
  assertEquals(failures, [[thrown, "close"], [rejected, "close"]]);
});

import { assertEquals } from "@std/assert";
import { guardedCall } from "../src/guarded_call.ts";
import { until } from "./_waiting.ts";

Deno.test("guardedCall() hands the argument on, and lets nothing that is thrown through", async () => {
  const thrown = new Error("Thrown");
  const rejected = new Error("Rejected");
  const failures: [unknown, string][] = [];
  const onFailure = (error: unknown, context: string) =>
    failures.push([error, context]);
  const given: number[] = [];
  guardedCall((argument) => given.push(argument), 5, onFailure, "fine");
  guardedCall(
    () => {
      throw thrown;
    },
    6,
    onFailure,
    "sync",
  );
  assertEquals(failures, [[thrown, "sync"]]);
  guardedCall(() => Promise.reject(rejected), 7, onFailure, "async");
  guardedCall(() => new Promise(() => {}), 8, onFailure, "never");
  await until(() => failures.length === 2);
  assertEquals(given, [5]);
  assertEquals(failures, [[thrown, "sync"], [rejected, "async"]]);
});

import { assertEquals } from "@std/assert";
import { privilegeBits } from "../../../src/testing/server/event_mask.ts";
import { byPrivilege } from "../../../src/testing/server/event_parts.ts";

Deno.test("byPrivilege() joins neighbours of the same classes, and keeps the order", () => {
  const call = (name: string) => ({ Event: name, Privilege: "call,all" });
  const user = (name: string) => ({ Event: name, Privilege: "user,all" });
  const parts = byPrivilege([call("A"), call("B"), user("C"), call("D")]);
  assertEquals(parts, [
    { bits: privilegeBits("call,all"), frames: [call("A"), call("B")] },
    { bits: privilegeBits("user,all"), frames: [user("C")] },
    { bits: privilegeBits("call,all"), frames: [call("D")] },
  ]);
});

Deno.test("byPrivilege() takes a single event, also one without classes", () => {
  assertEquals(byPrivilege({ Event: "A" }), [
    { bits: undefined, frames: [{ Event: "A" }] },
  ]);
  assertEquals(byPrivilege([]), []);
});

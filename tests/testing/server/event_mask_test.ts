import { assertEquals } from "@std/assert";
import {
  ALL_EVENTS,
  parseEventMask,
  privilegeBits,
} from "../../../src/testing/server/event_mask.ts";

Deno.test("parseEventMask() knows on, off, numbers and lists of classes", () => {
  assertEquals(parseEventMask(""), -1);
  for (const text of ["on", "Yes", "true", "all", "system,all"]) {
    assertEquals(parseEventMask(text), ALL_EVENTS, text);
  }
  for (const text of ["off", "No", "false", "0", "nonsense"]) {
    assertEquals(parseEventMask(text), 0, text);
  }
  assertEquals(parseEventMask("1"), 1);
  assertEquals(parseEventMask("call,user"), 2 | 64);
});

Deno.test("parseEventMask() matches beginnings, as Asterisk does", () => {
  // call, command, config, cdr, cc, and user
  assertEquals(
    parseEventMask("c,user"),
    2 | 16 | 128 | 1_024 | 32_768 | 64,
  );
  assertEquals(parseEventMask("system,,user"), ALL_EVENTS);
});

Deno.test("privilegeBits() leaves out the word all", () => {
  assertEquals(privilegeBits("call,all"), 2);
  assertEquals(privilegeBits("system,call,all"), 3);
  assertEquals(privilegeBits("<none>"), 0);
});

import { assertEquals } from "@std/assert";
import { deviceOf, party } from "../../../src/cli/commands/party.ts";

Deno.test("party() writes the name and the number, each once", () => {
  assertEquals(party("Alice", "6001"), "Alice <6001>");
  assertEquals(party("6001", "6001"), "6001");
  assertEquals(party("Alice", ""), "Alice");
  assertEquals(party("", "6001"), "6001");
  assertEquals(party("", ""), "");
});

Deno.test("deviceOf() leaves out what is behind the last dash", () => {
  assertEquals(deviceOf("PJSIP/my-trunk-00000001"), "PJSIP/my-trunk");
  assertEquals(deviceOf("IAX2/7101-12"), "IAX2/7101");
});

import { assertEquals } from "@std/assert";
import { party } from "../../../src/cli/commands/party.ts";

Deno.test("party() writes the name and the number, each once", () => {
  assertEquals(party("Alice", "6001"), "Alice <6001>");
  assertEquals(party("6001", "6001"), "6001");
  assertEquals(party("Alice", ""), "Alice");
  assertEquals(party("", "6001"), "6001");
  assertEquals(party("", ""), "");
});

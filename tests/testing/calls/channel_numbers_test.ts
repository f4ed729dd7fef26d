import { assertEquals, assertMatch } from "@std/assert";
import { ChannelNumbers } from "../../../src/testing/calls/channel_numbers.ts";

Deno.test("uniqueid() counts the channels, also those that wish for one", () => {
  const numbers = new ChannelNumbers();
  assertMatch(numbers.uniqueid(), /^\d{10}\.0$/);
  assertEquals(numbers.uniqueid("mine"), "mine");
  assertMatch(numbers.uniqueid(""), /^\d{10}\.2$/);
});

Deno.test("names are numbered in hex, Local channels on their own", () => {
  const numbers = new ChannelNumbers();
  for (let count = 0; count < 10; count++) numbers.endpoint();
  assertEquals(numbers.endpoint(), "0000000a");
  assertEquals(numbers.local(), "00000000");
  assertEquals(numbers.local(), "00000001");
});

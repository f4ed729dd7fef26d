import { AmiServer } from "../../src/testing/ami_server.ts";
import { assertEquals, assertThrows } from "@std/assert";
import { RawClient, value } from "./_raw_client.ts";

Deno.test("emit() refuses what would end a line, and sends nothing of it", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const event = { Event: "Custom", Privilege: "user,all" };
  const injected = "a\r\n\r\nEvent: Hangup";
  assertThrows(
    () => server.emit({ ...event, Key: injected }),
    TypeError,
    '"Key"',
  );
  assertThrows(
    () => server.emit([event, { ...event, Key: ["a", "b\r"] }]),
    TypeError,
  );
  assertThrows(() => server.emit({ ...event, "A\nB": 1 }), TypeError);
  assertThrows(() => server.emit({ ...event, "A: B": 1 }), TypeError);
  server.emit({ ...event, Key: "fine" });
  assertEquals(value(await client.frame(), "Key"), "fine");
});

import { assertEquals, assertThrows } from "@std/assert";
import { AmiServer } from "../../src/testing/ami_server.ts";
import {
  checkedPieceBytes,
  resolveServerOptions,
} from "../../src/testing/server_options.ts";

Deno.test("resolveServerOptions() greets with the AMI version", () => {
  const { greeting, hostname, port } = resolveServerOptions({
    amiVersion: "5.0.4",
  });
  assertEquals(greeting, "Asterisk Call Manager/5.0.4\r\n");
  assertEquals([hostname, port], ["127.0.0.1", 0]);
  assertEquals(resolveServerOptions({ greeting: "" }).greeting, "");
});

Deno.test("resolveServerOptions() has the PBX of the documentation", () => {
  const { username, secret, endpoints, queues } = resolveServerOptions({});
  assertEquals([username, secret], ["admin", "mysecret"]);
  assertEquals(
    endpoints.map(({ name, contact }) => [name, contact !== undefined]),
    [["6001", true], ["6002", true], ["6003", false]],
  );
  assertEquals(queues.map(({ name }) => name), ["support", "sales"]);
});

Deno.test("a size of pieces is a positive integer or Infinity", () => {
  for (const size of [1, 7, 65_536, Infinity]) {
    assertEquals(checkedPieceBytes(size), size);
  }
  for (const size of [0, -1, 1.5, NaN, -Infinity]) {
    assertThrows(() => checkedPieceBytes(size), RangeError, `is ${size}`);
    assertThrows(() => AmiServer.start({ pieceBytes: size }), RangeError);
  }
});

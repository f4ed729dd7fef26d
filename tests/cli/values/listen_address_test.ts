import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../src/cli/failures/command_error.ts";
import { readListenAddress } from "../../../src/cli/values/listen_address.ts";

Deno.test("an address to listen on is a host and a port", () => {
  const cases: [string, string, number][] = [
    ["127.0.0.1:9464", "127.0.0.1", 9464],
    ["[::1]:9464", "::1", 9464],
    ["pbx.example:0", "pbx.example", 0],
    ["0.0.0.0:65535", "0.0.0.0", 65_535],
  ];
  for (const [text, hostname, port] of cases) {
    assertEquals(readListenAddress(text), { hostname, port });
  }
});

for (
  const text of [
    "",
    "9464",
    ":9464",
    "::1:9464",
    "a:",
    "a:65536",
    "a:1 b",
    "a b:1",
    "[x]:1",
  ]
) {
  Deno.test(`"${text}" is no address to listen on`, () => {
    assertThrows(
      () => readListenAddress(text),
      UsageError,
      "--listen must be HOST:PORT, such as 127.0.0.1:9464, not",
    );
  });
}

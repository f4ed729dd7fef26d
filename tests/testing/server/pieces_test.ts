import { assertEquals, assertThrows } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { RawClient } from "../_raw_client.ts";

Deno.test("pieceBytes cuts all that is written into reads of that size", async () => {
  await using server = AmiServer.start({ pieceBytes: 5 });
  const { port } = server;
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const greeting = new TextEncoder().encode("Asterisk Call Manager/11.0.0\r\n");
  const buffer = new Uint8Array(1_000);
  const sizes: number[] = [];
  const bytes: number[] = [];
  while (bytes.length < greeting.length) {
    const count = await conn.read(buffer);
    sizes.push(count ?? 0);
    bytes.push(...buffer.subarray(0, count ?? 0));
  }
  assertEquals(bytes, [...greeting]);
  // The system may still join two of them under load, but never cuts elsewhere.
  assertEquals(sizes.every((size) => size % 5 === 0), true, `${sizes}`);
});

Deno.test("pieceBytes of the server reaches clients that are there and that come", async () => {
  await using server = AmiServer.start();
  assertEquals(server.pieceBytes, Infinity);
  using _one = await RawClient.loggedIn(server.port);
  assertThrows(() => {
    server.pieceBytes = 0;
  }, RangeError);
  server.pieceBytes = 64;
  using _two = await RawClient.loggedIn(server.port);
  const sizes = () => server.clients.map(({ pieceBytes }) => pieceBytes);
  assertEquals(sizes(), [64, 64]);
  const [first] = server.clients;
  if (first !== undefined) first.pieceBytes = 3;
  assertEquals(sizes(), [3, 64]);
  assertEquals(server.pieceBytes, 64);
});

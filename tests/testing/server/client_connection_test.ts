import { assert, assertEquals } from "@std/assert";
import {
  AmiServer,
  type AmiServerClient,
} from "../../../src/testing/ami_server.ts";
import { DEADLINE, RawClient, value } from "../_raw_client.ts";

/** The only connection of the server. */
function only(server: AmiServer): AmiServerClient {
  const [client] = server.clients;
  assert(client !== undefined);
  return client;
}

Deno.test("send() and write() write at once, bytes as they are", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const connection = only(server);
  assertEquals(connection.loggedIn, true);
  assertEquals(connection.username, "admin");
  assertEquals(connection.remoteAddr.hostname, "127.0.0.1");
  connection.send({ Event: "A", B: "ü" });
  connection.write("Event: B\r\n\r\n");
  connection.write(new Uint8Array([88, 58, 32, 0xe9, 13, 10, 13, 10]));
  assertEquals(await client.frame(), [["Event", "A"], ["B", "ü"]]);
  assertEquals(await client.frame(), [["Event", "B"]]);
  assertEquals(await client.frame(), [["X", "\ufffd"]]);
});

Deno.test("flushed() resolves when nothing waits any more", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const connection = only(server);
  await connection.flushed();
  connection.write(`Data: ${"x".repeat(4_000_000)}\r\n\r\n`);
  let isFlushed = false;
  const flushed = connection.flushed().then(() => {
    isFlushed = true;
  });
  assertEquals(isFlushed, false);
  assertEquals(value(await client.frame(), "Data").length, 4_000_000);
  await flushed;
});

Deno.test("close() lets the client read what was written before", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const connection = only(server);
  const data = "x".repeat(2_000_000);
  connection.write(data);
  const closed = connection.close();
  connection.write("too late");
  assertEquals(connection.closed, true);
  assertEquals((await client.rest()).length, data.length);
  await closed;
});

Deno.test("logIn() makes a client logged in with its event mask", async () => {
  await using server = AmiServer.start();
  server.on("Login", (action, connection) => {
    connection.logIn("eve", "user");
    connection.answer(action, { Response: "Success" });
  });
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Login\r\nActionID: 1\r\n\r\n");
  assertEquals(await client.frame(), [
    ["Response", "Success"],
    ["ActionID", "1"],
  ]);
  server.emit({ Event: "A", Privilege: "call,all" });
  server.emit({ Event: "B", Privilege: "user,all" });
  assertEquals(value(await client.frame(), "Event"), "B");
});

Deno.test("a client that does not read is dropped, the others go on", async () => {
  await using server = AmiServer.start({ maxQueuedBytes: 1_000_000 });
  using slow = await RawClient.loggedIn(server.port);
  const stuck = only(server);
  using quick = await RawClient.loggedIn(server.port);
  const filler = "x".repeat(1_000);
  const isLate = AbortSignal.timeout(DEADLINE);
  let count = 0;
  while (!stuck.closed) {
    assert(!isLate.aborted, "The slow client was not dropped");
    for (let index = 0; index < 100; index++) {
      server.emit({ Event: "Filler", Number: count++, Filler: filler });
    }
    for (const frame of await quick.frames(100)) {
      assertEquals(value(frame, "Event"), "Filler");
    }
  }
  assertEquals(server.clients.filter((client) => !client.closed).length, 1);
  await quick.send("Action: Ping\r\n\r\n");
  assertEquals(value(await quick.frame(), "Ping"), "Pong");
  assertEquals((await slow.line()).startsWith("Event: Filler"), true);
});

Deno.test("a client that leaves is no longer among the clients", async () => {
  await using server = AmiServer.start();
  const client = await RawClient.loggedIn(server.port);
  const connection = only(server);
  client[Symbol.dispose]();
  using other = await RawClient.loggedIn(server.port);
  const isLate = AbortSignal.timeout(DEADLINE);
  while (server.clients.includes(connection)) {
    assert(!isLate.aborted, "The client was not taken out");
    await other.send("Action: Ping\r\n\r\n");
    await other.frame();
  }
  assertEquals(server.clients.length, 1);
});

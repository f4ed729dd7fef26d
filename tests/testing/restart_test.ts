import { assert, assertEquals, assertRejects } from "@std/assert";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { RawClient, value } from "./_raw_client.ts";

/** Returns the boot, as `core show uptime` and the login report it. */
async function startup(client: RawClient): Promise<string> {
  await client.send("Action: CoreStatus\r\n\r\n");
  const frame = await client.frame();
  return `${value(frame, "CoreStartupDate")} ${
    value(frame, "CoreStartupTime")
  }`;
}

Deno.test("restart() says goodbye, closes, and listens on the same port", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  using client = await RawClient.loggedIn(port);
  using quiet = await RawClient.loggedIn(port, "Events: off\r\n");
  using stranger = await RawClient.connect(port);
  await stranger.line();
  await server.restart();
  assertEquals(await client.frame(), [
    ["Event", "Shutdown"],
    ["Privilege", "system,all"],
    ["Shutdown", "Cleanly"],
    ["Restart", "True"],
  ]);
  assertEquals(await client.rest(), "");
  assertEquals(await quiet.rest(), "");
  assertEquals(await stranger.rest(), "");
  assertEquals(server.port, port);
  using again = await RawClient.loggedIn(port);
  await again.send("Action: Ping\r\n\r\n");
  assertEquals(value(await again.frame(), "Ping"), "Pong");
});

Deno.test("restart() after a crash says nothing", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await server.restart({ shutdown: "crash" });
  assertEquals(await client.rest(), "");
  using _again = await RawClient.loggedIn(server.port);
});

Deno.test("restart() refuses connections for as long as it is down", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const begin = performance.now();
  const restarted = server.restart({ downFor: 40 });
  await server.refuse();
  await assertRejects(
    () => RawClient.connect(port),
    Deno.errors.ConnectionRefused,
  );
  await restarted;
  assert(performance.now() - begin >= 39);
  using _client = await RawClient.loggedIn(port);
});

Deno.test("restart() begins a new uptime, and ends the calls and the stall", async () => {
  await using server = AmiServer.start({ talkTime: 60_000 });
  using client = await RawClient.loggedIn(server.port);
  const before = await startup(client);
  await client.send(
    "Action: Originate\r\nChannel: PJSIP/6001\r\nApplication: Wait\r\n" +
      "Data: 60\r\nAsync: true\r\n\r\n",
  );
  await client.framesUntil("Event: OriginateResponse");
  server.stall();
  // The uptime is in whole seconds, so a new one takes one to be seen.
  await server.restart({ shutdown: "crash", downFor: 1_000 });
  using again = await RawClient.loggedIn(server.port);
  assert(await startup(again) > before);
  await again.send("Action: CoreShowChannels\r\n\r\n");
  const frames = await again.framesUntil("EventList: Complete");
  assertEquals(value(frames.at(-1), "ListItems"), "0");
});

Deno.test("restart() does not wait for ever for a client that does not read", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.clients[0]?.stall();
  await server.restart();
  assertEquals(await client.rest(), "");
});

Deno.test("close() ends a restart that is under way", async () => {
  const server = AmiServer.start();
  const { port } = server;
  const restarted = server.restart({ downFor: 60_000 });
  await server.close();
  await restarted;
  await assertRejects(
    () => RawClient.connect(port),
    Deno.errors.ConnectionRefused,
  );
});

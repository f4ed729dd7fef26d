import { assertEquals, assertRejects } from "@std/assert";
import {
  AmiServer,
  type AmiServerClient,
  type ReceivedAction,
} from "../../src/testing/ami_server.ts";
import { until, within } from "../_waiting.ts";
import { names, RawClient, value } from "./_raw_client.ts";

const PONG = { Response: "Success", Ping: "Pong" };

/** Returns what the client receives until the answer to a last action, by ActionID or name. */
async function seen(client: RawClient): Promise<string[]> {
  await client.send("Action: CoreStatus\r\nActionID: end\r\n\r\n");
  const frames = await client.framesUntil("ActionID: end");
  return frames.slice(0, -1).map((frame) =>
    value(frame, "ActionID") || value(frame, "Event") || names(frame).join()
  );
}

Deno.test("a script answers late, and other actions are answered meanwhile", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const late: (() => void)[] = [];
  server.on("Ping", (action, from) => {
    late.push(() => from.answer(action, PONG));
  });
  await client.send("Action: Ping\r\nActionID: late\r\n\r\n");
  assertEquals(await seen(client), []);
  for (const answer of late) answer();
  assertEquals(await seen(client), ["late"]);
});

Deno.test("a script answers never", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("Ping", () => {});
  await client.send("Action: Ping\r\nActionID: never\r\n\r\n");
  assertEquals(await seen(client), []);
});

Deno.test("a script answers out of order", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const waiting: ReceivedAction[] = [];
  server.on("Ping", (action, from) => {
    waiting.unshift(action);
    if (waiting.length < 3) return;
    for (const each of waiting) from.answer(each, PONG);
  });
  for (const id of ["1", "2", "3"]) {
    await client.send(`Action: Ping\r\nActionID: ${id}\r\n\r\n`);
  }
  assertEquals(await seen(client), ["3", "2", "1"]);
});

Deno.test("a script answers twice", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("Ping", () => [PONG, PONG]);
  await client.send("Action: Ping\r\nActionID: twice\r\n\r\n");
  assertEquals(await seen(client), ["twice", "twice"]);
});

Deno.test("a script writes garbage between two frames", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("Ping", (action, from) => {
    from.write("\r\n\r\nno header at all\r\n\r\n");
    from.answer(action, PONG);
    from.write(new Uint8Array([0xff, 0xfe, 0, 13, 10, 13, 10]));
  });
  await client.send("Action: Ping\r\nActionID: 1\r\n\r\n");
  const frames = await seen(client);
  assertEquals(frames.slice(-3, -1), ["no header at all", "1"]);
});

Deno.test("a script refuses the login for some time", async () => {
  await using server = AmiServer.start();
  const lift = server.on("Login", (action, from) => {
    from.answer(action, { Response: "Error", Message: "Login Already In Use" });
    from.close();
  });
  await assertRejects(() => RawClient.loggedIn(server.port), Error, "refused");
  await assertRejects(() => RawClient.loggedIn(server.port), Error, "refused");
  lift();
  using _client = await RawClient.loggedIn(server.port);
});

Deno.test("a script closes silently on the login", async () => {
  await using server = AmiServer.start();
  const lift = server.on("Login", (_action, from) => from.cut());
  await assertRejects(
    () => RawClient.loggedIn(server.port),
    Error,
    "The stream ended",
  );
  lift();
  using _client = await RawClient.loggedIn(server.port);
});

Deno.test("refuse() turns new clients away and keeps those that are there", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await server.refuse();
  await assertRejects(
    () => RawClient.connect(server.port),
    Deno.errors.ConnectionRefused,
  );
  await client.send("Action: Ping\r\n\r\n");
  assertEquals(value(await client.frame(), "Ping"), "Pong");
  await server.accept();
  using _other = await RawClient.loggedIn(server.port);
  assertEquals(server.clients.length, 2);
});

Deno.test("accept() says that a closed server cannot accept", async () => {
  const server = AmiServer.start();
  await server.close();
  await assertRejects(() => server.accept(), Error, "the server is closed");
});

Deno.test("a stalled server takes nothing and gives nothing until resume()", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.forget();
  server.stall();
  await client.send("Action: Ping\r\nActionID: 1\r\n\r\n");
  server.emit({ Event: "Waits" });
  const frame = client.frame();
  // The network of this machine has carried it when another client was served.
  await using other = AmiServer.start();
  using _served = await RawClient.loggedIn(other.port);
  assertEquals(server.received, []);
  server.resume();
  assertEquals(value(await within(frame), "Event"), "Waits");
  assertEquals(value(await client.frame(), "ActionID"), "1");
});

Deno.test("a stalled server lets clients connect, and greets them after resume()", async () => {
  await using server = AmiServer.start();
  server.stall();
  using client = await RawClient.connect(server.port);
  await until(() => server.clients.length === 1);
  const greeting = client.line();
  server.resume();
  assertEquals(await within(greeting), "Asterisk Call Manager/11.0.0");
});

Deno.test("stall() of one client leaves the others alone", async () => {
  await using server = AmiServer.start();
  using one = await RawClient.loggedIn(server.port);
  using two = await RawClient.loggedIn(server.port);
  const [stuck] = server.clients;
  stuck?.stall();
  server.emit({ Event: "A" });
  assertEquals(value(await two.frame(), "Event"), "A");
  const frame = one.frame();
  stuck?.resume();
  assertEquals(value(await within(frame), "Event"), "A");
});

Deno.test("a stalled connection can be cut, closed by the client, and ends with the server", async () => {
  const server = AmiServer.start();
  using one = await RawClient.loggedIn(server.port);
  const two = await RawClient.loggedIn(server.port);
  using three = await RawClient.loggedIn(server.port);
  server.stall();
  server.emit({ Event: "Lost" });
  server.clients[0]?.cut();
  assertEquals(await one.rest(), "");
  two[Symbol.dispose]();
  await within(server.close());
  assertEquals(await three.rest(), "");
});

Deno.test("a client that is stalled in the middle of a frame has got the first half", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const halves: AmiServerClient[] = [...server.clients];
  for (const each of halves) {
    each.write("Event: Half\r\nA: 1");
    await each.flushed();
    each.stall();
    each.write("2\r\n\r\n");
  }
  assertEquals(await client.line(), "Event: Half");
  const rest = client.frame();
  for (const each of halves) each.resume();
  assertEquals(await within(rest), [["A", "12"]]);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AmiServer,
  type AmiServerClient,
  type ReceivedAction,
} from "../../src/testing/ami_server.ts";
import { DEADLINE, RawClient, value } from "./_raw_client.ts";

function deadline(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(DEADLINE) };
}

Deno.test("a pending script holds back the next action and the events", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const gate = Promise.withResolvers<void>();
  server.on("Slow", async () => {
    await gate.promise;
    return { Response: "Success", Message: "slow" };
  });
  await client.send("Action: Slow\r\n\r\nAction: Ping\r\n\r\n");
  await server.next("Slow", deadline());
  server.emit({ Event: "Held", Privilege: "call,all" });
  assertEquals(server.received.at(-1)?.name, "Slow");
  gate.resolve();
  const [slow, held, pong] = await client.frames(3);
  assertEquals(value(slow, "Message"), "slow");
  assertEquals(value(held, "Event"), "Held");
  assertEquals(value(pong, "Ping"), "Pong");
});

Deno.test("a thousand pipelined actions can be answered in another order", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const waiting: [ReceivedAction, AmiServerClient][] = [];
  server.on("Getvar", (action, from) => {
    waiting.push([action, from]);
    if (waiting.length < 1_000) return;
    for (const [each, to] of waiting.toReversed()) {
      to.answer(each, {
        Response: "Success",
        Value: each.get("Variable") ?? "",
      });
    }
  });
  let text = "";
  for (let index = 0; index < 1_000; index++) {
    text +=
      `Action: Getvar\r\nActionID: ${index}\r\nVariable: v${index}\r\n\r\n`;
  }
  await client.send(text);
  for (let index = 999; index >= 0; index--) {
    const frame = await client.frame();
    assertEquals(value(frame, "ActionID"), `${index}`);
    assertEquals(value(frame, "Value"), `v${index}`);
  }
});

Deno.test("emit() keeps to the event mask of each client", async () => {
  await using server = AmiServer.start();
  using all = await RawClient.loggedIn(server.port);
  using calls = await RawClient.loggedIn(server.port, "Events: call\r\n");
  using none = await RawClient.loggedIn(server.port, "Events: off\r\n");
  using stranger = await RawClient.connect(server.port);
  await stranger.line();
  server.emit([
    { Event: "A", Privilege: "call,all" },
    { Event: "B", Privilege: "user,all" },
    { Event: "C" },
    { Event: "D", Privilege: "call,user,all" },
    { Event: "E", Privilege: "call,all" },
  ]);
  const seen = async (client: RawClient): Promise<string> => {
    await client.send("Action: Ping\r\nActionID: end\r\n\r\n");
    const frames = await client.framesUntil("ActionID: end");
    return frames.slice(0, -1).map((frame) => value(frame, "Event")).join("");
  };
  assertEquals(await seen(all), "ABCDE");
  assertEquals(await seen(calls), "ACE");
  assertEquals(await seen(none), "");
  assertEquals(await seen(stranger), "");
});

Deno.test("received, bytesReceived and forget() tell what came", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.connect(server.port);
  await client.line();
  assertEquals(server.bytesReceived, 0);
  const text = "Action: Ping\r\nX: 1\r\nx: 2\r\n\r\n\r\n";
  await client.send(text);
  await client.frames(2);
  assertEquals(server.bytesReceived, text.length);
  assertEquals(server.clients[0]?.bytesReceived, text.length);
  assertEquals(server.received.map(({ name }) => name), ["Ping", ""]);
  assertEquals(server.received[0]?.getAll("X"), ["1", "2"]);
  server.forget();
  assertEquals(server.received, []);
});

Deno.test("next() gives out each action once, also one that came before", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await client.send("Action: Ping\r\nActionID: 1\r\n\r\n");
  await client.frame();
  const first = await server.next("PING", deadline());
  const second = server.next("Ping", deadline());
  const third = server.next("Ping", deadline());
  await client.send("Action: Ping\r\nActionID: 2\r\n\r\n");
  await client.send("Action: Ping\r\nActionID: 3\r\n\r\n");
  assertEquals(first.actionId, "1");
  assertEquals((await second).actionId, "2");
  assertEquals((await third).actionId, "3");
});

Deno.test("next() ends with its signal and with the server", async () => {
  const server = AmiServer.start();
  const controller = new AbortController();
  const { signal } = controller;
  const aborted = server.next("Ping", { signal });
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => aborted, RangeError, "Enough");
  await assertRejects(() => server.next("Ping", { signal }), RangeError);
  const waiting = server.next("Ping");
  const rejected = assertRejects(() => waiting, Error, "the server is closed");
  await server.close();
  await rejected;
  await assertRejects(() => server.next("Ping"), Error, "the server is closed");
});

Deno.test("cut() drops every connection, and new ones can come", async () => {
  await using server = AmiServer.start();
  using one = await RawClient.loggedIn(server.port);
  using two = await RawClient.loggedIn(server.port);
  assertEquals(server.clients.length, 2);
  server.cut();
  assertEquals(await one.rest(), "");
  assertEquals(await two.rest(), "");
  using three = await RawClient.loggedIn(server.port);
  assertEquals(server.clients.length, 1);
  await three.send("Action: Ping\r\n\r\n");
  assertEquals(value(await three.frame(), "Ping"), "Pong");
});

Deno.test("close() may be called again and frees the port", async () => {
  const server = AmiServer.start();
  const { port, hostname } = server;
  assertEquals(hostname, "127.0.0.1");
  using client = await RawClient.loggedIn(port);
  await Promise.all([server.close(), server.close()]);
  assertEquals(await client.rest(), "");
  await assertRejects(
    () => RawClient.connect(port),
    Deno.errors.ConnectionRefused,
  );
  await using again = AmiServer.start({ port });
  assertEquals(again.port, port);
});

Deno.test("close() throws what a script threw; the client got an error", async () => {
  const server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("Ping", () => {
    throw new RangeError("The script is\nwrong");
  });
  await client.send("Action: Ping\r\nActionID: 1\r\n\r\n");
  assertEquals(await client.frame(), [
    ["Response", "Error"],
    ["ActionID", "1"],
    ["Message", "The script of the test threw: The script is wrong"],
  ]);
  await assertRejects(() => server.close(), RangeError, "The script is");
});

Deno.test("a script that never answers does not keep the server open", async () => {
  const server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("Ping", () => new Promise<void>(() => {}));
  await client.send("Action: Ping\r\n\r\n");
  await server.next("Ping", deadline());
  await server.close();
});

Deno.test("the greeting can be another one, or none", async () => {
  await using server = AmiServer.start({ greeting: "SSH-2.0-x\r\n" });
  using client = await RawClient.connect(server.port);
  assertEquals(await client.line(), "SSH-2.0-x");
  await using silent = AmiServer.start({ greeting: "" });
  using other = await RawClient.connect(silent.port);
  await other.send("Action: Logoff\r\n\r\n");
  assert((await other.rest()).startsWith("Response: Goodbye"));
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiTimeoutError,
  type DAMI,
} from "../../mod.ts";
import {
  AmiServer,
  type AmiServerClient,
  type ReceivedAction,
} from "../../src/testing/ami_server.ts";
import { AT_ONCE, listening } from "../_faults.ts";
import { until, within } from "../_waiting.ts";

const OWN = { blocking: "own-connection" } as const;

/** Leaves `Command` unanswered, and gives those that came. */
function hold(server: AmiServer): [ReceivedAction, AmiServerClient][] {
  const held: [ReceivedAction, AmiServerClient][] = [];
  server.on("Command", (action, client) => {
    held.push([action, client]);
  });
  return held;
}

function command(dami: DAMI, options: { timeout?: number } = {}) {
  return dami.to("Command", { Command: "core show uptime" }, options);
}

Deno.test("an action that blocks goes over a connection of its own, made when first needed", async () => {
  await using server = AmiServer.start();
  const held = hold(server);
  await using dami = await listening(server, OWN);
  await dami.to("Ping");
  assertEquals(server.clients.length, 1);
  const answers = [command(dami), command(dami)];
  await until(() => held.length === 2);
  assertEquals(server.clients.length, 2);
  for (const [action, client] of held) {
    assertEquals(client, server.clients[1]);
    client.answer(action, { Response: "Success", Output: "up" });
  }
  for (const [response] of await within(Promise.all(answers))) {
    assertEquals(response.Output, ["up"]);
  }
});

Deno.test("the second connection gets no events, and events are emitted once", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, OWN);
  await command(dami);
  assertEquals(
    server.received.filter(({ name }) => name === "Login").map((login) =>
      login.get("Events")
    ),
    [undefined, "off"],
  );
  let count = 0;
  dami.on("Hangup", () => count++);
  server.emit({ Event: "Hangup", Privilege: "call,all" });
  await dami.to("Ping");
  await command(dami);
  assertEquals(count, 1);
});

Deno.test("by default, actions that block go over the only connection", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  await command(dami);
  assertEquals(server.clients.length, 1);
});

Deno.test("an Originate without Async moves, one with Async and WaitEvent stay", async () => {
  await using server = AmiServer.start();
  server.on("WaitEvent", () => [
    { Response: "Success" },
    { Event: "WaitEventComplete" },
  ]);
  server.on("Originate", () => ({ Response: "Success" }));
  await using dami = await listening(server, OWN);
  await dami.to("WaitEvent", { Timeout: 1 });
  const call = { Channel: "PJSIP/6001", Application: "Echo" };
  await dami.to("Originate", { ...call, Async: true });
  assertEquals(server.clients.length, 1);
  await dami.to("Originate", call);
  assertEquals(server.clients.length, 2);
});

Deno.test("a second login that is refused rejects the action alone", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, OWN);
  const remove = server.on("Login", () => ({
    Response: "Error",
    Message: "Login Already In Use",
  }));
  const error = await assertRejects(
    () => command(dami),
    AmiAuthenticationError,
  );
  assertEquals(error.alreadyInUse, true);
  assertEquals(await dami.ping(), true);
  remove();
  await command(dami);
});

Deno.test("the second connection is made anew after it was lost", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, OWN);
  await command(dami);
  server.clients[1]?.cut();
  await until(() => server.clients.length === 1);
  await command(dami);
  assertEquals(server.clients.length, 2);
  assertEquals(dami.state, "ready");
});

Deno.test("the second connection ends with the first", async () => {
  await using server = AmiServer.start();
  const held = hold(server);
  await using dami = await listening(server, { ...OWN, reconnect: AT_ONCE });
  const answer = assertRejects(() => command(dami), AmiConnectionError);
  await until(() => held.length === 1);
  server.clients[0]?.cut();
  const { outcome, failure } = await within(answer);
  assertEquals([outcome, failure], ["unknown", "lost"]);
  await until(() => dami.state === "ready");
  await until(() => server.clients.length === 1);
});

Deno.test("an action that blocks waits for a lost connection to come back, like any other", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { ...OWN, reconnect: AT_ONCE });
  await server.refuse();
  server.cut();
  await until(() => dami.state === "reconnecting");
  const answer = command(dami);
  await server.restart();
  const [response] = await within(answer);
  assertEquals(response.Response, "Success");
  assertEquals(server.clients.length, 2);
});

Deno.test("while an action blocks, others are answered and events come", async () => {
  await using server = AmiServer.start();
  const held = hold(server);
  await using dami = await listening(server, OWN);
  const answer = command(dami);
  await until(() => held.length === 1);
  // Asterisk reads nothing more from a connection that it runs an action for.
  const blocked = server.clients[1];
  assert(blocked !== undefined);
  const event = within(dami.events("Hangup").next());
  server.emit({ Event: "Hangup", Privilege: "call,all" });
  assertEquals((await event).done, false);
  assertEquals(await dami.ping(), true);
  const [[action, client] = []] = held;
  assert(action !== undefined && client === blocked);
  client.answer(action, { Response: "Success", Output: "up" });
  await within(answer);
});

Deno.test("an action that waits behind another one gives up alone, by its timeout or its signal", async () => {
  await using server = AmiServer.start();
  const held = hold(server);
  await using dami = await listening(server, OWN);
  const first = command(dami);
  await until(() => held.length === 1);
  const late = await assertRejects(
    () => command(dami, { timeout: 50 }),
    AmiTimeoutError,
  );
  // It was written, and the PBX may still run it.
  assertEquals(late.outcome, "unknown");
  const controller = new AbortController();
  const aborted = assertRejects(
    () =>
      dami.to("Command", { Command: "core show uptime" }, {
        signal: controller.signal,
      }),
    DOMException,
  );
  controller.abort();
  await within(aborted);
  const [[action, client] = []] = held;
  assert(action !== undefined && client !== undefined);
  client.answer(action, { Response: "Success", Output: "up" });
  await within(first);
});

Deno.test("close() gives up an action that waits for the second login", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, OWN);
  let asked = false;
  server.on("Login", () => {
    asked = true;
  });
  const answer = assertRejects(() => command(dami), AmiClosedError);
  await until(() => asked);
  dami.close();
  await within(answer);
  await until(() => server.clients.length === 0);
});

Deno.test("an action that is not sent in time says so", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, OWN);
  server.on("Login", () => {});
  const error = await assertRejects(
    () => command(dami, { timeout: 50 }),
    AmiTimeoutError,
  );
  assertEquals(error.outcome, "not-sent");
});

Deno.test("disconnect() waits for what the second connection was asked before", async () => {
  await using server = AmiServer.start();
  const held = hold(server);
  await using dami = await listening(server, OWN);
  const answer = command(dami);
  await until(() => held.length === 1);
  const [[action, client] = []] = held;
  assert(action !== undefined && client !== undefined);
  const done = dami.disconnect();
  client.answer(action, { Response: "Success", Output: "up" });
  await within(answer);
  await within(done);
});

Deno.test("stats() counts both connections", async () => {
  await using server = AmiServer.start();
  const held = hold(server);
  await using dami = await listening(server, OWN);
  const before = dami.stats();
  const answer = command(dami);
  await until(() => held.length === 1);
  // The login is answered, the command waits.
  assertEquals(dami.stats().actionsPending, 1);
  assertEquals(dami.stats().actionsAnswered, before.actionsAnswered + 1);
  const [[action, client] = []] = held;
  assert(action !== undefined && client !== undefined);
  client.answer(action, { Response: "Success" });
  await answer;
  assertEquals(dami.stats().actionsPending, 0);
  assert(dami.stats().bytesReceived > before.bytesReceived);
});

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  AmiClosedError,
  AmiConnectionError,
  DAMI,
  type DisconnectDetail,
} from "../mod.ts";
import { actionsOf, answerAll, CREDENTIALS, loggedIn } from "./_dami.ts";
import { ScriptedServer } from "./_scripted_server.ts";
import { until, within } from "./_waiting.ts";

Deno.test("new DAMI() does no I/O and refuses bad options at once", () => {
  assertEquals(new DAMI().state, "idle");
  assertThrows(() => new DAMI({ port: 0 }), RangeError, "'port'");
  assertThrows(() => new DAMI({ events: "calls" }), TypeError, "'events'");
});

Deno.test("ping() is true for a Pong", async () => {
  await using session = await loggedIn(answerAll);
  assertEquals(await session.dami.ping(), true);
});

Deno.test("ping() is false for an error, for silence and without a connection", async () => {
  assertEquals(await new DAMI().ping(), false);
  await using session = await loggedIn(async (peer) => {
    const [first] = await actionsOf(peer, 1);
    await peer.frame("Response: Error", `ActionID: ${first?.id}`);
    await peer.closed();
  });
  const { dami } = session;
  assertEquals(await dami.ping(), false);
  assertEquals(await dami.ping({ timeout: 20 }), false);
  const signal = AbortSignal.abort();
  assertEquals(await dami.ping({ signal }), false);
  dami.close();
  assertEquals(await dami.ping(), false);
});

Deno.test("disconnect() says goodbye and waits for the answer", async () => {
  let received = "";
  await using session = await loggedIn(async (peer) => {
    await answerAll(peer);
    received = peer.received;
  });
  const { dami } = session;
  const details: DisconnectDetail[] = [];
  dami.addEventListener("disconnect", ({ detail }) => details.push(detail));
  await within(dami.disconnect());
  assertEquals(dami.state, "closed");
  await until(() => received !== "");
  assert(received.includes("Action: Logoff\r\n"));
  assertEquals(details, [{ reason: "logoff" }]);
  await dami.disconnect();
  assertEquals(details.length, 1);
});

for (
  const [how, options] of [
    ["in the time given", { timeout: 20 }],
    ["when it is told to", { signal: AbortSignal.timeout(20) }],
  ] as const
) {
  Deno.test(`disconnect() ends also if the PBX does not answer, ${how}`, async () => {
    await using session = await loggedIn((peer) => peer.closed());
    await within(session.dami.disconnect(options), 1_000);
    assertEquals(session.dami.state, "closed");
  });
}

Deno.test("close() rejects what waits for an answer, and may be called again", async () => {
  await using session = await loggedIn((peer) => peer.closed());
  const { dami } = session;
  const pending: Promise<unknown>[] = [
    dami.to("Ping"),
    dami.to("QueueStatus"),
  ];
  await new Promise((resolve) => setTimeout(resolve, 1));
  const notSent = dami.to("Ping");
  dami.close();
  dami.close();
  for (const answer of pending) {
    const error = await assertRejects(() => within(answer), AmiClosedError);
    assertEquals(error.outcome, "unknown");
  }
  const error = await assertRejects(() => within(notSent), AmiClosedError);
  assertEquals(error.outcome, "not-sent");
});

Deno.test("using and await using close", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await answerAll(peer);
  });
  const { hostname, port } = server;
  let left: DAMI;
  {
    using dami = new DAMI({ hostname, port });
    await dami.connectAndLogin(CREDENTIALS);
    left = dami;
  }
  assertEquals(left.state, "closed");
  {
    await using dami = new DAMI({ hostname, port });
    await dami.connectAndLogin(CREDENTIALS);
    left = dami;
  }
  assertEquals(left.state, "closed");
});

Deno.test("the lifecycle is reported, in order, and no listener is required", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await peer.next();
  });
  const { hostname, port } = server;
  using dami = new DAMI({ hostname, port });
  const told: unknown[] = [];
  dami.addEventListener("connect", ({ detail }) => told.push(detail));
  dami.addEventListener("login", ({ detail }) => told.push(detail));
  dami.addEventListener("disconnect", ({ detail }) => told.push(detail.reason));
  dami.addEventListener("close", () => told.push(dami.state));
  await dami.connectAndLogin(CREDENTIALS);
  const rejected = await dami.to("Ping").catch((error: unknown) => error);
  assert(rejected instanceof AmiConnectionError);
  await until(() => told.length === 4);
  assertEquals(told, [
    { hostname, port, version: "11.0.0" },
    { username: "admin" },
    "lost",
    "closed",
  ]);
});

import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { AmiConnectionError } from "../../mod.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { AT_ONCE, CREDENTIALS, damiFor, lifecycleOf } from "../_faults.ts";
import { ScriptedServer } from "../_scripted_server.ts";
import { until } from "../_waiting.ts";

/** Addresses of this machine that take the same port. */
const [FIRST, SECOND] = ["127.0.0.1", "127.0.0.2"] as const;

Deno.test("of several addresses, the first that greets is taken", async () => {
  await using server = AmiServer.start({ hostname: SECOND });
  const { port } = server;
  await using dami = damiFor({ hostname: FIRST, port }, {
    hostname: [FIRST, SECOND],
  });
  const hosts: string[] = [];
  dami.addEventListener("connect", ({ detail }) => hosts.push(detail.hostname));
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(hosts, [SECOND]);
});

Deno.test("each new connection begins with the first address", async () => {
  await using second = AmiServer.start({ hostname: SECOND });
  const { port } = second;
  await using dami = damiFor(second, {
    hostname: [FIRST, SECOND],
    reconnect: AT_ONCE,
  });
  const hosts: string[] = [];
  dami.addEventListener("connect", ({ detail }) => hosts.push(detail.hostname));
  await dami.connectAndLogin(CREDENTIALS);
  await using first = AmiServer.start({ hostname: FIRST, port });
  second.cut();
  await until(() => hosts.length === 2);
  await until(() => dami.state === "ready");
  await first.close();
  await until(() => hosts.length === 3);
  assertEquals(hosts, [SECOND, FIRST, SECOND]);
});

Deno.test("an address where something else answers is passed over", async () => {
  await using other = ScriptedServer.start(async (peer) => {
    await peer.write("SSH-2.0-OpenSSH_9.2\r\n");
    await peer.closed();
  });
  const { port } = other;
  await using server = AmiServer.start({ hostname: SECOND, port });
  await using dami = damiFor(server, { hostname: [FIRST, SECOND] });
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(await dami.ping(), true);
});

Deno.test("a login that the first address refuses is not tried at the next", async () => {
  await using first = AmiServer.start({ hostname: FIRST, secret: "another" });
  const { port } = first;
  await using second = AmiServer.start({ hostname: SECOND, port });
  await using dami = damiFor(first, { hostname: [FIRST, SECOND] });
  await assertRejects(
    () => dami.connectAndLogin(CREDENTIALS),
    Error,
    "Authentication failed",
  );
  assertEquals(second.received.length, 0);
});

Deno.test("the error names every address that failed", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  await server.close();
  await using dami = damiFor({ hostname: FIRST, port }, {
    hostname: [FIRST, SECOND],
  });
  const error = await assertRejects(
    () => dami.connectAndLogin(CREDENTIALS),
    AmiConnectionError,
    `Cannot connect to ${FIRST}:${port}: nothing listens there`,
  );
  assertEquals(error.message.includes(`Cannot connect to ${SECOND}:`), true);
  assertEquals(error.failure, "refused");
  assertInstanceOf(error.cause, AggregateError);
  assertEquals(error.cause.errors.length, 2);
});

Deno.test("an attempt to reconnect says why the one before failed", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, { reconnect: AT_ONCE });
  const log = lifecycleOf(dami);
  const reasons: string[] = [];
  dami.addEventListener("reconnecting", ({ detail: { error } }) => {
    reasons.push(
      error instanceof AmiConnectionError ? error.failure : String(error),
    );
  });
  await dami.connectAndLogin(CREDENTIALS);
  await server.refuse();
  server.cut();
  await until(() => log.includes("reconnecting 2"));
  assertEquals(reasons.slice(0, 2), ["lost", "refused"]);
});

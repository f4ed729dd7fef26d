import { assert, assertEquals, assertRejects } from "@std/assert";
import { AmiConnectionError, DAMI } from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { AT_ONCE, CREDENTIALS, lifecycleOf, listening } from "./_faults.ts";
import { until, within } from "./_waiting.ts";

Deno.test("a connection that the program closes beneath is lost like any other", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const log = lifecycleOf(dami);
  const stream = dami.events();
  const answer = dami.to("QueueStatus");
  dami.conn.close();
  const [lost, ended] = await within(
    Promise.allSettled([answer, stream.next()]),
  );
  for (const each of [lost, ended]) {
    assert(each.status === "rejected");
    assert(each.reason instanceof AmiConnectionError);
    assertEquals(each.reason.failure, "lost");
  }
  await until(() => log.includes("close"));
  assertEquals(log, ["disconnect lost", "close"]);
  assertEquals(dami.state, "closed");
});

Deno.test("a connection that the program disposes of beneath is replaced by a new one", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { reconnect: AT_ONCE });
  const log = lifecycleOf(dami);
  {
    using conn = dami.conn;
    assert(conn.remoteAddr !== undefined);
  }
  await until(() => log.includes("gap"));
  assertEquals(dami.state, "ready");
  assert(await dami.ping());
  dami.close();
  assertEquals(dami.state, "closed");
});

Deno.test("close() after the connection was closed beneath closes all the same", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const stream = dami.events();
  dami.conn.close();
  dami.close();
  assertEquals(dami.state, "closed");
  assertEquals((await within(stream.next())).done, true);
});

Deno.test("a certificate that is not one gives an AmiConnectionError of TLS", async () => {
  await using server = AmiServer.start();
  const { hostname, port } = server;
  for (
    const pem of [
      "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      "no certificate at all",
    ]
  ) {
    await using dami = new DAMI({
      hostname,
      port,
      tls: { caCerts: [pem] },
      connectTimeout: 500,
    });
    const error = await assertRejects(
      () => within(dami.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
    );
    assertEquals(error.failure, "tls");
    assertEquals(error.message.includes("Bad resource"), false, error.message);
  }
});

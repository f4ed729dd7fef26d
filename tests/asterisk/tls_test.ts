import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  AmiAuthenticationError,
  AmiConnectionError,
  DAMI,
  type DAMIOptions,
} from "../../mod.ts";
import { type AsteriskContext, asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";
import { TcpProxy } from "./_tcp_proxy.ts";

/** The longest time of an attempt that cannot succeed (milliseconds). */
const CONNECT_TIMEOUT = 500;

/** The time that an attempt may take beyond its timeout (milliseconds). */
const SLACK = 2_000;

/** Fails to connect, in time. */
async function failure(
  asterisk: AsteriskContext,
  options: DAMIOptions,
): Promise<AmiConnectionError> {
  using dami = new DAMI({ connectTimeout: CONNECT_TIMEOUT, ...options });
  const begin = performance.now();
  const error = await assertRejects(
    () => dami.connectAndLogin(asterisk.credentials),
    AmiConnectionError,
  );
  assert(performance.now() - begin < CONNECT_TIMEOUT + SLACK);
  assertEquals(error.outcome, "not-sent");
  assertEquals(dami.state, "closed");
  return error;
}

/** Asserts that a client does everything that it should. */
async function assertWorks(dami: DAMI): Promise<void> {
  assertEquals(dami.state, "ready");
  const [response, ...events] = await dami.to("QueueStatus");
  assertEquals(response.EventList, "start");
  assertEquals(events.at(-1)?.Event, "QueueStatusComplete");
  await dami.listen();
  const log = new EventLog(dami);
  const mark = crypto.randomUUID();
  await dami.to("UserEvent", { UserEvent: "Encrypted", Mark: mark });
  await log.named("UserEvent", "Mark", mark);
}

for (const authType of ["plain", "md5"] as const) {
  asteriskTest(`login with ${authType} over TLS`, async (asterisk) => {
    await using dami = await asterisk.connect({
      ...asterisk.tlsOptions,
      authType,
    });
    await assertWorks(dami);
    assert(!("setNoDelay" in dami.conn && !("handshake" in dami.conn)));
  });

  asteriskTest(`login with ${authType} over TCP`, async (asterisk) => {
    await using proxy = new TcpProxy(asterisk.options);
    await using dami = await asterisk.connect({ ...proxy.options, authType });
    await assertWorks(dami);
    // The tap is good enough to see the secret, where it is sent.
    const { secret } = asterisk.credentials;
    assertEquals(proxy.sent.includes(secret), authType === "plain");
  });

  for (const tls of [true, false]) {
    asteriskTest(
      `a wrong secret with ${authType} over ${tls ? "TLS" : "TCP"}`,
      async (asterisk) => {
        using dami = new DAMI({
          ...tls ? asterisk.tlsOptions : asterisk.options,
          authType,
        });
        const error = await assertRejects(
          () => dami.connectAndLogin({ username: "admin", secret: "wrong" }),
          AmiAuthenticationError,
        );
        assertEquals(error.username, "admin");
        assertEquals(error.alreadyInUse, false);
      },
    );
  }
}

asteriskTest("an unknown user with md5", async (asterisk) => {
  using dami = new DAMI({ ...asterisk.options, authType: "md5" });
  await assertRejects(
    () => dami.connectAndLogin({ username: "nobody", secret: "wrong" }),
    AmiAuthenticationError,
  );
});

asteriskTest("TLS hides what is sent", async (asterisk) => {
  const { tls, ...address } = asterisk.tlsOptions;
  await using proxy = new TcpProxy(address);
  await using dami = await asterisk.connect({ ...proxy.options, tls });
  await assertWorks(dami);
  assert(proxy.sent.length > 0);
  assert(!proxy.sent.includes("Action:"));
});

asteriskTest("many actions at once over TLS", async (asterisk) => {
  await using plain = await asterisk.connect();
  await using dami = await asterisk.connect(asterisk.tlsOptions);
  const ask = async (client: DAMI) => {
    const [{ Output }] = await client.to("Command", {
      Command: "core show applications",
    });
    return Output;
  };
  const expected = await ask(plain);
  assert(Array.isArray(expected) && expected.length > 50);
  for (
    const answer of await Promise.all(
      Array.from({ length: 20 }, () => ask(dami)),
    )
  ) assertEquals(answer, expected);
});

asteriskTest("a long action over TLS", async (asterisk) => {
  await using dami = await asterisk.connect(asterisk.tlsOptions);
  await dami.listen();
  const log = new EventLog(dami);
  const mark = crypto.randomUUID();
  const headers = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [
      `Header${index}`,
      "x".repeat(100 + index),
    ]),
  );
  await dami.to("UserEvent", { UserEvent: "Long", Mark: mark, ...headers });
  const event = await log.named("UserEvent", "Mark", mark);
  for (const [name, text] of Object.entries(headers)) {
    assertEquals(event[name], text);
  }
});

asteriskTest("the name in the certificate may be given", async (asterisk) => {
  const { tls, ...address } = asterisk.tlsOptions;
  await using dami = await asterisk.connect({
    ...address,
    tls: { ...tls, serverName: asterisk.serverName },
  });
  assert(await dami.ping());
});

asteriskTest("a certificate of an unknown authority", async (asterisk) => {
  const error = await failure(asterisk, { ...asterisk.tlsOptions, tls: true });
  assertEquals(error.failure, "tls");
  assertStringIncludes(error.message, "caCerts");
});

asteriskTest("a certificate with another name", async (asterisk) => {
  const { tls, ...address } = asterisk.tlsOptions;
  const error = await failure(asterisk, {
    ...address,
    tls: { ...tls, serverName: "other.test" },
  });
  assertEquals(error.failure, "tls");
  assertStringIncludes(error.message, "serverName");
});

asteriskTest("TLS to the port without", async (asterisk) => {
  const { tls } = asterisk.tlsOptions;
  const error = await failure(asterisk, { ...asterisk.options, tls });
  assertEquals(error.failure, "tls");
  assertStringIncludes(error.message, "check the port");
});

asteriskTest("no TLS to the port with", async (asterisk) => {
  const { hostname, port } = asterisk.tlsOptions;
  const error = await failure(asterisk, { hostname, port });
  assertEquals(error.failure, "no-greeting");
  assertStringIncludes(error.message, "TLS");
});

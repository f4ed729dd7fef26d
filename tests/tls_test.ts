/** Encrypted connections, to the embedded PBX; those to Asterisk are in `asterisk/`. */

import {
  AmiAuthenticationError,
  AmiConnectionError,
  DAMI,
  type TlsOptions,
} from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { SERVER_NAME } from "../tools/asterisk_certificates.ts";
import { tlsTest } from "./_certificates.ts";
import { CREDENTIALS } from "./_dami.ts";
import { until, within } from "./_waiting.ts";

function damiOf(server: AmiServer, tls: boolean | TlsOptions): DAMI {
  const { hostname, port } = server;
  return new DAMI({ hostname, port, tls, connectTimeout: 500 });
}

for (const authType of ["plain", "md5"] as const) {
  tlsTest(
    `an encrypted connection logs in (${authType}), acts and listens`,
    async ({ authority, server: tls }) => {
      await using server = AmiServer.start({ tls });
      const { hostname, port } = server;
      await using dami = new DAMI({
        hostname,
        port,
        authType,
        tls: { caCerts: [authority] },
      });
      await dami.connectAndLogin(CREDENTIALS);
      await dami.listen();
      const heard: unknown[] = [];
      dami.on("Hangup", (event) => heard.push(event.Cause));
      server.emit({ Event: "Hangup", Privilege: "call,all", Cause: 16 });
      const [, ...events] = await dami.to("QueueStatus");
      assertEquals(events.at(-1)?.Event, "QueueStatusComplete");
      await until(() => heard.length === 1);
      assert("handshake" in dami.conn);
      const login = server.received.find(({ name }) => name === "Login");
      assertEquals(
        login?.get("Secret"),
        authType === "md5" ? undefined : "mysecret",
      );
    },
  );
}

tlsTest(
  "a connection to another name than the host's is encrypted with 'serverName'",
  async ({ authority, server: tls }) => {
    await using server = AmiServer.start({ tls });
    await using dami = damiOf(server, {
      caCerts: [authority],
      serverName: SERVER_NAME,
    });
    await dami.connectAndLogin(CREDENTIALS);
    assertEquals(dami.state, "ready");
  },
);

tlsTest(
  "a certificate that nobody vouches for is refused, with advice",
  async ({ server: tls }) => {
    await using server = AmiServer.start({ tls });
    using dami = damiOf(server, true);
    const error = await assertRejects(
      () => within(dami.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
      "'tls.caCerts'",
    );
    assertEquals(error.failure, "tls");
  },
);

tlsTest(
  "a certificate of another name is refused, with advice",
  async ({ authority, server: tls }) => {
    await using server = AmiServer.start({ tls });
    using dami = damiOf(server, {
      caCerts: [authority],
      serverName: "another.test",
    });
    const error = await assertRejects(
      () => within(dami.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
      "'tls.serverName'",
    );
    assertEquals(error.failure, "tls");
  },
);

tlsTest(
  "TLS with a port that has none, and none with a port that wants it, end in time",
  async ({ authority, server: tls }) => {
    await using plain = AmiServer.start();
    using encrypted = damiOf(plain, { caCerts: [authority] });
    const first = await assertRejects(
      () => within(encrypted.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
    );
    assertEquals(first.failure, "tls");
    await using secure = AmiServer.start({ tls });
    using unencrypted = damiOf(secure, false);
    const second = await assertRejects(
      () => within(unencrypted.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
      "whether it expects TLS",
    );
    assertEquals(second.failure, "no-greeting");
  },
);

tlsTest(
  "a peer that never answers the handshake is left in time, or when told to",
  async ({ authority }) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const accepting = (async () => {
      const conns: Deno.Conn[] = [];
      for await (const conn of listener) conns.push(conn);
      return conns;
    })();
    const { hostname, port } = listener.addr;
    using dami = new DAMI({
      hostname,
      port,
      tls: { caCerts: [authority] },
      connectTimeout: 50,
    });
    const error = await assertRejects(
      () => within(dami.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
      "no answer within 50 ms",
    );
    assertEquals(error.failure, "unreachable");
    const signal = AbortSignal.timeout(10);
    await assertRejects(
      () => within(dami.connectAndLogin(CREDENTIALS, { signal })),
      DOMException,
    );
    listener.close();
    for (const conn of await accepting) conn.close();
  },
);

tlsTest(
  "a wrong secret is refused with MD5 as well",
  async ({ authority, server: tls }) => {
    await using server = AmiServer.start({ tls });
    const { hostname, port } = server;
    using dami = new DAMI({
      hostname,
      port,
      authType: "md5",
      tls: { caCerts: [authority] },
    });
    await assertRejects(
      () => dami.connectAndLogin({ username: "admin", secret: "wrong" }),
      AmiAuthenticationError,
    );
  },
);

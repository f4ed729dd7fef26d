/** Encrypted connections that are given up while the peer neither answers nor reads: nothing of them stays. */

import { AmiConnectionError, DAMI, type DAMIOptions } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { tlsTest } from "./_certificates.ts";
import { CREDENTIALS } from "./_dami.ts";
import { closeEndsWrites, socketsTo } from "./_open_sockets.ts";
import { until, within } from "./_waiting.ts";

/** The time within which a socket has to be gone (milliseconds). */
const AT_ONCE = 1_000;

/** The same for one with unwritten data, which has half a second for its last bytes: enough for a busy machine (milliseconds). */
const AFTER_LAST_BYTES = 5_000;

/** A peer that accepts connections, and sends nothing. */
class SilentPeer implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #conns: Deno.TcpConn[] = [];
  readonly #accepting: Promise<void>;

  constructor() {
    this.#accepting = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  get accepted(): number {
    return this.#conns.length;
  }

  async #accept(): Promise<void> {
    for await (const conn of this.#listener) this.#conns.push(conn);
  }

  /** Waits until the first byte of a handshake has come. */
  async hello(): Promise<void> {
    await until(() => this.accepted > 0);
    assert(await this.#conns[0]?.read(new Uint8Array(1)) === 1);
  }

  /** Reads until the other sides have closed all connections. */
  async ends(): Promise<void> {
    await Promise.all(this.#conns.map(async (conn) => {
      const buffer = new Uint8Array(65_536);
      while (await conn.read(buffer) !== null);
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    for (const conn of this.#conns) conn.close();
  }
}

function damiOf(peer: SilentPeer, options: DAMIOptions = {}): DAMI {
  return new DAMI({
    hostname: "127.0.0.1",
    port: peer.port,
    tls: true,
    ...options,
  });
}

/** Asserts that nothing of the connections to a peer is left. */
async function assertGone(peer: SilentPeer): Promise<void> {
  await until(() => (socketsTo(peer.port) ?? 0) === 0, AT_ONCE);
  await within(peer.ends(), AT_ONCE);
}

/** The ways to give a connection up, each with what it makes of `connectAndLogin()`. */
const WAYS: Record<string, (peer: SilentPeer) => Promise<void>> = {
  "by 'connectTimeout'": async (peer) => {
    using dami = damiOf(peer, { connectTimeout: 50 });
    const error = await assertRejects(
      () => dami.connectAndLogin(CREDENTIALS),
      AmiConnectionError,
    );
    assertEquals(error.failure, "unreachable");
    // Before it is disposed of, too.
    await assertGone(peer);
  },
  "by its signal": async (peer) => {
    using dami = damiOf(peer);
    const controller = new AbortController();
    const { signal } = controller;
    const attempt = dami.connectAndLogin(CREDENTIALS, { signal });
    await peer.hello();
    controller.abort(new Error("Enough"));
    await assertRejects(() => attempt, Error, "Enough");
    await assertGone(peer);
  },
  "by a timeout of the whole": async (peer) => {
    using dami = damiOf(peer);
    const signal = AbortSignal.timeout(50);
    await assertRejects(
      () => dami.connectAndLogin(CREDENTIALS, { signal }),
      DOMException,
    );
    await assertGone(peer);
  },
  "by close()": async (peer) => {
    const dami = damiOf(peer);
    const attempt = dami.connectAndLogin(CREDENTIALS);
    await peer.hello();
    dami.close();
    await assertRejects(() => attempt);
  },
  "by disconnect()": async (peer) => {
    const dami = damiOf(peer);
    const attempt = assertRejects(() => dami.connectAndLogin(CREDENTIALS));
    await peer.hello();
    await dami.disconnect();
    await attempt;
  },
};

for (const [way, giveUp] of Object.entries(WAYS)) {
  tlsTest(
    `a handshake that is given up ${way} keeps no socket`,
    async () => {
      await using peer = new SilentPeer();
      await within(giveUp(peer));
      assertEquals(peer.accepted, 1);
      await assertGone(peer);
    },
  );
}

tlsTest(
  "reconnecting to a peer that answers no handshake piles up no sockets",
  async ({ authority, server: tls }) => {
    const server = AmiServer.start({ tls });
    const { hostname, port } = server;
    await using dami = new DAMI({
      hostname,
      port,
      tls: { caCerts: [authority] },
      connectTimeout: 150,
      reconnect: { minDelay: 1, maxDelay: 1 },
    });
    await dami.connectAndLogin(CREDENTIALS);
    let attempts = 0;
    dami.addEventListener("reconnecting", ({ detail }) => {
      attempts = detail.attempt;
    });
    await server.close();
    const listener = Deno.listen({ hostname, port });
    await until(() => attempts >= 8);
    const open = socketsTo(port) ?? 0;
    assert(open <= 1, `${open} sockets are open`);
    // The attempt that is under way ends as well.
    await dami.disconnect();
    listener.close();
    await until(() => (socketsTo(port) ?? 0) === 0, AT_ONCE);
  },
);

tlsTest(
  "a session that is closed with unwritten data keeps no socket",
  async ({ authority, server: tls }) => {
    using listener = Deno.listenTls({
      hostname: "127.0.0.1",
      port: 0,
      ...tls,
    });
    const { hostname, port } = listener.addr;
    const dami = new DAMI({
      hostname,
      port,
      tls: { caCerts: [authority] },
    });
    const attempt = dami.connectAndLogin(CREDENTIALS);
    using conn = await listener.accept();
    const encoder = new TextEncoder();
    await conn.write(encoder.encode("Asterisk Call Manager/5.0.2\r\n"));
    const buffer = new Uint8Array(4_096);
    const length = await conn.read(buffer) ?? 0;
    const login = new TextDecoder().decode(buffer.subarray(0, length));
    const actionId = login.match(/ActionID: (.*)\r\n/i)?.[1];
    await conn.write(
      encoder.encode(`Response: Success\r\nActionID: ${actionId}\r\n\r\n`),
    );
    await attempt;
    // From here on the peer reads nothing.
    const headers = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `Header${index}`,
        "x".repeat(1_000),
      ]),
    );
    const { bytesSent } = dami.stats();
    const answers: Promise<unknown>[] = [];
    let sent = bytesSent;
    do {
      sent = dami.stats().bytesSent;
      for (let count = 0; count < 50; count++) {
        answers.push(dami.to("UserEvent", { UserEvent: "Full", ...headers }));
      }
      await until(() => dami.stats().bytesSent > sent, 500).catch(() => {});
    } while (dami.stats().bytesSent > sent);
    assert(sent > bytesSent);
    const settled = Promise.allSettled(answers);
    dami.close();
    await settled;
    await until(() => (socketsTo(port) ?? 0) === 0, AFTER_LAST_BYTES);
  },
  { ignore: !await closeEndsWrites() },
);

/** A port for a test that may use no other. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

const onlyPort = freePort();

tlsTest(
  "the permission to connect to the PBX is enough",
  async ({ authority, server: tls }) => {
    await using server = AmiServer.start({ tls, port: onlyPort });
    const { hostname, port } = server;
    await using dami = new DAMI({
      hostname,
      port,
      tls: { caCerts: [authority] },
    });
    await dami.connectAndLogin(CREDENTIALS);
    assert(await dami.ping());
  },
  { permissions: { net: [`127.0.0.1:${onlyPort}`] } },
);

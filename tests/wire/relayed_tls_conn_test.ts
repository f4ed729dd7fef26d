import { assert, assertEquals, assertThrows } from "@std/assert";
import { dial } from "../../src/wire/dial.ts";
import { RelayedTlsConn } from "../../src/wire/relayed_tls_conn.ts";
import { type Certificates, tlsTest } from "../_certificates.ts";
import { within } from "../_waiting.ts";

/** Both sides of an encrypted connection. */
async function connected(
  { authority, server }: Certificates,
): Promise<{ conn: Deno.TlsConn; peer: Deno.TlsConn }> {
  using listener = Deno.listenTls({
    hostname: "127.0.0.1",
    port: 0,
    ...server,
  });
  const { hostname, port } = listener.addr;
  const accepting = (async () => {
    const peer = await listener.accept();
    await peer.handshake();
    return peer;
  })();
  const conn = await dial({
    hostname,
    port,
    tls: { caCerts: [authority], serverName: hostname },
  }, new AbortController().signal);
  assert(conn instanceof RelayedTlsConn);
  return { conn, peer: await accepting };
}

async function readAll(conn: Deno.Conn): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const buffer = new Uint8Array(10_000);
  for (let length; (length = await conn.read(buffer)) !== null;) {
    pieces.push(buffer.slice(0, length));
  }
  return pieces;
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  while (bytes.length > 0) bytes = bytes.subarray(await conn.write(bytes));
}

/** Bytes that show when some are missing or out of order. */
function numbered(count: number): Uint8Array {
  const numbers = new Uint32Array(count);
  for (let index = 0; index < count; index++) numbers[index] = index;
  return new Uint8Array(numbers.buffer);
}

async function joined(pieces: Uint8Array[]): Promise<Uint8Array> {
  return await new Response(new Blob(pieces.map((piece) => piece.slice())))
    .bytes();
}

tlsTest(
  "a relayed connection has the addresses of the real one",
  async (certificates) => {
    const { conn, peer } = await connected(certificates);
    assertEquals(conn.remoteAddr, peer.localAddr);
    assertEquals(conn.localAddr, peer.remoteAddr);
    conn.close();
    assertEquals(conn.remoteAddr, peer.localAddr);
    peer.close();
  },
);

tlsTest(
  "a relayed connection loses nothing, either way, and half of it can be closed",
  async (certificates) => {
    const { conn, peer } = await connected(certificates);
    const sent = numbered(1_000_000);
    async function send(from: Deno.Conn): Promise<void> {
      await writeAll(from, sent);
      await from.closeWrite();
    }
    const [there, back] = await within(
      Promise.all([readAll(peer), readAll(conn), send(conn), send(peer)]),
      20_000,
    );
    assertEquals(await joined(there), sent);
    assertEquals(await joined(back), sent);
    conn.close();
    peer.close();
  },
);

tlsTest(
  "what was written before close() arrives, and then the end",
  async (certificates) => {
    const { conn, peer } = await connected(certificates);
    const sent = numbered(1_000);
    await writeAll(conn, sent);
    conn.close();
    // Without the end of TLS this would be an error.
    assertEquals(await joined(await within(readAll(peer))), sent);
    peer.close();
  },
);

tlsTest(
  "close() of a relayed connection throws the second time, and disposing of it does not",
  async (certificates) => {
    const { conn, peer } = await connected(certificates);
    conn.close();
    assertThrows(() => conn.close(), Deno.errors.BadResource);
    conn[Symbol.dispose]();
    await readAll(peer);
    peer.close();
  },
);

tlsTest("a relayed connection gives streams", async (certificates) => {
  const { conn, peer } = await connected(certificates);
  const writer = conn.writable.getWriter();
  await writer.write(numbered(10));
  await peer.read(new Uint8Array(100));
  await writeAll(peer, numbered(20));
  await peer.closeWrite();
  const received: Uint8Array[] = [];
  for await (const piece of conn.readable) received.push(piece);
  assertEquals(await joined(received), numbered(20));
  conn[Symbol.dispose]();
  peer.close();
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { Relay } from "../../src/wire/relay.ts";
import { closeEndsWrites } from "../_open_sockets.ts";
import { until, within } from "../_waiting.ts";

/** A relay to a peer, and the peer. */
async function opened(): Promise<{ relay: Relay; peer: Deno.TcpConn }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  const [real, peer] = await Promise.all([
    Deno.connect({ hostname, port }),
    listener.accept(),
  ]);
  const relay = await Relay.open(real);
  assert(relay !== undefined);
  return { relay, peer };
}

async function readAll(conn: Deno.Conn): Promise<number> {
  const buffer = new Uint8Array(10_000);
  let total = 0;
  for (let length; (length = await conn.read(buffer)) !== null;) {
    total += length;
  }
  return total;
}

Deno.test("a relay that is cut ends at once, also for a peer that reads nothing", async () => {
  const { relay, peer } = await opened();
  let written = 0;
  const writing = (async () => {
    const bytes = new Uint8Array(1_000_000);
    while (true) written += await relay.near.write(bytes);
  })().catch(() => "ended");
  await until(() => written > 0);
  relay.cut();
  assertEquals(await within(writing), "ended");
  relay.near.close();
  await within(readAll(peer));
  peer.close();
  assertEquals(relay.failure, undefined);
});

Deno.test("a relay that is closed sends what it has got", async () => {
  const { relay, peer } = await opened();
  await relay.near.write(new Uint8Array(100_000));
  relay.near.close();
  relay.close();
  assertEquals(await within(readAll(peer)), 100_000);
  peer.close();
});

Deno.test({
  name:
    "a relay that is closed does not wait for ever for a peer that reads nothing",
  ignore: !await closeEndsWrites(),
  async fn() {
    const { relay, peer } = await opened();
    let written = 0;
    const writing = (async () => {
      const bytes = new Uint8Array(1_000_000);
      while (true) written += await relay.near.write(bytes);
    })().catch(() => {});
    let before = -1;
    while (written !== before) {
      before = written;
      await until(() => written !== before, 200).catch(() => {});
    }
    relay.near.close();
    relay.close();
    await writing;
    await within(relay.sent);
    await within(readAll(peer));
    peer.close();
  },
});

Deno.test("a relay whose peer is gone ends, and knows why", async () => {
  const { relay, peer } = await opened();
  peer.close();
  await assertRejects(async () => {
    while (true) await relay.near.write(new Uint8Array(1_000));
  });
  const { error } = relay.failure ?? {};
  assert(
    error instanceof Deno.errors.BrokenPipe ||
      error instanceof Deno.errors.ConnectionReset,
  );
  relay.near.close();
  relay.close();
});

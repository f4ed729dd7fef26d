import { assertEquals, assertRejects } from "@std/assert";
import { Listening } from "../../../src/testing/server/listening.ts";

const ADDRESS = { hostname: "127.0.0.1", port: 0 };

async function connect(port: number): Promise<void> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const count = await conn.read(new Uint8Array(1));
  conn.close();
  assertEquals(count, null);
}

Deno.test("a port that refuses for a while is the same one afterwards", async () => {
  let count = 0;
  const listening = new Listening(ADDRESS, (conn) => {
    count++;
    conn.close();
  });
  const { port } = listening.addr;
  await connect(port);
  for (let round = 0; round < 3; round++) {
    await Promise.all([listening.stop(), listening.stop()]);
    assertEquals(listening.addr.port, port);
    await assertRejects(() => connect(port), Deno.errors.ConnectionRefused);
    await Promise.all([listening.start(), listening.start()]);
    await connect(port);
  }
  await listening.stop();
  assertEquals(count, 4);
});

Deno.test("a port that another program has taken in the meantime is reported as such", async () => {
  const listening = new Listening(ADDRESS, (conn) => conn.close());
  await listening.stop();
  using other = Deno.listen({ ...ADDRESS, port: listening.addr.port });
  await assertRejects(() => listening.start(), Deno.errors.AddrInUse);
  assertEquals(other.addr.port, listening.addr.port);
  await listening.stop();
});

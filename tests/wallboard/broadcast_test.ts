import { assert, assertEquals } from "@std/assert";
import { Broadcast, type Parts } from "../../examples/wallboard/broadcast.ts";
import { until } from "../_waiting.ts";

const HERE = "127.0.0.1";

/** Returns the page's content, as parts. */
function parts(shown: Record<string, unknown>): () => Parts {
  return () => new Map(Object.entries(shown));
}

/** Reads server-sent events as JSON. */
class Reader implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = "";

  constructor(response: Response) {
    assert(response.body !== null);
    this.#reader = response.body.getReader();
  }

  /** The next event without its time; `undefined` at the end. */
  async next(): Promise<Record<string, unknown> | undefined> {
    while (true) {
      const end = this.#text.indexOf("\n\n");
      if (end === -1) {
        const { done, value } = await this.#reader.read();
        if (done) return undefined;
        this.#text += this.#decoder.decode(value, { stream: true });
        continue;
      }
      const message = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      if (!message.startsWith("data: ")) continue;
      const { now, ...parts } = JSON.parse(message.slice(6));
      assert(Math.abs(now - Date.now()) < 60_000);
      return parts;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }
}

Deno.test("Broadcast sends everything at first, then what has changed", async () => {
  const shown = { calls: { total: 1 }, rate: 0 };
  using broadcast = new Broadcast(parts(shown), { interval: 5 });
  await using reader = new Reader(broadcast.connect(HERE));
  assertEquals(await reader.next(), { calls: { total: 1 }, rate: 0 });
  shown.rate = 2;
  assertEquals(await reader.next(), { rate: 2 });
  shown.calls = { total: 3 };
  assertEquals(await reader.next(), { calls: { total: 3 } });
  await using second = new Reader(broadcast.connect(HERE));
  assertEquals(await second.next(), { calls: { total: 3 }, rate: 2 });
});

Deno.test("Broadcast says nothing while nothing changes", async () => {
  let asked = 0;
  using broadcast = new Broadcast(() => new Map([["asked", asked++ && 0]]), {
    interval: 1,
  });
  await using reader = new Reader(broadcast.connect(HERE));
  await reader.next();
  let isSilent = true;
  reader.next().then(() => isSilent = false);
  while (asked < 20) await new Promise((resolve) => setTimeout(resolve, 1));
  assert(isSilent);
});

Deno.test("Broadcast asks for nothing while there is no page", async () => {
  let asked = 0;
  using broadcast = new Broadcast(() => new Map([["asked", asked++]]), {
    interval: 1,
  });
  await using other = new Reader(broadcast.connect(HERE));
  await other.next();
  await other[Symbol.asyncDispose]();
  assertEquals(broadcast.clients, 0);
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(asked, before);
});

Deno.test("Broadcast queues nothing for a page that does not read, and then sends the present state", async () => {
  let value = 0;
  using broadcast = new Broadcast(
    () => parts({ value, text: "x".repeat(10_000) + value })(),
    { interval: 1 },
  );
  await using slow = new Reader(broadcast.connect(HERE));
  await slow.next();
  await using fast = new Reader(broadcast.connect(HERE));
  for (value = 1; value < 100; value++) await fast.next();
  value = 1_000;
  // What it was sent when it read last, and then what is: nothing in between.
  const values: unknown[] = [];
  do values.push((await slow.next())?.value); while (values.at(-1) !== 1_000);
  assert(values.length <= 3, `${values}`);
});

Deno.test("Broadcast ends its pages when it is closed, and takes no more", async () => {
  using broadcast = new Broadcast(parts({ a: 1 }), { interval: 1 });
  await using reader = new Reader(broadcast.connect(HERE));
  await reader.next();
  broadcast[Symbol.dispose]();
  assertEquals(await reader.next(), undefined);
  const response = broadcast.connect(HERE);
  assertEquals(response.status, 503);
  await response.body?.cancel();
});

Deno.test("Broadcast sends null for a part that is gone", async () => {
  const shown = new Map([["calls 1", 1], ["calls 2", 2]]);
  using broadcast = new Broadcast(() => shown, { interval: 5 });
  await using reader = new Reader(broadcast.connect(HERE));
  assertEquals(await reader.next(), { "calls 1": 1, "calls 2": 2 });
  shown.delete("calls 1");
  shown.set("calls 3", 3);
  assertEquals(await reader.next(), { "calls 1": null, "calls 3": 3 });
});

Deno.test("Broadcast lets a page in though 200 readers are idle, also of its own address", async () => {
  using broadcast = new Broadcast(parts({ a: 1 }), { interval: 5 });
  const idle = Array.from({ length: 200 }, () => broadcast.connect(HERE));
  await using reader = new Reader(broadcast.connect(HERE));
  assertEquals(await reader.next(), { a: 1 });
  assertEquals(broadcast.clients, 200);
  for (const { body } of idle) await body?.cancel();
});

Deno.test("Broadcast lets the address with the most pages give way, the oldest page first", async () => {
  const shown = { a: 1 };
  using broadcast = new Broadcast(parts(shown), { interval: 5 });
  await using honest = new Reader(broadcast.connect("192.0.2.1"));
  await honest.next();
  await using oldest = new Reader(broadcast.connect("192.0.2.66"));
  await oldest.next();
  const greedy = Array.from(
    { length: 300 },
    () => broadcast.connect("192.0.2.66"),
  );
  assertEquals(await oldest.next(), undefined);
  shown.a = 2;
  assertEquals(await honest.next(), { a: 2 });
  await using late = new Reader(broadcast.connect("192.0.2.2"));
  assertEquals(await late.next(), { a: 2 });
  for (const { body } of greedy) await body?.cancel();
});

/** Serves events on a port, and asks for them over a connection of its own. */
async function serve(broadcast: Broadcast) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => broadcast.connect(HERE),
  );
  const { port } = server.addr;
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(
    new TextEncoder().encode("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
  );
  await until(() => broadcast.clients === 1);
  return { server, conn };
}

Deno.test("Broadcast holds little for a browser that does not read from the network", async () => {
  let value = 0;
  const filler = "x".repeat(200_000);
  using broadcast = new Broadcast(
    () => parts({ value: ++value, filler: value + filler })(),
    {
      interval: 1,
    },
  );
  const { server, conn } = await serve(broadcast);
  await until(() => value > 500, 20_000);
  // 100 MB have been there to be sent: what was sent fits into the network.
  const now = value;
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1 << 20);
  let received = 0;
  let last = 0;
  while (last <= now) {
    const count = await conn.read(buffer);
    assert(count !== null);
    received += count;
    const text = decoder.decode(buffer.subarray(0, count), { stream: true });
    for (const [, found] of text.matchAll(/"value":(\d+),/g)) {
      last = Number(found);
    }
  }
  assert(received < 40_000_000, `${received}`);
  conn.close();
  await until(() => broadcast.clients === 0);
  await server.shutdown();
});

Deno.test("Broadcast forgets a browser that is gone", async () => {
  let value = 0;
  using broadcast = new Broadcast(() => new Map([["value", value++]]), {
    interval: 5,
  });
  const { server, conn } = await serve(broadcast);
  conn.close();
  await until(() => broadcast.clients === 0);
  await server.shutdown();
});

import { jetstreamManager } from "@nats-io/jetstream";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type BusItem, NatsBus } from "../../src/nats/nats.ts";
import { within } from "../_waiting.ts";
import { Bridged } from "./_bridged.ts";
import { natsTest } from "./_nats.ts";

/** Reads items until a number of events has come. */
async function take(
  items: AsyncIterable<BusItem>,
  count: number,
): Promise<BusItem[]> {
  const taken: BusItem[] = [];
  let events = 0;
  for await (const item of items) {
    taken.push(item);
    if (item.event?.Event === "UserEvent" && ++events === count) break;
  }
  return taken;
}

function numbers(items: readonly BusItem[]): number[] {
  return items.flatMap(({ event }) =>
    event?.Event === "UserEvent" ? [Number(event.N)] : []
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

natsTest(
  "events() reads what is published from then on, or before",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { pbx, bus } = bridged;
    pbx.send(10);
    await test.stored(10);
    const now = bus.events();
    await now.opened;
    pbx.send(10);
    assertEquals(numbers(await within(take(now, 10))), range(11, 20));
    const all = await within(take(bus.events({ since: "all" }), 20));
    assertEquals(numbers(all), range(1, 20));
    const since = all.find(({ event }) => event?.N === 15)?.at;
    const late = bus.events({ pbx: "berlin", since: since ?? new Date() });
    const [first] = numbers(await within(take(late, 1)));
    assert((first ?? 0) <= 15);
  },
);

natsTest(
  "an item has the name of the PBX, an id, and the event as it was",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const items = bridged.bus.events({ name: "UserEvent" });
    await items.opened;
    bridged.pbx.server.emit({
      Event: "UserEvent",
      UserEvent: "Odd",
      Text: 'ü "\\" €',
      Twice: ["a", "b"],
    });
    const [item] = await within(take(items, 1));
    assertEquals(item?.pbx, "berlin");
    assertEquals(/^berlin:\d+:\d+$/.test(item?.id ?? ""), true);
    assertEquals(item?.event, {
      Event: "UserEvent",
      UserEvent: "Odd",
      Text: 'ü "\\" €',
      Twice: ["a", "b"],
    });
  },
);

natsTest("a durable reader goes on where it has acknowledged", async (test) => {
  await using bridged = await Bridged.start(test);
  const { pbx, bus } = bridged;
  const options = { durable: "cdr", since: "all", name: "UserEvent" } as const;
  pbx.send(5);
  const first = await within(take(bus.events(options), 5));
  for (const item of first.filter(({ event }) => Number(event?.N) <= 3)) {
    item.ack();
  }
  pbx.send(5);
  await test.stored(10);
  // What was not acknowledged is delivered again as soon as its time is over.
  const second = bus.events({ ...options, autoAck: true });
  assertEquals(numbers(await within(take(second, 5))), range(6, 10));
});

natsTest("a durable reader that was away too long gets a gap", async (test) => {
  await using bridged = await Bridged.start(test, {
    stream: { maxAge: 1_000 },
  });
  const { pbx, bus } = bridged;
  const options = {
    durable: "late",
    since: "all",
    pbx: "berlin",
    autoAck: true,
  } as const;
  const first = bus.events(options);
  await first.opened;
  pbx.send(5);
  await within(take(first, 5));
  pbx.send(100);
  await test.stored(105);
  const jsm = await jetstreamManager(await test.connect());
  while ((await jsm.streams.info("DAMI")).state.messages > 0);
  const second = bus.events(options);
  await second.opened;
  pbx.send(10);
  const items = await within(take(second, 10));
  assertEquals(numbers(items), range(106, 115));
  assertEquals(items[0]?.gap?.reason, "retention");
  assertEquals(items.filter(({ gap }) => gap !== undefined).length, 1);
});

natsTest(
  "a reader survives NATS that is killed and restarted",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { pbx, bus } = bridged;
    const items = bus.events();
    await items.opened;
    const reading = take(items, 3_000);
    pbx.start(10, 5);
    await test.stored(500);
    await test.server.kill();
    await test.server.restart();
    const read = await within(reading, 30_000);
    pbx.stop();
    assertEquals(numbers(read), range(1, 3_000));
    assertEquals(read.some(({ gap }) => gap !== undefined), false);
  },
);

natsTest(
  "a reader ends by break, by its signal, and by what cannot be read",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { bus } = bridged;
    const controller = new AbortController();
    const items = bus.events({ signal: controller.signal });
    const next = items.next();
    controller.abort(new Error("enough"));
    await assertRejects(() => within(next), Error, "enough");
    await assertRejects(() => within(items.next()), Error, "enough");
    const other = await NatsBus.open(await test.connect(), { stream: "NONE" });
    await assertRejects(
      () => within(other.events().next()),
      Error,
      "not found",
    );
    other.close();
  },
);

natsTest("options that cannot be used are refused", async (test) => {
  const nats = await test.connect();
  using bus = await NatsBus.open(nats);
  assertThrows(() => bus.events({ pbx: "a.b" }), TypeError, "pbx");
  assertThrows(() => bus.events({ name: "*" }), TypeError, "name");
  assertThrows(() => bus.events({ durable: "" }), TypeError, "durable");
  assertThrows(
    () => bus.events({ since: new Date(NaN) }),
    TypeError,
    "since",
  );
  assertThrows(() => bus.pbx("a b"), TypeError, "pbx");
  await assertRejects(
    () => NatsBus.open(nats, { caller: "a.b" }),
    TypeError,
    "caller",
  );
});

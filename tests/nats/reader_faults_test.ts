import { jetstreamManager } from "@nats-io/jetstream";
import { assert, assertEquals } from "@std/assert";
import type { BusEvents, BusItem } from "../../src/nats/nats.ts";
import { until, within } from "../_waiting.ts";
import { Bridged } from "./_bridged.ts";
import { natsTest } from "./_nats.ts";

/** Reads items until there are enough events, and may acknowledge them. */
async function read(
  items: BusEvents,
  count: number,
  isDone = false,
): Promise<BusItem[]> {
  const taken: BusItem[] = [];
  let events = 0;
  while (events < count) {
    const { value, done } = await items.next();
    if (done === true) break;
    taken.push(value);
    if (isDone) value.ack();
    if (value.event !== undefined) events++;
  }
  return taken;
}

function numbers(items: readonly BusItem[]): number[] {
  return items.flatMap(({ event }) => event === undefined ? [] : event.N)
    .map(Number);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

natsTest(
  "a reader that never acknowledges is held up alone, and gets everything again",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { pbx, bus } = bridged;
    const name = "UserEvent";
    const stuck = bus.events({ name, durable: "stuck", since: "all" });
    const diligent = bus.events({ name, durable: "diligent", since: "all" });
    const plain = bus.events({ name });
    await Promise.all([stuck.opened, diligent.opened, plain.opened]);
    // So long a test would take.
    const jsm = await jetstreamManager(await test.connect());
    await jsm.consumers.update("DAMI", "stuck", { ack_wait: 5_000_000_000 });
    const all: BusItem[] = [];
    let isOver = false;
    const reading = (async () => {
      for await (const item of stuck) {
        all.push(item);
        if (isOver) break;
      }
    })();
    const others = Promise.all([
      read(diligent, 12_000, true),
      read(plain, 12_000),
    ]);
    for (let time = 0; time < 12; time++) pbx.send(1_000);
    for (const items of await within(others, 60_000)) {
      assertEquals(numbers(items), range(1, 12_000));
    }
    // More than 10,000 without an acknowledgement are not delivered.
    await until(() => all.some(({ redelivered }) => redelivered), 30_000);
    const first = all.findIndex(({ redelivered }) => redelivered);
    const delivered = numbers(all.slice(0, first));
    assertEquals(delivered.length, new Set(delivered).size);
    assert(first <= 10_000, `${first} were delivered`);
    const ids = new Set(all.slice(0, first).map(({ id }) => id));
    assert(all.slice(first).every(({ id }) => ids.has(id)));
    isOver = true;
    pbx.send(1);
    await test.stored(12_001);
    for (const items of [stuck, diligent, plain]) await items.return();
    await within(reading, 20_000);
    assertEquals(bridged.bridge.stats().pbxs.get("berlin")?.spooled, 0);
  },
);

natsTest(
  "a reader of some events that is slower than the retention gets a gap",
  async (test) => {
    await using bridged = await Bridged.start(test, {
      stream: { maxAge: 2_000 },
    });
    const { pbx, bus } = bridged;
    const items = bus.events({
      name: "UserEvent",
      durable: "slow",
      pbx: "berlin",
    });
    await items.opened;
    pbx.send(10);
    const first = await within(read(items, 10, true));
    assertEquals(numbers(first), range(1, 10));
    assertEquals(first.some(({ gap }) => gap !== undefined), false);
    // It does something else, for longer than events are kept.
    pbx.send(500);
    await test.stored(510);
    const jsm = await jetstreamManager(await test.connect());
    while ((await jsm.streams.info("DAMI")).state.messages > 0);
    pbx.send(10);
    await test.stored(520);
    // Those that it had asked for were under way to it already.
    const second = await within(read(items, 100, true), 40_000);
    assertEquals(numbers(second), [...range(11, 100), ...range(511, 520)]);
    const gaps = second.filter(({ gap }) => gap !== undefined);
    assertEquals(gaps.map(({ gap }) => gap?.reason), ["retention"]);
    assertEquals(second.findIndex(({ gap }) => gap !== undefined), 90);
    assertEquals(gaps[0]?.pbx, "berlin");
    await items.return();
  },
);

natsTest(
  "a reader of rare events finds no gap where it has missed nothing",
  async (test) => {
    await using bridged = await Bridged.start(test, {
      stream: { maxAge: 2_000 },
    });
    const { pbx, bus } = bridged;
    const items = bus.events({ name: "Hangup", pbx: "berlin" });
    await items.opened;
    const reading = read(items, 2);
    pbx.server.emit({ Event: "Hangup", Channel: "1" });
    pbx.send(500);
    await test.stored(500);
    const jsm = await jetstreamManager(await test.connect());
    while ((await jsm.streams.info("DAMI")).state.messages > 0);
    pbx.server.emit({ Event: "Hangup", Channel: "2" });
    const all = await within(reading);
    assertEquals(all.length, 2);
    await items.return();
  },
);

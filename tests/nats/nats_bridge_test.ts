import { assertEquals } from "@std/assert";
import { NatsBridge } from "../../src/nats/nats.ts";
import { TestFleet } from "../fleet/_fleet.ts";
import { until } from "../_waiting.ts";
import { accountOf, assertComplete, natsTest } from "./_nats.ts";

natsTest(
  "a bridge publishes the events of each PBX in their order",
  async (bus) => {
    const nats = await bus.connect();
    await using test = new TestFleet();
    await using bridge = new NatsBridge({ nats, fleet: test.fleet });
    await bridge.start();
    await test.fleet.start();
    await until(() => bridge.holds("berlin") && bridge.holds("wien"));
    for (let N = 1; N <= 1_000; N++) {
      test.server("berlin").emit({ Event: "UserEvent", N, Text: 'a "ü" \\ :' });
      if (N <= 10) test.server("wien").emit({ Event: "UserEvent", N });
    }
    await bus.stored(1_000);
    await bus.stored(10, "wien");
    const kept = await bus.read();
    const berlin = accountOf(kept);
    assertEquals(berlin.numbers.length, 1_000);
    assertComplete(berlin, 1_000);
    assertEquals(accountOf(kept, "wien").numbers.length, 10);
    assertEquals(berlin.epochs, 1);
    const [event] = kept.filter(({ subject }) =>
      subject === "dami.event.berlin.UserEvent"
    );
    assertEquals(JSON.parse(event?.payload ?? ""), {
      Event: "UserEvent",
      N: 1,
      Text: 'a "ü" \\ :',
    });
  },
);

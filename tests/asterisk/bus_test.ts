import { assertEquals, assertRejects } from "@std/assert";
import { AmiConnectionError, AmiResponseError } from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, NatsBus } from "../../src/nats/nats.ts";
import { hasNats, TestBus } from "../nats/_nats.ts";
import { asteriskTest } from "./_asterisk.ts";
import { eventually } from "./_live.ts";

if (hasNats) {
  asteriskTest(
    "an action over the bus is refused by manager.conf where the bridge allows it, and by the bridge where not",
    async (asterisk) => {
      await using bus = await TestBus.start();
      // Its user in manager.conf may not write.
      await using fleet = new Fleet({ pbx: asterisk.options }, {
        ...asterisk.credentials,
        username: "watcher",
      });
      await fleet.start();
      const bridge = new NatsBridge({
        nats: await bus.connect(),
        fleet,
        actions: { allow: ["Getvar", "Setvar"] },
      });
      await using _bridge = await bridge.start();
      using reader = await NatsBus.open(await bus.connect());
      const pbx = reader.pbx("pbx");
      await eventually(() => pbx.state === "ready", "a bridge");
      assertEquals(await pbx.ping(), true);
      const variable = { Variable: "OVER_THE_BUS", Value: "hello" };
      const refused = await assertRejects(
        () => pbx.to("Setvar", variable),
        AmiResponseError,
      );
      assertEquals(refused.action, "Setvar");
      assertEquals(refused.response.Message, "Permission denied");
      const forbidden = await assertRejects(
        () => pbx.to("Reload"),
        AmiConnectionError,
      );
      assertEquals([forbidden.failure, forbidden.outcome], [
        "not-permitted",
        "not-sent",
      ]);
      // Asterisk has not done it.
      const shown = await asterisk.console("dialplan show globals");
      assertEquals(shown.includes("OVER_THE_BUS"), false, shown);
    },
  );
}

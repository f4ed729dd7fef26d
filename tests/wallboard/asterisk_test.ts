import { assert, assertEquals } from "@std/assert";
import { Wallboard } from "../../examples/wallboard/wallboard.ts";
import { until } from "../_waiting.ts";
import { ownAsteriskTest } from "../asterisk/_asterisk.ts";

/** The time that Asterisk may take for anything (milliseconds). */
const DEADLINE = 20_000;

ownAsteriskTest(
  "The wallboard shows what a real Asterisk does",
  async (asterisk) => {
    await using wallboard = await Wallboard.start({
      pbxs: { asterisk: { ...asterisk.options, ...asterisk.credentials } },
    });
    await wallboard.connect();
    const queue = (wanted: string) =>
      wallboard.shown().queues.find(({ name }) => name === wanted);
    const live = wallboard.live?.pbx("asterisk");
    assertEquals([...live?.problems ?? []], []);
    await using dami = await asterisk.connect();
    const callQueue = (name: string) =>
      dami.to("Originate", {
        Channel: "Local/hold@tests",
        Application: "Queue",
        Data: name,
        CallerID: "Ann <100>",
        Async: true,
      });

    // Nobody serves this queue: its caller gives up.
    await callQueue("sales");
    await until(() => queue("sales")?.waiting === 1, DEADLINE);
    const { calls } = wallboard.shown();
    assertEquals(calls.map(({ state, to }) => [state, to.name]), [
      ["waiting", "sales"],
    ]);
    const since = queue("sales")?.longestSince ?? 0;
    assert(Math.abs(Date.now() - since) < DEADLINE);
    const [, ...channels] = await dami.to("CoreShowChannels");
    for (const { Event, Channel } of channels) {
      // Others of the same call go with the first.
      if (Event !== "CoreShowChannel" || Channel === undefined) continue;
      await dami.to("Hangup", { Channel: String(Channel) }).catch(() => {});
    }
    await until(() => wallboard.shown().calls.length === 0, DEADLINE);
    assertEquals(queue("sales")?.lost, 1);

    await callQueue("quick");
    await until(() => queue("quick")?.answered === 1, DEADLINE);
    await until(() => wallboard.shown().calls.length === 0, DEADLINE);

    const agent = () =>
      wallboard.shown().agents.find(({ name }) => name === "Quick Answer");
    // The state of the device follows a moment after the call.
    await until(() => agent()?.state === "free", DEADLINE);
    await dami.to("QueuePause", {
      Interface: "Local/answer@tests",
      Paused: true,
      Reason: "Lunch",
    });
    await until(() => agent()?.state === "paused", DEADLINE);
    assertEquals(agent()?.reason, "Lunch");
    assertEquals(queue("quick")?.free, 0);
  },
  { lean: false },
);

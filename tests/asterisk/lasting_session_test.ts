import { assert, assertEquals, assertRejects } from "@std/assert";
import { AmiResponseError } from "../../mod.ts";
import { DEADLINE } from "./_arrivals.ts";
import { asteriskTest, ownAsteriskTest } from "./_asterisk.ts";
import {
  assertGapless,
  IMPATIENT,
  LifecycleLog,
  LONG_SILENCE,
  Observed,
  Series,
} from "./_survival.ts";
import { TcpProxy } from "./_tcp_proxy.ts";

ownAsteriskTest("a reload ends no session", async (asterisk) => {
  await using observed = await Observed.connect(asterisk);
  const { dami, lifecycle, log } = observed;
  {
    await using series = new Series(asterisk);
    for (
      const command of ["manager reload", "dialplan reload", "core reload"]
    ) {
      await series.caughtUp(log);
      await asterisk.console(command);
      assert(await dami.ping());
    }
    const [{ Message }] = await dami.to("Reload", { Module: "manager" });
    assertEquals(Message, "Module Reloaded");
    await series.caughtUp(log);
    const numbers = series.numbers(log.items);
    assertEquals(numbers[0], 0);
    assertGapless(numbers);
  }
  assertEquals(lifecycle.items, []);
});

asteriskTest(
  "a session that an Originate blocks is not dead",
  async (asterisk) => {
    await using observed = await Observed.connect(asterisk);
    const { dami, lifecycle } = observed;
    const begin = performance.now();
    const originate = assertRejects(
      () =>
        dami.to("Originate", {
          Channel: "Local/ring@tests",
          Application: "Wait",
          Data: 60,
          Timeout: LONG_SILENCE,
        }),
      AmiResponseError,
    );
    const [behind] = await dami.to("CoreStatus");
    assertEquals(behind.Response, "Success");
    const { response } = await originate;
    assertEquals(response.Message, "Originate failed");
    assert(performance.now() - begin >= LONG_SILENCE);
    assertEquals(lifecycle.items, []);
  },
);

ownAsteriskTest(
  "a session that a WaitEvent blocks is not dead",
  async (asterisk) => {
    for (const keepAlive of [false, IMPATIENT.keepAlive]) {
      await using observed = await Observed.connect(asterisk, {
        events: false,
        keepAlive,
      });
      const { dami, lifecycle } = observed;
      const deadline = performance.now() + DEADLINE;
      let took = 0;
      // An event of anybody ends it early, such as that of our own login.
      do {
        const begin = performance.now();
        const [response, ...events] = await dami.to("WaitEvent", {
          Timeout: Math.ceil(LONG_SILENCE / 1_000),
        });
        assertEquals(response.Response, "Success");
        assertEquals(events.at(-1)?.Event, "WaitEventComplete");
        took = performance.now() - begin;
        // So does any action that comes in, and hence a Ping (main/manager.c, action_waitevent).
      } while (
        !keepAlive && took < LONG_SILENCE && performance.now() < deadline
      );
      if (!keepAlive) assert(took >= LONG_SILENCE);
      assert(await dami.ping());
      assertEquals(lifecycle.items, []);
    }
  },
);

asteriskTest("a silent session is kept alive", async (asterisk) => {
  const pongs: string[] = [];
  const enough = Promise.withResolvers<void>();
  await using dami = await asterisk.connect({
    ...IMPATIENT,
    events: false,
    onLine: (line) => {
      if (line !== "Ping: Pong") return;
      pongs.push(line);
      if (pongs.length === 3) enough.resolve();
    },
  });
  const lifecycle = new LifecycleLog(dami);
  const timer = setTimeout(
    () => enough.reject(new Error("Waited in vain for answers to Ping")),
    DEADLINE,
  );
  await enough.promise;
  clearTimeout(timer);
  assertEquals(lifecycle.items, []);
});

asteriskTest(
  "a user that may log in only once comes back when the PBX has let go",
  async (asterisk) => {
    await using proxy = new TcpProxy(asterisk.options);
    const lines: string[] = [];
    await using dami = await asterisk.connectAs("single", {
      ...IMPATIENT,
      ...proxy.options,
      onLine: (line) => {
        lines.push(line);
        // The PBX still takes the first connection for a living one.
        if (line === "Message: Login Already In Use") proxy.dropOrphans();
      },
    });
    const lifecycle = new LifecycleLog(dami);
    proxy.dropClients();
    await lifecycle.first("gap");
    assert(lines.includes("Message: Login Already In Use"));
    assert(await dami.ping());
    assert(lifecycle.of("reconnecting").length >= 2);
  },
);

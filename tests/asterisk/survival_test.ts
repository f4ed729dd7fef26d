import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import {
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
  DAMI,
} from "../../mod.ts";
import type { Asterisk } from "../../tools/asterisk_instance.ts";
import { Arrivals } from "./_arrivals.ts";
import { type AsteriskContext, ownAsteriskTest } from "./_asterisk.ts";
import {
  assertStreamComplete,
  IMPATIENT,
  LifecycleLog,
  Observed,
} from "./_survival.ts";
import { TcpProxy } from "./_tcp_proxy.ts";

/** The number of lists that are asked for at once. */
const LISTS = 300;

/** Gives an order to the console of an Asterisk that may end before it answers. */
async function order(asterisk: AsteriskContext, command: string) {
  await asterisk.console(command).catch(() => {});
}

ownAsteriskTest(
  "a PBX that is killed in the middle of answers",
  async (asterisk, process) => {
    await using observed = await Observed.connect(asterisk);
    const { dami, lifecycle } = observed;
    const lists = Array.from(
      { length: LISTS },
      () => dami.to("ShowDialPlan"),
    );
    const call = dami.originate({
      Channel: "Local/ring@tests",
      Application: "Wait",
      Data: 60,
    });
    // While it rings, Asterisk answers nothing that comes after it.
    const blocking = dami.to("Originate", {
      Channel: "Local/ring@tests",
      Application: "Wait",
      Data: 60,
    });
    const blocked = dami.to("CoreStatus");
    const settled = Promise.allSettled([...lists, call, blocking, blocked]);
    await lists[0];
    await process.kill();
    const outcomes = await settled;
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    assert(lost.length >= 3);
    for (const { reason } of lost) {
      assertInstanceOf(reason, AmiConnectionError);
      assertEquals(reason.outcome, "unknown");
      assertEquals(reason.failure, "lost");
    }
    for (const outcome of outcomes.slice(-3)) {
      assertEquals(outcome.status, "rejected");
    }

    const { state, detail } = await lifecycle.first("disconnect");
    assertEquals(state, "reconnecting");
    assertEquals(detail.reason, "lost");
    assertEquals(detail.error?.failure, "lost");
    // These two are called while there is no connection.
    const waiting = dami.to("CoreStatus");
    const impatient = await assertRejects(
      () => dami.to("CoreStatus", {}, { timeout: 50 }),
      AmiTimeoutError,
    );
    assertEquals(impatient.outcome, "not-sent");
    assertEquals(dami.state, "reconnecting");

    await assertStreamComplete(asterisk, observed, () => process.start());
    const [{ Response }] = await waiting;
    assertEquals(Response, "Success");
    await observed.assertBack();
  },
);

/** The orders by which a PBX ends. */
const ENDS: readonly {
  command: string;
  restart: (process: Asterisk) => Promise<void>;
}[] = [
  // It replaces its program, and keeps its process.
  { command: "core restart now", restart: async () => {} },
  ...["core stop now", "core stop gracefully"].map((command) => ({
    command,
    restart: async (process: Asterisk) => {
      await process.ended();
      await process.start();
    },
  })),
];

for (const { command, restart } of ENDS) {
  ownAsteriskTest(`'${command}'`, async (asterisk, process) => {
    await using observed = await Observed.connect(asterisk);
    await order(asterisk, command);
    const { state, detail } = await observed.lifecycle.first("disconnect");
    assertEquals(state, "reconnecting");
    assertEquals(detail.reason, "lost");
    // Asterisk mostly comes to send the event Shutdown, but not always.
    const { failure } = detail.error ?? {};
    assert(failure === "shutdown" || failure === "lost", failure);
    await assertStreamComplete(asterisk, observed, () => restart(process));
    await observed.assertBack();
  });
}

ownAsteriskTest(
  "a PBX that greets and refuses as it shuts down",
  async (asterisk, process) => {
    await using proxy = new TcpProxy(asterisk.options);
    const refusals = new Arrivals<string>();
    await using observed = await Observed.connect(asterisk, {
      ...proxy.options,
      onLine: (line) => {
        if (line.endsWith("Asterisk is shutting down")) refusals.add(line);
      },
    });
    const { dami, lifecycle } = observed;
    const { outcome } = await dami.originate({
      Channel: "Local/hold@tests",
      Application: "Wait",
      Data: 60,
    });
    assertEquals(outcome, "answered");
    // It waits for the end of the call, and runs no action meanwhile.
    const ordered = order(asterisk, "core stop gracefully");
    while (refusals.items.length === 0) {
      await dami.to("CoreStatus").catch((error) => {
        assertInstanceOf(error, AmiResponseError);
      });
    }
    assertEquals(lifecycle.items, []);
    const before = refusals.items.length;
    proxy.dropClients();
    await lifecycle.first("disconnect");
    await refusals.find(() => refusals.items.length > before, "refusal");
    assertEquals(dami.state, "reconnecting");
    await process.kill();
    await ordered;
    await process.start();
    await observed.assertBack();
  },
);

ownAsteriskTest("a PBX that stands still", async (asterisk, process) => {
  await using observed = await Observed.connect(asterisk);
  const { lifecycle } = observed;
  const begin = performance.now();
  await process.suspend();
  const { state, detail } = await lifecycle.first("disconnect");
  const took = performance.now() - begin;
  assertEquals(state, "reconnecting");
  assertEquals(detail.reason, "lost");
  assertEquals(detail.error?.failure, "no-answer");
  const { interval, timeout } = IMPATIENT.keepAlive;
  assert(took >= timeout && took < 10 * (interval + timeout), `${took} ms`);
  await assertStreamComplete(asterisk, observed, () => {
    process.resume();
    return Promise.resolve();
  });
  await observed.assertBack();
});

ownAsteriskTest(
  "the event mask and filters hold after a reconnection",
  async (asterisk, process) => {
    await using observed = await Observed.connect(asterisk);
    const { dami, lifecycle, log } = observed;
    await dami.to("Events", { EventMask: "user,system" });
    await dami.to("Filter", { Operation: "Add", Filter: "!Mark: hidden" });
    const begin = log.items.length;
    const scene = async () => {
      const end = crypto.randomUUID();
      await using raw = await asterisk.connectRaw();
      await raw.send([["Action", "UserEvent"], ["UserEvent", "Filtered"], [
        "Mark",
        "hidden",
      ]]);
      await raw.send([
        ["Action", "Originate"],
        ["Channel", "Local/answer@tests"],
        ["Application", "Wait"],
        ["Data", "60"],
      ]);
      await raw.send([["Action", "UserEvent"], ["UserEvent", "Filtered"], [
        "Mark",
        end,
      ]]);
      await log.named("UserEvent", "Mark", end);
      // They have come here, so they were sent.
      for (const sent of ["hidden", "Newchannel", end]) {
        await raw.find((frame) => frame.some(([, v]) => v === sent), sent);
      }
    };
    await scene();
    await process.kill();
    await process.start();
    await lifecycle.first("login");
    await scene();
    await observed.assertBack();
    const events = log.items.slice(begin);
    assertEquals(events.filter(({ Mark }) => Mark === "hidden"), []);
    assertEquals(events.filter(({ Event }) => Event === "Newchannel"), []);
    assertEquals(
      events.filter(({ UserEvent }) => UserEvent === "Filtered").length,
      2,
    );
  },
);

ownAsteriskTest(
  "a service that starts before its PBX",
  async (asterisk, process) => {
    await process.kill();
    await using dami = new DAMI({
      ...IMPATIENT,
      ...asterisk.options,
      reconnect: { ...IMPATIENT.reconnect, firstConnection: true },
    });
    const lifecycle = new LifecycleLog(dami);
    const ready = dami.connectAndLogin(asterisk.credentials);
    // The first attempt has failed.
    await lifecycle.first("reconnecting");
    assert(dami.state !== "ready");
    await process.start();
    await ready;
    assertEquals(dami.state, "ready");
    assert(await dami.ping());
    assertEquals(lifecycle.of("gap"), []);
    assertEquals(lifecycle.of("disconnect"), []);
  },
);

ownAsteriskTest(
  "without 'reconnect' a PBX that is killed is the end",
  async (asterisk, process) => {
    await using observed = await Observed.connect(asterisk, {
      reconnect: false,
    });
    const { dami, lifecycle } = observed;
    await process.kill();
    const { state, detail } = await lifecycle.first("disconnect");
    assertEquals(state, "closed");
    assertEquals(detail.error?.failure, "lost");
    await lifecycle.first("close");
    assertEquals(await dami.ping(), false);
    await assertRejects(() => dami.to("CoreStatus"));
    assertEquals(lifecycle.of("reconnecting"), []);
  },
);

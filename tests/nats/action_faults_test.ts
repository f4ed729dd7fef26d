import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import {
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
} from "../../mod.ts";
import { NatsBus, type RemotePbx } from "../../src/nats/nats.ts";
import { settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import { Bridged } from "./_bridged.ts";
import { BridgeProcess, TTL } from "./_bridges.ts";
import { natsTest, type TestBus } from "./_nats.ts";
import { NumberedPbx } from "./_numbered.ts";

const ADD = { Queue: "support", Interface: "PJSIP/1" };

/** Starts a bridge in a process of its own, which may add members to queues. */
function startBridge(test: TestBus, pbx: NumberedPbx): Promise<BridgeProcess> {
  return BridgeProcess.start({
    nats: test.server.address,
    pbxs: { berlin: pbx.server.port },
    options: { actions: { allow: ["QueueAdd"] } },
  });
}

/** A bridge in a process of its own, and the PBX as a program on the bus has it. */
async function held(
  test: TestBus,
  pbx: NumberedPbx,
  stack: AsyncDisposableStack,
): Promise<{ bridge: BridgeProcess; berlin: RemotePbx }> {
  const bridge = stack.use(await startBridge(test, pbx));
  await until(() => bridge.holds());
  const bus = stack.use(await NatsBus.open(await test.connect()));
  const berlin = bus.pbx("berlin");
  await until(() => berlin.state === "ready");
  return { bridge, berlin };
}

natsTest(
  "an action of a bridge that dies settles by its timeout and a second",
  async (test) => {
    await using pbx = new NumberedPbx();
    await using stack = new AsyncDisposableStack();
    const { bridge, berlin } = await held(test, pbx, stack);
    pbx.server.on("QueueAdd", () => undefined);
    const begin = performance.now();
    const waiting = settled(berlin.to("QueueAdd", ADD, { timeout: 500 }));
    await pbx.server.next("QueueAdd");
    bridge.signal("SIGKILL");
    const error = await within(waiting);
    const took = performance.now() - begin;
    assertInstanceOf(error, AmiTimeoutError);
    assertEquals(error.outcome, "unknown");
    assert(took > 1_400 && took < 2_500, `It took ${took} ms`);
  },
);

natsTest(
  "an action of a bridge that dies settles when the lease is over, however long it would wait",
  async (test) => {
    await using pbx = new NumberedPbx();
    await using stack = new AsyncDisposableStack();
    const { bridge, berlin } = await held(test, pbx, stack);
    pbx.server.on("QueueAdd", () => undefined);
    const waiting = settled(berlin.to("QueueAdd", ADD, { timeout: Infinity }));
    await pbx.server.next("QueueAdd");
    bridge.signal("SIGKILL");
    const begin = performance.now();
    const error = await within(waiting, 20_000);
    const took = performance.now() - begin;
    assertInstanceOf(error, AmiConnectionError);
    assertEquals([error.failure, error.outcome], ["lost", "unknown"]);
    assert(took < TTL + 3_000, `It took ${took} ms`);
    assertEquals(berlin.stats().actionsPending, 0);
  },
);

natsTest(
  "an action of a bridge that is stopped settles, and another one goes to the next bridge",
  async (test) => {
    await using pbx = new NumberedPbx();
    await using stack = new AsyncDisposableStack();
    const { bridge, berlin } = await held(test, pbx, stack);
    await using next = await startBridge(test, pbx);
    pbx.server.on("QueueAdd", () => undefined);
    const waiting = settled(berlin.to("QueueAdd", ADD, { timeout: 20_000 }));
    await pbx.server.next("QueueAdd");
    bridge.signal("SIGTERM");
    const error = await within(waiting);
    assertInstanceOf(error, AmiConnectionError);
    assertEquals(error.outcome, "unknown");
    await until(() => next.holds());
    pbx.server.on("QueueAdd", () => ({ Response: "Success", Message: "Done" }));
    await until(() => berlin.state === "ready");
    const [response] = await within(berlin.to("QueueAdd", ADD));
    assertEquals(response.Message, "Done");
  },
);

natsTest(
  "a bridge that slept says nothing about an action that the next one performs",
  async (test) => {
    await using pbx = new NumberedPbx();
    await using stack = new AsyncDisposableStack();
    const { bridge, berlin } = await held(test, pbx, stack);
    await using next = await startBridge(test, pbx);
    const answered = Promise.withResolvers<void>();
    let count = 0;
    pbx.server.on("QueueAdd", async () => {
      count++;
      await answered.promise;
      return { Response: "Success", Message: "Added" };
    });
    bridge.signal("SIGSTOP");
    await until(() => next.holds(), TTL + 5_000);
    await until(() => berlin.state === "ready");
    const waiting = settled(berlin.to("QueueAdd", ADD));
    await until(() => count === 1);
    // It finds the request, too.
    bridge.signal("SIGCONT");
    await until(() => !bridge.holds(), 10_000);
    answered.resolve();
    assertEquals(await within(waiting), "resolved");
    assertEquals(count, 1);
  },
);

natsTest(
  "each of the three that refuse an action says so, and only the PBX is sent it",
  async (test) => {
    await using bridged = await Bridged.start(test, {
      actions: { allow: ["QueueAdd", "Originate"] },
    }, { user: "operator" });
    const { server } = bridged.pbx;
    const sent: string[] = [];
    for (const action of ["QueueAdd", "Originate", "QueueRemove"]) {
      server.on(action, () => {
        sent.push(action);
        return { Response: "Error", Message: "Permission denied" };
      });
    }
    const berlin = bridged.bus.pbx("berlin");
    await until(() => berlin.state === "ready");
    const byNats = await settled(
      berlin.originate({ Channel: "PJSIP/1", Application: "Echo" }),
    );
    assertInstanceOf(byNats, AmiConnectionError);
    assertEquals([byNats.failure, byNats.outcome, byNats.message], [
      "not-permitted",
      "not-sent",
      'Cannot send action "Originate" to PBX "berlin": NATS does not let its user publish on dami.do.berlin.Originate',
    ]);
    const byBridge = await settled(berlin.to("QueueRemove", ADD));
    assertInstanceOf(byBridge, AmiConnectionError);
    assertEquals([byBridge.failure, byBridge.outcome, byBridge.message], [
      "not-permitted",
      "not-sent",
      `The bridge does not allow the action "QueueRemove": add it to the option 'actions' of the bridge`,
    ]);
    const byPbx = await settled(berlin.to("QueueAdd", ADD));
    assertInstanceOf(byPbx, AmiResponseError);
    assertEquals(byPbx.response.Message, "Permission denied");
    assertEquals(byPbx.action, "QueueAdd");
    assertEquals(sent, ["QueueAdd"]);
  },
  {
    configuration: `
authorization {
  users = [
    { user: "bridge", password: "bridge" }
    { user: "operator", password: "operator", permissions: {
        publish: ["$JS.API.>", "dami.do.*.QueueAdd", "dami.do.*.QueueRemove"]
        subscribe: ["_INBOX.>"] } }
  ]
}`,
  },
);

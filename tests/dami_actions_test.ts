import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
  DAMI,
  UNPARSED_LINES,
} from "../mod.ts";
import { actionsOf, answerAll, loggedIn, success } from "./_dami.ts";
import type { ScriptedPeer } from "./_scripted_server.ts";
import { until, within } from "./_waiting.ts";

Deno.test("to() resolves with the response", async () => {
  await using session = await loggedIn(async (peer) => {
    const [action] = await actionsOf(peer, 1);
    assert(action !== undefined);
    assertEquals(action.lines[0], "Action: Getvar");
    assert(action.lines[1]?.startsWith("ActionID: dami-"));
    assertEquals(action.lines.slice(2), ["Variable: EPOCH"]);
    await success(peer, action, "Variable: EPOCH", "Value: 1795364857");
    await peer.closed();
  });
  const result = await session.dami.to("Getvar", { Variable: "EPOCH" });
  assertEquals(result.length, 1);
  const [response] = result;
  assertEquals(response.Value, "1795364857");
  assert(String(response.ActionID).startsWith("dami-"));
});

Deno.test("to() resolves with the response, the items and the completion of a list", async () => {
  await using session = await loggedIn(async (peer) => {
    const [action] = await actionsOf(peer, 1);
    assert(action !== undefined);
    const id = `ActionID: ${action.id}`;
    await success(peer, action, "EventList: start", "Message: Will follow");
    await peer.frame("Event: QueueParams", "Queue: support", id);
    await peer.frame("Event: Hangup", "Uniqueid: 1.1");
    await peer.frame("Event: QueueMember", "Name: Bob: Smith", id);
    await peer.frame(
      "Event: QueueStatusComplete",
      id,
      "EventList: Complete",
      "ListItems: 2",
    );
    await peer.closed();
  });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("*", (event) => heard.push(event.Event));
  await dami.listen();
  const [response, ...events] = await dami.to("QueueStatus");
  assertEquals(response.Message, "Will follow");
  assertEquals(events.map((event) => event.Event), [
    "QueueParams",
    "QueueMember",
    "QueueStatusComplete",
  ]);
  assertEquals(events[1]?.Name, "Bob: Smith");
  await until(() => heard.length > 0);
  assertEquals(heard, ["Hangup"]);
});

Deno.test("to() gives each of 1,000 pipelined actions its own answer, in whatever order they come", async () => {
  await using session = await loggedIn(async (peer) => {
    const actions = await actionsOf(peer, 1_000);
    // A fixed order that is neither that of the actions nor its reverse.
    const shuffled = actions.map((_, index) =>
      actions[(index * 617 + 11) % 1_000]
    );
    for (const action of shuffled) {
      if (action === undefined) continue;
      await success(peer, action, `Value: ${action.get("Variable")}`);
    }
    await peer.closed();
  });
  const answers = await Promise.all(
    Array.from(
      { length: 1_000 },
      (_, index) => session.dami.to("Getvar", { Variable: `V${index}` }),
    ),
  );
  assertEquals(
    answers.map(([response]) => response.Value),
    Array.from({ length: 1_000 }, (_, index) => `V${index}`),
  );
});

Deno.test("to() rejects an error response in the middle of pipelined actions, and those around it resolve", async () => {
  await using session = await loggedIn(async (peer) => {
    const actions = await actionsOf(peer, 3);
    for (const action of actions) {
      if (action.get("Variable") === "B") {
        await peer.frame(
          "Response: Error",
          `ActionID: ${action.id}`,
          "Message: No such channel",
        );
      } else await success(peer, action);
    }
    await peer.closed();
  });
  const results = await Promise.allSettled(
    ["A", "B", "C"].map((Variable) => session.dami.to("Getvar", { Variable })),
  );
  assertEquals(results.map((result) => result.status), [
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  const [, failed] = results;
  assert(failed?.status === "rejected");
  assert(failed.reason instanceof AmiResponseError);
  assertEquals(failed.reason.action, "Getvar");
  assertEquals(failed.reason.response.Message, "No such channel");
  assertEquals(failed.reason.emptyList, false);
  assertEquals(
    failed.reason.message,
    'Action "Getvar" failed: the PBX says "No such channel"',
  );
});

Deno.test("to() says that an error only means an empty list", async () => {
  await using session = await loggedIn(async (peer) => {
    const [action] = await actionsOf(peer, 1);
    await peer.frame(
      "Response: Error",
      `ActionID: ${action?.id}`,
      "Message: No active conferences.",
    );
    await peer.closed();
  });
  const error = await assertRejects(
    () => session.dami.to("ConfbridgeListRooms"),
    AmiResponseError,
  );
  assertEquals(error.emptyList, true);
});

for (
  const [name, value, text] of [
    ["ActionID", "mine-1", "mine-1"],
    ["ActionId", 77, "77"],
    ["actionid", "x.Y_z", "x.Y_z"],
    ["ACTIONID", "0012", "0012"],
  ] as const
) {
  Deno.test(`to() uses the caller's ${name} ${value}, and gives it back`, async () => {
    const lines = Promise.withResolvers<readonly string[]>();
    await using session = await loggedIn(async (peer) => {
      const [action] = await actionsOf(peer, 1);
      assert(action !== undefined);
      lines.resolve(action.lines);
      await success(peer, action);
      await peer.closed();
    });
    const [response] = await session.dami.to("Ping", { [name]: value });
    assertEquals(await lines.promise, ["Action: Ping", `ActionID: ${text}`]);
    assertEquals(String(response.ActionID), text);
  });
}

Deno.test("to() refuses an ActionID that is pending already, as a number or a string, and takes it again after", async () => {
  const go = Promise.withResolvers<void>();
  let received = "";
  await using session = await loggedIn(async (peer) => {
    const [action] = await actionsOf(peer, 1);
    assert(action !== undefined);
    await go.promise;
    received = peer.received;
    await success(peer, action);
    await answerAll(peer);
  });
  const { dami } = session;
  const first = dami.to("Ping", { ActionID: 7 });
  await assertRejects(
    () => dami.to("QueueStatus", { actionID: "7" }),
    TypeError,
    'ActionID "7" is already awaited',
  );
  go.resolve();
  await first;
  assert(!received.includes("QueueStatus"));
  await dami.to("Ping", { ActionID: "7" });
});

Deno.test("to() calls a callback with the same answer, and reports what it throws", async () => {
  await using session = await loggedIn(answerAll);
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  let seen: unknown;
  const result = await dami.to("Ping", {}, (answer) => {
    seen = answer;
  });
  assertEquals(seen, result);
  const thrown = new Error("Thrown");
  const rejected = new Error("Rejected");
  await dami.to("Ping", {}, () => {
    throw thrown;
  });
  await dami.to("Ping", {}, () => Promise.reject(rejected));
  await until(() => errors.length === 2);
  assertEquals(errors, [thrown, rejected]);
});

Deno.test("to() rejects after its timeout, and drops the late answer", async () => {
  const go = Promise.withResolvers<void>();
  await using session = await loggedIn(async (peer) => {
    const [late] = await actionsOf(peer, 1);
    assert(late !== undefined);
    await go.promise;
    await success(peer, late, "EventList: start");
    await peer.frame("Event: DeviceStateChange", `ActionID: ${late.id}`);
    await peer.frame(
      "Event: DeviceStateListComplete",
      `ActionID: ${late.id}`,
      "EventList: Complete",
    );
    await answerAll(peer);
  });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("*", (event) => heard.push(event));
  await dami.listen();
  const error = await assertRejects(
    () => dami.to("DeviceStateList", {}, { timeout: 20 }),
    AmiTimeoutError,
    'Action "DeviceStateList" was not answered within 20 ms',
  );
  assertEquals(error.outcome, "unknown");
  go.resolve();
  assertEquals(await dami.ping(), true);
  assertEquals(heard, []);
});

Deno.test("to() rejects with the reason of its signal", async () => {
  await using session = await loggedIn((peer) => peer.closed());
  const controller = new AbortController();
  const { signal } = controller;
  const answer = session.dami.to("Ping", {}, { signal });
  const reason = new Error("Changed my mind");
  controller.abort(reason);
  assertEquals(await answer.catch((error: unknown) => error), reason);
  const again = session.dami.to("Ping", {}, { signal });
  assertEquals(await again.catch((error: unknown) => error), reason);
});

Deno.test("to() refuses a bad timeout", async () => {
  await using session = await loggedIn(answerAll);
  for (const timeout of [0, -1, NaN, 2 ** 31]) {
    await assertRejects(
      () => session.dami.to("Ping", {}, { timeout }),
      RangeError,
      "'timeout'",
    );
  }
});

Deno.test("to() rejects when the connection is lost, and says that the action may have been run", async () => {
  await using session = await loggedIn(async (peer) => {
    await actionsOf(peer, 1);
  });
  const error = await assertRejects(
    () => within(session.dami.to("Originate", { Channel: "Local/1@x" })),
    AmiConnectionError,
    "was lost",
  );
  assertEquals(error.failure, "lost");
  assertEquals(error.outcome, "unknown");
});

Deno.test("to() rejects without a connection, and says that the action was not sent", async () => {
  const error = await assertRejects(
    () => new DAMI().to("Ping"),
    AmiClosedError,
    'Cannot send action "Ping" as this DAMI is idle: call connectAndLogin() first',
  );
  assertEquals(error.outcome, "not-sent");
});

Deno.test("to() resolves with free text, and with none", async () => {
  await using session = await loggedIn(async (peer) => {
    for (const text of ["PJSIP/a Tx:NEW\nPJSIP/b: Rx:ACK\n\r\n", "\r\n"]) {
      const [, fence] = await actionsOf(peer, 2);
      assert(fence !== undefined);
      await peer.write(text);
      await success(peer, fence, "Ping: Pong");
    }
    await peer.closed();
  });
  assertEquals(await within(session.dami.to("IAXnetstats")), [
    { [UNPARSED_LINES]: ["PJSIP/a Tx:NEW", "PJSIP/b: Rx:ACK"] },
  ]);
  assertEquals(await within(session.dami.to("IAXnetstats")), [
    { [UNPARSED_LINES]: [] },
  ]);
});

Deno.test("integers says what becomes a number: quantities, all or nothing", async () => {
  const script = async (peer: ScriptedPeer) => {
    const [action] = await actionsOf(peer, 1);
    assert(action !== undefined);
    await success(peer, action, "Exten: 802", "Status: 4", "Other: 5");
    await peer.closed();
  };
  await using quantities = await loggedIn(script);
  await using all = await loggedIn(script, { integers: true });
  await using nothing = await loggedIn(script, { integers: false });
  const answered = async ({ dami }: typeof quantities) => {
    const [{ Exten, Status, Other }] = await dami.to("ExtensionState", {
      Exten: 802,
      Context: "default",
    });
    return [Exten, Status, Other];
  };
  assertEquals(await answered(quantities), ["802", 4, 5]);
  assertEquals(await answered(all), [802, 4, 5]);
  assertEquals(await answered(nothing), ["802", "4", "5"]);
});

Deno.test("encoding: latin1 is read and written", async () => {
  const received = Promise.withResolvers<string>();
  await using session = await loggedIn(async (peer) => {
    const buffer = new Uint8Array(1_000);
    const length = await peer.conn.read(buffer) ?? 0;
    const text = new TextDecoder("latin1").decode(buffer.subarray(0, length));
    received.resolve(text);
    const [, id] = /ActionID: (\S+)/.exec(text) ?? [];
    const answer =
      `Response: Success\r\nActionID: ${id}\r\nValue: Zo\xeb\r\n\r\n`;
    await peer.write(
      Uint8Array.from(answer, (character) => character.charCodeAt(0)),
    );
    await peer.closed();
  }, { encoding: "latin1" });
  const [response] = await session.dami.to("Getvar", { Variable: "Zoë" });
  assert((await received.promise).includes("Variable: Zoë\r\n"));
  assertEquals(response.Value, "Zoë");
});

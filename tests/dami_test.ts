import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  type ActionData,
  AmiClosedError,
  AmiConnectionError,
  type AmiError,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  AmiTimeoutError,
  DAMI,
  type DAMIData,
  type Direction,
  type DisconnectDetail,
  UNPARSED_LINES,
} from "../mod.ts";
import { answerAll, CREDENTIALS, loggedIn } from "./_dami.ts";
import {
  type ReceivedAction,
  type ScriptedPeer,
  ScriptedServer,
} from "./_scripted_server.ts";
import { until, within } from "./_waiting.ts";

/** Reads this many actions. */
async function actionsOf(
  peer: ScriptedPeer,
  count: number,
): Promise<ReceivedAction[]> {
  const actions: ReceivedAction[] = [];
  while (actions.length < count) {
    const action = await peer.next();
    if (action === undefined) throw new Error("The client has closed");
    actions.push(action);
  }
  return actions;
}

function success(
  peer: ScriptedPeer,
  { id }: ReceivedAction,
  ...lines: string[]
) {
  return peer.frame("Response: Success", `ActionID: ${id}`, ...lines);
}

Deno.test("new DAMI() does no I/O and refuses bad options at once", () => {
  assertEquals(new DAMI().state, "idle");
  assertThrows(() => new DAMI({ port: 0 }), RangeError, "'port'");
  assertThrows(() => new DAMI({ events: "calls" }), TypeError, "'events'");
});

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
    'ActionID "7" is awaited already',
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

Deno.test("listen() delivers what came before, to listeners that are added right behind it", async () => {
  const go = Promise.withResolvers<void>();
  await using session = await loggedIn(async (peer) => {
    await peer.frame("Event: FullyBooted", "Status: Fully Booted");
    await peer.frame("Event: Second");
    await go.promise;
    await peer.frame("Event: Third");
    await peer.closed();
  });
  const { dami } = session;
  const heard: DAMIData[] = [];
  await dami.listen();
  dami.on("FullyBooted", (event) => heard.push(event));
  dami.on("Second", (event) => heard.push(event));
  dami.on("third", (event) => heard.push(event));
  assertEquals(heard, []);
  go.resolve();
  await until(() => heard.length === 3);
  assertEquals(heard, [
    { Event: "FullyBooted", Status: "Fully Booted" },
    { Event: "Second" },
    { Event: "Third" },
  ]);
});

Deno.test("listen() keeps the order of held and live events", async () => {
  await using session = await loggedIn(async (peer) => {
    const frames = Array.from(
      { length: 500 },
      (_, index) => `Event: E\r\nN: ${index}\r\n\r\n`,
    );
    for (const frame of frames) await peer.write(frame);
    await peer.closed();
  });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("E", (event) => heard.push(event.N));
  await new Promise((resolve) => setTimeout(resolve, 2));
  await dami.listen();
  await until(() => heard.length === 500);
  assertEquals(heard, Array.from({ length: 500 }, (_, index) => index));
});

Deno.test("listen() delivers nothing after close(), and nothing of the connection before", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    const login = await peer.logIn();
    await peer.frame("Event: Of", `User: ${login.get("Username")}`);
    await answerAll(peer);
  });
  const { hostname, port } = server;
  const dami = new DAMI({ hostname, port });
  const heard: unknown[] = [];
  dami.on("Of", (event) => heard.push(event.User));
  await dami.connectAndLogin({ username: "first", secret: "s" });
  assertEquals(await dami.ping(), true);
  await dami.listen();
  dami.close();
  await dami.connectAndLogin({ username: "second", secret: "s" });
  await until(() => heard.length === 1);
  assertEquals(heard, ["second"]);
  dami.close();
});

Deno.test("events that are held are bounded, and passing the bound is told once", async () => {
  await using session = await loggedIn(async (peer) => {
    for (let index = 0; index < 20; index++) {
      await peer.frame("Event: E", `N: ${index}`);
    }
    await answerAll(peer);
  }, { limits: { maxHeldEvents: 5 } });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  const heard: unknown[] = [];
  dami.on("E", (event) => heard.push(event.N));
  assertEquals(await dami.ping(), true);
  await dami.listen();
  await until(() => heard.length > 0);
  assertEquals(heard, [0, 1, 2, 3, 4]);
  assertEquals(errors.length, 1);
  const [error] = errors;
  assert(error instanceof AmiLimitError);
  assertEquals(error.limit, "maxHeldEvents");
});

Deno.test("on() gives events to every listener, and what one throws harms no other", async () => {
  await using session = await loggedIn(async (peer) => {
    const [go] = await actionsOf(peer, 1);
    assert(go !== undefined);
    await peer.frame("Event: Hangup", "Cause: 16");
    await peer.frame("Event: Hangup", "Cause: 17");
    await success(peer, go);
    await peer.closed();
  });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  const heard: unknown[] = [];
  const thrown = new Error("Thrown");
  const rejected = new Error("Rejected");
  dami.on("Hangup", () => {
    throw thrown;
  });
  dami.on("HANGUP", () => Promise.reject(rejected));
  dami.on("Hangup", () => new Promise(() => {}));
  dami.on("hangup", (event) => heard.push(event.Cause));
  dami.once("Hangup", (event) => heard.push(`once ${event.Cause}`));
  dami.on("*", (event) => heard.push(`every ${event.Cause}`));
  const remove = dami.on("Hangup", () => heard.push("removed"));
  remove();
  const controller = new AbortController();
  dami.on("Hangup", () => heard.push("aborted"), {
    signal: controller.signal,
  });
  controller.abort();
  await dami.listen();
  await dami.to("Ping");
  assertEquals(heard, [16, "once 16", "every 16", 17, "every 17"]);
  await until(() => errors.length === 4);
  assertEquals(
    errors.toSorted().map(String),
    [rejected, rejected, thrown, thrown].map(String).toSorted(),
  );
});

Deno.test("off() removes listeners", async () => {
  await using session = await loggedIn(async (peer) => {
    const [go] = await actionsOf(peer, 1);
    assert(go !== undefined);
    await peer.frame("Event: A");
    await peer.frame("Event: B");
    await success(peer, go);
    await peer.closed();
  });
  const { dami } = session;
  const heard: unknown[] = [];
  const listener = (event: DAMIData) => heard.push(event.Event);
  dami.on("A", listener);
  dami.on("B", listener);
  dami.on("B", () => heard.push("other"));
  dami.off("a", listener);
  dami.off("B");
  dami.on("*", listener);
  dami.off("*", () => {});
  await dami.listen();
  await dami.to("Ping");
  assertEquals(heard, ["A", "B"]);
});

Deno.test("an event that carries an ActionID and is of no list reaches the listeners", async () => {
  await using session = await loggedIn(async (peer) => {
    const [action] = await actionsOf(peer, 1);
    assert(action !== undefined);
    await success(peer, action, "Message: Originate successfully queued");
    await peer.frame(
      "Event: OriginateResponse",
      `ActionID: ${action.id}`,
      "Response: Failure",
      "Reason: 5",
    );
    await peer.frame(
      "Event: UserEvent",
      "UserEvent: X",
      `ActionID: ${action.id}`,
    );
    await answerAll(peer);
  });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("*", (event) => heard.push(event.Event));
  await dami.listen();
  await dami.to("Originate", { Channel: "PJSIP/6001", Async: true });
  await dami.to("Ping");
  assertEquals(heard, ["OriginateResponse", "UserEvent"]);
});

Deno.test("ping() is true for a Pong", async () => {
  await using session = await loggedIn(answerAll);
  assertEquals(await session.dami.ping(), true);
});

Deno.test("ping() is false for an error, for silence and without a connection", async () => {
  assertEquals(await new DAMI().ping(), false);
  await using session = await loggedIn(async (peer) => {
    const [first] = await actionsOf(peer, 1);
    await peer.frame("Response: Error", `ActionID: ${first?.id}`);
    await peer.closed();
  });
  const { dami } = session;
  assertEquals(await dami.ping(), false);
  assertEquals(await dami.ping({ timeout: 20 }), false);
  const signal = AbortSignal.abort();
  assertEquals(await dami.ping({ signal }), false);
  dami.close();
  assertEquals(await dami.ping(), false);
});

Deno.test("disconnect() says goodbye and waits for the answer", async () => {
  let received = "";
  await using session = await loggedIn(async (peer) => {
    await answerAll(peer);
    received = peer.received;
  });
  const { dami } = session;
  const details: DisconnectDetail[] = [];
  dami.addEventListener("disconnect", ({ detail }) => details.push(detail));
  await within(dami.disconnect());
  assertEquals(dami.state, "closed");
  await until(() => received !== "");
  assert(received.includes("Action: Logoff\r\n"));
  assertEquals(details, [{ reason: "logoff" }]);
  await dami.disconnect();
  assertEquals(details.length, 1);
});

for (
  const [how, options] of [
    ["in the time given", { timeout: 20 }],
    ["when it is told to", { signal: AbortSignal.timeout(20) }],
  ] as const
) {
  Deno.test(`disconnect() ends also if the PBX does not answer, ${how}`, async () => {
    await using session = await loggedIn((peer) => peer.closed());
    await within(session.dami.disconnect(options), 1_000);
    assertEquals(session.dami.state, "closed");
  });
}

Deno.test("close() rejects what waits for an answer, and may be called again", async () => {
  await using session = await loggedIn((peer) => peer.closed());
  const { dami } = session;
  const pending: Promise<unknown>[] = [
    dami.to("Ping"),
    dami.to("QueueStatus"),
  ];
  await new Promise((resolve) => setTimeout(resolve, 1));
  const notSent = dami.to("Ping");
  dami.close();
  dami.close();
  for (const answer of pending) {
    const error = await assertRejects(() => within(answer), AmiClosedError);
    assertEquals(error.outcome, "unknown");
  }
  const error = await assertRejects(() => within(notSent), AmiClosedError);
  assertEquals(error.outcome, "not-sent");
});

Deno.test("using and await using close", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await answerAll(peer);
  });
  const { hostname, port } = server;
  let left: DAMI;
  {
    using dami = new DAMI({ hostname, port });
    await dami.connectAndLogin(CREDENTIALS);
    left = dami;
  }
  assertEquals(left.state, "closed");
  {
    await using dami = new DAMI({ hostname, port });
    await dami.connectAndLogin(CREDENTIALS);
    left = dami;
  }
  assertEquals(left.state, "closed");
});

Deno.test("the lifecycle is told, in order, and no listener is required", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await peer.next();
  });
  const { hostname, port } = server;
  using dami = new DAMI({ hostname, port });
  const told: unknown[] = [];
  dami.addEventListener("connect", ({ detail }) => told.push(detail));
  dami.addEventListener("login", ({ detail }) => told.push(detail));
  dami.addEventListener("disconnect", ({ detail }) => told.push(detail.reason));
  dami.addEventListener("close", () => told.push(dami.state));
  await dami.connectAndLogin(CREDENTIALS);
  const rejected = await dami.to("Ping").catch((error: unknown) => error);
  assert(rejected instanceof AmiConnectionError);
  await until(() => told.length === 4);
  assertEquals(told, [
    { hostname, port, version: "11.0.0" },
    { username: "admin" },
    "lost",
    "closed",
  ]);
});

Deno.test("frames that are malformed, foreign or too large are reported, and the session lives on", async () => {
  await using session = await loggedIn(async (peer) => {
    await peer.frame("some text that belongs to nothing");
    await peer.frame("Response: Success", "ActionID: nobody-asked");
    await peer.frame("Event: Huge", ...Array(20).fill("A: b"));
    const [first, second] = await actionsOf(peer, 2);
    assert(first !== undefined && second !== undefined);
    await success(peer, first, ...Array(20).fill("A: b"));
    await success(peer, second);
    await peer.write("Event: Cut\r\nA: ");
  }, { limits: { maxHeaders: 10 } });
  const { dami } = session;
  const errors: AmiError[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  const results = await Promise.allSettled([
    dami.to("Status"),
    dami.to("CoreStatus"),
  ]);
  assertEquals(results[1].status, "fulfilled");
  assert(results[0].status === "rejected");
  assert(results[0].reason instanceof AmiLimitError);
  await until(() => dami.state === "closed");
  assertEquals(errors.map(({ code }) => code), [
    "AMI_PROTOCOL",
    "AMI_LIMIT",
    "AMI_PROTOCOL",
  ]);
  const [text, huge, cut] = errors;
  assert(text instanceof AmiProtocolError);
  assertEquals(text.lines, ["some text that belongs to nothing"]);
  assert(huge instanceof AmiLimitError);
  assertEquals(huge.message, 'Event "Huge" has more than 10 lines');
  assert(cut instanceof AmiProtocolError);
  assertEquals(cut.lines, ["Event: Cut", "A: "]);
});

Deno.test("a line without an end closes the connection with a reason", async () => {
  await using session = await loggedIn(async (peer) => {
    await actionsOf(peer, 1);
    await peer.frame("Event: Before");
    await peer.write("x".repeat(100_000));
    await peer.closed();
  }, { limits: { maxLineLength: 10_000 } });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("Before", (event) => heard.push(event.Event));
  await dami.listen();
  const lost = new Promise<DisconnectDetail>((resolve) =>
    dami.addEventListener("disconnect", ({ detail }) => resolve(detail))
  );
  await assertRejects(() => within(dami.to("Ping")), AmiConnectionError);
  const { reason, error } = await within(lost);
  await until(() => heard.length > 0);
  assertEquals(heard, ["Before"]);
  assertEquals(reason, "lost");
  assert(error?.cause instanceof AmiLimitError);
  assertEquals(error.cause.limit, "maxLineLength");
});

Deno.test("onLine sees every line, and what it throws is reported", async () => {
  const lines: string[] = [];
  const thrown = new Error("Thrown");
  await using session = await loggedIn(answerAll, {
    onLine(line) {
      lines.push(line);
      if (line.startsWith("Ping")) throw thrown;
    },
  });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  await dami.to("Ping", { ActionID: "p" });
  assertEquals(lines[0], "Asterisk Call Manager/11.0.0");
  assertEquals(lines.slice(-4), [
    "Response: Success",
    "ActionID: p",
    "Ping: Pong",
    "",
  ]);
  assertEquals(errors, [thrown]);
});

Deno.test("onBytes sees what is read and written, and what it throws is reported", async () => {
  const seen: Record<Direction, Uint8Array[]> = { received: [], sent: [] };
  const thrown = new Error("Thrown");
  let throws = false;
  await using session = await loggedIn(answerAll, {
    onBytes(bytes, direction) {
      seen[direction].push(bytes);
      if (throws && direction === "sent") throw thrown;
    },
  });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  throws = true;
  await dami.to("Ping", { ActionID: "p" });

  const text = async (direction: Direction) =>
    await new Blob(seen[direction].map((bytes) => bytes.slice())).text();
  const received = await text("received");
  assert(received.startsWith("Asterisk Call Manager/11.0.0\r\n"));
  assert(
    received.endsWith("Response: Success\r\nActionID: p\r\nPing: Pong\r\n\r\n"),
  );
  const sent = await text("sent");
  assert(sent.startsWith("Action: Login\r\n"));
  assert(sent.endsWith("Action: Ping\r\nActionID: p\r\n\r\n"));
  assertEquals(errors, [thrown]);
  const { bytesReceived, bytesSent } = dami.stats();
  assertEquals([bytesReceived, bytesSent], [received.length, sent.length]);
});

Deno.test("secrets appear in no log line and in no inspection", async () => {
  const lines: string[] = [];
  const log = (message: string) => lines.push(message);
  await using session = await loggedIn(answerAll, {
    logger: { debug: log, info: log, warn: log, error: log },
  });
  const { dami } = session;
  await dami.to("DBPut", { Family: "f", Key: "k", Val: "v" });
  assert(lines.some((line) => line.includes('Login Username="admin"')));
  assert(lines.length > 3);
  const shown = `${lines.join("\n")}\n${
    Deno.inspect(dami, { depth: 10, showHidden: true })
  }`;
  assert(!shown.includes(CREDENTIALS.secret));
});

/** What must never reach the wire. */
const REFUSED: Record<string, () => [action: string, data?: ActionData]> = {
  "a CR LF in a value": () => ["Ping", { A: "b\r\nAction: Hangup" }],
  "a LF in a value": () => ["Ping", { A: "b\nAction: Hangup" }],
  "a CR in a value": () => ["Ping", { A: "b\rc" }],
  "a NUL in a value": () => ["Ping", { A: "b\0c" }],
  "a LF in a header name": () => ["Ping", { "A\nAction": "Hangup" }],
  "a LF in the action": () => ["Ping\r\nAction: Hangup"],
  "a LF in the ActionID": () => ["Ping", { ActionID: "1\n2" }],
  "a second Action": () => ["Ping", { action: "Hangup" }],
  "a second ActionID": () => ["Ping", { ActionID: 1, actionid: 2 }],
  "headers that are no object": () => ["Ping", JSON.parse("null")],
  "headers in an array": () => ["Ping", JSON.parse('["A: b"]')],
  "a line too long": () => ["Ping", { A: "x".repeat(1_020) }],
  "too many headers": () => ["Ping", { A: Array(127).fill("x") }],
};

for (const [what, parameters] of Object.entries(REFUSED)) {
  Deno.test(`to() refuses ${what}, and writes not one byte`, async () => {
    const received = Promise.withResolvers<string>();
    await using session = await loggedIn(async (peer) => {
      const before = peer.received.length;
      await actionsOf(peer, 1);
      received.resolve(peer.received.slice(before));
    });
    const { dami } = session;
    const error = await dami.to<string>(...parameters()).catch((
      error: unknown,
    ) => error);
    assert(error instanceof TypeError || error instanceof RangeError);
    dami.to("Fence", { ActionID: "fence" }).catch(() => {});
    assertEquals(
      await within(received.promise),
      "Action: Fence\r\nActionID: fence\r\n\r\n",
    );
  });
}

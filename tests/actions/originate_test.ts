import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import { getEventListeners } from "node:events";
import {
  AmiClosedError,
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
  type DAMIData,
  OriginateReason,
} from "../../mod.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { AT_ONCE, lifecycleOf, listening, settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";

const CALL = { Channel: "PJSIP/6001", Application: "Wait", Data: 1 };
const QUEUED = {
  Response: "Success",
  Message: "Originate successfully queued",
};

/** The event of a call, as Asterisk sends it. */
function response(actionId: string, reason: number): Record<string, string> {
  return {
    Event: "OriginateResponse",
    Privilege: "call,all",
    ActionID: actionId,
    Response: reason === 4 ? "Success" : "Failure",
    Channel: "PJSIP/6001-00000001",
    Reason: `${reason}`,
    Uniqueid: "1.1",
  };
}

Deno.test("originate() resolves with the event of its call, also if nobody listens", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server);
  const event = await within(dami.originate(CALL));
  assertEquals(event.Event, "OriginateResponse");
  assertEquals(event.Response, "Success");
  assertEquals(event.Reason, OriginateReason.Answered);
  const [action] = server.received.filter(({ name }) => name === "Originate");
  assertEquals(action?.get("Async"), "true");
  assertEquals(action?.actionId, event.ActionID);
});

Deno.test("originate() resolves for calls that fail, and says how", async () => {
  await using server = AmiServer.start({
    ringTime: 1,
    endpoints: [
      { name: "6001", contact: "sip:a", onCall: "busy" },
      { name: "6002", contact: "sip:b", onCall: "no-answer" },
      { name: "6003" },
    ],
  });
  await using dami = await listening(server);
  const reasons = await within(Promise.all(
    ["6001", "6002", "6003"].map((name) =>
      dami.originate({ ...CALL, Channel: `PJSIP/${name}`, Timeout: 30 })
    ),
  ));
  assertEquals(
    reasons.map(({ Response }) => Response),
    Array(3).fill("Failure"),
  );
  assertEquals(reasons.map(({ Reason }) => Reason), [
    OriginateReason.Busy,
    OriginateReason.NoAnswer,
    OriginateReason.Failed,
  ]);
});

Deno.test("OriginateReason names the control codes of Asterisk", () => {
  assertEquals({ ...OriginateReason }, {
    Failed: 0,
    HungUp: 1,
    Called: 2,
    NoAnswer: 3,
    Answered: 4,
    Busy: 5,
    Congested: 8,
  });
});

Deno.test("the event reaches the listeners as well, once", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server);
  const heard: DAMIData[] = [];
  dami.on("OriginateResponse", (event) => heard.push(event));
  const event = await within(dami.originate(CALL));
  await dami.to("Ping");
  assertEquals(heard, [event]);
});

Deno.test("many calls at once each get their own event, in whatever order", async () => {
  await using server = AmiServer.start();
  const ids: string[] = [];
  server.on("Originate", (action) => {
    ids.push(action.actionId);
    return QUEUED;
  });
  await using dami = await listening(server);
  const calls = Array.from(
    { length: 20 },
    (_, index) => dami.originate({ ...CALL, ActionID: `call-${index}` }),
  );
  await until(() => ids.length === 20);
  // Those of other programs, and one without an ActionID, are nobody's.
  server.emit(response("stranger", 4));
  server.emit({ Event: "OriginateResponse", Privilege: "call,all" });
  for (const id of ids.toReversed()) server.emit(response(id, 4));
  const events = await within(Promise.all(calls));
  assertEquals(
    events.map(({ ActionID }) => ActionID),
    Array.from({ length: 20 }, (_, index) => `call-${index}`),
  );
});

Deno.test("an event that comes before the response is taken", async () => {
  await using server = AmiServer.start();
  server.on("Originate", (action, client) => {
    client.send(response(action.actionId, 5));
    return QUEUED;
  });
  await using dami = await listening(server);
  const event = await within(dami.originate(CALL));
  assertEquals(event.Reason, OriginateReason.Busy);
});

Deno.test("an ActionID in any letter case and Async of the caller's own are minded", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server);
  const event = await within(
    dami.originate({ ...CALL, actionid: "mine", ASYNC: false }),
  );
  assertEquals(event.ActionID, "mine");
  const action = server.received.at(-1);
  assertEquals(action?.getAll("ActionID"), ["mine"]);
  assertEquals(
    action?.headers.filter(([name]) => name.toLowerCase() === "async"),
    [["Async", "true"]],
  );
});

Deno.test("an ActionID that waits for its event is refused a second time, and free afterwards", async () => {
  await using server = AmiServer.start();
  server.on("Originate", () => QUEUED);
  await using dami = await listening(server);
  const data = { ...CALL, ActionID: "mine" };
  const first = dami.originate(data);
  await server.next("Originate");
  await dami.to("Ping");
  await assertRejects(() => dami.originate(data), TypeError, "mine");
  server.emit(response("mine", 4));
  await within(first);
  const second = dami.originate(data);
  await server.next("Originate");
  server.emit(response("mine", 5));
  assertEquals((await within(second)).Reason, OriginateReason.Busy);
});

Deno.test("originate() rejects at once if the action is refused", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const error = await assertRejects(
    () => within(dami.originate({ Channel: "", ...{ Application: "Wait" } })),
    AmiResponseError,
  );
  assertEquals(error.action, "Originate");
  // Nothing of it is left.
  assertEquals(dami.stats().actionsPending, 0);
});

Deno.test("originate() that could not be sent as it is sends nothing", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const bytes = server.bytesReceived;
  await assertRejects(
    () => dami.originate({ ...CALL, CallerID: "a\r\nAction: Logoff" }),
    TypeError,
  );
  await assertRejects(
    () => dami.originate({ ...CALL, ActionID: "x".repeat(65) }),
    RangeError,
  );
  await dami.to("Ping");
  assert(server.bytesReceived - bytes < 100);
});

Deno.test("originate() needs the events of calls", async () => {
  for (const events of [false, "user,agent"]) {
    await using server = AmiServer.start();
    await using dami = await listening(server, { events });
    await assertRejects(() => dami.originate(CALL), TypeError, "call");
    assertEquals(server.received.length, 1);
  }
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server, { events: "call" });
  assertEquals((await within(dami.originate(CALL))).Reason, 4);
  await dami.to("Events", { EventMask: "user" });
  await assertRejects(() => dami.originate(CALL), TypeError, "call");
});

Deno.test("originate() gives up when the event does not come in time", async () => {
  await using server = AmiServer.start();
  server.on("Originate", () => QUEUED);
  await using dami = await listening(server);
  const error = await assertRejects(
    () => within(dami.originate({ ...CALL, Timeout: 10 }, { timeout: 20 })),
    AmiTimeoutError,
  );
  assertEquals(error.action, "Originate");
  assertEquals(error.outcome, "unknown");
  // Late: it is for listeners alone.
  const heard: unknown[] = [];
  dami.on("OriginateResponse", (event) => heard.push(event));
  server.emit(response(server.received.at(-1)?.actionId ?? "", 4));
  await until(() => heard.length === 1);
});

Deno.test("originate() gives up when the response does not come in time", async () => {
  await using server = AmiServer.start();
  server.on("Originate", () => {});
  await using dami = await listening(server);
  const error = await assertRejects(
    () => within(dami.originate(CALL, { timeout: 20 })),
    AmiTimeoutError,
  );
  assertEquals(error.outcome, "unknown");
});

Deno.test("originate() ends with the reason of its signal, and leaves no listener there", async () => {
  await using server = AmiServer.start();
  const remove = server.on("Originate", () => QUEUED);
  await using dami = await listening(server);
  const controller = new AbortController();
  const { signal } = controller;
  const call = settled(dami.originate(CALL, { signal }));
  await server.next("Originate");
  await dami.to("Ping");
  controller.abort(new RangeError("Enough"));
  assertInstanceOf(await within(call), RangeError);
  assertEquals(getEventListeners(signal, "abort").length, 0);
  const before = server.received.length;
  await assertRejects(
    () =>
      dami.originate(CALL, { signal: AbortSignal.abort(new RangeError("No")) }),
    RangeError,
    "No",
  );
  await dami.to("Ping");
  assertEquals(server.received.length, before + 1);
  remove();
});

Deno.test("originate() rejects when the connection is lost or closed while the call rings", async () => {
  for (const isReconnecting of [true, false]) {
    await using server = AmiServer.start();
    server.on("Originate", () => QUEUED);
    await using dami = await listening(server, {
      reconnect: isReconnecting && AT_ONCE,
    });
    const lost = settled(dami.originate(CALL));
    await server.next("Originate");
    await dami.to("Ping");
    server.cut();
    const error = await within(lost);
    assertInstanceOf(error, AmiConnectionError);
    assertEquals(error.outcome, "unknown");
  }
  await using server = AmiServer.start();
  server.on("Originate", () => QUEUED);
  for (const method of ["close", "disconnect"] as const) {
    await using dami = await listening(server);
    const closed = settled(dami.originate(CALL));
    await server.next("Originate");
    await dami.to("Ping");
    dami[method]();
    const error = await within(closed);
    assertInstanceOf(error, AmiClosedError);
    assertEquals(error.outcome, "unknown");
  }
});

Deno.test("originate() while reconnecting is sent once, to the new session", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server, { reconnect: AT_ONCE });
  const log = lifecycleOf(dami);
  await server.refuse();
  server.cut();
  await until(() => dami.state === "reconnecting");
  const call = dami.originate(CALL);
  const late = await assertRejects(
    () => dami.originate(CALL, { timeout: 10 }),
    AmiTimeoutError,
  );
  assertEquals(late.outcome, "not-sent");
  await server.accept();
  assertEquals((await within(call)).Reason, OriginateReason.Answered);
  assert(log.includes("gap"));
  assertEquals(
    server.received.filter(({ name }) => name === "Originate").length,
    1,
  );
});

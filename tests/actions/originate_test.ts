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
  const { outcome, uniqueid, cause, response: event } = await within(
    dami.originate(CALL),
  );
  assertEquals([outcome, cause], ["answered", undefined]);
  assertEquals(event.Event, "OriginateResponse");
  assertEquals(event.Response, "Success");
  assertEquals(event.Reason, OriginateReason.Answered);
  assertEquals(event.Uniqueid, uniqueid);
  const [action] = server.received.filter(({ name }) => name === "Originate");
  assertEquals(action?.get("Async"), "true");
  assertEquals(action?.actionId, event.ActionID);
  assertEquals(action?.get("ChannelId"), uniqueid);
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
  const results = await within(Promise.all(
    ["6001", "6002", "6003"].map((name) =>
      dami.originate({ ...CALL, Channel: `PJSIP/${name}`, Timeout: 30 })
    ),
  ));
  assertEquals(
    results.map(({ response: { Response } }) => Response),
    Array(3).fill("Failure"),
  );
  assertEquals(
    results.map(({ outcome }) => outcome),
    ["busy", "no-answer", "unreachable"],
  );
  assertEquals(results.map(({ response: { Reason } }) => Reason), [
    // PJSIP says no more than that.
    OriginateReason.Failed,
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
  const result = await within(dami.originate(CALL));
  await dami.to("Ping");
  assertEquals(heard, [result.response]);
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
    events.map(({ response: { ActionID } }) => ActionID),
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
  assertEquals((await within(dami.originate(CALL))).outcome, "busy");
});

Deno.test("an ActionID in any letter case and the caller's own Async are respected", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server);
  const { response: event } = await within(
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
  assertEquals((await within(second)).outcome, "busy");
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
  assertEquals((await within(dami.originate(CALL))).outcome, "answered");
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
  // Late: it is only for listeners.
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

Deno.test("originate() ends with the reason of its signal, and leaves no listener on it", async () => {
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
  assertEquals((await within(call)).outcome, "answered");
  assert(log.includes("gap"));
  assertEquals(
    server.received.filter(({ name }) => name === "Originate").length,
    1,
  );
});

/** Emits what a PBX sends of a call with this ChannelId; `cause` is that of its hang-up. */
function emitFailure(
  server: AmiServer,
  { actionId, channelId }: { actionId: string; channelId: string },
  cause: number,
  order: readonly ("response" | "Hangup")[],
): void {
  const channel = { Channel: "PJSIP/6001-00000001", Uniqueid: channelId };
  server.emit({ Event: "Newchannel", Privilege: "call,all", ...channel });
  for (const what of order) {
    server.emit(
      what === "response"
        ? { ...response(actionId, 0), Uniqueid: channelId }
        : {
          Event: "Hangup",
          Privilege: "call,all",
          ...channel,
          Cause: cause,
          "Cause-txt": `Cause ${cause}`,
        },
    );
  }
}

Deno.test("originate() takes the outcome from the Hangup of its channel, before or after the response", async () => {
  for (
    const [cause, expected] of [
      [17, "busy"],
      [21, "rejected"],
      [19, "no-answer"],
      [34, "congested"],
      [20, "unreachable"],
      [16, "failed"],
    ] as const
  ) {
    for (
      const order of [["Hangup", "response"], ["response", "Hangup"]] as const
    ) {
      await using server = AmiServer.start();
      server.on("Originate", () => QUEUED);
      await using dami = await listening(server);
      const call = dami.originate(CALL);
      const action = await server.next("Originate");
      const channelId = action.get("ChannelId") ?? "";
      // The hang-up of another channel does not concern this one.
      server.emit({ Event: "Hangup", Uniqueid: "1.1", Cause: 16 });
      const { actionId } = action;
      emitFailure(server, { actionId, channelId }, cause, order);
      const { outcome, ...rest } = await within(call);
      assertEquals(outcome, expected);
      assertEquals(
        [rest.cause, rest.causeText, rest.uniqueid],
        [cause, `Cause ${cause}`, channelId],
      );
    }
  }
});

Deno.test("originate() keeps the ChannelId of the caller", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server);
  const { uniqueid } = await within(
    dami.originate({ ...CALL, channelid: "call-7" }),
  );
  assertEquals(uniqueid, "call-7");
  assertEquals(server.received.at(-1)?.getAll("ChannelId"), ["call-7"]);
});

Deno.test("originate() whose channel hangs up without a known cause has failed", async () => {
  await using server = AmiServer.start();
  server.on("Originate", () => QUEUED);
  await using dami = await listening(server);
  const call = dami.originate(CALL);
  const action = await server.next("Originate");
  const { actionId } = action;
  const channelId = action.get("ChannelId") ?? "";
  emitFailure(server, { actionId, channelId }, 0, ["response", "Hangup"]);
  const { outcome, cause, causeText } = await within(call);
  assertEquals([outcome, cause, causeText], ["failed", undefined, undefined]);
});

Deno.test("originate() with hangUp hangs the channel up when its signal is aborted", async () => {
  await using server = AmiServer.start();
  server.on("Originate", () => QUEUED);
  server.on("Hangup", () => ({ Response: "Success" }));
  await using dami = await listening(server);
  for (const appearsFirst of [true, false]) {
    const controller = new AbortController();
    const { signal } = controller;
    const call = settled(dami.originate(CALL, { signal, hangUp: true }));
    const channelId = (await server.next("Originate")).get("ChannelId") ?? "";
    const appear = () =>
      server.emit({
        Event: "Newchannel",
        Privilege: "call,all",
        Uniqueid: channelId,
      });
    if (appearsFirst) appear();
    await dami.to("Ping");
    controller.abort(new RangeError("Enough"));
    // It does not wait for a channel that may never come.
    if (!appearsFirst) assertInstanceOf(await within(call), RangeError);
    if (!appearsFirst) appear();
    const hangUp = await within(server.next("Hangup"));
    assertEquals(hangUp.get("Channel"), channelId);
    assertInstanceOf(await within(call), RangeError);
  }
});

Deno.test("originate() without hangUp lets the call go on", async () => {
  await using server = AmiServer.start();
  server.on("Originate", () => QUEUED);
  await using dami = await listening(server);
  const controller = new AbortController();
  const { signal } = controller;
  const call = settled(dami.originate(CALL, { signal }));
  const channelId = (await server.next("Originate")).get("ChannelId") ?? "";
  server.emit({ Event: "Newchannel", Uniqueid: channelId });
  await dami.to("Ping");
  controller.abort(new RangeError("Enough"));
  assertInstanceOf(await within(call), RangeError);
  await dami.to("Ping");
  assertEquals(server.received.at(-1)?.name, "Ping");
  assertEquals(server.received.some(({ name }) => name === "Hangup"), false);
});

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ActionMap } from "../../src/actions/action_map.ts";
import {
  AmiConnectionError,
  AmiLimitError,
  AmiTimeoutError,
} from "../../src/errors.ts";
import { Frame } from "../../src/wire/frame.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { Statistics } from "../../src/statistics.ts";
import type {
  Answer,
  PendingActionOptions,
} from "../../src/actions/pending_action.ts";

const WRITTEN = { started: true, cancel() {} };

/** A map, with the actions added as pairs of ActionID and name. */
function mapOf(
  actions: [actionId: string, action: string][],
  limits = DEFAULT_LIMITS,
) {
  const map = new ActionMap(limits, new Statistics());
  const answers = new Map<string, Promise<Answer>>();
  for (const [actionId, action] of actions) {
    answers.set(actionId, add(map, { actionId, action }));
  }
  return {
    map,
    answer(actionId: string): Promise<Answer> {
      const answer = answers.get(actionId);
      assert(answer !== undefined);
      return answer;
    },
  };
}

function add(
  map: ActionMap,
  options: Pick<PendingActionOptions, "actionId" | "action">,
): Promise<Answer> {
  return map.add({ timeout: Infinity, ...options }, () => WRITTEN);
}

/** Gives a frame of these lines to the map, as a session does. */
function take(map: ActionMap, ...lines: string[]): boolean {
  const frame = new Frame(lines);
  switch (frame.kind) {
    case "response":
      return map.takeResponse(frame);
    case "event":
      return map.takeEvent(frame);
    case "text":
      return map.takeText(frame);
  }
}

async function names(answer: Promise<Answer>): Promise<string[]> {
  return (await answer).frames.map((frame) => frame.name);
}

const START = ["Response: Success", "EventList: start"];

Deno.test("ActionMap settles an action with its response", async () => {
  const { map, answer } = mapOf([["1", "Ping"]]);
  assert(take(map, "Response: Success", "ActionID: 1", "Ping: Pong"));
  assertEquals(await names(answer("1")), ["Success"]);
  assertEquals(map.has("1"), false);
});

Deno.test("ActionMap settles a list action with a response that announces no list", async () => {
  const { map, answer } = mapOf([["1", "VoicemailUsersList"]]);
  take(map, "Response: Success", "ActionID: 1", "Message: There are none");
  assertEquals(await names(answer("1")), ["Success"]);
});

for (const start of ["start", "Start", "START"]) {
  for (const end of ["Complete", "complete", "cancelled", "Cancelled"]) {
    Deno.test(`ActionMap collects a list from EventList: ${start} to ${end}`, async () => {
      const { map, answer } = mapOf([["1", "QueueStatus"]]);
      assert(
        take(map, "Response: Success", "ActionID: 1", `EventList: ${start}`),
      );
      assert(take(map, "Event: QueueParams", "ActionID: 1"));
      assert(take(map, "Event: QueueMember", "ActionID: 1"));
      assertEquals(map.has("1"), true);
      assert(take(map, "Event: AnyName", "ActionID: 1", `EventList: ${end}`));
      assertEquals(await names(answer("1")), [
        "Success",
        "QueueParams",
        "QueueMember",
        "AnyName",
      ]);
      assertEquals(map.has("1"), false);
    });
  }
}

Deno.test("ActionMap keeps several open lists apart, and other events out of them", async () => {
  const { map, answer } = mapOf([
    ["1", "QueueStatus"],
    ["2", "CoreShowChannels"],
    ["3", "Ping"],
  ]);
  take(map, ...START, "ActionID: 1");
  take(map, "Event: QueueParams", "ActionID: 1");
  take(map, ...START, "ActionID: 2");
  assertEquals(take(map, "Event: Hangup", "Uniqueid: 1.1"), false);
  take(map, "Event: CoreShowChannel", "ActionID: 2");
  take(map, "Response: Success", "ActionID: 3");
  assertEquals(take(map, "Event: QueueMember", "ActionID: foreign"), false);
  take(map, "Event: QueueMember", "ActionID: 1");
  take(map, "Event: Done", "ActionID: 2", "EventList: Complete");
  take(map, "Event: Done", "ActionID: 1", "EventList: Complete");
  assertEquals(await names(answer("1")), [
    "Success",
    "QueueParams",
    "QueueMember",
    "Done",
  ]);
  assertEquals(await names(answer("2")), [
    "Success",
    "CoreShowChannel",
    "Done",
  ]);
  assertEquals(await names(answer("3")), ["Success"]);
});

Deno.test("ActionMap gives answers in any order to their own callers", async () => {
  const order = fc.shuffledSubarray([...Array(50).keys()], {
    minLength: 50,
  });
  await fc.assert(
    fc.asyncProperty(order, async (shuffled) => {
      const ids = shuffled.map(String);
      const { map, answer } = mapOf(
        ids.toSorted().map((actionId) => [actionId, "Getvar"]),
      );
      for (const id of ids) {
        take(map, "Response: Success", `ActionID: ${id}`, `Value: ${id}`);
      }
      for (const id of ids) {
        const { frames } = await answer(id);
        assertEquals(frames.map((frame) => frame.get("value")), [id]);
      }
    }),
  );
});

Deno.test("ActionMap settles with the error, and the others wait on", async () => {
  const { map, answer } = mapOf([["1", "Getvar"], ["2", "Ping"]]);
  take(map, "Response: Error", "ActionID: 1", "Message: No such channel");
  const { error, frames } = await answer("1");
  assertEquals(error?.get("message"), "No such channel");
  assertEquals(frames.length, 1);
  assertEquals(map.has("2"), true);
  take(map, "Response: Success", "ActionID: 2");
  assertEquals((await answer("2")).error, undefined);
});

Deno.test("ActionMap fails a list on an error in its middle, and drops its completion", async () => {
  const { map, answer } = mapOf([["1", "PJSIPShowEndpoint"]]);
  take(map, ...START, "ActionID: 1");
  take(map, "Event: EndpointDetail", "ActionID: 1");
  assert(take(map, "Response: Error", "ActionID: 1"));
  const { error, frames } = await answer("1");
  assertEquals(error?.name, "Error");
  assertEquals(frames.map((frame) => frame.name), [
    "Success",
    "EndpointDetail",
    "Error",
  ]);
  assert(take(map, "Event: AuthDetail", "ActionID: 1"));
  assert(take(map, "Event: Done", "ActionID: 1", "EventList: Complete"));
  assertEquals(take(map, "Event: AuthDetail", "ActionID: 1"), false);
});

Deno.test("ActionMap lets the ActionID of a list that failed be used again", async () => {
  const { map, answer } = mapOf([["1", "CoreShowChannelMap"]]);
  take(map, ...START, "ActionID: 1");
  take(map, "Response: Error", "ActionID: 1");
  await answer("1");
  assertEquals(map.has("1"), false);
  const again = add(map, { actionId: "1", action: "QueueStatus" });
  assert(
    take(map, "Event: Late", "ActionID: 1", "EventList: Complete"),
    "the completion of the list before is for nobody",
  );
  take(map, ...START, "ActionID: 1");
  take(map, "Event: Done", "ActionID: 1", "EventList: Complete");
  assertEquals(await names(again), ["Success", "Done"]);
});

Deno.test("ActionMap ignores a second response for an action that is settled", async () => {
  const { map, answer } = mapOf([["1", "JabberSend"]]);
  assert(take(map, "Response: Success", "ActionID: 1"));
  assertEquals(take(map, "Response: Error", "ActionID: 1"), false);
  assertEquals((await answer("1")).error, undefined);
});

Deno.test("ActionMap leaves events for everybody to the listeners, whatever ActionID they carry", async () => {
  const { map, answer } = mapOf([["1", "QueueStatus"]]);
  take(map, ...START, "ActionID: 1");
  for (const event of ["UserEvent", "OriginateResponse"]) {
    assertEquals(
      take(
        map,
        `Event: ${event}`,
        "ActionID: 1",
        "Response: Success",
        "EventList: Complete",
      ),
      false,
    );
  }
  take(map, "Event: Done", "ActionID: 1", "EventList: Complete");
  assertEquals(await names(answer("1")), ["Success", "Done"]);
});

Deno.test("ActionMap takes no item before the list has begun", async () => {
  const { map, answer } = mapOf([["1", "DeviceStateList"]]);
  assertEquals(take(map, "Event: DeviceStateChange", "ActionID: 1"), false);
  take(map, ...START, "ActionID: 1");
  take(map, "Event: Done", "ActionID: 1", "EventList: Complete");
  assertEquals(await names(answer("1")), ["Success", "Done"]);
});

Deno.test("ActionMap ends WaitEvent, FAXSession and FAXStats with their event", async () => {
  for (
    const [action, event] of [
      ["WaitEvent", "WaitEventComplete"],
      ["FAXSession", "FAXSession"],
      ["FAXStats", "FAXStats"],
    ] as const
  ) {
    const { map, answer } = mapOf([["1", action]]);
    take(map, "Response: Success", "ActionID: 1");
    assertEquals(map.has("1"), true);
    assertEquals(take(map, "Event: Newchannel", "Uniqueid: 1.1"), false);
    assert(take(map, `Event: ${event}`, "ActionID: 1"));
    assertEquals(await names(answer("1")), ["Success", event]);
  }
});

Deno.test("ActionMap ends DataGet with its event, which comes without a response", async () => {
  const { map, answer } = mapOf([["1", "DataGet"]]);
  assert(take(map, "Event: DataGet Tree", "ActionID: 1"));
  assertEquals(await names(answer("1")), ["DataGet Tree"]);
});

Deno.test("ActionMap collects the items of IAXpeers, which carry no ActionID, by their place", async () => {
  const { map, answer } = mapOf([["1", "IAXpeers"]]);
  assertEquals(take(map, "Event: PeerEntry", "Channeltype: IAX2"), false);
  take(map, ...START, "ActionID: 1");
  assert(take(map, "Event: PeerEntry", "Channeltype: IAX2"));
  assertEquals(take(map, "Event: Hangup"), false);
  take(map, "Event: PeerlistComplete", "ActionID: 1", "EventList: Complete");
  assertEquals(await names(answer("1")), [
    "Success",
    "PeerEntry",
    "PeerlistComplete",
  ]);
  assertEquals(take(map, "Event: PeerEntry", "Channeltype: IAX2"), false);
});

Deno.test("ActionMap ends a list of Asterisk 13.0, whose completion has no EventList, by its name", async () => {
  const { map, answer } = mapOf([["1", "QueueStatus"]]);
  take(map, ...START, "ActionID: 1");
  take(map, "Event: QueueMember", "ActionID: 1");
  take(map, "Event: QueueStatusComplete", "ActionID: 1");
  assertEquals(await names(answer("1")), [
    "Success",
    "QueueMember",
    "QueueStatusComplete",
  ]);
});

Deno.test("ActionMap gives an error without ActionID to the action that waits the longest", async () => {
  const { map, answer } = mapOf([["1", "QueueStatus"], ["2", "Ping"]]);
  take(map, ...START, "ActionID: 1");
  assert(take(map, "Response: Error", "Message: Missing action in request"));
  assertEquals((await answer("2")).error?.name, "Error");
  assertEquals(map.has("1"), true, "an action that was answered is not meant");
  map.failAll(() => new Error("over"));
  await assertRejects(() => answer("1"));
});

Deno.test("ActionMap gives a success without ActionID to nobody", () => {
  const { map } = mapOf([["1", "Ping"]]);
  assertEquals(take(map, "Response: Success", "Ping: Pong"), false);
  assertEquals(map.has("1"), true);
});

Deno.test("ActionMap collects free text until its end is reported", async () => {
  const { map, answer } = mapOf([["1", "Ping"], ["2", "IAXnetstats"]]);
  assert(take(map, "PJSIP/a 0 -1 Tx:NEW"));
  map.endText("2");
  assertEquals((await answer("2")).frames.map((frame) => frame.lines), [
    ["PJSIP/a 0 -1 Tx:NEW"],
  ]);
  assertEquals(take(map, "some text"), false);
});

Deno.test("ActionMap rejects when nothing comes in time, and drops what comes late", async () => {
  const map = new ActionMap(DEFAULT_LIMITS, new Statistics());
  const answer = map.add(
    { actionId: "1", action: "QueueStatus", timeout: 10 },
    () => WRITTEN,
  );
  const error = await assertRejects(() => answer, AmiTimeoutError);
  assertEquals(error.action, "QueueStatus");
  assertEquals(error.timeout, 10);
  assertEquals(error.outcome, "unknown");
  assertEquals(map.has("1"), true, "its answer may still come");
  assert(take(map, ...START, "ActionID: 1"));
  assert(take(map, "Event: QueueMember", "ActionID: 1"));
  assert(take(map, "Event: Done", "ActionID: 1", "EventList: Complete"));
  assertEquals(map.has("1"), false);
});

Deno.test("ActionMap starts the timeout anew with each frame of a list", async () => {
  const map = new ActionMap(DEFAULT_LIMITS, new Statistics());
  const timeout = 100;
  const answer = map.add(
    { actionId: "1", action: "QueueStatus", timeout },
    () => WRITTEN,
  );
  const begin = performance.now();
  take(map, ...START, "ActionID: 1");
  for (let item = 0; performance.now() - begin < 3 * timeout; item++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    take(map, "Event: QueueMember", "ActionID: 1", `Item: ${item}`);
  }
  take(map, "Event: Done", "ActionID: 1", "EventList: Complete");
  assertEquals((await answer).error, undefined);
  map.failAll(() => new Error("Closed"));
});

Deno.test("ActionMap gives an action up when its signal is aborted", async () => {
  const map = new ActionMap(DEFAULT_LIMITS, new Statistics());
  const controller = new AbortController();
  const { signal } = controller;
  const answer = map.add(
    { actionId: "1", action: "Ping", timeout: Infinity, signal },
    () => WRITTEN,
  );
  const reason = new Error("Changed my mind");
  controller.abort(reason);
  assertEquals(await answer.catch((error: unknown) => error), reason);
  assert(take(map, "Response: Success", "ActionID: 1"), "late, and dropped");
});

Deno.test("ActionMap takes an action back that was not written yet", async () => {
  const map = new ActionMap(DEFAULT_LIMITS, new Statistics());
  let cancelled = false;
  const sending = {
    started: false,
    cancel() {
      cancelled = true;
    },
  };
  const answer = map.add(
    { actionId: "1", action: "Ping", timeout: 10 },
    () => sending,
  );
  const error = await assertRejects(() => answer, AmiTimeoutError);
  assertEquals(error.outcome, "not-sent");
  assertEquals(cancelled, true);
  assertEquals(map.has("1"), false, "no answer can come");
});

Deno.test("ActionMap fails all actions, each with its own outcome", async () => {
  const map = new ActionMap(DEFAULT_LIMITS, new Statistics());
  const written = add(map, { actionId: "1", action: "Ping" });
  const waiting = map.add(
    { actionId: "2", action: "Ping", timeout: Infinity },
    () => ({ started: false, cancel() {} }),
  );
  map.failAll((outcome) =>
    new AmiConnectionError("Gone", { failure: "lost", outcome })
  );
  const first = await assertRejects(() => written, AmiConnectionError);
  const second = await assertRejects(() => waiting, AmiConnectionError);
  assertEquals(first.outcome, "unknown");
  assertEquals(second.outcome, "not-sent");
});

Deno.test("ActionMap rejects a list that is longer than allowed, and reads on", async () => {
  const { map, answer } = mapOf([["1", "QueueStatus"], ["2", "Ping"]], {
    ...DEFAULT_LIMITS,
    maxListFrames: 3,
  });
  take(map, ...START, "ActionID: 1");
  const rejected = assertRejects(() => answer("1"), AmiLimitError);
  for (let count = 0; count < 10; count++) {
    assert(take(map, "Event: QueueMember", "ActionID: 1"));
  }
  assertEquals((await rejected).limit, "maxListFrames");
  assert(take(map, "Event: Done", "ActionID: 1", "EventList: Complete"));
  take(map, "Response: Success", "ActionID: 2");
  assertEquals(await names(answer("2")), ["Success"]);
});

Deno.test("ActionMap refuses more actions than may wait, and takes one more when one is settled", async () => {
  const { map, answer } = mapOf([["1", "Ping"], ["2", "Ping"]], {
    ...DEFAULT_LIMITS,
    maxPendingActions: 2,
  });
  const error = assertThrows(
    () => add(map, { actionId: "3", action: "Ping" }),
    AmiLimitError,
  );
  assertEquals(error.limit, "maxPendingActions");
  take(map, "Response: Success", "ActionID: 1");
  await answer("1");
  const third = add(map, { actionId: "3", action: "Ping" });
  take(map, "Response: Success", "ActionID: 3");
  await third;
});

Deno.test("ActionMap remembers only a limited number of abandoned actions", async () => {
  const map = new ActionMap(
    { ...DEFAULT_LIMITS, maxPendingActions: 3 },
    new Statistics(),
  );
  for (let count = 0; count < 10; count++) {
    const give = new AbortController();
    const { signal } = give;
    const answer = map.add(
      { actionId: `g${count}`, action: "Ping", timeout: Infinity, signal },
      () => WRITTEN,
    );
    give.abort();
    await assertRejects(() => answer);
  }
  const remembered = Array.from({ length: 10 }, (_, count) => `g${count}`)
    .filter((actionId) => map.has(actionId));
  assertEquals(remembered, ["g7", "g8", "g9"]);
});

import { assertEquals } from "@std/assert";
import {
  type RecordedSession,
  takeApart,
} from "../../../src/testing/recording/recorded_session.ts";
import { LOGIN, recordingOf, type Written } from "../_recordings.ts";

/** The parts of a session after the login. */
function session(
  pieces: readonly Written[],
  end?: { at: number; by: "pbx" | "client" },
): RecordedSession {
  return takeApart(recordingOf([...LOGIN, ...pieces], end));
}

/** The answers, each frame by its first line. */
function answers(session: RecordedSession): [string, ...string[]][] {
  return session.exchanges.map(({ action, frames }) => [
    action.name,
    ...frames.map(({ text }) => firstLine(text)),
  ]);
}

/** The events by their first line, with their time. */
function events(session: RecordedSession): [number, string][] {
  return session.events.map(({ at, text }) => [at, firstLine(text)]);
}

function firstLine(text: string): string {
  return text.split("\r\n")[0] ?? "";
}

Deno.test("events are for everybody, with times since the login was answered", () => {
  const found = session([
    [100, "<", "Event: FullyBooted\nPrivilege: system,all\n\n"],
    [350, "<", "Event: Hangup\nPrivilege: call,all\n\nEvent: Odd\n\n"],
  ], { at: 600, by: "pbx" });
  assertEquals(found.greeting, "Asterisk Call Manager/11.0.0\r\n");
  assertEquals(events(found), [
    [0, "Event: FullyBooted"],
    [250, "Event: Hangup"],
    [250, "Event: Odd"],
  ]);
  assertEquals(found.events.map(({ bits }) => bits), [1, 2, undefined]);
  assertEquals(answers(found), [["Login", "Response: Success"]]);
  assertEquals(found.duration, 500);
  assertEquals(found.endedByPbx, true);
});

Deno.test("a list is an answer, and what comes in between is not", () => {
  const found = session([
    [200, ">", "Action: QueueStatus\nActionID: a2\n\n"],
    [201, "<", "Response: Success\nActionID: a2\nEventList: start\n\n"],
    [201, "<", "Event: QueueParams\nQueue: q\nActionID: a2\n\n"],
    [201, "<", "Event: Hangup\nPrivilege: call,all\n\n"],
    [
      201,
      "<",
      "Event: UserEvent\nPrivilege: user,all\nActionID: a2\nEventList: Complete\n\n",
    ],
    [
      202,
      "<",
      "Event: QueueStatusComplete\nActionID: a2\nEventList: Complete\n\n",
    ],
    [203, "<", "Event: Odd\n\n"],
  ]);
  assertEquals(answers(found).slice(1), [
    [
      "QueueStatus",
      "Response: Success",
      "Event: QueueParams",
      "Event: QueueStatusComplete",
    ],
  ]);
  assertEquals(events(found).map(([, name]) => name), [
    "Event: Hangup",
    "Event: UserEvent",
    "Event: Odd",
  ]);
});

Deno.test("the items of IAXpeers are known by their place", () => {
  const found = session([
    [200, ">", "Action: IAXpeers\nActionID: a2\n\n"],
    [201, "<", "Response: Success\nActionID: a2\nEventList: start\n\n"],
    [201, "<", "Event: PeerEntry\nChanneltype: IAX2\n\n"],
    [
      201,
      "<",
      "Event: PeerlistComplete\nActionID: a2\nEventList: Complete\n\n",
    ],
  ]);
  assertEquals(answers(found)[1], [
    "IAXpeers",
    "Response: Success",
    "Event: PeerEntry",
    "Event: PeerlistComplete",
  ]);
});

Deno.test("an event that is no item of a list can be an answer", () => {
  const found = session([
    [200, ">", "Action: FAXStats\nActionID: a2\n\n"],
    [201, "<", "Response: Success\nActionID: a2\n\n"],
    [201, "<", "Event: FAXStats\nActionID: a2\n\n"],
  ]);
  assertEquals(answers(found)[1], [
    "FAXStats",
    "Response: Success",
    "Event: FAXStats",
  ]);
});

Deno.test("the outcome of a call is for everybody, and known as what the call led to", () => {
  const found = session([
    [200, ">", "Action: Originate\nActionID: a2\nAsync: true\n\n"],
    [201, "<", "Response: Success\nActionID: a2\n\n"],
    [
      700,
      "<",
      "Event: OriginateResponse\nPrivilege: call,all\nActionID: a2\nResponse: Failure\n\n",
    ],
  ]);
  const [, call] = found.exchanges;
  assertEquals(answers(found)[1], ["Originate", "Response: Success"]);
  assertEquals(call?.frames[0]?.at, 101);
  assertEquals(call?.followUps, [...found.events]);
  assertEquals(events(found), [[600, "Event: OriginateResponse"]]);
});

Deno.test("what has no ActionID belongs to the action whose turn it is", () => {
  const found = session([
    [200, ">", "Action: IAXnetstats\nActionID: a2\n\n"],
    [200, ">", "Action: Ping\n\nAction: Nope\nActionID: a3\n\n"],
    [201, "<", "nothing to see\n"],
    [201, "<", "Response: Success\nPing: Pong\n\n"],
    [202, "<", "Response: Error\nMessage: lost\n\n"],
    [203, "<", "Response: Success\nMessage: to nobody\n\n"],
  ]);
  assertEquals(answers(found).slice(1), [
    ["IAXnetstats", "nothing to see"],
    ["Ping", "Response: Success"],
    ["Nope", "Response: Error"],
  ]);
  assertEquals(events(found), []);
});

Deno.test("an error in a list ends it, and a second response is kept", () => {
  const found = session([
    [200, ">", "Action: JabberSend\nActionID: a2\n\n"],
    [201, "<", "Response: Success\nActionID: a2\nEventList: start\n\n"],
    [202, "<", "Response: Error\nActionID: a2\n\n"],
    [203, "<", "Event: Later\n\n"],
  ]);
  assertEquals(answers(found)[1], [
    "JabberSend",
    "Response: Success",
    "Response: Error",
  ]);
  assertEquals(events(found), [[103, "Event: Later"]]);
});

Deno.test("a further blank line stays where it was, also in a piece of its own", () => {
  const found = session([
    [200, ">", "Action: QueueRule\nActionID: a2\n\n"],
    [201, "<", "Response: Success\nActionID: a2\n\n"],
    [201, "<", "\n"],
    [202, "<", "Event: TestEvent\n\n"],
    [202, "<", "\n"],
  ]);
  assertEquals(
    found.exchanges[1]?.frames[0]?.text,
    "Response: Success\r\nActionID: a2\r\n\r\n\r\n",
  );
  assertEquals(found.events[0]?.text, "Event: TestEvent\r\n\r\n\r\n");
});

Deno.test("a session that was cut off keeps its last bytes", () => {
  const found = session([[200, "<", "Event: Hangup\nChannel: PJSI"]]);
  assertEquals(found.rest, "Event: Hangup\r\nChannel: PJSI");
  assertEquals(found.duration, 100);
  assertEquals(found.endedByPbx, false);
});

Deno.test("a recording without a login begins with its first event", () => {
  const found = takeApart(recordingOf([
    [50, "<", "Asterisk Call Manager/11.0.0\n"],
    [70, "<", "Event: A\n\n"],
    [90, "<", "Event: B\n\n"],
  ]));
  assertEquals(events(found), [[0, "Event: A"], [20, "Event: B"]]);
  assertEquals(takeApart(recordingOf([])).duration, 0);
});

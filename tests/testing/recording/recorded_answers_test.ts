import { assertEquals } from "@std/assert";
import { ReceivedAction } from "../../../src/testing/server/received_action.ts";
import {
  RecordedAnswers,
  withActionId,
} from "../../../src/testing/recording/recorded_answers.ts";
import type { RecordedExchange } from "../../../src/testing/recording/recorded_session.ts";

/** A recorded action, and the text of its answer. */
function exchange(answer: string, ...lines: string[]): RecordedExchange {
  return {
    action: new ReceivedAction(lines),
    frames: answer === "" ? [] : [{ at: 0, text: answer }],
    followUps: [],
  };
}

/** The answers to these actions, one after the other. */
function ask(
  exchanges: readonly RecordedExchange[],
  ...actions: string[][]
): (string | undefined)[] {
  const answers = new RecordedAnswers(exchanges);
  return actions.map((lines) =>
    answers.next(new ReceivedAction(lines))?.frames[0]?.text
  );
}

Deno.test("an action is answered by its name, in any letter case", () => {
  const recorded = [exchange("one", "Action: QueueStatus", "ActionID: 1")];
  assertEquals(
    ask(recorded, ["action: queuestatus", "ActionID: 9"], ["Action: Queue"]),
    ["one", undefined],
  );
});

Deno.test("the same headers decide, in any order", () => {
  const recorded = [
    exchange("a", "Action: DBGet", "Family: f", "Key: a"),
    exchange("b", "Action: DBGet", "Family: f", "Key: b", "ActionID: 2"),
  ];
  assertEquals(
    ask(recorded, ["Action: DBGet", "ActionID: 7", "key: b", "Family: f"]),
    ["b"],
  );
});

Deno.test("the order decides where no headers are the same, the last answer stays", () => {
  const recorded = [
    exchange("a", "Action: DBGet", "Key: a"),
    exchange("b", "Action: DBGet", "Key: b"),
  ];
  const other = ["Action: DBGet", "Key: c"];
  assertEquals(ask(recorded, other, other, other), ["a", "b", "b"]);
});

Deno.test("the same action is answered as it was from time to time", () => {
  const action = ["Action: CoreStatus"];
  const recorded = [exchange("1", ...action), exchange("2", ...action)];
  assertEquals(ask(recorded, action, action, action), ["1", "2", "2"]);
});

Deno.test("an action without an answer is left out", () => {
  const recorded = [
    exchange("", "Action: Wait"),
    exchange("x", "Action: Wait"),
  ];
  assertEquals(ask(recorded, ["Action: Wait"]), ["x"]);
  assertEquals(ask([exchange("", "Action: Wait")], ["Action: Wait"]), [
    undefined,
  ]);
});

Deno.test("withActionId() puts the ActionID where the recorded one was", () => {
  const frame = "Event: QueueMember\r\nName: x\r\nActionID: a2\r\n\r\n";
  assertEquals(
    withActionId(frame, "a2", "new$&"),
    "Event: QueueMember\r\nName: x\r\nActionID: new$&\r\n\r\n",
  );
  assertEquals(
    withActionId(frame, "a2", ""),
    "Event: QueueMember\r\nName: x\r\n\r\n",
  );
  const item = "Event: PeerEntry\r\nChanneltype: IAX2\r\n\r\n";
  assertEquals(withActionId(item, "a2", "new"), item);
});

Deno.test("withActionId() puts it in where none was recorded", () => {
  const frame = "Response: Success\r\nPing: Pong\r\n\r\n";
  assertEquals(
    withActionId(frame, "", "new"),
    "Response: Success\r\nActionID: new\r\nPing: Pong\r\n\r\n",
  );
  assertEquals(withActionId(frame, "", ""), frame);
  assertEquals(withActionId("free text\r\n", "", "new"), "free text\r\n");
});

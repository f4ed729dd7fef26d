import { assertEquals, assertInstanceOf } from "@std/assert";
import { readOriginate } from "../../../src/testing/calls/originate_order.ts";
import { ReceivedAction } from "../../../src/testing/server/received_action.ts";

function order(...lines: string[]): ReturnType<typeof readOriginate> {
  return readOriginate(new ReceivedAction(["Action: Originate", ...lines]));
}

Deno.test("readOriginate() reads channel, target, caller and variables", () => {
  assertEquals(
    order(
      "ActionID: o1",
      "Channel: Local/1000@default",
      "Context: default",
      "Exten: 2000",
      "Priority: 2",
      'CallerID: "Zoë Ünï" <5551>',
      "Variable: A=1,B=two words",
      "Variable: C=a\\,b",
      "Async: TRUE",
    ),
    {
      actionId: "o1",
      technology: "Local",
      resource: "1000@default",
      context: "default",
      exten: "2000",
      priority: 2,
      application: "",
      data: "",
      timeout: 30_000,
      callerIdNum: "5551",
      callerIdName: "Zoë Ünï",
      accountCode: "",
      channelId: "",
      variables: [["A", "1"], ["B", "two words"], ["C", "a,b"]],
      isAsync: true,
    },
  );
});

Deno.test("readOriginate() refuses as Asterisk does", () => {
  const application = "Application: Echo";
  assertEquals(order(application), "Channel not specified");
  assertEquals(order("Channel: x", application), "Invalid channel");
  assertEquals(
    order("Channel: Local/1", application, "Priority: one"),
    "Invalid priority",
  );
  assertEquals(
    order("Channel: Local/1", application, "Timeout: soon"),
    "Invalid timeout",
  );
  assertEquals(
    order("Channel: Local/1", "Exten: 5"),
    "Originate with 'Exten' requires 'Context' and 'Priority'",
  );
  assertInstanceOf(order("Channel: Local/1", application), Object);
});

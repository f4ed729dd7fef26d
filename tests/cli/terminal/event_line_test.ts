import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import {
  eventLine,
  fullEvent,
  styleOf,
  timeOfDay,
} from "../../../src/cli/terminal/event_line.ts";
import { TerminalStub } from "../_plain_terminal.ts";

const AT = new Date(2026, 9, 21, 9, 5, 1, 42).getTime();

function lineOf(event: Record<string, string | number | string[]>): string {
  return eventLine(event, AT, new TerminalStub());
}

Deno.test("eventLine() shows time, name, channel and what matters", () => {
  assertEquals(
    lineOf({
      Event: "Hangup",
      Privilege: "call,all",
      Channel: "PJSIP/6001-00000001",
      ChannelState: 6,
      CallerIDNum: 6001,
      Uniqueid: "1.2",
      Cause: 16,
      "Cause-txt": "Normal Clearing",
    }),
    "09:05:01.042  Hangup              PJSIP/6001-00000001       Cause=16  Cause-txt=Normal Clearing",
  );
});

Deno.test("eventLine() and fullEvent() have the name of the PBX after the time", () => {
  const event = { Event: "Hangup", Channel: "PJSIP/6001-00000001", Cause: 16 };
  const terminal = new TerminalStub();
  assertEquals(
    eventLine(event, AT, terminal, "wien  "),
    "09:05:01.042  wien    Hangup              PJSIP/6001-00000001       Cause=16",
  );
  assertEquals(
    fullEvent(event, AT, terminal, "wien  ").split("\n")[0],
    "09:05:01.042  wien    Hangup",
  );
});

Deno.test("eventLine() finds what matters of events that it does not know", () => {
  assertEquals(
    lineOf({
      Event: "Custom",
      Privilege: "user,all",
      Timestamp: "1.000001",
      Channel: "PJSIP/6001-00000001",
      ChannelStateDesc: "Up",
      CallerIDNum: 6001,
      DestContext: "default",
      Uniqueid: "1.2",
      Stars: 5,
      Empty: "",
      Name: "<unknown>",
      Comments: ["a", "b"],
      Third: "c",
      Fourth: "d",
    }),
    "09:05:01.042  Custom              PJSIP/6001-00000001       Stars=5  Comments=a, b  Third=c",
  );
});

Deno.test("eventLine() shows events that are about no channel", () => {
  assertMatch(
    lineOf({ Event: "DeviceStateChange", Device: "PJSIP/1", State: "INUSE" }),
    /DeviceStateChange {3}PJSIP\/1 {19}State=INUSE$/,
  );
  assertMatch(
    lineOf({ Event: "FullyBooted", Status: "Fully Booted" }),
    /FullyBooted {35}Status=Fully Booted$/,
  );
  assertEquals(lineOf({ Event: "Unhold", Channel: "x" }).endsWith(" x"), true);
  assertEquals(lineOf({}), "09:05:01.042");
});

Deno.test("eventLine() is one line that cannot steer the terminal, whatever comes", () => {
  const text = fc.string({ unit: fc.constantFrom("\x1b", "\n", "\x9b", "a") });
  const name = fc.oneof(fc.constant("Hangup"), text);
  fc.assert(fc.property(name, fc.dictionary(text, text), (name, headers) => {
    const terminal = new TerminalStub();
    const event = { Event: name, ...headers };
    // deno-lint-ignore no-control-regex -- they are what is looked for
    const control = /[\x00-\x1f\x7f-\x9f]/;
    assert(!control.test(eventLine(event, AT, terminal)));
    assert(!control.test(fullEvent(event, AT, terminal).replaceAll("\n", "")));
  }));
});

Deno.test("fullEvent() shows all headers in their order", () => {
  assertEquals(
    fullEvent(
      { Event: "Hangup", Cause: 16, Variable: ["a", "b"], Empty: "" },
      AT,
      new TerminalStub(),
    ),
    `09:05:01.042  Hangup
  Cause: 16
  Variable: a
  Variable: b
  Empty:`,
  );
});

Deno.test("eventLine() has colors by the kind of event where there are colors", () => {
  const line = eventLine(
    { Event: "Hangup", Channel: "x", Cause: 16 },
    AT,
    new TerminalStub(Infinity, true),
  );
  assert(line.includes("\x1b[31mHangup            \x1b[0m"), line);
  assertEquals(
    [
      "Newchannel",
      "DialEnd",
      "BridgeEnter",
      "QueueCallerJoin",
      "VarSet",
      "Newexten",
      "FullyBooted",
      "QueueCallerAbandon",
    ].map(styleOf),
    ["cyan", "yellow", "magenta", "green", "dim", "dim", "blue", "red"],
  );
});

Deno.test("timeOfDay() is to the millisecond", () => {
  assertEquals(timeOfDay(AT), "09:05:01.042");
  assertEquals(timeOfDay(AT + 1), "09:05:01.043");
});

import { assertEquals } from "@std/assert";
import { EventSelection } from "../../src/events/event_selection.ts";

Deno.test("the option says with which mask to log in", () => {
  assertEquals(new EventSelection(true).mask, undefined);
  assertEquals(new EventSelection(false).mask, "off");
  assertEquals(new EventSelection("call,user").mask, "call,user");
});

Deno.test("the action Events changes the mask, whatever the case of its headers", () => {
  const selection = new EventSelection("call");
  selection.observe("events", { EVENTMASK: "user", ActionID: "1" });
  assertEquals(selection.mask, "user");
  selection.observe("Events", { EventMask: 3 });
  assertEquals(selection.mask, "3");
  selection.observe("Events", { EventMask: false });
  assertEquals(selection.mask, "false");
});

Deno.test("an action Events without a mask, and other actions, change nothing", () => {
  const selection = new EventSelection("call");
  selection.observe("Events", {});
  selection.observe("Events", { EventMask: undefined });
  selection.observe("Eventsx", { EventMask: "off" });
  selection.observe("UserEvent", { UserEvent: "x", EventMask: "off" });
  assertEquals(selection.mask, "call");
  assertEquals(selection.filters, []);
});

Deno.test("filters are kept in their order, without their ActionIDs", () => {
  const selection = new EventSelection(true);
  selection.observe("Filter", {
    Operation: "Add",
    Filter: "Event: A",
    ActionID: "1",
  });
  selection.observe("FILTER", {
    actionid: 2,
    operation: "ADD",
    MatchCriteria: "name(Hangup)",
    Filter: "",
  });
  selection.observe("Filter", { Operation: "Add", Filter: "Event: A" });
  assertEquals(selection.filters, [
    { Operation: "Add", Filter: "Event: A" },
    { operation: "ADD", MatchCriteria: "name(Hangup)", Filter: "" },
    { Operation: "Add", Filter: "Event: A" },
  ]);
});

Deno.test("a Filter that adds nothing is not kept", () => {
  const selection = new EventSelection(true);
  selection.observe("Filter", { Operation: "Remove", Filter: "A" });
  selection.observe("Filter", { Filter: "A" });
  assertEquals(selection.filters, []);
});

Deno.test("includes() knows whether events of a class can come", () => {
  const cases: [events: boolean | string, includes: boolean][] = [
    [true, true],
    [false, false],
    ["on", true],
    ["ON", true],
    ["off", false],
    ["none", false],
    ["all", true],
    ["user,all", true],
    ["call", true],
    ["user,CALL,agent", true],
    ["user,agent", false],
    ["calls", false],
    ["0", false],
    ["2", true],
  ];
  for (const [events, includes] of cases) {
    const selection = new EventSelection(events);
    assertEquals(selection.includes("call"), includes, `${events}`);
  }
});

Deno.test("includes() goes by the mask that was set last", () => {
  const selection = new EventSelection("call");
  selection.observe("Events", { EventMask: "user" });
  assertEquals(selection.includes("call"), false);
  selection.observe("Events", { EventMask: "on" });
  assertEquals(selection.includes("call"), true);
});

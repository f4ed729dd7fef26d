import { assertEquals } from "@std/assert";
import type { ActionData } from "../../mod.ts";
import { EventSelection } from "../../src/events/event_selection.ts";

/** Sends an action that the PBX accepts. */
function observe(
  selection: EventSelection,
  action: string,
  data: ActionData,
): void {
  selection.noteOf(action, data)?.();
}

Deno.test("the option says with which mask to log in", () => {
  assertEquals(new EventSelection(true).begin(), undefined);
  assertEquals(new EventSelection(false).begin(), "off");
  assertEquals(new EventSelection("call,user").begin(), "call,user");
});

Deno.test("the action Events changes the mask, whatever the case of its headers", () => {
  const selection = new EventSelection("call");
  observe(selection, "events", { EVENTMASK: "user", ActionID: "1" });
  assertEquals(selection.begin(), "user");
  observe(selection, "Events", { EventMask: 3 });
  assertEquals(selection.begin(), "3");
  observe(selection, "Events", { EventMask: false });
  assertEquals(selection.begin(), "false");
});

Deno.test("an action Events without a mask, and other actions, change nothing", () => {
  const selection = new EventSelection("call");
  observe(selection, "Events", {});
  observe(selection, "Events", { EventMask: undefined });
  observe(selection, "Eventsx", { EventMask: "off" });
  observe(selection, "UserEvent", { UserEvent: "x", EventMask: "off" });
  assertEquals(selection.begin(), "call");
  assertEquals(selection.filters, []);
});

Deno.test("filters are kept in their order, without their ActionIDs", () => {
  const selection = new EventSelection(true);
  observe(selection, "Filter", {
    Operation: "Add",
    Filter: "Event: A",
    ActionID: "1",
  });
  observe(selection, "FILTER", {
    actionid: 2,
    operation: "ADD",
    MatchCriteria: "name(Hangup)",
    Filter: "",
  });
  observe(selection, "Filter", { Operation: "Add", Filter: "Event: A" });
  assertEquals(selection.filters, [
    { Operation: "Add", Filter: "Event: A" },
    { operation: "ADD", MatchCriteria: "name(Hangup)", Filter: "" },
    { Operation: "Add", Filter: "Event: A" },
  ]);
});

Deno.test("a Filter that adds nothing is not kept", () => {
  const selection = new EventSelection(true);
  observe(selection, "Filter", { Operation: "Remove", Filter: "A" });
  observe(selection, "Filter", { Filter: "A" });
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

Deno.test("a mask of the program's own ends that the mask follows listeners, at the call", () => {
  const listened = {
    mask: "agent",
    hasEnded: false,
    begin() {
      return this.mask;
    },
    end() {
      this.hasEnded = true;
    },
  };
  const selection = new EventSelection("listened", listened);
  assertEquals(selection.begin(), "agent");
  assertEquals(selection.includes("call"), true);
  const note = selection.noteOf("Events", { EventMask: "user" });
  assertEquals(listened.hasEnded, true);
  listened.mask = "call";
  assertEquals(selection.begin(), "agent", "the PBX has not accepted it yet");
  note?.();
  assertEquals(selection.begin(), "user");
});

Deno.test("includes() goes by the mask that was set last", () => {
  const selection = new EventSelection("call");
  observe(selection, "Events", { EventMask: "user" });
  assertEquals(selection.includes("call"), false);
  observe(selection, "Events", { EventMask: "on" });
  assertEquals(selection.includes("call"), true);
});

Deno.test("what is noted is as it was at the call, and only once the PBX has accepted it", () => {
  const selection = new EventSelection("call");
  const events = { EventMask: "user" };
  const noteEvents = selection.noteOf("Events", events);
  const patterns = ["Event: A", "Event: B"];
  const filter = { Operation: "Add", Filter: patterns, Extra: { A: 1 } };
  const noteFilter = selection.noteOf("Filter", filter);
  events.EventMask = "off";
  patterns.push("Event: C");
  filter.Extra.A = 2;
  filter.Operation = "Remove";
  assertEquals(selection.begin(), "call");
  assertEquals(selection.filters, []);
  noteEvents?.();
  noteFilter?.();
  assertEquals(selection.begin(), "user");
  assertEquals(selection.filters, [
    { Operation: "Add", Filter: ["Event: A", "Event: B"], Extra: { A: 1 } },
  ]);
});

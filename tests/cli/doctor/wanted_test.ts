import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ActionName, EventName } from "@dami/dami";
import { CLASSES } from "../../../src/options/classes.ts";
import {
  actionsOf,
  WANTED_ACTIONS,
  wantedAction,
} from "../../../src/cli/doctor/wanted_actions.ts";
import {
  classOfEvent,
  EVENTS_BY_CLASS,
  eventsOf,
  KNOWN_EVENTS,
  needsOf,
} from "../../../src/cli/doctor/wanted_events.ts";

Deno.test("every class is one of Asterisk", () => {
  for (const name of Object.keys(EVENTS_BY_CLASS)) {
    assert(CLASSES.includes(name));
  }
  for (const { action, classes } of WANTED_ACTIONS) {
    assert(classes.every((name) => CLASSES.includes(name)), action);
  }
});

Deno.test("no name is there twice", () => {
  assertEquals(new Set(KNOWN_EVENTS).size, KNOWN_EVENTS.length);
  const actions = WANTED_ACTIONS.map(({ action }) => action);
  assertEquals(new Set(actions).size, actions.length);
});

Deno.test("classOfEvent() and wantedAction() do not mind letter case", () => {
  const event: EventName = "Hangup";
  assertEquals(classOfEvent("hangup"), { event, class: "call" });
  assertEquals(classOfEvent("Nonsense"), undefined);
  const action: ActionName = "QueueAdd";
  assertEquals(wantedAction("queueadd"), {
    action,
    classes: ["agent"],
    module: "app_queue",
  });
  assertEquals(wantedAction("Nonsense"), undefined);
});

Deno.test("needsOf() knows what some events need beside the class", () => {
  assertEquals(needsOf("Hangup"), []);
  assertStringIncludes(needsOf("CEL").join(), "cel.conf");
});

Deno.test("what a class alone gives stands first", () => {
  assertEquals(actionsOf("reporting")[0], "ConfbridgeList");
  assertEquals(eventsOf("user")[0], "UserEvent");
  assertEquals(eventsOf("nonsense"), []);
});

Deno.test("what AsyncAGI needs is the class agi, for the action and the events", () => {
  assertEquals(wantedAction("AGI"), {
    action: "AGI",
    classes: ["agi"],
    module: "res_agi",
  });
  for (const event of ["AsyncAGIStart", "AsyncAGIExec", "AsyncAGIEnd"]) {
    assertEquals(classOfEvent(event), { event, class: "agi" });
  }
});

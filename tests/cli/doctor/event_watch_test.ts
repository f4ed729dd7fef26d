import { assert, assertEquals } from "@std/assert";
import { EventWatch } from "../../../src/cli/doctor/event_watch.ts";

Deno.test("EventWatch counts by class", () => {
  const watch = new EventWatch("admin");
  watch.take({ Event: "Hangup", Privilege: "call,all" });
  watch.take({ Event: "Newchannel", Privilege: "call,all" });
  watch.take({ Event: "Odd", Privilege: "<none>" });
  watch.take({ Event: "Item" });
  assertEquals([...watch.byClass], [["call", 2]]);
  assertEquals(watch.count, 4);
  assert(!watch.sawFullyBooted && !watch.sawOwnLogin && !watch.sawOwnEvent);
});

Deno.test("EventWatch knows the events that reveal a class", () => {
  const watch = new EventWatch("Admin", "mark");
  watch.take({ Event: "FullyBooted", Privilege: "system,all" });
  watch.take({ Event: "SuccessfulAuth", AccountID: "other" });
  assert(watch.sawFullyBooted && !watch.sawOwnLogin);
  watch.take({ Event: "SuccessfulAuth", AccountID: "admin" });
  watch.take({ Event: "UserEvent", Mark: "another" });
  assert(watch.sawOwnLogin && !watch.sawOwnEvent);
  watch.take({ Event: "UserEvent", Mark: "mark" });
  assert(watch.sawOwnEvent);
});

Deno.test("EventWatch is not misled by headers that others add", () => {
  const watch = new EventWatch("admin");
  watch.take({
    Event: ["UserEvent", "FullyBooted"],
    Privilege: ["user,all", "call,all"],
  });
  assertEquals([...watch.byClass], [["user", 1]]);
  assert(!watch.sawFullyBooted);
});

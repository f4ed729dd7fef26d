import { assert, assertEquals } from "@std/assert";
import {
  completeRights,
  lineWith,
  rightsOf,
  writeRights,
} from "../../../src/cli/doctor/rights.ts";
import { WANTED_ACTIONS } from "../../../src/cli/doctor/wanted_actions.ts";

/** Returns the list of `ListCommands` for a user who may write these classes, with these modules loaded. */
function listOf(
  write: readonly string[],
  modules: readonly string[] = ["app_queue", "app_confbridge"],
): Map<string, Set<string>> {
  const there = WANTED_ACTIONS.filter(({ classes, module }) =>
    (module === undefined || modules.includes(module)) &&
    (classes.length === 0 || classes.some((name) => write.includes(name)))
  );
  return new Map(
    there.map(({ action, classes }) => [action, new Set(classes)]),
  );
}

Deno.test("rightsOf() tells every class whose actions are there", () => {
  const all = [
    "system",
    "call",
    "command",
    "agent",
    "user",
    "config",
    "reporting",
    "originate",
    "aoc",
    "message",
  ];
  // Each class alone, and each class missing alone.
  for (const name of all) {
    for (const write of [[name], all.filter((each) => each !== name)]) {
      const { has, lacks } = rightsOf(listOf(write));
      assertEquals([...has].sort(), [...write].sort());
      for (const each of all) {
        assertEquals(
          lacks.has(each),
          !write.includes(each),
          `${each} of ${write}`,
        );
      }
    }
  }
});

Deno.test("rightsOf() leaves open what no module shows", () => {
  const { has, lacks, isComplete } = rightsOf(listOf(["call"], []));
  assert(!has.has("agent") && !lacks.has("agent"));
  assert(!has.has("agi") && !lacks.has("agi"));
  assert(!isComplete);
});

Deno.test("rightsOf() finds the one class of several that is left", () => {
  // Without a module, no action has the class reporting and no other.
  const { has } = rightsOf(listOf(["reporting"], []));
  assertEquals([...has], ["reporting"]);
});

Deno.test("rightsOf() believes what is listed more than what is not", () => {
  // An older Asterisk may lack an action.
  const list = listOf(["system"]);
  list.delete("DBDelTree");
  assert(!rightsOf(list).lacks.has("system"));
});

Deno.test("writeRights() is what is in force, where that is known", () => {
  const inForce = {
    read: new Set<string>(),
    write: new Set(["call"]),
  };
  const rights = writeRights({ inForce }, new Map());
  assertEquals([...rights.has], ["call"]);
  assert(rights.lacks.has("agi") && rights.isComplete);
});

Deno.test("lineWith() adds a class, and leaves open what is not known", () => {
  const known = completeRights(new Set(["user", "system"]));
  assertEquals(lineWith("read", known, "call"), "read = system,call,user");
  assertEquals(
    lineWith("write", { ...known, isComplete: false }, "call"),
    "write = …,call",
  );
});

import { assert } from "@std/assert";
import { asteriskTest, SKIPPED_BECAUSE } from "./_asterisk.ts";

if (SKIPPED_BECAUSE !== undefined) {
  // deno-lint-ignore no-console -- the person who runs the tests must know what was not tested
  console.log(
    `The tests with real Asterisk are skipped: ${SKIPPED_BECAUSE}`,
  );
}

asteriskTest(
  "Asterisk runs the configuration of the tests",
  async (asterisk) => {
    const version = await asterisk.console("core show version");
    assert(version.startsWith(`Asterisk ${asterisk.major}.`), version);
    const users = await asterisk.console("manager show users");
    for (const user of ["admin", "operator", "watcher", "banned"]) {
      assert(users.includes(user), users);
    }
  },
);

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Fleet } from "../../src/fleet/fleet.ts";
import { checkName, resolvePbx } from "../../src/fleet/fleet_options.ts";

const USER = { username: "dami", secret: "mysecret" };

Deno.test("checkName() takes 1 to 64 letters, digits, '_' and '-', and nothing else", () => {
  const letter = fc.constantFrom(
    ..."ABCXYZabcxyz0189_-",
  );
  fc.assert(
    fc.property(
      fc.array(letter, { minLength: 1, maxLength: 64 }),
      (letters) => checkName(letters.join("")),
    ),
  );
  for (
    const name of ["", "x".repeat(65), "a b", "a/b", "a.b", "a*", "ä", "a\n"]
  ) {
    assertThrows(() => checkName(name), TypeError, JSON.stringify(name));
  }
});

Deno.test("resolvePbx() puts the options of a PBX before the common ones", () => {
  const { client, credentials } = resolvePbx(
    "wien",
    { port: 5040, username: "wien" },
    { ...USER, port: 5050, hostname: "pbx" },
  );
  assertEquals(client, {
    hostname: "pbx",
    port: 5040,
    logger: false,
    reconnect: { firstConnection: true },
  });
  assertEquals(credentials, { username: "wien", secret: "mysecret" });
});

Deno.test("resolvePbx() reconnects from the first connection on, unless that is off", () => {
  const reconnectOf = (reconnect: Parameters<typeof resolvePbx>[1]) =>
    resolvePbx("wien", reconnect, USER).client.reconnect;
  assertEquals(reconnectOf({ reconnect: true }), { firstConnection: true });
  assertEquals(reconnectOf({ reconnect: { minDelay: 5 } }), {
    firstConnection: true,
    minDelay: 5,
  });
  assertEquals(
    reconnectOf({ reconnect: { firstConnection: false } }),
    { firstConnection: false },
  );
  assertEquals(reconnectOf({ reconnect: false }), false);
});

Deno.test("a fleet refuses a PBX without credentials or with wrong options, and says which", () => {
  assertThrows(
    () => new Fleet({ wien: { username: "dami" } }),
    TypeError,
    "wien: Cannot use option 'secret'",
  );
  assertThrows(
    () => new Fleet({ wien: { secret: "mysecret" } }),
    TypeError,
    "wien: Cannot use option 'username'",
  );
  assertThrows(
    () => new Fleet({ graz: { port: 70_000 } }, USER),
    RangeError,
    "graz: Cannot use option 'port'",
  );
  assertThrows(
    () => new Fleet({ "no name": {} }, USER),
    TypeError,
    '"no name"',
  );
  const unchecked: unknown[] = [null, 5, "yes"];
  for (const value of unchecked) {
    const options = { ...USER };
    Reflect.set(options, "reconnect", value);
    assertThrows(() => new Fleet({ wien: options }), TypeError, "'reconnect'");
    Reflect.deleteProperty(options, "reconnect");
    Reflect.set(options, "logger", value);
    assertThrows(() => new Fleet({ wien: options }), TypeError, "'logger'");
  }
});

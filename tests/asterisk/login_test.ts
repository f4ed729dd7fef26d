import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import {
  AmiAuthenticationError,
  AmiResponseError,
  DAMI,
  type DAMIData,
} from "../../mod.ts";
import { Arrivals, DEADLINE } from "./_arrivals.ts";
import { asteriskTest } from "./_asterisk.ts";

/** The longest time that a refusal may take (milliseconds): Asterisk delays its refusals. */
const REFUSAL_DEADLINE = 5_000;

asteriskTest("connectAndLogin() logs in", async (asterisk) => {
  await using dami = await asterisk.connect();
  const [settings] = await dami.to("CoreSettings");
  assert(String(settings.AsteriskVersion).startsWith(`${asterisk.major}.`));
  assert(await dami.ping());
});

for (
  const [who, username, secret] of [
    ["a wrong secret", "admin", "wrong"],
    ["an unknown user", "nobody", undefined],
    ["a user from an address that is not permitted", "banned", undefined],
  ] as const
) {
  asteriskTest(`connectAndLogin() is refused ${who}`, async (asterisk) => {
    using dami = new DAMI(asterisk.options);
    const begin = performance.now();
    const error = await assertRejects(
      () =>
        dami.connectAndLogin({
          username,
          secret: secret ?? asterisk.credentials.secret,
        }),
      AmiAuthenticationError,
    );
    assertEquals(error.username, username);
    assert(performance.now() - begin < REFUSAL_DEADLINE);
    assert(!error.message.includes(secret ?? asterisk.credentials.secret));
  });
}

asteriskTest("a refused client can log in afterwards", async (asterisk) => {
  await using dami = new DAMI(asterisk.options);
  await assertRejects(
    () => dami.connectAndLogin({ username: "admin", secret: "wrong" }),
    AmiAuthenticationError,
  );
  await dami.connectAndLogin(asterisk.credentials);
  assert(await dami.ping());
});

asteriskTest("FullyBooted is held until listen()", async (asterisk) => {
  await using dami = await asterisk.connect();
  const early: DAMIData[] = [];
  const remove = dami.on("FullyBooted", (event) => early.push(event));
  // Its answer comes after the event.
  await dami.to("Ping");
  assertEquals(early, []);
  remove();

  await dami.listen();
  const events = new Arrivals<DAMIData>();
  dami.on("FullyBooted", (event) => events.add(event));
  const event = await events.find(() => true, "FullyBooted");
  assertEquals(event.Status, "Fully Booted");
  assertEquals(typeof event.Uptime, "number");
  await dami.to("Ping");
  assertEquals(events.items.length, 1);
});

asteriskTest(
  "a restricted user is refused what it may not do",
  async (asterisk) => {
    await using dami = new DAMI({ ...asterisk.options, timeout: DEADLINE });
    await dami.connectAndLogin({
      ...asterisk.credentials,
      username: "operator",
    });
    assert(await dami.ping());
    const error = await assertRejects(
      () => dami.to("Command", { Command: "core show version" }),
      AmiResponseError,
    );
    assertEquals(error.response.Message, "Permission denied");
    assertEquals(error.emptyList, false);
  },
);

asteriskTest("an event mask keeps other events away", async (asterisk) => {
  await using quiet = await asterisk.connect({ events: false });
  await using users = await asterisk.connect({ events: "user" });
  const received = new Map<DAMI, DAMIData[]>();
  for (const dami of [quiet, users]) {
    const events: DAMIData[] = [];
    received.set(dami, events);
    await dami.listen();
    dami.on("*", (event) => events.push(event));
  }
  const seen = new Arrivals<DAMIData>();
  const mark = crypto.randomUUID();
  users.on("UserEvent", (event) => {
    if (event.Mark === mark) seen.add(event);
  });
  await users.to("UserEvent", { UserEvent: "Masked", Mark: mark });
  await seen.find(() => true, "the UserEvent");
  // The events of an action are sent before the answer to the next one.
  await quiet.to("Ping");
  assertEquals(received.get(quiet), []);
  assertEquals(
    [...new Set(received.get(users)?.map((event) => event.Event))],
    ["UserEvent"],
  );
});

asteriskTest("disconnect() is told goodbye", async (asterisk) => {
  const lines: string[] = [];
  const dami = await asterisk.connect({ onLine: (line) => lines.push(line) });
  await dami.disconnect();
  assert(lines.includes("Response: Goodbye"));
  assertInstanceOf(
    await dami.to("Ping").catch((error) => error),
    Error,
  );
});

import { assert, assertEquals } from "@std/assert";
import { asteriskTest } from "./_asterisk.ts";
import { eventually } from "./_live.ts";

/** The number of calls that are made while listeners come and go. */
const CALLS = 20;

asteriskTest(
  'with events: "listened" less is received, and nothing that is listened to is missed',
  async (asterisk) => {
    const run = crypto.randomUUID();
    await using whole = await asterisk.connect();
    await using some = await asterisk.connect({ events: "listened" });
    await Promise.all([whole.listen(), some.listen()]);
    const heard = { whole: new Set<string>(), some: new Set<string>() };
    const isOurs = (id: unknown) => String(id).startsWith(run);
    whole.on("Hangup", ({ Uniqueid }) => {
      if (isOurs(Uniqueid)) heard.whole.add(String(Uniqueid));
    });
    some.on("Hangup", ({ Uniqueid }) => {
      if (isOurs(Uniqueid)) heard.some.add(String(Uniqueid));
    });
    // The mask is in force when the answer to what follows it comes.
    await Promise.all([whole.to("Ping"), some.to("Ping")]);
    const before = [whole, some].map((dami) => dami.stats().bytesReceived);
    for (let call = 0; call < CALLS; call++) {
      // Classes come and go, and those of Hangup stay.
      const name = call % 2 === 0 ? "VarSet" : "QueueMemberStatus";
      const remove = some.on(name, () => {});
      await whole.to("Originate", {
        Channel: "Local/ring@tests",
        ChannelId: `${run}-${call}`,
        OtherChannelId: `${run}-${call}-2`,
        Application: "Wait",
        Data: 1,
        Timeout: 50,
        Async: true,
      });
      remove();
    }
    await eventually(() => heard.whole.size >= 2 * CALLS, "the hangups");
    await eventually(() => heard.some.size >= 2 * CALLS, "the same hangups");
    assertEquals(heard.some, heard.whole);
    const [all = 0, fewer = 0] = [whole, some].map((dami, index) =>
      dami.stats().bytesReceived - (before[index] ?? 0)
    );
    assert(fewer < 0.9 * all, `${fewer} of ${all} bytes`);

    // A listener that comes hears all that an action behind it brings about.
    const variables: string[] = [];
    some.on("VarSet", ({ Variable }) => variables.push(String(Variable)));
    await some.to("Setvar", { Variable: `dami_${run}`, Value: "1" });
    await eventually(
      () => variables.includes(`dami_${run}`),
      "the variable",
    );

    const { outcome } = await some.originate({
      Channel: "Local/ring@tests",
      Application: "Wait",
      Data: 1,
      Timeout: 50,
    });
    assert(outcome !== "answered");
  },
);

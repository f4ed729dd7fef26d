import { assertEquals } from "@std/assert";
import type { DAMI } from "../../mod.ts";
import { type AsteriskContext, asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

/** Values that something on the way could take for more than text. */
const VALUES: readonly string[] = [
  "plain",
  "va: lue",
  "a:b",
  ": ",
  "trailing blanks  ",
  "two  spaces",
  "tab\there",
  "a,b,,c",
  ",",
  "a;b",
  "a|b",
  "a=b",
  "=",
  "==a",
  "(round)",
  "[square]",
  "{curly}",
  "((",
  "]",
  'say "hi"',
  '"',
  '"unclosed',
  "it's",
  "`$(id)`",
  "back\\slash",
  "\\",
  "\\\\",
  "\\n",
  "\\,",
  '\\"',
  "$HOME",
  "${EPOCH}",
  "$[1+1]",
  "%41",
  "&<>#^*?!@~",
  "Zoë Müller",
  "日本語",
  "😀",
  'é,ü"(\\)[]',
  "\u00a0hard blanks\u00a0",
  "0012",
  "+49 30 1234",
  "12345678901234567890",
  "Event: Hangup",
  "--END COMMAND--",
];

asteriskTest("DBPut and DBGet give values back", async (asterisk) => {
  await using dami = await asterisk.connect({ integers: false });
  const Family = `dami-${crypto.randomUUID()}`;
  for (const [index, Val] of VALUES.entries()) {
    const Key = `key${index}`;
    await dami.to("DBPut", { Family, Key, Val });
    const [, item] = await dami.to("DBGet", { Family, Key });
    assertEquals(item?.Val, Val);
  }
  const [, ...tree] = await dami.to("DBGetTree", { Family });
  const found = new Map(tree.map((item) => [item.Key, item.Val]));
  for (const [index, value] of VALUES.entries()) {
    assertEquals(found.get(`/${Family}/key${index}`), value);
  }
  await dami.to("DBDelTree", { Family });
});

asteriskTest("DBPut and DBGet give long values back", async (asterisk) => {
  await using dami = await asterisk.connect();
  const Family = `dami-${crypto.randomUUID()}`;
  for (const Val of ["x".repeat(1_000), "é".repeat(500)]) {
    await dami.to("DBPut", { Family, Key: "long", Val });
    const [, item] = await dami.to("DBGet", { Family, Key: "long" });
    if (asterisk.major > 16) {
      assertEquals(item?.Val, Val);
    } else {
      // It reads 255 bytes (main/manager.c, MAX_DB_FIELD), be it half a letter.
      const bytes = new TextEncoder().encode(Val).subarray(0, 255);
      assertEquals(item?.Val, new TextDecoder().decode(bytes));
    }
  }
  await dami.to("DBDelTree", { Family });
});

asteriskTest("DBPut accepts names that are hard to read", async (asterisk) => {
  await using dami = await asterisk.connect();
  const Family = `dami: ${crypto.randomUUID()} é`;
  const Key = "a: b=c, d";
  await dami.to("DBPut", { Family, Key, Val: "x" });
  const [, item] = await dami.to("DBGet", { Family, Key });
  assertEquals(item, {
    Event: "DBGetResponse",
    Family,
    Key,
    Val: "x",
    ActionID: item?.ActionID ?? "",
  });
  await dami.to("DBDelTree", { Family });
});

asteriskTest(
  "what was stored is a string, whatever it looks like",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const Family = `dami-${crypto.randomUUID()}`;
    await dami.to("DBPut", { Family, Key: 6001, Val: 802 });
    const [, item] = await dami.to("DBGet", { Family, Key: 6001 });
    assertEquals([item?.Key, item?.Val], ["6001", "802"]);
    const [, ...tree] = await dami.to("DBGetTree", { Family });
    assertEquals(
      new Map(tree.map(({ Key, Val }) => [Key, Val])).get(`/${Family}/6001`),
      "802",
    );
    await dami.to("DBDelTree", { Family });
  },
);

asteriskTest(
  "integers: true makes numbers where nothing is lost",
  async (asterisk) => {
    await using dami = await asterisk.connect({ integers: true });
    const Family = `dami-${crypto.randomUUID()}`;
    const stored = async (Val: string | number) => {
      await dami.to("DBPut", { Family, Key: "number", Val });
      const [, item] = await dami.to("DBGet", { Family, Key: "number" });
      // The types are those of the default.
      const val: unknown = item?.Val;
      return val;
    };
    assertEquals(await stored(12), 12);
    assertEquals(await stored("-7"), -7);
    assertEquals(await stored("0012"), "0012");
    assertEquals(await stored("+49"), "+49");
    assertEquals(await stored("1.5"), "1.5");
    await dami.to("DBDelTree", { Family });
  },
);

/** A channel that waits, with variables set by `Originate`. */
async function hold(
  dami: DAMI,
  log: EventLog,
  variables: Record<string, string | number>,
): Promise<string> {
  const id = crypto.randomUUID();
  await dami.to("Originate", {
    Channel: "Local/hold@tests",
    Application: "Wait",
    Data: 60,
    Async: true,
    ChannelId: id,
    OtherChannelId: `${id}-other`,
    Variable: variables,
  });
  await log.named("OriginateResponse", "Uniqueid", id);
  return String((await log.named("Newchannel", "Uniqueid", id)).Channel);
}

async function listening(
  asterisk: AsteriskContext,
): Promise<{ dami: DAMI; log: EventLog }> {
  const dami = await asterisk.connect({ integers: false });
  await dami.listen();
  return { dami, log: new EventLog(dami) };
}

asteriskTest("variables of Originate arrive as they are", async (asterisk) => {
  const { dami, log } = await listening(asterisk);
  await using _ = dami;
  const variables: Record<string, string> = {};
  for (const [index, value] of VALUES.entries()) {
    variables[`V${index}`] = value;
  }
  variables.LEADING = "  leading blanks";
  variables.EMPTY = "";
  variables.LONG = "x".repeat(900);
  const channel = await hold(dami, log, variables);
  for (const [Variable, value] of Object.entries(variables)) {
    const [answer] = await dami.to("Getvar", { Channel: channel, Variable });
    assertEquals(answer.Value, value);
  }

  // The events of the channel say the same, of what Asterisk puts no backslash before.
  for (const name of ["V0", "V1", "V7", "V10", "V13"]) {
    const { Value } = await log.find(
      (event) =>
        event.Event === "VarSet" && event.Channel === channel &&
        event.Variable === name,
      `VarSet of ${name}`,
    );
    assertEquals(Value, variables[name]);
  }
  await dami.to("Hangup", { Channel: channel });
});

asteriskTest(
  "Status gives the variables that are asked for",
  async (asterisk) => {
    const { dami, log } = await listening(asterisk);
    await using _ = dami;
    const channel = await hold(dami, log, {
      FIRST: "a=b: c",
      SECOND: "Zoë",
      COUNT: 2,
    });
    const [, status] = await dami.to("Status", {
      Channel: channel,
      Variables: "FIRST,SECOND,COUNT",
    });
    assertEquals(status?.Variable, ["FIRST=a=b: c", "SECOND=Zoë", "COUNT=2"]);
    await dami.to("Hangup", { Channel: channel });
  },
);

asteriskTest("variables that are functions are set", async (asterisk) => {
  const { dami, log } = await listening(asterisk);
  await using _ = dami;
  const channel = await hold(dami, log, {
    "CALLERID(name)": 'Zoë "Z" (Müller), [x]',
    "CHANNEL(language)": "de",
    "_INHERITED": "one",
  });
  const read = async (Variable: string) => {
    const [answer] = await dami.to("Getvar", { Channel: channel, Variable });
    return answer.Value;
  };
  assertEquals(await read("CALLERID(name)"), 'Zoë "Z" (Müller), [x]');
  assertEquals(await read("CHANNEL(language)"), "de");
  assertEquals(await read("INHERITED"), "one");
  await dami.to("Hangup", { Channel: channel });
});

asteriskTest("Setvar and Getvar give values back", async (asterisk) => {
  const { dami, log } = await listening(asterisk);
  await using _ = dami;
  const channel = await hold(dami, log, { V: "x" });
  for (const value of VALUES) {
    await dami.to("Setvar", { Channel: channel, Variable: "V", Value: value });
    const [answer] = await dami.to("Getvar", {
      Channel: channel,
      Variable: "V",
    });
    assertEquals(answer.Value, value);
  }
  await dami.to("Hangup", { Channel: channel });
});

asteriskTest("a UserEvent comes back as it was sent", async (asterisk) => {
  const { dami, log } = await listening(asterisk);
  await using _ = dami;
  const mark = crypto.randomUUID();
  const headers: Record<string, string> = {};
  for (const [index, value] of VALUES.entries()) {
    headers[`V${index}`] = value;
  }
  await dami.to("UserEvent", { UserEvent: "Values", Mark: mark, ...headers });
  const event = await log.named("UserEvent", "Mark", mark);
  for (const [name, value] of Object.entries(headers)) {
    assertEquals(event[name], value);
  }
});

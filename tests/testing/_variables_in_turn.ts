import { AmiResponseError, type DAMI } from "../../mod.ts";
import { within } from "../_waiting.ts";

/** The variables of a channel that are read, and set, in turn. */
const STEPS: readonly (readonly [name: string, value?: string])[] = [
  ["GREETING"],
  ["CHANNEL(state)"],
  ["CHANNEL(name)"],
  ["CHANNEL(uniqueid)"],
  ["CHANNEL(linkedid)"],
  ["CHANNEL(language)"],
  ["CHANNEL(accountcode)"],
  ["CHANNEL(exten)"],
  ["CHANNEL(nope)"],
  ["CALLERID(num)"],
  ["CALLERID(name)"],
  ["CALLERID(all)"],
  ["CONNECTEDLINE(num)"],
  ["CHANNEL"],
  ["UNIQUEID"],
  ["EXTEN"],
  ["PRIORITY"],
  ["NOPE(x)"],
  ["CALLERID(name)", 'Zoë "x"'],
  ["CALLERID(name)"],
  ["CALLERID(all)", "Eva <0099>"],
  ["CALLERID(all)"],
  ["CHANNEL(language)", "de"],
  ["CHANNEL(language)"],
  ["NOPE(x)", "1"],
  ["CHANNEL(state)", "1"],
  ["NOTES", 'say "hi", O\'Brien \\ x?'],
  ["NOTES"],
];

/** Reads and sets variables and functions of a channel, and returns what is answered, and what `VarSet` says. */
export async function variablesInTurn(dami: DAMI): Promise<string[]> {
  await dami.listen();
  const ChannelId = `dami-${crypto.randomUUID()}`;
  const notes = Promise.withResolvers<string>();
  dami.on("VarSet", ({ Uniqueid, Variable, Value }) => {
    if (Uniqueid === ChannelId && Variable === "NOTES") notes.resolve(Value);
  });
  await dami.originate({
    Channel: "Local/hold@tests",
    Application: "Wait",
    Data: 60,
    ChannelId,
    CallerID: "Eve <0123>",
    Variable: { GREETING: 'Good morning, "all": you = me' },
  });
  const told: string[] = [];
  for (const [Variable, Value] of STEPS) {
    const data = { Channel: ChannelId, Variable };
    const [response] = await (Value === undefined
      ? dami.to<string>("Getvar", data)
      : dami.to<string>("Setvar", { ...data, Value })).catch((error) => {
        if (error instanceof AmiResponseError) {
          return error.frames;
        }
        throw error;
      });
    const answer = response?.["Value"] ?? response?.["Message"] ?? "";
    told.push(`${Variable} ${Value === undefined ? "is" : "set"}: ${answer}`);
  }
  told.push(`VarSet: ${await within(notes.promise)}`);
  await dami.to("Hangup", { Channel: ChannelId });
  return told.map((line) =>
    line.replaceAll(ChannelId, "ID").replace(/-[0-9a-f]{8}/, "")
  );
}

/** The answers of Asterisk 16 and 22. */
export const VARIABLES: readonly string[] = [
  'GREETING is: Good morning, "all": you = me',
  "CHANNEL(state) is: Up",
  "CHANNEL(name) is: Local/hold@tests;1",
  "CHANNEL(uniqueid) is: ID",
  "CHANNEL(linkedid) is: ID",
  "CHANNEL(language) is: en",
  "CHANNEL(accountcode) is: ",
  "CHANNEL(exten) is: hold",
  "CHANNEL(nope) is: ",
  "CALLERID(num) is: 0123",
  "CALLERID(name) is: Eve",
  'CALLERID(all) is: "Eve" <0123>',
  "CONNECTEDLINE(num) is: 0123",
  "CHANNEL is: Local/hold@tests;1",
  "UNIQUEID is: ID",
  "EXTEN is: hold",
  "PRIORITY is: 1",
  "NOPE(x) is: ",
  "CALLERID(name) set: Variable Set",
  'CALLERID(name) is: Zoë "x"',
  "CALLERID(all) set: Variable Set",
  'CALLERID(all) is: "Eva" <0099>',
  "CHANNEL(language) set: Variable Set",
  "CHANNEL(language) is: de",
  "NOPE(x) set: Variable not set",
  "CHANNEL(state) set: Variable not set",
  "NOTES set: Variable Set",
  `NOTES is: say "hi", O'Brien \\ x?`,
  `VarSet: say \\"hi\\", O\\'Brien \\\\ x\\?`,
];

import { assertEquals } from "@std/assert";
import { DAMI } from "../../../mod.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { within } from "../../_waiting.ts";
import { ANSWERS, answersInTurn } from "../_answers_in_turn.ts";
import { VARIABLES, variablesInTurn } from "../_variables_in_turn.ts";

const USER = { username: "admin", secret: "mysecret" };

Deno.test("variables and the database answer as on Asterisk 22", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(USER);
  assertEquals(await answersInTurn(dami, "embedded"), [...ANSWERS]);
});

Deno.test("a variable of a channel is set by its name or Uniqueid, is told by VarSet, and hides a global one", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 600_000 });
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(USER);
  await dami.listen();
  const set = dami.events("VarSet");
  const { uniqueid: Channel = "" } = await dami.originate({
    Channel: "PJSIP/6001",
    Application: "Wait",
    Data: 600,
  });
  const read = async (): Promise<string> => {
    const [{ Value }] = await dami.to("Getvar", { Channel, Variable: "SHOP" });
    return Value;
  };
  await dami.to("Setvar", { Variable: "SHOP", Value: "global" });
  assertEquals(await read(), "global");
  await dami.to("Setvar", { Channel, Variable: "SHOP", Value: "0066" });
  assertEquals(await read(), "0066");
  const told: string[] = [];
  for await (const event of set) {
    if (event.Variable !== "SHOP") continue;
    told.push(`${event.Uniqueid} ${event.Value}`);
    if (told.length === 2) break;
  }
  assertEquals(told, ["none global", `${Channel} 0066`]);
  const [, ...channels] = await dami.to("CoreShowChannels");
  const [channel] = channels;
  if (channel?.Event !== "CoreShowChannel") throw new Error("No channel");
  await dami.to("Setvar", {
    Channel: channel.Channel,
    Variable: "SHOP",
    Value: "by name",
  });
  assertEquals(await read(), "by name");
});

Deno.test("a restart empties the variables, and keeps the database", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port, reconnect: true });
  await dami.connectAndLogin(USER);
  await dami.to("Setvar", { Variable: "SHOP", Value: "open" });
  await dami.to("DBPut", { Family: "ivr", Key: "open", Val: "yes" });
  const again = Promise.withResolvers<void>();
  dami.addEventListener("gap", () => again.resolve());
  await server.restart({ downFor: 1 });
  await within(again.promise);
  const [{ Value }] = await dami.to("Getvar", { Variable: "SHOP" });
  assertEquals(Value, "");
  const [, entry] = await dami.to("DBGet", { Family: "ivr", Key: "open" });
  assertEquals(entry?.["Val"], "yes");
});

Deno.test("variables and functions of a channel answer as on Asterisk", async () => {
  await using server = AmiServer.start({
    extensions: { hold: ["Answer()", "Wait(60)"] },
  });
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(USER);
  assertEquals(await variablesInTurn(dami), [...VARIABLES]);
});

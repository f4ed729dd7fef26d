import { assertEquals } from "@std/assert";
import { DAMI } from "../../../mod.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { configurationInTurn, CONFIGURED } from "../_configuration_in_turn.ts";

const USER = { username: "admin", secret: "mysecret" };

Deno.test("configuration files are written and read as on Asterisk", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(USER);
  assertEquals(await configurationInTurn(dami), [...CONFIGURED]);
});

Deno.test("a queue takes over its members and settings when app_queue is reloaded", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(USER);
  const file = { SrcFilename: "queues.conf", DstFilename: "queues.conf" };
  const read = async (Queue: string): Promise<string[]> => {
    const [, ...items] = await dami.to("QueueStatus", { Queue });
    return items.flatMap((item) => {
      if (item.Event === "QueueParams") return [item.Strategy ?? ""];
      if (item.Event !== "QueueMember") return [];
      return [
        `${item.Name} ${item.Location} ${item.Penalty} ${item.Membership}`,
      ];
    });
  };
  await dami.to("QueueAdd", { Queue: "sales", Interface: "PJSIP/6003" });
  await dami.to("UpdateConfig", {
    ...file,
    "Action-000000": "Append",
    "Cat-000000": "sales",
    "Var-000000": "member",
    "Value-000000": ">PJSIP/6001,3,Nina,PJSIP/6001",
    "Action-000001": "Update",
    "Cat-000001": "sales",
    "Var-000001": "strategy",
    "Value-000001": "linear",
    "Action-000002": "NewCat",
    "Cat-000002": "new",
  });
  assertEquals(await read("sales"), [
    "rrmemory",
    "PJSIP/6003 PJSIP/6003 0 dynamic",
  ]);
  await dami.to("Reload", { Module: "app_queue" });
  assertEquals((await read("sales")).toSorted(), [
    "Nina PJSIP/6001 3 static",
    "PJSIP/6003 PJSIP/6003 0 dynamic",
    "linear",
  ]);
  assertEquals(await read("new"), ["ringall"]);
  await dami.to("UpdateConfig", {
    ...file,
    Reload: "app_queue",
    "Action-000000": "Delete",
    "Cat-000000": "sales",
    "Var-000000": "member",
    "Match-000000": "PJSIP/6001,3,Nina,PJSIP/6001",
    "Action-000001": "DelCat",
    "Cat-000001": "new",
  });
  assertEquals((await read("sales")).toSorted(), [
    "PJSIP/6003 PJSIP/6003 0 dynamic",
    "linear",
  ]);
  assertEquals(await read("new"), []);
});

Deno.test("an extension that was written can be called when pbx_config is reloaded", async () => {
  await using server = AmiServer.start({ extensions: {} });
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(USER);
  const heard = Promise.withResolvers<string>();
  dami.on("Reload", ({ Module }) => heard.resolve(`${Module}`));
  await dami.listen();
  await dami.to("UpdateConfig", {
    SrcFilename: "extensions.conf",
    DstFilename: "extensions.conf",
    Reload: "pbx_config",
    "Action-000000": "NewCat",
    "Cat-000000": "shop",
    "Action-000001": "Append",
    "Cat-000001": "shop",
    "Var-000001": "exten",
    "Value-000001": ">7777,1,Answer()",
    "Action-000002": "Append",
    "Cat-000002": "shop",
    "Var-000002": "same",
    "Value-000002": ">n,Hangup()",
  });
  assertEquals(await heard.promise, "pbx_config");
  const { outcome } = await dami.originate({
    Channel: "Local/7777@shop",
    Application: "Wait",
    Data: 0,
  });
  assertEquals(outcome, "answered");
  await server.restart();
});

import { assertEquals } from "@std/assert";
import { DAMI } from "../../mod.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { seedCalls } from "./_seed_calls.ts";

Deno.test("the actions of the first DAMI's README run on the embedded PBX", async () => {
  await using server = AmiServer.start();
  const Dami = new DAMI({ hostname: "127.0.0.1", port: server.port });
  await Dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  const content = await seedCalls(Dami, {
    Channel: "sip/6101",
    Context: "default",
    Exten: 1000,
  });
  assertEquals(content["Category-000001"], "default");
  assertEquals(content["Line-000001-000000"], "exten=1000,1,Answer()");
  assertEquals(content["Line-000001-000001"], "same=n,Wait(1)");
  Dami.close();
});

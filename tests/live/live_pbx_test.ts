import { assertEquals } from "@std/assert";
import { DAMI } from "../../mod.ts";
import { type Change, LivePbx } from "../../src/live/live_pbx.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";

Deno.test("a call is followed from its beginning to its end", async () => {
  await using server = AmiServer.start({ ringTime: 5, talkTime: 20 });
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  using pbx = await LivePbx.start(dami);
  assertEquals(pbx.state, "live");
  const changes = pbx.changes();
  await dami.originate({
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
  });
  const told: Change["type"][] = [];
  for await (const change of changes) {
    if (!change.type.startsWith("call-")) continue;
    told.push(change.type);
    if (change.type === "call-connected") {
      assertEquals(change.call.parties.map(({ name }) => name.slice(0, 10)), [
        "PJSIP/6001",
        "PJSIP/6002",
      ]);
    }
    if (change.type === "call-ended") {
      assertEquals(change.cause, 16);
      break;
    }
  }
});

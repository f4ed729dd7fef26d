import { DAMI, type DAMIData } from "../../mod.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { assert, assertEquals } from "@std/assert";
import { until } from "../_waiting.ts";

// The calls of the first DAMI's README, spelled as they are there. Its own
// QuickStart does not parse as it is printed, and so is left out.
Deno.test("the actions of the first DAMI's README run on the embedded PBX", async () => {
  await using server = AmiServer.start();
  const Dami = new DAMI({ hostname: "127.0.0.1", port: server.port });
  await Dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await Dami.listen();
  let booted = 0;
  Dami.on("FullyBooted", (_data: DAMIData) => {
    booted++;
  });
  const [content] = await Dami.to("GetConfig", {
    Filename: "extensions.conf",
    ActionId: "custom id",
  });
  assertEquals(content?.["Category-000001"], "default");
  assertEquals(content?.["Line-000001-000000"], "exten=1000,1,Answer()");
  assertEquals(content?.["Line-000001-000001"], "same=n,Wait(1)");
  let answers: readonly DAMIData[] = [];
  await Dami.to(
    "GetConfig",
    { Filename: "extensions.conf", ActionID: "custom id" },
    (data) => {
      answers = data;
    },
  );
  assertEquals(answers.length, 1);
  const peers = await Dami.to("SIPPeers", {});
  assertEquals(peers.at(-1)?.["Event"], "PeerlistComplete");
  const [queued] = await Dami.to("Originate", {
    Channel: "sip/6101",
    Context: "default",
    Exten: 1000,
    Priority: 1,
    Callerid: 3125551212,
    Timeout: 30000,
    Variable: "var1=23|var2=24|var3=25",
    ActionID: "ABC45678901234567890",
  });
  assertEquals(queued?.["Response"], "Success");
  const [response] = await Dami.to("Command", {
    Command: "core show version",
    ActionID: "custom id",
  });
  assert(Array.isArray(response?.["Output"]));
  assertEquals(await Dami.ping(), true);
  assertEquals(Dami.conn.remoteAddr.transport, "tcp");
  await until(() => booted === 1);
  Dami.close();
});

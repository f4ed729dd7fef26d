import { assert, assertEquals } from "@std/assert";
import type { DAMIData } from "../../mod.ts";
import { until } from "../_waiting.ts";
import { asteriskTest } from "./_asterisk.ts";

// The calls of the first DAMI's README; see tests/testing/seed_examples_test.ts.
asteriskTest(
  "the actions of the first DAMI's README run on Asterisk 16",
  async (asterisk) => {
    // `SIPPeers` is of chan_sip, which later versions do not have.
    if (asterisk.major !== 16) return;
    await using Dami = await asterisk.connect();
    await Dami.listen();
    let booted = 0;
    Dami.on("FullyBooted", (_data: DAMIData) => {
      booted++;
    });
    const [content] = await Dami.to("GetConfig", {
      Filename: "extensions.conf",
      ActionId: "custom id",
    });
    assertEquals(content["Category-000000"], "general");
    assertEquals(content.ActionID, "custom id");
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
      Channel: "Local/answer@tests",
      Context: "tests",
      Exten: "answer",
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
  },
);

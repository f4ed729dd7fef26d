import { assertEquals } from "@std/assert";
import { seedCalls } from "../testing/_seed_calls.ts";
import { asteriskTest } from "./_asterisk.ts";

asteriskTest(
  "the actions of the first DAMI's README run on Asterisk 16",
  async (asterisk) => {
    // `SIPPeers` is of chan_sip, which later versions do not have.
    if (asterisk.major !== 16) return;
    await using Dami = await asterisk.connect();
    const content = await seedCalls(Dami, {
      Channel: "Local/answer@tests",
      Context: "tests",
      Exten: "answer",
    });
    assertEquals(content["Category-000000"], "general");
  },
);

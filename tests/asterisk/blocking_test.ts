import { assert, assertEquals } from "@std/assert";
import { asteriskTest } from "./_asterisk.ts";
import { eventually } from "./_live.ts";

/** The time for which Asterisk rings, and blocks the connection (milliseconds). */
const RINGING = 1_500;

asteriskTest(
  "an action that blocks holds up neither events nor answers on a connection of its own",
  async (asterisk) => {
    await using dami = await asterisk.connect({ blocking: "own-connection" });
    await dami.listen();
    const ChannelId = `blocking-${crypto.randomUUID()}`;
    let isCalled = false;
    dami.on("Newchannel", ({ Uniqueid }) => {
      isCalled ||= String(Uniqueid).startsWith(ChannelId);
    });
    let isAnswered = false;
    // Without Async, it is answered when the call has failed.
    const answer = dami.to("Originate", {
      Channel: "Local/ring@tests",
      ChannelId,
      Application: "Wait",
      Data: 1,
      Timeout: RINGING,
    }).catch(() => {}).finally(() => {
      isAnswered = true;
    });
    await eventually(() => isCalled, "the channel");
    assertEquals(await dami.ping(), true);
    assert(!isAnswered, "the events and the answer came in time");
    await answer;
    const [response] = await dami.to("Command", {
      Command: "core show uptime",
    });
    assert((response.Output?.length ?? 0) > 0);
  },
);

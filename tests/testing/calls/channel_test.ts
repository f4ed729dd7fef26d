import { assertEquals } from "@std/assert";
import { Channel, ChannelState } from "../../../src/testing/calls/channel.ts";
import { captured } from "../_captured.ts";
import { names } from "../_raw_client.ts";

Deno.test("Channel.snapshot() has the headers of Asterisk in its order", async () => {
  const channel = new Channel({
    name: "Local/1000@default-00000000;1",
    uniqueid: "1795364878.0",
    linkedid: "1795364878.0",
    state: ChannelState.down,
    context: "default",
    exten: "1000",
    device: "Local/1000@default",
  });
  const frames = await captured("calls-22.txt");
  const real = frames.find(([first]) => first?.[1] === "Newchannel") ?? [];
  const snapshot = Object.entries(channel.snapshot())
    .map(([name, value]) => [name, String(value)]);
  assertEquals(snapshot, real.slice(3));
  const dial = frames.find(([first]) => first?.[1] === "DialBegin") ?? [];
  assertEquals(
    Object.keys(channel.snapshot("Dest")),
    names(dial).slice(3, -1),
  );
});

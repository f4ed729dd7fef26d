/**
 * A bug report as a test: a session that `dami record` has written is replayed
 * to the code that had trouble with it.
 *
 * ```sh
 * dami record queue_call.dami --events agent --do "QueueStatus Queue=support"
 * deno test --allow-net=127.0.0.1 --allow-read=examples examples/replay_example_test.ts
 * ```
 *
 * @module
 */

import { DAMI } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assertEquals } from "@std/assert";

/** The code under test: how long the next call of a queue lasts (seconds). */
async function nextTalkTime(dami: DAMI, queue: string): Promise<number> {
  for await (const event of dami.events("AgentComplete")) {
    if (event.Queue === queue) return event.TalkTime;
  }
  throw new Error("The connection was closed");
}

Deno.test("nextTalkTime() tells how long somebody talked", async () => {
  const file = new URL("./queue_call.dami", import.meta.url);
  // It took half a minute, but nobody has to wait for it.
  await using server = await AmiServer.replay(file, { speed: Infinity });
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "any", secret: "any" });
  await dami.listen();

  assertEquals(await nextTalkTime(dami, "support"), 31);

  // What was asked for is answered as it was.
  const [response, queue] = await dami.to("QueueStatus", { Queue: "support" });
  assertEquals(response.Message, "Queue status will follow");
  assertEquals(queue?.["Strategy"], "ringall");
});

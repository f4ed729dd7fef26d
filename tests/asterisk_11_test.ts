/**
 * The fate of Asterisk 11 and older, whose manager interface is different:
 * what can be right is right, and all else is refused.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { AmiTimeoutError, AmiVersionError, DAMI } from "../mod.ts";
import { LivePbx } from "../src/live/live_pbx.ts";
import { type AmiFrame, AmiServer } from "../src/testing/ami_server.ts";
import { CREDENTIALS } from "./_dami.ts";

/** The answer to an action as Asterisk 11 gives it: nothing announces the events. */
function unannounced(...events: AmiFrame[]): () => AmiFrame[] {
  return () => [
    { Response: "Success", Message: "It will follow" },
    ...events,
  ];
}

async function connect(server: AmiServer, timeout = 5_000): Promise<DAMI> {
  const dami = new DAMI({ port: server.port, timeout, keepAlive: false });
  await dami.connectAndLogin(CREDENTIALS);
  return dami;
}

for (const amiVersion of ["1.0", "1.1", "1.3"]) {
  Deno.test(`a list of AMI ${amiVersion} is collected though nothing announces it`, async () => {
    await using server = AmiServer.start({ amiVersion });
    server.on(
      "QueueStatus",
      unannounced(
        { Event: "QueueParams", Queue: 800, Calls: 1 },
        { Event: "QueueMember", Queue: 800, Location: "SIP/6001" },
        { Event: "QueueEntry", Queue: 800, Wait: 42 },
        { Event: "QueueStatusComplete" },
      ),
    );
    await using dami = await connect(server);
    const heard: unknown[] = [];
    await dami.listen();
    dami.on("*", (event) => heard.push(event.Event));
    const [, ...events] = await dami.to("QueueStatus");
    assertEquals(events.map((event) => event.Event), [
      "QueueParams",
      "QueueMember",
      "QueueEntry",
      "QueueStatusComplete",
    ]);
    await dami.ping();
    assertEquals(heard.filter((name) => name !== "FullyBooted"), []);
  });
}

Deno.test("a list of Asterisk 11 that is empty is its completion alone", async () => {
  await using server = AmiServer.start({ amiVersion: "1.3" });
  server.on("ParkedCalls", unannounced({ Event: "ParkedCallsComplete" }));
  await using dami = await connect(server);
  const answer = await dami.to("ParkedCalls");
  assertEquals(answer.map((frame) => frame.Event ?? frame.Response), [
    "Success",
    "ParkedCallsComplete",
  ]);
});

Deno.test("DBGet of Asterisk 11 ends with the value", async () => {
  await using server = AmiServer.start({ amiVersion: "1.3" });
  server.on(
    "DBGet",
    unannounced({ Event: "DBGetResponse", Family: "a", Key: "b", Val: "c" }),
  );
  await using dami = await connect(server);
  const [, item] = await dami.to("DBGet", { Family: "a", Key: "b" });
  assertEquals(item?.Val, "c");
});

Deno.test("VoicemailUsersList of Asterisk 11 without a user is its response alone", async () => {
  await using server = AmiServer.start({ amiVersion: "1.3" });
  server.on("VoicemailUsersList", () => ({
    Response: "Success",
    Message: "There are no voicemail users currently defined.",
  }));
  await using dami = await connect(server);
  assertEquals((await dami.to("VoicemailUsersList")).length, 1);
});

Deno.test("a list of Asterisk 11 whose end does not come is never taken for a whole one", async () => {
  await using server = AmiServer.start({ amiVersion: "1.3" });
  server.on("QueueSummary", unannounced({ Event: "QueueSummary", Queue: 1 }));
  await using dami = await connect(server, 50);
  await assertRejects(() => dami.to("QueueSummary"), AmiTimeoutError);
});

Deno.test("a list that Asterisk 12 does not announce is not a list", async () => {
  await using server = AmiServer.start({ amiVersion: "2.0.0" });
  server.on("QueueSummary", unannounced());
  await using dami = await connect(server);
  assertEquals((await dami.to("QueueSummary")).length, 1);
});

Deno.test("amiVersion is that of the greeting", async () => {
  const dami = new DAMI();
  assertEquals(dami.amiVersion, undefined);
  await using server = AmiServer.start({ amiVersion: "1.3" });
  await using connected = await connect(server);
  assertEquals(connected.amiVersion, "1.3");
});

Deno.test("LivePbx refuses Asterisk 11, and names the oldest version that will do", async () => {
  await using server = AmiServer.start({ amiVersion: "1.3" });
  await using dami = await connect(server);
  const error = await assertRejects(() => LivePbx.start(dami), AmiVersionError);
  assertEquals(error.code, "AMI_VERSION");
  assertEquals([error.amiVersion, error.oldest], ["1.3", "2.0"]);
  for (const words of ["1.3", "Asterisk 11 or older", "2.0", "Asterisk 12"]) {
    assertStringIncludes(error.message, words);
  }
  // The connection stays that of the program.
  assert(await dami.ping());
});

Deno.test("LivePbx follows Asterisk 12", async () => {
  await using server = AmiServer.start({ amiVersion: "2.0.0" });
  await using dami = await connect(server);
  using pbx = await LivePbx.start(dami);
  assertEquals(pbx.state, "live");
});

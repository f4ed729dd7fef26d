import { assertEquals, assertStringIncludes } from "@std/assert";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { runDami } from "./_run.ts";

/** An Asterisk 11 with one queue. */
function startOld(): AmiServer {
  const server = AmiServer.start({ amiVersion: "1.3" });
  server.on("QueueStatus", () => [
    { Response: "Success", Message: "Queue status will follow" },
    { Event: "QueueParams", Queue: 800, Calls: 1 },
    { Event: "QueueStatusComplete" },
  ]);
  return server;
}

function runAt(server: AmiServer, ...args: string[]) {
  const place = ["--port", `${server.port}`, "--username", "admin"];
  return runDami([...args, ...place], { env: { DAMI_SECRET: "mysecret" } });
}

Deno.test("dami do prints the whole list of an Asterisk 11", async () => {
  await using server = startOld();
  const { code, output } = await runAt(server, "do", "QueueStatus", "--json");
  assertEquals(code, 0);
  assertStringIncludes(output, `"Event":"QueueParams","`);
  assertStringIncludes(output, `"Queue":"800"`);
});

for (const command of ["queues", "calls", "peers"]) {
  Deno.test(`dami ${command} --watch refuses an Asterisk 11, and says which is new enough`, async () => {
    await using server = startOld();
    const { code, output, errors } = await runAt(server, command, "--watch");
    assertEquals([code, output], [1, ""]);
    for (const words of ["1.3", "Asterisk 11", "Asterisk 12"]) {
      assertStringIncludes(errors, words);
    }
  });
}

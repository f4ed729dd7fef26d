/**
 * Tests of code that uses DAMI, with the embedded PBX: no Asterisk is needed.
 *
 * ```sh
 * deno test --allow-net=127.0.0.1 examples/testing_example_test.ts
 * ```
 *
 * @module
 */

import { DAMI } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assertEquals } from "@std/assert";

/** The code under test: calls somebody back. */
async function callBack(dami: DAMI, endpoint: string): Promise<string> {
  const [response] = await dami.to("Originate", {
    Channel: `PJSIP/${endpoint}`,
    Context: "callback",
    Exten: "s",
    Priority: 1,
    Async: true,
  });
  return String(response.Message);
}

Deno.test("callBack() calls the endpoint", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });

  assertEquals(await callBack(dami, "6001"), "Originate successfully queued");

  // What the PBX has received.
  const action = await server.next("Originate");
  assertEquals(action.get("Channel"), "PJSIP/6001");
  assertEquals(action.get("Context"), "callback");
});

Deno.test("callBack() tells what the PBX answers", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });

  // Any answer can be scripted. The ActionID is put in.
  server.on("Originate", () => ({ Response: "Success", Message: "Later" }));

  assertEquals(await callBack(dami, "6001"), "Later");
});

Deno.test("a hang-up is noticed", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.listen();
  const hangup = Promise.withResolvers<unknown>();
  dami.on("Hangup", (event) => hangup.resolve(event.Channel));

  // Any event can be sent to everybody who is logged in.
  server.emit({
    Event: "Hangup",
    Privilege: "call,all",
    Channel: "PJSIP/6001-00000000",
    Cause: 16,
    "Cause-txt": "Normal Clearing",
  });

  assertEquals(await hangup.promise, "PJSIP/6001-00000000");
});

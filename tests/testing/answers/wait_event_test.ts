import { assertEquals } from "@std/assert";
import { DAMI } from "../../../mod.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { until, within } from "../../_waiting.ts";
import { WAITED, waitEvents } from "../_wait_event.ts";

Deno.test("WaitEvent answers as on Asterisk", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  assertEquals(await waitEvents({ port, secret: "mysecret" }), [...WAITED]);
});

Deno.test("WaitEvent resolves for a client, whose listeners get the event", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  const heard: unknown[] = [];
  dami.on("Hangup", ({ Channel }) => heard.push(Channel));
  await dami.listen();
  const waiting = dami.to("WaitEvent", { Timeout: 30 });
  await server.next("WaitEvent");
  server.emit({ Event: "Hangup", Privilege: "call,all", Channel: "PJSIP/1" });
  const frames = await within(waiting);
  assertEquals(frames.at(-1)?.Event, "WaitEventComplete");
  await until(() => heard.length > 0);
  assertEquals(heard, ["PJSIP/1"]);
});

Deno.test("a client that leaves, and a PBX that closes, end a WaitEvent", async () => {
  const server = AmiServer.start();
  const credentials = { username: "admin", secret: "mysecret" };
  const [gone, kept] = [0, 1].map(() => new DAMI({ port: server.port }));
  if (gone === undefined || kept === undefined) throw new Error("No client");
  const lost: Promise<unknown>[] = [];
  for (const dami of [gone, kept]) {
    await dami.connectAndLogin(credentials);
    lost.push(dami.to("WaitEvent").catch(() => {}));
    await server.next("WaitEvent");
  }
  gone.close();
  await until(() => server.clients.length === 1);
  await within(server.close());
  kept.close();
  await within(Promise.all(lost));
});

import { assert, assertEquals } from "@std/assert";
import type { DAMI } from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { CREDENTIALS, damiFor, listening } from "./_faults.ts";
import { until, within } from "./_waiting.ts";

/** The events of a first and a second session. */
function burst(session: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    Event: "A",
    Session: session,
    Number: index,
  }));
}

Deno.test("close() in a listener ends the delivery of held events, also into the next session", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, { events: "user" });
  await dami.connectAndLogin(CREDENTIALS);
  server.emit(burst("first", 500));
  await dami.to("Ping");
  const heard: unknown[] = [];
  const again = Promise.withResolvers<void>();
  dami.on("A", ({ Session, Number }) => {
    heard.push(`${Session} ${Number}`);
    if (Session !== "first" || Number !== 2) return;
    dami.close();
    dami.connectAndLogin(CREDENTIALS).then(again.resolve, again.reject);
  });
  await dami.listen();
  await until(() => heard.length > 0);
  await within(again.promise);
  server.emit(burst("second", 1));
  await until(() => heard.includes("second 0"));
  assertEquals(heard, ["first 0", "first 1", "first 2", "second 0"]);
});

Deno.test("close() in a listener keeps the rest of the same chunk from being read", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { events: "user" });
  const heard: unknown[] = [];
  dami.on("A", ({ Number }) => {
    heard.push(Number);
    if (Number === 1) dami.close();
  });
  server.emit(burst("only", 50));
  await until(() => dami.state === "closed");
  assertEquals(heard, [0, 1]);
});

Deno.test("close() in onLine delivers nothing of that line", async () => {
  await using server = AmiServer.start();
  let heard = 0;
  let lastLineSeen = false;
  await using dami: DAMI = await listening(server, {
    events: "user",
    onLine: (line) => {
      if (line === "Number: 0") lastLineSeen = true;
      else if (lastLineSeen && line === "") dami.close();
    },
  });
  dami.on("A", () => heard++);
  server.emit({ Event: "A", Number: 0 });
  await until(() => dami.state === "closed");
  assertEquals(heard, 0);
});

Deno.test("a listener of 'disconnect' can connect again, and what it opens then stays", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { events: "user" });
  const again = Promise.withResolvers<void>();
  let stream: AsyncIterableIterator<{ Number?: unknown }> | undefined;
  dami.addEventListener("disconnect", () => {
    dami.connectAndLogin(CREDENTIALS).then(again.resolve, again.reject);
    stream = dami.events("A");
  }, { once: true });
  dami.close();
  await within(again.promise);
  server.emit({ Event: "A", Number: 7 });
  assert(stream !== undefined);
  assertEquals((await within(stream.next())).value?.Number, 7);
});

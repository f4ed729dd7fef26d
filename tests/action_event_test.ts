import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import {
  type ActionDetail,
  AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
  type DAMI,
} from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { AT_ONCE, damiFor, listening, settled } from "./_faults.ts";
import { until, within } from "./_waiting.ts";

/** The details of the actions, as they come. */
function actionsOf(dami: DAMI): ActionDetail[] {
  const details: ActionDetail[] = [];
  dami.addEventListener("action", ({ detail }) => details.push(detail));
  return details;
}

Deno.test("each action is an event with its name, its host and its end", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const details = actionsOf(dami);
  const sent = dami.to("queuestatus", { Queue: "very private" });
  // Inside the call: a listener sees what is around it.
  assertEquals(details.length, 1);
  await sent;
  await settled(dami.to("NoSuchAction"));
  await dami.ping();
  const { hostname, port } = server;
  assertEquals(
    details.map(({ ended: _, ...others }) => others),
    [
      { action: "QueueStatus", isDocumented: true, hostname, port },
      { action: "NoSuchAction", isDocumented: false, hostname, port },
      { action: "Ping", isDocumented: true, hostname, port },
    ],
  );
  const [status, unknown, ping] = await within(
    Promise.all(details.map(({ ended }) => ended)),
  );
  assertEquals([status, ping], [undefined, undefined]);
  assertInstanceOf(unknown, AmiResponseError);
  assertEquals(Deno.inspect(details).includes("very private"), false);
});

Deno.test("originate() is an action, too, and the login is not one of the program's", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = damiFor(server);
  const details = actionsOf(dami);
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.originate({ Channel: "PJSIP/6001", Application: "Echo" });
  assertEquals(details.map(({ action }) => action), ["Originate"]);
});

Deno.test("an action that fails ends with the error that its caller gets", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { reconnect: AT_ONCE });
  const details = actionsOf(dami);
  server.on("Ping", () => {});
  const errors = [
    await settled(dami.to("Ping", {}, { timeout: 5 })),
    await settled(dami.to("Ping", { Bad: "a\r\nb" })),
    await settled(dami.to("Ping", {}, { signal: AbortSignal.abort("why") })),
  ];
  const cut = settled(dami.to("Ping"));
  await until(() => dami.stats().actionsPending === 1);
  server.cut();
  errors.push(await within(cut));
  const ends = await within(Promise.all(details.map(({ ended }) => ended)));
  assertInstanceOf(ends[0], AmiTimeoutError);
  assertInstanceOf(ends[1], TypeError);
  assertEquals(ends[2]?.message, "why");
  assertInstanceOf(ends[3], AmiConnectionError);
  for (const place of [0, 1, 3]) assert(ends[place] === errors[place]);
});

Deno.test("an action that waits for a connection has no host yet", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { reconnect: AT_ONCE });
  const details = actionsOf(dami);
  await server.refuse();
  server.cut();
  await until(() => dami.state === "reconnecting");
  const answer = dami.to("Ping");
  await server.accept();
  await within(answer);
  assertEquals(details.map(({ hostname }) => hostname), [undefined]);
});

Deno.test("a listener for actions that throws harms no action", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  dami.addEventListener("action", () => {
    throw new Error("mine");
  });
  const [response] = await dami.to("Ping");
  assertEquals(response.Response, "Success");
  assertEquals(errors.map(String), ["Error: mine"]);
});

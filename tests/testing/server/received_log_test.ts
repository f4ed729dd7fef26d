import { assertEquals, assertRejects } from "@std/assert";
import { ReceivedAction } from "../../../src/testing/server/received_action.ts";
import { ReceivedLog } from "../../../src/testing/server/received_log.ts";

function action(name: string, actionId = ""): ReceivedAction {
  return new ReceivedAction([`Action: ${name}`, `ActionID: ${actionId}`]);
}

Deno.test("actions are kept in order until forget()", () => {
  const log = new ReceivedLog();
  log.push(action("Ping"));
  log.push(action("Events"));
  assertEquals(log.actions.map(({ name }) => name), ["Ping", "Events"]);
  const before = log.actions;
  log.forget();
  assertEquals(log.actions, []);
  assertEquals(before.length, 2);
});

Deno.test("next() gives out each action once, in any letter case", async () => {
  const log = new ReceivedLog();
  const first = log.next("ping");
  log.push(action("Events", "1"));
  log.push(action("PING", "2"));
  log.push(action("Ping", "3"));
  const third = log.next("Ping").then(({ actionId }) => actionId);
  assertEquals((await first).actionId, "2");
  assertEquals(await third, "3");
  assertEquals((await log.next("events")).actionId, "1");
});

Deno.test("those who wait get the actions in the order in which they came", async () => {
  const log = new ReceivedLog();
  const waiting = [log.next("Ping"), log.next("Events"), log.next("Ping")];
  for (const id of ["1", "2", "3"]) log.push(action("Ping", id));
  log.push(action("Events", "4"));
  const got = await Promise.all(waiting);
  assertEquals(got.map(({ actionId }) => actionId), ["1", "4", "2"]);
  assertEquals((await log.next("Ping")).actionId, "3");
});

Deno.test("forget() takes what was not given out; who waits goes on waiting", async () => {
  const log = new ReceivedLog();
  const waiting = log.next("Events");
  log.push(action("Ping", "1"));
  log.forget();
  log.push(action("Ping", "2"));
  log.push(action("Events", "3"));
  assertEquals((await log.next("Ping")).actionId, "2");
  assertEquals((await waiting).actionId, "3");
});

Deno.test("a wait that its signal has ended takes no action", async () => {
  const log = new ReceivedLog();
  const controller = new AbortController();
  const { signal } = controller;
  const ended = log.next("Ping", { signal });
  const waiting = log.next("Ping");
  controller.abort(new RangeError("Enough"));
  log.push(action("Ping", "1"));
  await assertRejects(() => ended, RangeError, "Enough");
  assertEquals((await waiting).actionId, "1");
  await assertRejects(() => log.next("Ping", { signal }), RangeError, "Enough");
});

Deno.test("close() ends the waits; what came before is still given out", async () => {
  const log = new ReceivedLog();
  log.push(action("Ping", "1"));
  const waiting = log.next("Events");
  log.close();
  await assertRejects(
    () => waiting,
    Error,
    'Cannot wait for the action "Events" as the server is closed',
  );
  assertEquals((await log.next("Ping")).actionId, "1");
  await assertRejects(() => log.next("Ping"), Error, "the server is closed");
});

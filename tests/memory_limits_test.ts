/** A hostile peer, or a broken one, is bounded in the memory that it can make a client hold. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { type AmiError, AmiLimitError } from "../mod.ts";
import { loggedIn } from "./_dami.ts";
import { until, within } from "./_waiting.ts";

const ITEM = `Value: ${"x".repeat(10_000)}`;

Deno.test("a list of long items ends with a limit, and the session lives on", async () => {
  await using session = await loggedIn(async (peer) => {
    const list = await peer.next();
    const id = `ActionID: ${list?.get("ActionID")}`;
    await peer.frame("Response: Success", id, "EventList: start");
    for (let count = 0; count < 50; count++) {
      await peer.frame("Event: Item", id, ITEM);
    }
    await peer.frame("Event: ItemsComplete", id, "EventList: Complete");
    for (let count = 0; count < 20; count++) {
      const action = await peer.next();
      await peer.frame(
        "Response: Success",
        `ActionID: ${action?.get("ActionID")}`,
        ITEM,
      );
    }
    await peer.closed();
  }, { limits: { maxAnswersLength: 100_000 } });
  const { dami } = session;
  const error = await assertRejects(
    () => within(dami.to("Status")),
    AmiLimitError,
    "longer than 100000 characters",
  );
  assertEquals([error.limit, error.value], ["maxAnswersLength", 100_000]);
  // What is answered is not counted any more.
  for (let count = 0; count < 20; count++) await within(dami.to("Ping"));
});

Deno.test("answers that are collected at one time are bounded together", async () => {
  await using session = await loggedIn(async (peer) => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      const list = await peer.next();
      ids.push(`ActionID: ${list?.get("ActionID")}`);
    }
    for (const id of ids) {
      await peer.frame("Response: Success", id, "EventList: start");
      await peer.frame("Event: Item", id, ITEM);
    }
    for (const id of ids) {
      await peer.frame("Event: ItemsComplete", id, "EventList: Complete");
    }
    await peer.closed();
  }, { limits: { maxAnswersLength: 35_000 } });
  const results = await within(Promise.allSettled(
    Array.from({ length: 5 }, () => session.dami.to("Status")),
  ));
  const isLimit = (result: PromiseSettledResult<unknown>) =>
    result.status === "rejected" && result.reason instanceof AmiLimitError;
  // Each that is rejected makes room for the next.
  assertEquals(results.map(isLimit), [false, false, false, true, true]);
});

Deno.test("a response and an event that are too long are refused, and the session lives on", async () => {
  await using session = await loggedIn(async (peer) => {
    await peer.frame("Event: Huge", ITEM, ITEM);
    for (const lines of [[ITEM, ITEM], []]) {
      const action = await peer.next();
      const id = `ActionID: ${action?.get("ActionID")}`;
      await peer.frame("Response: Success", id, ...lines);
    }
    await peer.closed();
  }, { limits: { maxFrameLength: 15_000 } });
  const { dami } = session;
  const errors: AmiError[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  const error = await assertRejects(
    () => within(dami.to("CoreStatus")),
    AmiLimitError,
    'The answer to action "CoreStatus" is longer than 15000 characters',
  );
  assertEquals([error.limit, error.value], ["maxFrameLength", 15_000]);
  await within(dami.to("CoreStatus"));
  assertEquals(errors.map(({ message }) => message), [
    'Event "Huge" is longer than 15000 characters',
  ]);
});

Deno.test("events that are held are bounded in their length, and the first that is dropped is reported", async () => {
  await using session = await loggedIn(async (peer) => {
    // Asked for, so that no event comes before the test listens for errors.
    const ping = await peer.next();
    await peer.frame("Response: Success", `ActionID: ${ping?.id}`);
    for (let count = 0; count < 10; count++) await peer.frame("Event: A", ITEM);
    await peer.closed();
  }, { limits: { maxHeldLength: 35_000 } });
  const { dami } = session;
  const errors: AmiError[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  await dami.to("Ping");
  await until(() => dami.stats().framesDropped === 7);
  let heard = 0;
  dami.on("A", () => heard++);
  await dami.listen();
  await until(() => heard === 3);
  const [error] = errors;
  assertEquals(errors.length, 1);
  assert(error instanceof AmiLimitError);
  assertEquals([error.limit, error.value], ["maxHeldLength", 35_000]);
});

import { assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { Bell } from "../../../src/cli/terminal/bell.ts";

const { signal } = new AbortController();

Deno.test("Bell wakes who waits, and once who comes late", async () => {
  const bell = new Bell();
  const waiting = bell.wait(signal);
  bell.ring();
  await waiting;
  bell.ring();
  bell.ring();
  await bell.wait(signal);
  let isAwake = false;
  const late = bell.wait(signal).then(() => isAwake = true);
  await delay(10);
  assertEquals(isAwake, false);
  bell.ring();
  await late;
});

Deno.test("Bell waits no longer than it may, and ends with the signal", async () => {
  const bell = new Bell();
  await bell.wait(signal, 1);
  const controller = new AbortController();
  const reason = new Error("over");
  const waiting = assertRejects(() => bell.wait(controller.signal));
  controller.abort(reason);
  assertEquals(await waiting, reason);
  assertEquals(
    await assertRejects(() => bell.wait(controller.signal, 1)),
    reason,
  );
});

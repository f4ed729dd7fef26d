import { assertEquals, assertRejects } from "@std/assert";
import { wait } from "../../src/testing/wait.ts";

Deno.test("wait() resolves, and rejects with the reason of its signal", async () => {
  const controller = new AbortController();
  assertEquals(await wait(1, controller.signal), undefined);
  const waiting = wait(60_000, controller.signal);
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => waiting, RangeError, "Enough");
  await assertRejects(() => wait(1, controller.signal), RangeError, "Enough");
});

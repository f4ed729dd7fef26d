import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { AmiLimitError } from "../../mod.ts";
import { settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import { ALICE, BOB, device, event, hangup, talk } from "./_frames.ts";
import { Stage, steps } from "./_stage.ts";

Deno.test("a listener that throws harms neither the others nor the iterators", async () => {
  await using stage = await Stage.set();
  const { pbx } = stage;
  const log: unknown[] = [];
  pbx.addEventListener("error", ({ error }) => log.push(error));
  pbx.addEventListener("call-started", () => {
    throw new RangeError("one");
  });
  pbx.addEventListener("call-started", () => Promise.reject("two"));
  pbx.addEventListener(
    "call-started",
    ({ detail }) => log.push(detail.call.id),
  );
  const types = await stage.play(...talk(ALICE, BOB, "b1"), hangup(ALICE));
  assertEquals(steps(types)[0], "call-started");
  await until(() => log.length === 3);
  assert(log.includes("1.1") && log.includes("two"));
  assert(log.some((each) => each instanceof RangeError));
  assertEquals([...pbx.channels.keys()], ["1.2"]);
});

Deno.test("a listener for errors that throws is not called by itself", async () => {
  await using stage = await Stage.set();
  let count = 0;
  stage.pbx.addEventListener("error", () => {
    count++;
    throw new Error("again");
  });
  stage.pbx.addEventListener("channel-started", () => {
    throw new Error("first");
  });
  const types = await stage.play(event("Newchannel", ALICE));
  assertEquals(types.includes("channel-started"), true);
  assertEquals(count, 1);
});

Deno.test("changes() reaches who waits before any timer", async () => {
  await using stage = await Stage.set();
  const log: string[] = [];
  const timers = Promise.withResolvers<void>();
  stage.pbx.addEventListener("channel-started", () => {
    log.push("listener");
    setTimeout(() => {
      log.push("timer");
      timers.resolve();
    }, 0);
  });
  const reading = (async () => {
    for await (const { type } of stage.pbx.changes()) {
      if (type !== "channel-started") continue;
      log.push("iterator");
      break;
    }
  })();
  stage.lists.server.emit(event("Newchannel", ALICE));
  await within(Promise.all([reading, timers.promise]));
  assertEquals(log, ["listener", "iterator", "timer"]);
});

Deno.test("changes() holds its bounds: an error, or the oldest are dropped", async () => {
  await using stage = await Stage.set();
  const { pbx } = stage;
  const strict = pbx.changes({ maxQueue: 2 });
  const lax = pbx.changes({ maxQueue: 2, overflow: "drop-oldest" });
  await stage.play(
    device("PJSIP/1", "INUSE"),
    device("PJSIP/2", "INUSE"),
    device("PJSIP/3", "INUSE"),
  );
  assertEquals([strict.queued, lax.queued, lax.dropped], [2, 2, 1]);
  await strict.next();
  await strict.next();
  await assertRejects(() => strict.next(), AmiLimitError);
  const { value } = await lax.next();
  assert(value?.type === "device-changed");
  assertEquals(value.device.name, "PJSIP/2");
  assertThrows(() => pbx.changes({ maxQueue: 0 }), RangeError);
});

Deno.test("changes() ends with its signal, and the others go on", async () => {
  await using stage = await Stage.set();
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = settled(stage.pbx.changes({ signal }).next());
  controller.abort(new RangeError("Enough"));
  assertInstanceOf(await within(waiting), RangeError);
  assertInstanceOf(
    await within(settled(stage.pbx.changes({ signal }).next())),
    RangeError,
  );
  assertEquals(await stage.play(device("PJSIP/1", "INUSE")), [
    "device-changed",
  ]);
});

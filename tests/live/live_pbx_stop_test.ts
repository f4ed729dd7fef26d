import { assert, assertEquals, assertThrows } from "@std/assert";
import { getEventListeners } from "node:events";
import { AmiClosedError } from "../../mod.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { until, within } from "../_waiting.ts";
import { ALICE, BOB, hangup, listed, talk } from "./_frames.ts";
import { Changes, ListingPbx } from "./_pbx.ts";
import { Stage } from "./_stage.ts";

Deno.test("stop() ends the iterators, removes the listeners, and keeps what was known", async () => {
  await using stage = await Stage.set();
  const { pbx, dami, lists } = stage;
  let stops = 0;
  pbx.addEventListener("stop", () => stops++);
  await stage.play(...talk(ALICE, BOB, "b1"));
  assert(getEventListeners(dami, "gap").length > 0);
  const waiting = pbx.changes().next();
  pbx.stop();
  pbx.stop();
  assertEquals(await within(waiting), { done: true, value: undefined });
  await within(stage.changes.ended);
  for (const name of ["gap", "disconnect", "close"]) {
    assertEquals(getEventListeners(dami, name).length, 0, name);
  }
  lists.server.emit([hangup(ALICE), hangup(BOB)]);
  assertEquals(await dami.ping(), true, "the connection is the program's");
  assertEquals(stage.call.state, "talking");
  assertEquals([pbx.state, stops], ["stopped", 1]);
  assertThrows(() => pbx.changes(), AmiClosedError, "by stop()");
});

Deno.test("stop() while the snapshots of a gap are taken leaves it stopped", async () => {
  await using stage = await Stage.set();
  const { pbx, lists } = stage;
  const errors: unknown[] = [];
  pbx.addEventListener("error", ({ error }) => errors.push(error));
  const held = lists.hold("CoreShowChannels");
  lists.server.cut();
  await held.asked;
  pbx.stop();
  await within(stage.changes.ended);
  held.release([listed(ALICE)]);
  assertEquals(await stage.dami.ping(), true);
  assertEquals([pbx.state, pbx.channels.size], ["stopped", 0]);
  assertEquals(errors, []);
});

Deno.test("it stops when there will be no further connection", async () => {
  await using lists = new ListingPbx();
  await using dami = await lists.connect();
  using pbx = await LivePbx.start(dami);
  const changes = new Changes(pbx);
  lists.server.cut();
  await within(changes.ended);
  assertEquals(changes.all.map(({ type }) => type), ["stale"]);
  assertEquals(pbx.state, "stopped");
});

Deno.test("changes() of a live PBX that is stopped says by what it was", async () => {
  const ends: [string, (stage: Stage) => void][] = [
    ["by stop()", ({ pbx }) => pbx.stop()],
    ["out of scope", ({ pbx }) => pbx[Symbol.dispose]()],
    ["its client was closed", ({ dami }) => dami.close()],
  ];
  for (const [message, end] of ends) {
    await using stage = await Stage.set();
    end(stage);
    await until(() => stage.pbx.state === "stopped");
    // A second end changes nothing.
    stage.pbx.stop();
    assertThrows(() => stage.pbx.changes(), AmiClosedError, message);
    assertThrows(() => stage.pbx.changes({ maxQueue: 0 }), RangeError);
    // An iterator under way ends quietly.
    await within(stage.changes.ended);
  }
});

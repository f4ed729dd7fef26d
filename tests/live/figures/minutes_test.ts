import { assertEquals } from "@std/assert";
import { Minutes } from "../../../src/live/figures/minutes.ts";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 5, 15, 12);

Deno.test("the last 60 minutes are listed, quiet ones too", () => {
  const minutes = new Minutes({ calls: 0 });
  minutes.of(NOON).calls++;
  minutes.of(NOON + 30_000).calls++;
  minutes.of(NOON + 2 * MINUTE).calls++;
  const list = minutes.list(NOON + 2 * MINUTE + 1);
  assertEquals(list.length, 60);
  assertEquals(list.slice(-3), [
    { at: NOON, calls: 2 },
    { at: NOON + MINUTE, calls: 0 },
    { at: NOON + 2 * MINUTE, calls: 1 },
  ]);
  const later = minutes.list(NOON + 60 * MINUTE);
  assertEquals(later.reduce((sum, { calls }) => sum + calls, 0), 1);
});

Deno.test("no more than an hour is kept, whatever the clock does", () => {
  const minutes = new Minutes({ calls: 0 });
  for (let minute = 0; minute < 500; minute++) {
    minutes.of(NOON + minute * MINUTE).calls++;
  }
  minutes.of(NOON).calls++;
  assertEquals(minutes.save().length <= 61, true);
  const loaded = new Minutes({ calls: 0 });
  loaded.load(minutes.save());
  assertEquals(loaded.list(NOON), minutes.list(NOON));
});

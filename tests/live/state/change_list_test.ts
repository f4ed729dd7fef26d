import { assertEquals } from "@std/assert";
import type { Change } from "../../../src/live/change.ts";
import { ChangeList } from "../../../src/live/state/change_list.ts";

const ONE: Change = { type: "stale", at: 1 };
const TWO: Change = { type: "stale", at: 2 };

Deno.test("ChangeList returns each change once, in order", () => {
  const list = new ChangeList();
  assertEquals(list.take(), []);
  list.add(ONE);
  list.add(undefined);
  list.add(TWO);
  assertEquals(list.take(), [ONE, TWO]);
  assertEquals(list.take(), []);
  list.add(TWO);
  assertEquals(list.take(), [TWO]);
});

Deno.test("ChangeList leaves what it has returned as it was", () => {
  const list = new ChangeList();
  list.add(ONE);
  const taken = list.take();
  list.add(TWO);
  assertEquals([taken, list.take()], [[ONE], [TWO]]);
});

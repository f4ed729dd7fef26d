import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatGap } from "../../src/nats/records.ts";
import { Spool, type SpoolItem } from "../../src/nats/spool.ts";
import { SpoolBudget } from "../../src/nats/spool_budget.ts";

/** An hour, which no test takes. */
const KEEP = 3_600_000;

function spoolOf(maxEvents: number, keep = KEEP): Spool {
  return new Spool({
    budget: new SpoolBudget(maxEvents, 2 ** 40),
    keep,
    gapItem: (gap) => ({
      subject: "gap",
      payload: formatGap(gap),
      at: gap.to,
      gap,
    }),
  });
}

function event(number: number, at = number): SpoolItem {
  return { subject: "event", payload: String(number), at };
}

function payloads(spool: Spool): string[] {
  return [...spool.entries()].map(({ item }) =>
    item.gap === undefined ? item.payload : `gap ${item.gap.missed}`
  );
}

Deno.test("Spool gives what waits in its order, and again if it is taken back", () => {
  const spool = spoolOf(100);
  spool.lead(undefined);
  for (let number = 1; number <= 5; number++) spool.push(event(number));
  const texts = (count: number) =>
    spool.take(count, Infinity).map(({ payload }) => payload);
  assertEquals(texts(2), ["1", "2"]);
  spool.takeBack();
  assertEquals(texts(3), ["1", "2", "3"]);
  spool.confirm();
  assertEquals(spool.confirmedNumber, 3);
  assertEquals(texts(9), ["4", "5"]);
  assertEquals(spool.hasWaiting, false);
  assertEquals(spool.pending, 2);
});

Deno.test("Spool takes no more than fits, but always one", () => {
  const spool = spoolOf(100);
  spool.lead(undefined);
  for (let number = 1; number <= 3; number++) spool.push(event(number));
  assertEquals(spool.take(10, 1).length, 1);
});

Deno.test("Spool that follows drops the oldest without a gap", () => {
  const spool = spoolOf(10);
  for (let number = 1; number <= 11; number++) spool.push(event(number));
  assertEquals(payloads(spool)[0], "3");
  assertEquals(spool.droppedAt, 2);
  assertEquals(spool.dropped, 0);
});

Deno.test("Spool that leads puts one gap in the place of what it drops", () => {
  const spool = spoolOf(10);
  spool.lead(undefined);
  for (let number = 1; number <= 4; number++) spool.push(event(number));
  spool.take(2, Infinity);
  for (let number = 5; number <= 30; number++) spool.push(event(number));
  const [first, second, gap, ...rest] = payloads(spool);
  assertEquals([first, second], ["1", "2"]);
  const missed = Number(gap?.split(" ")[1]);
  assertEquals(missed, spool.dropped);
  assertEquals(rest[0], String(3 + missed));
  assertEquals(rest.at(-1), "30");
  assert(spool.count <= 10);
});

Deno.test("Spool keeps what is published for a while, and the last in any case", () => {
  const spool = spoolOf(1_000, 100);
  spool.lead(undefined);
  for (let number = 1; number <= 100; number++) spool.push(event(number, 0));
  spool.take(100, Infinity);
  spool.confirm();
  assertEquals(spool.count, 64);
  spool.push(event(101, 1_000));
  assertEquals(payloads(spool).at(-1), "101");
});

Deno.test("Spool leads on after any entry", () => {
  const spool = spoolOf(100);
  for (let number = 1; number <= 5; number++) spool.push(event(number));
  const third = [...spool.entries()][2];
  spool.lead(third);
  assertEquals(spool.pending, 2);
  assertEquals(spool.take(9, Infinity).map(({ payload }) => payload), [
    "4",
    "5",
  ]);
});

Deno.test("Spool loses nothing that it does not count, whatever happens", () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.constant("push" as const) },
    fc.constant("take" as const),
    fc.constant("confirm" as const),
    fc.constant("back" as const),
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 300 }),
      fc.integer({ min: 3, max: 40 }),
      (steps, max) => {
        const budget = new SpoolBudget(max, 2 ** 40);
        const spool = new Spool({
          budget,
          keep: 0,
          gapItem: (gap) => ({ subject: "g", payload: "", at: gap.to, gap }),
        });
        spool.lead(undefined);
        let sent = 0;
        let taken: SpoolItem[] = [];
        const published: SpoolItem[] = [];
        const take = () => {
          if (taken.length === 0) taken = spool.take(7, Infinity);
        };
        const confirm = () => {
          published.push(...taken.splice(0));
          spool.confirm();
        };
        for (const each of steps) {
          if (each === "push") spool.push(event(++sent));
          else if (each === "take") take();
          else if (each === "confirm") confirm();
          else {
            taken = [];
            spool.takeBack();
          }
        }
        confirm();
        while (spool.hasWaiting) {
          take();
          confirm();
        }
        let next = 1;
        for (const { payload, gap } of published) {
          if (gap === undefined) assertEquals(Number(payload), next++);
          else next += gap.missed ?? 0;
        }
        assertEquals(next, sent + 1);
        const bytes = spool.bytes;
        assertEquals(budget.bytes, bytes);
        assertEquals([...spool.entries()].length, spool.count);
        assertEquals(spool.pending, 0);
      },
    ),
  );
});

Deno.test("SpoolBudget drops nothing that waits while anything else can go", () => {
  const budget = new SpoolBudget(100, 2 ** 40);
  const options = { budget, keep: KEEP, gapItem: () => event(0) };
  const busy = new Spool(options);
  busy.lead(undefined);
  const idle = new Spool(options);
  for (let number = 1; number <= 30; number++) idle.push(event(number));
  for (let number = 1; number <= 99; number++) busy.push(event(number));
  assertEquals(busy.dropped, 0);
  assertEquals(idle.count, 0);
});

Deno.test("SpoolBudget lets the greatest spool give way", () => {
  const budget = new SpoolBudget(100, 2 ** 40);
  const options = {
    budget,
    keep: KEEP,
    gapItem: () => event(0),
  };
  const large = new Spool(options);
  const small = new Spool(options);
  for (let number = 1; number <= 90; number++) large.push(event(number));
  for (let number = 1; number <= 20; number++) small.push(event(number));
  assertEquals(small.count, 20);
  assert(large.count <= 80);
  large.close();
  small.close();
  assertEquals(budget.bytes, 0);
});

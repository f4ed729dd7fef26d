import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { EventStreams } from "../../src/events/event_streams.ts";

const BOUNDS = { maxQueue: 10, overflow: "error" } as const;

Deno.test("EventStreams gives what is pushed to those that are open", async () => {
  const streams = new EventStreams<number>();
  streams.push(1);
  const first = streams.open(BOUNDS);
  streams.push(2);
  const second = streams.open(BOUNDS);
  streams.push(3);
  await first.return();
  streams.push(4);
  streams.end();
  assertEquals(await Array.fromAsync(first), []);
  assertEquals(await Array.fromAsync(second), [3, 4]);
});

Deno.test("EventStreams ends those with a source of their own as well, and their subscriptions", async () => {
  const streams = new EventStreams<number>();
  const sources = new Set<(event: number) => void>();
  const open = () =>
    streams.open({
      ...BOUNDS,
      subscribe(push) {
        sources.add(push);
        return () => sources.delete(push);
      },
    });
  const read = open();
  const left = open();
  for (const push of sources) push(1);
  streams.push(2);
  await left.return();
  assertEquals(sources.size, 1);
  const error = new RangeError("The end");
  streams.end(error);
  assertEquals(sources.size, 0);
  assertEquals((await read.next()).value, 1);
  assertStrictEquals(await read.next().catch((reason) => reason), error);
});

Deno.test("EventStreams subscribes nothing for a signal that is aborted already", async () => {
  const streams = new EventStreams<number>();
  let subscriptions = 0;
  const stream = streams.open({
    ...BOUNDS,
    signal: AbortSignal.abort(new RangeError("Enough")),
    subscribe() {
      subscriptions++;
      return () => {};
    },
  });
  assertEquals(subscriptions, 0);
  await assertRejects(() => stream.next(), RangeError, "Enough");
});

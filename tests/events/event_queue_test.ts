import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { getEventListeners } from "node:events";
import { AmiConnectionError, AmiLimitError, type DAMIData } from "../../mod.ts";
import {
  EventQueue,
  type EventQueueOptions,
} from "../../src/events/event_queue.ts";
import type { Overflow } from "../../src/events/event_stream.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { AT_ONCE, damiFor, lifecycleOf, listening } from "../_faults.ts";
import { until, within } from "../_waiting.ts";

const OPTIONS: EventQueueOptions = {
  maxQueue: 3,
  overflow: "error",
  onEnd: () => {},
};

function streamOf(options: Partial<EventQueueOptions> = {}) {
  return new EventQueue<number>({ ...OPTIONS, ...options });
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

Deno.test("events come in their order, whether they are waited for or wait", async () => {
  const stream = streamOf();
  const first = stream.next();
  const second = stream.next();
  for (const event of [1, 2, 3, 4]) stream.push(event);
  assertEquals(await first, { done: false, value: 1 });
  assertEquals(await second, { done: false, value: 2 });
  assertEquals(stream.queued, 2);
  stream.close();
  assertEquals(await all(stream), [3, 4]);
  assertEquals(stream.queued, 0);
});

Deno.test("an event that is falsy is an event", async () => {
  const stream = streamOf();
  stream.push(0);
  stream.close();
  assertEquals(await all(stream), [0]);
});

Deno.test("an event that is undefined is an event", async () => {
  const stream = new EventQueue<undefined>(OPTIONS);
  stream.push(undefined);
  assertEquals(await stream.next(), { done: false, value: undefined });
  assertEquals(stream.queued, 0);
});

Deno.test("await using ends it", async () => {
  let ends = 0;
  {
    await using stream = streamOf({ onEnd: () => ends++ });
    stream.push(1);
  }
  assertEquals(ends, 1);
});

Deno.test("a million queued events are read and dropped as fast as a thousand", async () => {
  const maxQueue = 1_000_000;
  const stream = streamOf({ maxQueue, overflow: "drop-oldest" });
  for (let event = 0; event < maxQueue; event++) stream.push(event);
  const begin = performance.now();
  for (let event = 0; event < 20_000; event++) {
    stream.push(event);
    assertEquals((await stream.next()).value, event + 1 + event);
    stream.push(event);
  }
  const each = (performance.now() - begin) / 20_000;
  assert(each < 0.04, `${each} ms for each`);
});

Deno.test("close() ends all who wait, and may be called again", async () => {
  let ends = 0;
  const stream = streamOf({ onEnd: () => ends++ });
  const waiting = [stream.next(), stream.next()];
  stream.close();
  stream.close();
  stream.push(1);
  for (const next of [...waiting, stream.next()]) {
    assertEquals(await next, { done: true, value: undefined });
  }
  assertEquals(ends, 1);
  assertEquals(stream.queued, 0);
});

Deno.test("an end with an error comes after what is queued, once", async () => {
  const stream = streamOf();
  stream.push(1);
  const error = new RangeError("The end");
  stream.close(error);
  stream.close(new Error("Too late"));
  assertEquals((await stream.next()).value, 1);
  assertStrictEquals(await stream.next().catch((each) => each), error);
  assertEquals(await stream.next(), { done: true, value: undefined });
});

Deno.test("a full queue ends with an error after what is queued", async () => {
  let ends = 0;
  const stream = streamOf({ onEnd: () => ends++ });
  for (const event of [1, 2, 3, 4, 5]) stream.push(event);
  assertEquals(ends, 1);
  assertEquals(stream.dropped, 1);
  const events: number[] = [];
  const error = await assertRejects(async () => {
    for await (const event of stream) events.push(event);
  }, AmiLimitError);
  assertEquals(error.limit, "maxQueue");
  assertEquals(error.value, 3);
  assertEquals(events, [1, 2, 3]);
});

Deno.test("a full queue drops the oldest where it is asked to", async () => {
  const stream = streamOf({ overflow: "drop-oldest" });
  for (const event of [1, 2, 3, 4, 5]) stream.push(event);
  assertEquals(stream.dropped, 2);
  assertEquals(stream.queued, 3);
  stream.close();
  assertEquals(await all(stream), [3, 4, 5]);
});

Deno.test("break and return() end it and drop what is queued", async () => {
  let ends = 0;
  const stream = streamOf({ onEnd: () => ends++ });
  for (const event of [1, 2, 3]) stream.push(event);
  for await (const event of stream) {
    assertEquals(event, 1);
    break;
  }
  assertEquals(ends, 1);
  assertEquals(stream.queued, 0);
  assertEquals(await all(stream), []);
  const waiting = streamOf();
  const next = waiting.next();
  assertEquals(await waiting.return(), { done: true, value: undefined });
  assertEquals((await next).done, true);
});

Deno.test("an abort rejects with its reason at once, and no listener stays at the signal", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const stream = streamOf({ signal });
  const closed = streamOf({ signal });
  assertEquals(getEventListeners(signal, "abort").length, 2);
  closed.close();
  assertEquals(getEventListeners(signal, "abort").length, 1);
  stream.push(1);
  const reason = new RangeError("Enough");
  controller.abort(reason);
  assertStrictEquals(await stream.next().catch((error) => error), reason);
  assertEquals((await stream.next()).done, true);
  assertEquals(getEventListeners(signal, "abort").length, 0);
  assertEquals((await closed.next()).done, true);
});

Deno.test("an abort rejects who waits, and only the first of them", async () => {
  const controller = new AbortController();
  const stream = streamOf({ signal: controller.signal });
  const [first, second] = [stream.next(), stream.next()];
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => first, RangeError, "Enough");
  assertEquals((await second).done, true);
});

Deno.test("a signal that is aborted already ends the stream at once", async () => {
  const signal = AbortSignal.abort(new RangeError("Enough"));
  let ends = 0;
  const stream = streamOf({ signal, onEnd: () => ends++ });
  stream.push(1);
  assertEquals(ends, 1);
  assertEquals(getEventListeners(signal, "abort").length, 0);
  await assertRejects(() => stream.next(), RangeError, "Enough");
});

// The iterators of DAMI.

Deno.test("events() begins with the call, by name in any letter case or all", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { events: "user" });
  server.emit({ Event: "A", Number: 0 });
  await dami.to("Ping");
  const named = dami.events("a");
  const every = dami.events();
  server.emit([{ Event: "A", Number: 1 }, { Event: "B", Number: 2 }]);
  await dami.to("Ping");
  assertEquals(named.queued, 1);
  assertEquals(every.queued, 2);
  dami.close();
  assertEquals((await all(named)).map((event) => event.Number), [1]);
  assertEquals((await all(every)).map((event) => event.Number), [1, 2]);
});

Deno.test("events() ends on disconnect(), also after what is queued", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const stream = dami.events("A");
  server.emit({ Event: "A" });
  await dami.to("Ping");
  await dami.disconnect();
  assertEquals((await within(all(stream))).length, 1);
});

Deno.test("events() ends with the error when the connection is not restored", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const stream = dami.events("A");
  server.cut();
  const error = await assertRejects(
    () => within(all(stream)),
    AmiConnectionError,
  );
  assertEquals(error.failure, "lost");
});

Deno.test("events() survives the connection, and misses nothing after the new login", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, {
    reconnect: AT_ONCE,
    events: "user",
  });
  const log = lifecycleOf(dami);
  const stream = dami.events();
  server.emit({ Event: "A" });
  await dami.to("Ping");
  server.cut();
  await until(() => log.includes("gap"));
  server.emit({ Event: "B" });
  await dami.to("Ping");
  dami.close();
  assertEquals((await all(stream)).map(({ Event }) => Event), ["A", "B"]);
});

Deno.test("events() called before the connection gets its first events", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server);
  const stream = dami.events("FullyBooted");
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.listen();
  assertEquals((await within(stream.next())).value?.Event, "FullyBooted");
});

Deno.test("events() with a signal that is aborted already rejects with its reason", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const signal = AbortSignal.abort(new RangeError("Enough"));
  const stream = dami.events("A", { signal });
  await assertRejects(() => stream.next(), RangeError, "Enough");
});

Deno.test("events() refuses a queue without a bound, and a policy that it does not know", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  for (const maxQueue of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(() => dami.events("A", { maxQueue }), RangeError, "maxQueue");
  }
  const overflow: Overflow = JSON.parse('"drop"');
  assertThrows(() => dami.events("A", { overflow }), TypeError, "overflow");
});

Deno.test("an iterator that nobody reads is bounded, and slows nobody", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { events: "user" });
  const bounded = dami.events("A");
  const dropping = dami.events("A", { maxQueue: 10, overflow: "drop-oldest" });
  let heard = 0;
  dami.on("A", () => heard++);
  for (let round = 0; round < 12; round++) {
    server.emit(
      Array.from({ length: 1_000 }, (_, index) => ({
        Event: "A",
        Number: round * 1_000 + index,
      })),
    );
    await dami.to("Ping");
  }
  assertEquals(heard, 12_000);
  assertEquals(bounded.queued, 10_000);
  assertEquals(dropping.queued, 10);
  assertEquals(dropping.dropped, 11_990);
  const events: DAMIData[] = [];
  const error = await assertRejects(async () => {
    for await (const event of bounded) events.push(event);
  }, AmiLimitError);
  assertEquals(error.value, 10_000);
  assertEquals(events.length, 10_000);
  assertEquals(events.at(-1)?.Number, 9_999);
  assertEquals((await dropping.next()).value?.Number, 11_990);
});

Deno.test("break takes the iterator off, so that nothing is kept for it", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const stream = dami.events("A");
  server.emit({ Event: "A" });
  for await (const _event of stream) break;
  server.emit({ Event: "A" });
  await dami.to("Ping");
  assertEquals(stream.queued, 0);
});

// What listeners do.

Deno.test("the reader waits for no listener, whatever it does", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { events: "user" });
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  let heard = 0;
  dami.on("A", () => {
    throw new RangeError("throws");
  });
  dami.on("A", () => Promise.reject(new RangeError("rejects")));
  dami.on("A", () => new Promise(() => {}));
  dami.on("A", async (event) => {
    // Asks within the listener, as programs do.
    await dami.to("Ping", { ActionID: `asked-${event.Number}` });
    heard++;
  });
  for (let number = 0; number < 50; number++) {
    server.emit({ Event: "A", Number: number });
  }
  await until(() => heard === 50);
  await until(() => errors.length === 100);
  for (const error of errors) assertInstanceOf(error, RangeError);
  assertEquals(dami.state, "ready");
  assert(await dami.ping());
});

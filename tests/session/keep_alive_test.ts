import { assert, assertEquals } from "@std/assert";
import { KeepAlive } from "../../src/session/keep_alive.ts";
import { until } from "../_waiting.ts";

/** A link whose other end is played by the test. */
class Link implements Disposable {
  readonly pings: PromiseWithResolvers<void>[] = [];
  readonly #keepAlive: KeepAlive;
  lastFrameAt = performance.now();
  isBlocked = false;
  cancelled = 0;
  deadAt: number | undefined;

  constructor(interval: number, timeout: number) {
    this.#keepAlive = new KeepAlive({
      interval,
      timeout,
      lastFrameAt: () => this.lastFrameAt,
      isBlocked: () => this.isBlocked,
      ping: () => {
        const ping = Promise.withResolvers<void>();
        this.pings.push(ping);
        return {
          answered: ping.promise,
          cancel: () => this.cancelled++,
        };
      },
      onDead: () => {
        this.deadAt = performance.now();
      },
    });
  }

  /** A frame has come. */
  hear(): void {
    this.lastFrameAt = performance.now();
  }

  /** The newest ping is answered. */
  answer(): void {
    this.hear();
    this.pings.at(-1)?.resolve();
  }

  stop(): void {
    this.#keepAlive.stop();
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}

/** Waits for a time that the test is about. */
function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

Deno.test("a link is asked after the silence, and again after each answer", async () => {
  using link = new Link(10, 10_000);
  for (const count of [1, 2, 3]) {
    const begin = performance.now();
    await until(() => link.pings.length === count);
    assert(performance.now() - begin >= 8);
    link.answer();
  }
  assertEquals(link.deadAt, undefined);
});

Deno.test("a link with traffic is never asked", async () => {
  using link = new Link(200, 10_000);
  for (let round = 0; round < 30; round++) {
    link.hear();
    await wait(10);
  }
  assertEquals(link.pings.length, 0);
});

Deno.test("a link that does not answer in time is dead, and reported once", async () => {
  using link = new Link(5, 20);
  await until(() => link.pings.length === 1);
  const asked = performance.now();
  await until(() => link.deadAt !== undefined);
  const { deadAt = 0 } = link;
  assert(deadAt - asked >= 15);
  assertEquals(link.cancelled, 1);
  // An answer that comes too late does not start it anew.
  link.answer();
  await wait(40);
  assertEquals(link.pings.length, 1);
  assertEquals(link.deadAt, deadAt);
});

Deno.test("any frame is a sign of life, also without the answer", async () => {
  using link = new Link(5, 40);
  await until(() => link.pings.length === 1);
  const begin = performance.now();
  while (performance.now() - begin < 150) {
    link.hear();
    await wait(5);
  }
  assertEquals(link.deadAt, undefined);
  assertEquals(link.pings.length, 1);
  // Once they stop, it is dead as well.
  await until(() => link.deadAt !== undefined);
});

Deno.test("a link that is blocked by an action of ours is not asked until it is over", async () => {
  using link = new Link(5, 10);
  link.isBlocked = true;
  await wait(60);
  assertEquals(link.pings.length, 0);
  assertEquals(link.deadAt, undefined);
  link.isBlocked = false;
  await until(() => link.deadAt !== undefined);
  assertEquals(link.pings.length, 1);
});

Deno.test("stop() ends it at any time, and may be called again", async () => {
  using waiting = new Link(5, 5);
  waiting.stop();
  using asking = new Link(5, 5);
  await until(() => asking.pings.length === 1);
  asking.stop();
  asking.stop();
  asking.answer();
  await wait(30);
  for (const link of [waiting, asking]) {
    assertEquals(link.deadAt, undefined);
    assert(link.pings.length <= 1);
  }
});

Deno.test("a ping that could not be sent is not tried again in the same breath", async () => {
  let pings = 0;
  const begin = performance.now();
  const keepAlive = new KeepAlive({
    interval: 1,
    timeout: 20,
    // Without this bound a fault here would keep the event loop busy for ever.
    lastFrameAt: () => pings < 1_000 ? begin : performance.now() + 60_000,
    isBlocked: () => false,
    ping: () => {
      pings++;
      return {
        answered: Promise.resolve(),
        cancel: () => {},
      };
    },
    onDead: () => {},
  });
  await wait(20);
  keepAlive.stop();
  assert(pings < 100, `${pings} pings within 20 ms`);
});

import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { ActionMap } from "../../src/actions/action_map.ts";
import { AmiTimeoutError } from "../../src/errors.ts";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { Statistics } from "../../src/statistics.ts";
import { Frame } from "../../src/wire/frame.ts";

/** Lets the clock of `performance.now()` jump until it is disposed. */
class Clock implements Disposable {
  readonly #now = performance.now.bind(performance);
  #ahead = 0;

  constructor() {
    performance.now = () => this.#now() + this.#ahead;
  }

  jump(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  [Symbol.dispose](): void {
    performance.now = this.#now;
  }
}

class Poller {
  readonly map = new ActionMap(DEFAULT_LIMITS, new Statistics());
  #count = 0;

  /** Sends an action that may block, and gives it up. */
  async poll(): Promise<string> {
    const actionId = this.send(1);
    await assertRejects(() => this.#answer, AmiTimeoutError);
    return actionId;
  }

  #answer: Promise<unknown> = Promise.resolve();

  send(timeout = 1_000_000_000): string {
    const actionId = String(++this.#count);
    this.#answer = this.map.add(
      { actionId, action: "Command", mayBlock: true, timeout },
      () => ({ started: true, cancel() {} }),
    );
    this.#answer.catch(() => {});
    return actionId;
  }

  answer(actionId: string): void {
    const frame = new Frame(["Response: Success", `ActionID: ${actionId}`]);
    assertEquals(this.map.takeResponse(frame), true);
  }
}

Deno.test("isBlocked() ends for a program that goes on to poll, an age after it first gave up", async () => {
  using clock = new Clock();
  const poller = new Poller();
  for (let round = 0; round < 6; round++) {
    await poller.poll();
    assert(poller.map.isBlocked());
    clock.jump(10_000);
  }
  await poller.poll();
  assertFalse(poller.map.isBlocked());
  poller.send();
  assertFalse(poller.map.isBlocked(), "it waits behind the first");
  poller.map.failAll(() => new Error("over"));
});

Deno.test("isBlocked() starts anew once the PBX has come to a later action", async () => {
  using clock = new Clock();
  const poller = new Poller();
  await poller.poll();
  const second = await poller.poll();
  clock.jump(100_000);
  assertFalse(poller.map.isBlocked());
  poller.answer(second);
  assertFalse(poller.map.isBlocked());
  poller.send();
  assert(poller.map.isBlocked(), "the first is never answered any more");
  poller.map.failAll(() => new Error("over"));
});

/// <reference lib="dom" />
import { DAMI } from "@dami/dami";
import { assert, assertEquals } from "@std/assert";
import type { CDPSession, Page } from "playwright-core";
import { makeCast } from "../../examples/wallboard/cast.ts";
import { browserTest, Scene, text } from "./_chromium.ts";

/** The least number of events in a second. */
const RATE = 1_000;

/** The time in which they come (milliseconds). */
const DURATION = 60_000;

/** The time after which the page has everything that it needs (milliseconds). */
const SETTLED = 10_000;

/** A call centre of which about 1,400 events come in a second. */
const BUSIEST = {
  cast: makeCast({ agents: 60 }),
  arrival: 28,
  ring: 120,
  talk: 900,
  patience: 1_500,
  rest: 0,
  pause: 3_000,
};

/** An event that the wallboard does not care for. */
const VAR_SET = {
  Event: "VarSet",
  Privilege: "dialplan,all",
  Channel: "PJSIP/6001-00000000",
  Uniqueid: "1.1",
  Variable: "FOO",
  Value: "bar",
};

/** The memory of a page. */
interface Memory {
  /** The heap of its scripts (bytes). */
  heap: number;
  /** The number of nodes that are kept though they are not in the page any more. */
  leftNodes: number;
  /** The number of listeners. */
  listeners: number;
}

/** Measures it several times: rows that go while it is measured are not left. */
async function memoryOf(page: Page): Promise<Memory> {
  const measured: Memory[] = [];
  while (measured.length < 5) measured.push(await measure(page));
  const least = (figure: keyof Memory) =>
    Math.min(...measured.map((each) => each[figure]));
  return {
    heap: least("heap"),
    leftNodes: least("leftNodes"),
    listeners: least("listeners"),
  };
}

async function measure(page: Page): Promise<Memory> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.enable");
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await devtools.send(
    "Memory.getDOMCounters",
  );
  await devtools.detach();
  const inPage = await page.evaluate(() => {
    const walker = document.createTreeWalker(document);
    let count = 1;
    while (walker.nextNode()) count++;
    return count;
  });
  return {
    heap: usedSize,
    leftNodes: nodes - inPage,
    listeners: jsEventListeners,
  };
}

/** The work of a page's main thread. */
class PageWork implements AsyncDisposable {
  readonly #devtools: CDPSession;
  readonly #start: number;

  private constructor(devtools: CDPSession, start: number) {
    this.#devtools = devtools;
    this.#start = start;
  }

  /** Measures it from now on. */
  static async measure(page: Page): Promise<PageWork> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return new PageWork(devtools, await taskTime(devtools));
  }

  /** The time of the processor that it has taken so far (seconds). */
  async time(): Promise<number> {
    return await taskTime(this.#devtools) - this.#start;
  }

  /** Ends the measurement. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#devtools.detach();
  }
}

async function taskTime(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  const found = metrics.find(({ name }) => name === "TaskDuration");
  assert(found !== undefined, "Chromium reports no TaskDuration");
  return found.value;
}

/** Measures the time that a page takes to answer (milliseconds). */
async function answerTime(page: Page): Promise<number> {
  const start = performance.now();
  await page.evaluate(() => document.title);
  return performance.now() - start;
}

browserTest(
  "The page stays responsive and its memory flat at 1,000 events a second for a minute",
  async () => {
    await using scene = await Scene.open(BUSIEST);
    const page = await scene.look();
    await using work = await PageWork.measure(page);
    const start = performance.now();
    const server = scene.server();
    await using dami = new DAMI({ port: server.port });
    await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
    await dami.listen();
    const emitted = () => dami.stats().events;
    let added = 0;
    const answers: number[] = [];
    const rates: number[] = [];
    let before: Memory | undefined;
    while (performance.now() - start < DURATION) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      server.forget();
      // Where the machine is too slow for so many calls, other events come.
      const due = RATE * (performance.now() - start) / 1_000;
      const lacking = Math.max(0, Math.ceil(due) - emitted());
      for (let each = 0; each < lacking; each++) server.emit(VAR_SET);
      added += lacking;
      answers.push(await answerTime(page));
      rates.push(
        Number.parseFloat((await text(page, "#rate")).replaceAll(",", "")),
      );
      if (before === undefined && performance.now() - start >= SETTLED) {
        before = await memoryOf(page);
      }
    }
    const seconds = (performance.now() - start) / 1_000;
    const rate = emitted() / seconds;
    const share = await work.time() / seconds;
    const shareAtRate = share * RATE / rate;
    const after = await memoryOf(page);
    const sorted = answers.toSorted((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)] ?? Infinity;
    const worst = sorted.at(-1) ?? Infinity;
    const figures = Deno.inspect({
      rate,
      added,
      shownRate: rates.at(-1),
      median,
      worst,
      shareAtRate,
      before,
      after,
    });
    assert(before !== undefined);
    assert(rate >= RATE * 0.99, figures);
    // What the page shows is what came.
    assert(Math.abs((rates.at(-1) ?? 0) - rate) < rate / 2, figures);
    assert(median < 100, figures);
    assert(worst < 2_000, figures);
    // The time of the processor leaves out the tests that run beside it.
    assert(shareAtRate < 0.2, figures);
    assert(after.heap < before.heap * 1.1 + 256 * 1_024, figures);
    assert(after.leftNodes < before.leftNodes * 1.1 + 200, figures);
    assertEquals(after.listeners, before.listeners, figures);
    assertEquals(scene.live().state, "live");
    assertEquals(scene.errors, []);
    // deno-lint-ignore no-console -- how much room is left is worth seeing
    console.log(figures);
  },
);

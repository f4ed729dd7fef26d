// @ts-check
import process from "node:process";

/** The time that connections settle before their memory is measured (milliseconds). */
const SETTLE = 300;

/** Collects what is not used, where the process was started with `--expose-gc`. */
function collectGarbage() {
  /** @type {unknown} */
  const gc = Reflect.get(globalThis, "gc");
  if (typeof gc !== "function") throw new Error("It runs without --expose-gc");
  for (let i = 0; i < 3; i++) gc();
}

/** Returns the memory of this process. */
function memory() {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss };
}

/**
 * Measures what idle connections need.
 *
 * @template Client
 * @param {number} count How many.
 * @param {() => Promise<Client>} connect Makes one.
 */
export async function connectIdle(count, connect) {
  // What the first one needs once is no cost of each.
  const clients = [await connect()];
  const before = memory();
  while (clients.length <= count) clients.push(await connect());
  await new Promise((resolve) => setTimeout(resolve, SETTLE));
  const after = memory();
  return {
    clients: clients.slice(1),
    idle: {
      heapUsed: (after.heapUsed - before.heapUsed) / count,
      external: (after.external - before.external) / count,
      rss: (after.rss - before.rss) / count,
    },
  };
}

// @ts-check
import { readFileSync } from "node:fs";
import process from "node:process";

/**
 * Measures a piece of work.
 *
 * @param {() => Promise<unknown>} work What is measured.
 * @returns How long it took, and the CPU time of the whole process in it.
 */
export async function measure(work) {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuMicroseconds: user + system };
}

/**
 * The most memory that this process ever had.
 *
 * @returns Bytes.
 */
export function peakMemory() {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
  } catch {
    // Only Linux has it.
  }
  return process.memoryUsage().rss;
}

/** The longest warm-up (seconds). */
const WARM_UP_SECONDS = 1;

/** In how many pieces to warm up. */
const WARM_UP_PIECES = 5;

/**
 * Warms up, so that what is measured runs compiled, and finds how much can be
 * measured: all, unless the client is slow.
 *
 * @param {object} limits How much to do.
 * @param {number} limits.warmUp How many before, unless it takes long.
 * @param {number} limits.count How many to measure.
 * @param {number} limits.seconds How long that may take, by the pace of the warm-up.
 * @param {number} limits.multiple What the number has to be a multiple of.
 * @param {(count: number) => Promise<unknown>} work Does so many.
 * @returns {Promise<number>} How many to measure.
 */
export async function warmUp({ warmUp, count, seconds, multiple }, work) {
  const piece = Math.max(multiple, whole(warmUp / WARM_UP_PIECES, multiple));
  const begin = performance.now();
  let pace = 0;
  for (let done = 0; done < warmUp; done += piece) {
    const pieceBegin = performance.now();
    await work(piece);
    const now = performance.now();
    pace = piece / (now - pieceBegin) * 1_000;
    if (now - begin > WARM_UP_SECONDS * 1_000) break;
  }
  return Math.min(count, Math.max(piece, whole(pace * seconds, multiple)));
}

/**
 * @param {number} number
 * @param {number} multiple
 */
function whole(number, multiple) {
  return Math.floor(number / multiple) * multiple;
}

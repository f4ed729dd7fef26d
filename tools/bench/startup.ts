import { DAMI_NAME } from "./clients.ts";
import { timeToFirstLine } from "./processes.ts";
import type { Results } from "./results.ts";

/** The workload that is measured here. */
export const STARTUP = "i";

/** The name of the start that DAMI's is compared with. */
export const STARTUP_FLOOR = "imports of @std and connecting";

/** The least number of measurements in total. */
const MIN_RUNS = 11;

/** The time limit of a start (seconds). */
const DEADLINE = 15;

const PROGRAMS = [
  { name: DAMI_NAME, file: "startup/dami.ts" },
  { name: STARTUP_FLOOR, file: "startup/floor.ts" },
];

/** The current round. */
export interface Round {
  /** Its number, from zero. */
  round: number;
  /** Their number. */
  rounds: number;
}

/**
 * Measures the time from `deno run` to logged in, in turns with a script that
 * only imports and connects.
 *
 * @param port The port of the PBX.
 * @param round Which round it is.
 * @param results Gets what was measured.
 */
export async function measureStartup(
  port: number,
  { round, rounds }: Round,
  results: Results,
): Promise<void> {
  if (round === 0) {
    // Whatever has to be compiled and cached once is by then.
    for (const { file } of PROGRAMS) {
      await timeToFirstLine(file, port, DEADLINE);
    }
  }
  const runs = Math.ceil(MIN_RUNS / rounds);
  for (let run = round * runs; run < (round + 1) * runs; run++) {
    const order = run % 2 === 0 ? PROGRAMS : PROGRAMS.toReversed();
    for (const { name, file } of order) {
      results.add(STARTUP, name, run, {
        count: 1,
        seconds: await timeToFirstLine(file, port, DEADLINE),
        cpuMicroseconds: 0,
        peakMemoryBytes: 0,
      });
    }
  }
}

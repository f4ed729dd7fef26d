import { ACTIONS_FLOOR, CLIENTS, DAMI_NAME, LINES_FLOOR } from "./clients.ts";
import { GROWTH, secondsFor, timeFactors, worstRatio } from "./growth.ts";
import { formatBytes, formatRatio, formatSeconds } from "./numbers.ts";
import { memoryOf, rateOf, type Results } from "./results.ts";
import { STARTUP, STARTUP_FLOOR } from "./startup.ts";

/** A target. */
export interface Target {
  /** The letter of its workload, or of what grows. */
  id: string;
  /** Its subject. */
  what: string;
  /** The bound. */
  wanted: string;
  /** The measurements. */
  measured: string;
  /** `true` if that is within the bound. */
  isHeld: boolean;
}

/** The number of lines in the answer of workload g. */
const COMMAND_LINES = 200_000;

/** The longest that ten times as much may take. */
const TEN_TIMES = 11;

/** The ratio from which on a difference counts as noise. */
const NO_DIFFERENCE = 0.9;

/**
 * The client from npm that is fastest and answers correctly.
 *
 * @param results What was measured.
 * @param workload The workload.
 * @returns Its name, if there is any.
 */
export function fastestPeer(
  results: Results,
  workload: string,
): string | undefined {
  let fastest: { name: string; rate: number } | undefined;
  for (const { name, kind } of CLIENTS) {
    const rate = results.median(workload, name, rateOf);
    if (kind !== "peer" || rate === undefined) continue;
    if (fastest === undefined || rate > fastest.rate) fastest = { name, rate };
  }
  return fastest?.name;
}

function atLeast(
  id: string,
  what: string,
  wanted: number,
  ratio: number | undefined,
): Target[] {
  return ratio === undefined ? [] : [{
    id,
    what,
    wanted: `≥ ${wanted} ×`,
    measured: formatRatio(ratio),
    isHeld: ratio >= wanted,
  }];
}

function below(
  id: string,
  what: string,
  wanted: number,
  value: number | undefined,
  format: (value: number) => string,
): Target[] {
  return value === undefined ? [] : [{
    id,
    what,
    wanted: `< ${format(wanted)}`,
    measured: format(value),
    isHeld: value < wanted,
  }];
}

function againstFastest(
  results: Results,
  workload: string,
  wanted: number,
): Target[] {
  const fastest = fastestPeer(results, workload);
  if (fastest === undefined) return [];
  return atLeast(
    workload,
    `against the fastest npm client (${fastest})`,
    wanted,
    results.ratio([workload, DAMI_NAME], [workload, fastest]),
  );
}

function against(
  results: Results,
  workload: string,
  other: string,
  wanted: number,
  why = "",
): Target[] {
  return atLeast(
    workload,
    `against ${other}${why}`,
    wanted,
    results.ratio([workload, DAMI_NAME], [workload, other]),
  );
}

function growthTargets(results: Results): Target[] {
  return GROWTH.flatMap((series): Target[] => {
    const { letter, what, isLinear } = series;
    if (!isLinear) {
      const ratio = worstRatio(results, series);
      return ratio === undefined ? [] : [{
        id: `${letter}, growth`,
        what: `does not depend on ${what}`,
        wanted: "1.0 ×",
        measured: formatRatio(ratio),
        isHeld: ratio >= NO_DIFFERENCE,
      }];
    }
    const factors = timeFactors(results, series).map(({ factor }) => factor);
    return factors.length === 0 ? [] : [{
      id: `${letter}, growth`,
      what: `the time for ten times as many ${what}`,
      wanted: `≤ ${TEN_TIMES} ×`,
      measured: factors.map(formatRatio).join(", "),
      isHeld: Math.max(...factors) <= TEN_TIMES,
    }];
  });
}

/**
 * Compares what was measured with what has to be reached.
 *
 * @param results What was measured.
 * @returns All targets for which there are figures.
 */
export function targetsOf(results: Results): Target[] {
  const startup = results.ratio(
    [STARTUP, STARTUP_FLOOR],
    [STARTUP, DAMI_NAME],
  );
  return [
    ...againstFastest(results, "a", 2.4),
    ...against(results, "a", LINES_FLOOR, 0.85),
    ...below(
      "a",
      "the peak memory",
      95_000_000,
      results.median("a", DAMI_NAME, memoryOf),
      formatBytes,
    ),
    ...against(results, "b", LINES_FLOOR, 2.6),
    ...against(results, "d", ACTIONS_FLOOR, 0.9),
    ...against(results, "e", "asterisk-ami", 1.1, ", which matches no answers"),
    // 1.3 times, for lists, and as much as version 0.1.0 in turns with them.
    ...against(results, "f", "ami-io", 3.6),
    ...against(results, "f", "ami", 2.9),
    ...against(results, "g", "ami", 17),
    ...below(
      "g",
      "the time for 200,000 lines",
      2,
      secondsFor(results, "g", COMMAND_LINES),
      formatSeconds,
    ),
    ...against(results, "h", "asterisk-ami", 1.8),
    ...atLeast(
      "h500",
      "500 connections against 100",
      0.8,
      results.ratio(["h500", DAMI_NAME], ["h", DAMI_NAME]),
    ),
    ...below(
      "h",
      "the heap of an idle connection, with its buffers",
      40_000,
      results.median(
        "h",
        DAMI_NAME,
        ({ idle }) => idle === undefined ? NaN : idle.heapUsed + idle.external,
      ),
      formatBytes,
    ),
    ...below(
      "i",
      "against a script that imports the @std modules and connects (version 0.1.0: 2.01 ×)",
      2.05,
      startup,
      formatRatio,
    ),
    ...atLeast(
      "j",
      "the iterator against a listener",
      0.9,
      results.ratio(["j", DAMI_NAME], ["a", DAMI_NAME]),
    ),
    ...atLeast(
      "k",
      "a fleet against as many clients",
      0.9,
      results.ratio(["k", DAMI_NAME], ["h", DAMI_NAME]),
    ),
    ...growthTargets(results),
  ];
}

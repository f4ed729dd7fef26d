import { DAMI_NAME } from "./clients.ts";
import { rateOf, type Results } from "./results.ts";
import { median } from "./statistics.ts";

/** A series of measurements at several sizes, for DAMI alone. */
export interface GrowthSeries {
  /** The letter of the workload. */
  letter: "b" | "e" | "f" | "g";
  /** The thing that becomes more and more. */
  what: string;
  /** The unit that is counted. */
  unit: string;
  /** The sizes, each after the letter in the id of a workload. */
  sizes: readonly number[];
  /** `true` if the time may grow with the size, `false` if it must not grow at all. */
  isLinear: boolean;
}

/** All series. */
export const GROWTH: readonly GrowthSeries[] = [
  {
    letter: "b",
    what: "listeners for events that never come",
    unit: "events/s",
    sizes: [0, 1_000, 10_000],
    isLinear: false,
  },
  {
    letter: "e",
    what: "other actions without an answer",
    unit: "actions/s",
    sizes: [10, 100, 1_000, 10_000],
    isLinear: false,
  },
  {
    letter: "f",
    what: "items of a list",
    unit: "items/s",
    sizes: [2_000, 20_000, 200_000],
    isLinear: true,
  },
  {
    letter: "g",
    what: "lines of a Command answer",
    unit: "lines/s",
    sizes: [20_000, 200_000, 2_000_000],
    isLinear: true,
  },
];

/**
 * Returns the speed at a size.
 *
 * @param results What was measured.
 * @param series The series.
 * @param size The size.
 * @returns The median, if there is any.
 */
export function rateAt(
  results: Results,
  { letter }: GrowthSeries,
  size: number,
): number | undefined {
  return results.median(`${letter}${size}`, DAMI_NAME, rateOf);
}

/**
 * Returns the ratio of the speeds at two sizes.
 *
 * @param results What was measured.
 * @param series The series.
 * @param size The size.
 * @param other What it is compared with.
 * @returns The median of the ratios of each round, if there is any.
 */
export function rateRatio(
  results: Results,
  { letter }: GrowthSeries,
  size: number,
  other: number,
): number | undefined {
  return results.ratio(
    [`${letter}${size}`, DAMI_NAME],
    [`${letter}${other}`, DAMI_NAME],
  );
}

/**
 * Returns the factor by which the time grows from each size to the next.
 *
 * @param results What was measured.
 * @param series The series.
 * @returns One less than there are sizes; without those that were not measured.
 */
export function timeFactors(
  results: Results,
  series: GrowthSeries,
): { size: number; factor: number }[] {
  return series.sizes.flatMap((size, i) => {
    const before = series.sizes[i - 1];
    if (before === undefined) return [];
    const ratio = rateRatio(results, series, before, size);
    return ratio === undefined ? [] : [{ size, factor: ratio * size / before }];
  });
}

/**
 * Measures the effect of something that should not matter: the speed at the worst size
 * against the first one.
 *
 * @param results What was measured.
 * @param series The series.
 * @returns The smallest ratio, if there is any.
 */
export function worstRatio(
  results: Results,
  series: GrowthSeries,
): number | undefined {
  const [first, ...others] = series.sizes;
  if (first === undefined) return undefined;
  const ratios = others.flatMap((size) =>
    rateRatio(results, series, size, first) ?? []
  );
  return ratios.length === 0 ? undefined : Math.min(...ratios);
}

/**
 * Returns the time that one answer takes.
 *
 * @param results What was measured.
 * @param workload The workload.
 * @param size How many items or lines it has.
 * @returns Seconds, if it was measured.
 */
export function secondsFor(
  results: Results,
  workload: string,
  size: number,
): number | undefined {
  const seconds = results.figures(
    workload,
    DAMI_NAME,
    (measurement) => size / rateOf(measurement),
  );
  return seconds.size === 0 ? undefined : median([...seconds.values()]);
}

/**
 * The median.
 *
 * @param values Numbers, in any order.
 * @returns The one in the middle, or the mean of the two that are; `NaN` of none.
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  if (sorted.length % 2 === 1) return upper;
  return (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/**
 * The median of the ratios of each round, so that what slowed a whole round is
 * no difference between two clients.
 *
 * @param numerators A figure of each round, by the round.
 * @param denominators Another one of each round.
 * @returns The median over the rounds that have both; `NaN` if none has.
 */
export function medianRatio(
  numerators: ReadonlyMap<number, number>,
  denominators: ReadonlyMap<number, number>,
): number {
  const ratios: number[] = [];
  for (const [round, numerator] of numerators) {
    const denominator = denominators.get(round);
    if (denominator !== undefined) ratios.push(numerator / denominator);
  }
  return median(ratios);
}

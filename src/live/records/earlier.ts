/**
 * Returns the earlier of two times.
 *
 * @param one A time; `undefined` if it is not known.
 * @param two Another.
 * @returns The one that is known, or the earlier of both.
 */
export function earlier(
  one: number | undefined,
  two: number | undefined,
): number | undefined {
  if (one === undefined || two === undefined) return one ?? two;
  return Math.min(one, two);
}

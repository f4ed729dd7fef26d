/** A count of durations, with their sum and extremes. */
export interface SpanFigures {
  /** Number of durations. */
  readonly count: number;
  /** Their sum (milliseconds). */
  readonly total: number;
  /** The longest (milliseconds). */
  readonly longest: number;
  /** Their average (milliseconds); `undefined` if there is none. */
  readonly average: number | undefined;
}

/** A sum of times that grows. */
export interface Span {
  count: number;
  total: number;
  longest: number;
}

/** Returns an empty sum. */
export function newSpan(): Span {
  return { count: 0, total: 0, longest: 0 };
}

/**
 * Adds a time.
 *
 * @param span The sum.
 * @param time The time (milliseconds).
 */
export function addTime(span: Span, time: number): void {
  const length = Math.max(0, time);
  span.count++;
  span.total += length;
  span.longest = Math.max(span.longest, length);
}

/**
 * Returns a sum as it is now.
 *
 * @param span The sum.
 * @returns Its figures.
 */
export function spanFigures({ count, total, longest }: Span): SpanFigures {
  const average = count === 0 ? undefined : total / count;
  return { count, total, longest, average };
}

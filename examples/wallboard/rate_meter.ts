/** The time over which the events per second are averaged (milliseconds). */
const RATE_WINDOW = 5_000;

/** Measures how fast a counter grows, averaged over a few seconds. */
export class RateMeter {
  readonly #samples: { at: number; total: number }[] = [];

  /**
   * Takes note of the counter.
   *
   * @param total The counter, which only grows.
   * @param now The time (milliseconds, of any clock that only goes on).
   * @returns Its growth in a second.
   */
  sample(total: number, now: number): number {
    this.#samples.push({ at: now, total });
    while (
      this.#samples.length > 2 &&
      (this.#samples[1]?.at ?? now) <= now - RATE_WINDOW
    ) this.#samples.shift();
    const [first] = this.#samples;
    if (first === undefined || first.at >= now) return 0;
    return (total - first.total) * 1_000 / (now - first.at);
  }
}

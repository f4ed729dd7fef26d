import type { Results } from "../../tools/bench/results.ts";

/** Adds a result of a client whose connections take 35 kB when idle. */
export function addResult(
  results: Results,
  workload: string,
  client: string,
  rate: number,
): void {
  results.add(workload, client, 0, {
    count: rate,
    seconds: 1,
    cpuMicroseconds: 1,
    peakMemoryBytes: 1,
    idle: { heapUsed: 30_000, external: 5_000, rss: 200_000 },
  });
}

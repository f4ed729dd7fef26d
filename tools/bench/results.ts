import type { Measurement } from "./measurement.ts";
import { median, medianRatio } from "./statistics.ts";

/** A measurement that is missing, and why. */
export interface Problem {
  /** The kind of problem, in the words of the report. */
  kind: "wrong answers" | "no answer" | "failed";
  /** Details, to look into it. */
  detail: string;
}

/** All that was measured. */
export class Results {
  /** By workload and client, then by round. */
  readonly #measured = new Map<string, Map<number, Measurement>>();
  readonly #problems = new Map<string, Problem>();

  /**
   * Adds a measurement.
   *
   * @param workload The workload.
   * @param client The client.
   * @param round The round.
   * @param measurement What was measured.
   */
  add(
    workload: string,
    client: string,
    round: number,
    measurement: Measurement,
  ): void {
    const key = keyOf(workload, client);
    const rounds = this.#measured.get(key) ?? new Map<number, Measurement>();
    rounds.set(round, measurement);
    this.#measured.set(key, rounds);
  }

  /**
   * Notes that a client cannot do a workload. What it did before counts no more.
   *
   * @param workload The workload.
   * @param client The client.
   * @param problem What went wrong.
   */
  addProblem(workload: string, client: string, problem: Problem): void {
    this.#problems.set(keyOf(workload, client), problem);
    this.#measured.delete(keyOf(workload, client));
  }

  /**
   * Returns the problem of a client, if it had one.
   *
   * @param workload The workload.
   * @param client The client.
   * @returns What went wrong.
   */
  problem(workload: string, client: string): Problem | undefined {
    return this.#problems.get(keyOf(workload, client));
  }

  /**
   * A figure of each round.
   *
   * @param workload The workload.
   * @param client The client.
   * @param figure Takes it out of a measurement.
   * @returns The figures, by round.
   */
  figures(
    workload: string,
    client: string,
    figure: (measurement: Measurement) => number,
  ): Map<number, number> {
    const rounds = this.#measured.get(keyOf(workload, client)) ?? [];
    return new Map(
      Array.from(
        rounds,
        ([round, measurement]) => [round, figure(measurement)],
      ),
    );
  }

  /**
   * The median of a figure.
   *
   * @param workload The workload.
   * @param client The client.
   * @param figure Takes it out of a measurement.
   * @returns The median over the rounds, if there is any.
   */
  median(
    workload: string,
    client: string,
    figure: (measurement: Measurement) => number,
  ): number | undefined {
    const figures = this.figures(workload, client, figure);
    return figures.size === 0 ? undefined : median([...figures.values()]);
  }

  /**
   * Returns the ratio of the speeds of two clients.
   *
   * @param one A workload and a client.
   * @param other What it is compared with.
   * @returns The median of the ratios of each round, if there is any.
   */
  ratio(
    one: readonly [workload: string, client: string],
    other: readonly [workload: string, client: string],
  ): number | undefined {
    const ratio = medianRatio(
      this.figures(...one, rateOf),
      this.figures(...other, rateOf),
    );
    return Number.isNaN(ratio) ? undefined : ratio;
  }
}

function keyOf(workload: string, client: string): string {
  return `${workload} ${client}`;
}

/**
 * Returns the speed of a measurement.
 *
 * @param measurement What was measured.
 * @returns How many in a second.
 */
export function rateOf({ count, seconds }: Measurement): number {
  return count / seconds;
}

/**
 * Returns the CPU time of each one.
 *
 * @param measurement What was measured.
 * @returns CPU time in microseconds.
 */
export function cpuOf({ count, cpuMicroseconds }: Measurement): number {
  return cpuMicroseconds / count;
}

/**
 * Returns the peak memory of the process.
 *
 * @param measurement What was measured.
 * @returns Bytes.
 */
export function memoryOf({ peakMemoryBytes }: Measurement): number {
  return peakMemoryBytes;
}

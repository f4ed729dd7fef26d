import type { AgentCounts, AgentMinuteCounts } from "./agent_report.ts";
import type { AgentTimes } from "./agent_clock.ts";
import type { MissedTime } from "./missed_times.ts";
import type { QueueCounts, QueueMinuteCounts } from "./queue_report.ts";
import type { Span } from "./span.ts";

/** The times of an agent, as they are stored. */
export interface SavedClock {
  /** The time in each state. */
  readonly times: AgentTimes;
  /** The pauses by their reasons. */
  readonly pauses: readonly (readonly [reason: string, span: Span])[];
}

/** The books of a queue, as they are stored. */
export interface SavedQueue {
  /** Its name. */
  readonly queue: string;
  /** The counts of the day. */
  readonly today: QueueCounts;
  /** All counts. */
  readonly sinceStart: QueueCounts;
  /** The counts by the number of the minute since 1970. */
  readonly minutes: readonly (readonly [number, QueueMinuteCounts])[];
}

/** The books of an agent, as they are stored. */
export interface SavedAgent {
  /** The interface. */
  readonly interface: string;
  /** The name. */
  readonly name: string;
  /** The counts of the day. */
  readonly today: AgentCounts;
  /** All counts. */
  readonly sinceStart: AgentCounts;
  /** The counts by the number of the minute since 1970. */
  readonly minutes: readonly (readonly [number, AgentMinuteCounts])[];
  /** The times of the day. */
  readonly clockToday: SavedClock;
  /** All times. */
  readonly clockSinceStart: SavedClock;
}

/** The figures, as they are stored. */
export interface SavedFigures {
  /** The version of the form. */
  readonly version: 1;
  /** The time at which they were saved (milliseconds since 1970). */
  readonly at: number;
  /** The start of counting (milliseconds since 1970). */
  readonly since: number;
  /** The beginning of the day whose figures these are (milliseconds since 1970). */
  readonly dayStart: number;
  /** The intervals in which nothing was counted. */
  readonly missed: readonly MissedTime[];
  /** The waiting callers and since when they wait, so that nobody is counted twice. */
  readonly waiting: readonly (readonly [place: string, joinedAt: number])[];
  /** The queues. */
  readonly queues: readonly SavedQueue[];
  /** The agents. */
  readonly agents: readonly SavedAgent[];
}

/**
 * Reads what was stored.
 *
 * @param text The text that was stored.
 * @returns The figures.
 * @throws {TypeError} If it is something else.
 */
export function readSaved(text: string): SavedFigures {
  try {
    const saved: SavedFigures = JSON.parse(text);
    const isSaved = saved.version === 1 && Number.isFinite(saved.at) &&
      [saved.missed, saved.waiting, saved.queues, saved.agents].every(
        Array.isArray,
      );
    if (isSaved) return saved;
  } catch {
    // The error below says more.
  }
  throw new TypeError(
    "Cannot use option 'saved' as it must be a text that 'figures.save()' has returned",
  );
}

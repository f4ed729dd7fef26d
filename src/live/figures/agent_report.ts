import type { AgentClock, AgentTimes } from "./agent_clock.ts";
import type { Minutes } from "./minutes.ts";
import { newSpan, type Span, type SpanFigures, spanFigures } from "./span.ts";

/** The pauses of an agent for one reason. */
export interface PauseFigures extends SpanFigures {
  /** The reason; empty where none was given. */
  readonly reason: string;
}

/** The figures of an agent in some time, over all queues. Times are milliseconds. */
export interface AgentPeriod {
  /** Number of times that the agent rang for a caller. */
  readonly rung: number;
  /** Number of callers that the agent answered. */
  readonly answered: number;
  /** Number of times that the agent did not answer until the queue gave up, or declined. */
  readonly missed: number;
  /** The talks with callers that are over, holds included. */
  readonly talk: SpanFigures;
  /** The talks with holds in them, and how long those were. */
  readonly hold: SpanFigures;
  /** The pauses, the present one included, added up for each reason. At most 50 reasons are told apart; all others count as `"…"`. */
  readonly pauses: readonly PauseFigures[];
  /** The time that the agent spent in each state. */
  readonly times: AgentTimes;
}

/** The counts of an agent in a minute. */
export interface AgentMinute {
  /** The beginning of the minute (milliseconds since 1970). */
  readonly at: number;
  /** Number of callers that the agent answered. */
  readonly answered: number;
  /** Number of times that the agent did not answer. */
  readonly missed: number;
}

/** The figures of an agent: a member of one or more queues. */
export interface AgentReport {
  /** The interface, by which agents are told apart, such as `PJSIP/6001`. */
  readonly interface: string;
  /** The name. */
  readonly name: string;
  /** The queues of which it is a member now. */
  readonly queues: readonly string[];
  /** Since midnight in the time zone. */
  readonly today: AgentPeriod;
  /** The last 60 minutes, the oldest first and the present one last. */
  readonly lastHour: readonly AgentMinute[];
  /** Since the counting began. */
  readonly sinceStart: AgentPeriod;
}

/** The counts of an agent. */
export interface AgentCounts {
  rung: number;
  answered: number;
  missed: number;
  talk: Span;
  hold: Span;
}

/** The counts of an agent in one minute. */
export type AgentMinuteCounts = Pick<AgentCounts, "answered" | "missed">;

/** A minute in which nothing happens. */
export const QUIET_AGENT: Readonly<AgentMinuteCounts> = {
  answered: 0,
  missed: 0,
};

/** Returns empty counts. */
export function newAgentCounts(): AgentCounts {
  return { ...QUIET_AGENT, rung: 0, talk: newSpan(), hold: newSpan() };
}

/** The books of an agent. */
export interface AgentBook {
  name: string;
  today: AgentCounts;
  readonly sinceStart: AgentCounts;
  readonly minutes: Minutes<AgentMinuteCounts>;
  readonly clock: AgentClock;
}

/**
 * Returns counts as figures.
 *
 * @param counts The counts.
 * @param clock The times in the same period.
 * @returns Their figures.
 */
export function agentPeriod(
  counts: AgentCounts,
  { times, pauses }: {
    readonly times: AgentTimes;
    readonly pauses: ReadonlyMap<string, Span>;
  },
): AgentPeriod {
  return {
    ...counts,
    talk: spanFigures(counts.talk),
    hold: spanFigures(counts.hold),
    pauses: [...pauses].map(([reason, span]) => ({
      reason,
      ...spanFigures(span),
    })),
    times: { ...times },
  };
}

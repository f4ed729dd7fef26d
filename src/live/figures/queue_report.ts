import type { Minutes } from "./minutes.ts";
import {
  addTime,
  newSpan,
  type Span,
  type SpanFigures,
  spanFigures,
} from "./span.ts";

/** The figures of a queue in some time. Times are milliseconds. */
export interface QueuePeriod {
  /** Number of callers who joined. */
  readonly offered: number;
  /** Number of them that a member answered. */
  readonly answered: number;
  /** Number of those that were answered within the service level (option `serviceLevel`). */
  readonly answeredInTime: number;
  /**
   * Number of callers answered by their wait, for a service level of any length:
   * `answeredAfter[20]` waited for more than 19 and up to 20 seconds. The last
   * entry is that of 601, which counts all longer waits.
   */
  readonly answeredAfter: readonly number[];
  /** Number of talks with members that have ended. */
  readonly completed: number;
  /** Number of callers who hung up while waiting, short waits included. */
  readonly abandoned: number;
  /** Number of those who waited no longer than the option `shortAbandon`. */
  readonly abandonedShort: number;
  /** Number of callers who waited as long as the dialplan allows. */
  readonly timedOut: number;
  /** Number of callers who left by pressing a key. */
  readonly leftByKey: number;
  /** Number of callers who had to leave because no member was there. */
  readonly leftEmpty: number;
  /** Number of callers who left otherwise: the dialplan went on, they were taken out, or the reason is unknown. */
  readonly leftOtherwise: number;
  /** Number of times that a member did not answer. */
  readonly missed: number;
  /** The share of callers who were answered in time (0 to 1), among those who were answered or abandoned after more than a short wait; `undefined` if there were none. */
  readonly serviceLevel: number | undefined;
  /** The waits of those who no longer wait, however they ended. */
  readonly wait: SpanFigures;
  /** The talks that are over, holds included. */
  readonly talk: SpanFigures;
  /** The talks with holds in them, and how long those were. */
  readonly hold: SpanFigures;
  /** Times that members are left alone after their talks (`wrapuptime`). */
  readonly wrapUp: SpanFigures;
}

/** The counts of a queue in a minute. */
export interface QueueMinute {
  /** The beginning of the minute (milliseconds since 1970). */
  readonly at: number;
  /** Number of callers who joined. */
  readonly offered: number;
  /** Number of callers that a member answered. */
  readonly answered: number;
  /** Number of those that were answered within the service level. */
  readonly answeredInTime: number;
  /** Number of callers who hung up while waiting, short waits included. */
  readonly abandoned: number;
  /** Number of those who waited only a short time. */
  readonly abandonedShort: number;
}

/** The figures of a queue. */
export interface QueueReport {
  /** Its name. */
  readonly queue: string;
  /** Since midnight in the time zone. */
  readonly today: QueuePeriod;
  /** The last 60 minutes, the oldest first and the present one last. */
  readonly lastHour: readonly QueueMinute[];
  /** Since the counting began. */
  readonly sinceStart: QueuePeriod;
}

/** The counts of a queue. */
export interface QueueCounts {
  offered: number;
  answered: number;
  answeredInTime: number;
  answeredAfter: number[];
  completed: number;
  abandoned: number;
  abandonedShort: number;
  timedOut: number;
  leftByKey: number;
  leftEmpty: number;
  leftOtherwise: number;
  missed: number;
  wait: Span;
  talk: Span;
  hold: Span;
  wrapUp: Span;
}

/** The counts of a queue in one minute. */
export type QueueMinuteCounts = Pick<
  QueueCounts,
  "offered" | "answered" | "answeredInTime" | "abandoned" | "abandonedShort"
>;

/** A minute in which nothing happens. */
export const QUIET_QUEUE: Readonly<QueueMinuteCounts> = {
  offered: 0,
  answered: 0,
  answeredInTime: 0,
  abandoned: 0,
  abandonedShort: 0,
};

/** Returns empty counts. */
export function newQueueCounts(): QueueCounts {
  return {
    ...QUIET_QUEUE,
    answeredAfter: [],
    completed: 0,
    timedOut: 0,
    leftByKey: 0,
    leftEmpty: 0,
    leftOtherwise: 0,
    missed: 0,
    wait: newSpan(),
    talk: newSpan(),
    hold: newSpan(),
    wrapUp: newSpan(),
  };
}

/** The longest wait that is counted by the second (seconds). */
const MAX_SECONDS = 600;

/**
 * Counts an answer.
 *
 * @param counts The counts.
 * @param wait How long the caller has waited (milliseconds).
 * @param isInTime Whether that is within the service level.
 */
export function countAnswer(
  counts: QueueCounts,
  wait: number,
  isInTime: boolean,
): void {
  addTime(counts.wait, wait);
  counts.answered++;
  if (isInTime) counts.answeredInTime++;
  const { answeredAfter } = counts;
  const seconds = Math.ceil(Math.max(0, wait) / 1_000);
  const index = Math.min(seconds, MAX_SECONDS + 1);
  while (answeredAfter.length <= index) answeredAfter.push(0);
  answeredAfter[index] = (answeredAfter[index] ?? 0) + 1;
}

/** The books of a queue. */
export interface QueueBook {
  today: QueueCounts;
  readonly sinceStart: QueueCounts;
  readonly minutes: Minutes<QueueMinuteCounts>;
}

/**
 * Returns counts as figures.
 *
 * @param counts The counts.
 * @returns Their figures.
 */
export function queuePeriod(counts: QueueCounts): QueuePeriod {
  const { answered, answeredInTime, abandoned, abandonedShort } = counts;
  const all = answered + abandoned - abandonedShort;
  return {
    ...counts,
    answeredAfter: counts.answeredAfter.slice(),
    serviceLevel: all === 0 ? undefined : answeredInTime / all,
    wait: spanFigures(counts.wait),
    talk: spanFigures(counts.talk),
    hold: spanFigures(counts.hold),
    wrapUp: spanFigures(counts.wrapUp),
  };
}

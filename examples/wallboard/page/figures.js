// @ts-check
// The figures that are worked out of the rows that are shown, so that they
// always add up.

import { byName } from "./format.js";

/** @import { QueueShown } from "../shown.ts" */

/** @typedef {Pick<QueueShown, "answered" | "lost" | "waits">} Outcomes */

/** The number of minutes in the chart. */
export const CHART_MINUTES = 60;

const MINUTE = 60_000;

/**
 * Returns the share of callers that were answered in time, of all that were
 * answered or lost.
 *
 * @param {readonly Outcomes[]} queues The queues.
 * @param {number} level The wait up to which an answer is in time (seconds).
 * @returns {number | undefined} The share from 0 to 1; `undefined` without callers.
 */
export function inTime(queues, level) {
  let all = 0;
  let good = 0;
  for (const { answered, lost, waits } of queues) {
    all += answered + lost;
    for (const [seconds, callers] of waits) {
      if (seconds <= level) good += callers;
    }
  }
  return all === 0 ? undefined : good / all;
}

/**
 * Returns the sum of a figure.
 *
 * @template Item
 * @param {readonly Item[]} items The things that have it.
 * @param {(item: Item) => number} figure Returns the figure.
 * @returns {number} The sum.
 */
export function sum(items, figure) {
  return items.reduce((total, item) => total + figure(item), 0);
}

/**
 * Adds up the callers of the last hour, minute by minute.
 *
 * @param {readonly Pick<QueueShown, "hour">[]} queues The queues.
 * @param {number} now The time (milliseconds since 1970).
 * @returns {{ start: number, answered: number[], lost: number[] }} The beginning of
 * the first minute, and the callers of each one up to the present.
 */
export function lastHour(queues, now) {
  const first = Math.floor(now / MINUTE) - CHART_MINUTES + 1;
  const answered = new Array(CHART_MINUTES).fill(0);
  const lost = new Array(CHART_MINUTES).fill(0);
  for (const { hour } of queues) {
    for (const [minute, some, others] of hour) {
      const index = minute - first;
      if (index < 0 || index >= CHART_MINUTES) continue;
      answered[index] += some;
      lost[index] += others;
    }
  }
  return { start: first * MINUTE, answered, lost };
}

/**
 * Returns how urgent a queue is.
 *
 * @param {Pick<QueueShown, "waiting" | "longestSince" | "present">} queue The queue.
 * @param {{ amber: number, red: number }} choice The waits that turn it amber and red (seconds).
 * @param {number} now The time (milliseconds since 1970).
 * @returns {"" | "amber" | "red"} Empty where all is well.
 */
export function alarmOf({ waiting, longestSince, present }, choice, now) {
  if (waiting === 0) return "";
  const wait = longestSince === null ? 0 : (now - longestSince) / 1_000;
  // No agent is there to answer.
  if (present === 0 || wait >= choice.red) return "red";
  return wait >= choice.amber ? "amber" : "";
}

/**
 * Compares two queues: the one that needs more attention comes first.
 *
 * @param {QueueShown} one The one.
 * @param {QueueShown} other The other.
 * @returns {number} Less than 0 if the one comes first.
 */
export function byAttention(one, other) {
  const [since, otherSince] = [one, other].map(({ longestSince }) =>
    longestSince ?? Number.MAX_SAFE_INTEGER
  );
  return (since ?? 0) - (otherSince ?? 0) ||
    other.waiting - one.waiting || other.lost - one.lost ||
    byName(one.name, other.name) || byName(one.key, other.key);
}

import type { AgentReport } from "./agent_report.ts";
import type { MissedTime } from "./missed_times.ts";
import type { QueueReport } from "./queue_report.ts";

/** Options of the figures of a `LivePbx`. */
export interface FiguresOptions {
  /**
   * The time zone in which a day begins, such as `Europe/Berlin`.
   *
   * @default The time zone of this machine.
   */
  timeZone?: string;
  /**
   * Time within which a caller should be answered (seconds).
   *
   * @default {20}
   */
  serviceLevel?: number;
  /**
   * The longest wait of a caller who hung up that counts as a short one, which
   * does not spoil the service level (seconds).
   *
   * @default {5}
   */
  shortAbandon?: number;
  /**
   * The text that {@linkcode Figures.save} has returned before this program was
   * restarted. What was counted today goes on if it is still the same day; the
   * time between is `incomplete`.
   *
   * @default {undefined} The counting begins anew.
   */
  saved?: string | undefined;
}

/** The figures of everything. */
export interface FiguresReport {
  /** The time of the report (milliseconds since 1970). */
  readonly at: number;
  /** The beginning of the day, in the time zone (milliseconds since 1970). */
  readonly dayStart: number;
  /** The time at which the counting began (milliseconds since 1970). */
  readonly since: number;
  /** The intervals of today in which nothing was counted, the oldest first: before the counting began, without a connection, without the right to the events. At most 100, of which the last ones are then joined. */
  readonly incomplete: readonly MissedTime[];
  /** The queues, in the order in which they came. */
  readonly queues: readonly QueueReport[];
  /** The agents, in the order in which they came. */
  readonly agents: readonly AgentReport[];
}

/**
 * The figures of queues and agents: today, in each of the last 60 minutes, and
 * since the counting began. They are counted from the same events that
 * Asterisk's `queue_log` is written of. A day begins with the next event or
 * report after midnight.
 *
 * @example
 * ```ts
 * import type { LivePbx } from "@dami/dami/live";
 *
 * function show({ figures }: LivePbx): void {
 *   for (const { queue, today } of figures.report().queues) {
 *     console.log(queue, today.offered, today.answered, today.abandoned);
 *   }
 * }
 * console.log(show);
 * ```
 */
export interface Figures {
  /**
   * Returns the figures of everything.
   *
   * @param now The time of the report (milliseconds since 1970); the present if not given.
   * @returns The figures; they do not change.
   */
  report(now?: number): FiguresReport;
  /**
   * Returns the figures of a queue.
   *
   * @param queue Its name.
   * @param now The time of the report (milliseconds since 1970); the present if not given.
   * @returns The figures; `undefined` if there is no such queue.
   */
  queue(queue: string, now?: number): QueueReport | undefined;
  /**
   * Returns the figures of an agent.
   *
   * @param location The interface of the member, such as `PJSIP/6001`.
   * @param now The time of the report (milliseconds since 1970); the present if not given.
   * @returns The figures; `undefined` if there is no such agent.
   */
  agent(location: string, now?: number): AgentReport | undefined;
  /**
   * Returns what is needed to go on after a restart of this program, to be
   * stored now and then, and given to the next start as the option `saved`.
   *
   * @param now The time (milliseconds since 1970); the present if not given.
   * @returns A string whose format is private.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   * import { LivePbx } from "@dami/dami/live";
   *
   * async function start(dami: DAMI, file: string): Promise<LivePbx> {
   *   const saved = await Deno.readTextFile(file).catch(() => undefined);
   *   const pbx = await LivePbx.start(dami, { figures: { saved } });
   *   setInterval(() => Deno.writeTextFile(file, pbx.figures.save()), 60_000);
   *   return pbx;
   * }
   * console.log(start);
   * ```
   */
  save(now?: number): string;
}

/** The changes of the figures. */
export interface FiguresChanges {
  /** The counts of some queues or agents are new. That time goes on, or that a day begins, is not reported. */
  "figures-changed": {
    /** The names of the queues. */
    readonly queues: readonly string[];
    /** The interfaces of the agents. */
    readonly agents: readonly string[];
  };
}

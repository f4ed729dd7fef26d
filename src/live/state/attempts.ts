import type { Channel } from "../records/channel.ts";
import { extended, type GrowingRecord } from "../records/growing_record.ts";
import { newVisit } from "../records/queue_visit.ts";
import { copied } from "../records/texts.ts";

/** The destination that the dialplan has sent a channel to. Events report only that it was taken; that it was not shows when the channel goes on. */
export interface Attempt {
  /** The application that was to take it. */
  readonly application: "Queue" | "Dial";
  /** The queue, or the devices as they were dialled. */
  readonly to: string;
  /** The time at which it was sent there (milliseconds since 1970). */
  readonly at: number;
}

/**
 * Returns what a channel is sent to by the application that it runs now.
 *
 * @param channel The channel.
 * @param at When (milliseconds since 1970).
 * @returns The attempt; `undefined` if it is another application.
 */
export function attemptOf(
  { application, applicationData }: Channel,
  at: number,
): Attempt | undefined {
  if (application !== "Queue" && application !== "Dial") return undefined;
  const [to = ""] = applicationData.split(",");
  return { application, to: copied(to), at };
}

/**
 * Notes that a queue has not taken a caller, or that nobody was dialled.
 *
 * @param record The record of the call.
 * @param leg The channel that was sent.
 * @param attempt What it was sent to.
 * @param end When it went on (milliseconds since 1970).
 */
export function endAttempt(
  record: GrowingRecord,
  leg: string,
  { application, to, at }: Attempt,
  end: number,
): void {
  if (application === "Dial") {
    const wasAnswered = record.answeredAt !== undefined;
    const dial = { by: leg, to, at: end, wasAnswered };
    record.unreached = extended(record.unreached, dial);
    return;
  }
  const isTaken = record.queues.some((visit) =>
    visit.leg === leg && visit.queue === to &&
    (visit.leftAt === undefined || visit.leftAt >= at)
  );
  if (isTaken) return;
  const visit = newVisit({
    queue: to,
    leg,
    joinedAt: at,
    leftAt: at,
    outcome: "refused",
  });
  record.queues = extended(record.queues, visit);
}

import type { CallLeg } from "../records/call_leg.ts";
import type { Channel } from "../records/channel.ts";
import { extended, type GrowingRecord } from "../records/growing_record.ts";
import { newVisit } from "../records/queue_visit.ts";
import { copied } from "../../detached.ts";

/** The destination that the dialplan has sent a channel to. Events report only that it was taken; that it was not shows when the channel goes on. */
export interface Attempt {
  /** The application that was to take it. */
  readonly application: "Queue" | "Dial";
  /** The queue, or the devices as they were dialled. */
  readonly to: string;
  /** The time at which it was sent there (milliseconds since 1970). */
  readonly at: number;
}

/** A `Dial()` that rings somebody. */
const TAKEN: Attempt = { application: "Dial", to: "", at: 0 };

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

/** A channel that may be sent somewhere. */
export interface Sent {
  /** Its leg. */
  readonly leg: Pick<CallLeg, "uniqueid">;
  /** The record of its call. */
  readonly record: GrowingRecord;
  /** The destination that it was sent to, until it shows who takes it. */
  sentTo?: Attempt | undefined;
}

/**
 * Notes that a queue has not taken a channel that goes on, or that nobody was
 * dialled for it.
 *
 * @param channel The channel.
 * @param end When it goes on (milliseconds since 1970).
 */
export function endAttempt(channel: Sent, end: number): void {
  const { leg: { uniqueid: leg }, record, sentTo } = channel;
  channel.sentTo = undefined;
  if (sentTo === undefined || sentTo === TAKEN) return;
  const { application, to, at } = sentTo;
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

/**
 * Notes that somebody is rung for a channel.
 *
 * @param channel The channel.
 */
export function takeDial(channel: Sent): void {
  const { leg: { uniqueid: leg }, record, sentTo } = channel;
  if (sentTo?.application === "Dial") channel.sentTo = TAKEN;
  if (sentTo !== undefined || record.unreached.at(-1)?.by !== leg) return;
  // It has run a subroutine in Dial(), before that rang anybody.
  record.unreached = record.unreached.slice(0, -1);
  channel.sentTo = TAKEN;
}

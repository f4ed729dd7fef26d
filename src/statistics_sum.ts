import { type DAMIStats, Statistics } from "./statistics.ts";

/**
 * Adds up what several connections have counted.
 *
 * @param all The counters of each.
 * @returns The sums, and the latest `lastFrameAt`.
 */
export function sumOf(all: Iterable<DAMIStats>): DAMIStats {
  const sum = new Statistics();
  let lastFrameAt: Date | undefined;
  for (const each of all) {
    sum.bytesReceived += each.bytesReceived;
    sum.bytesSent += each.bytesSent;
    sum.frames += each.frames;
    sum.events += each.events;
    sum.eventsUnread += each.eventsUnread;
    sum.framesDropped += each.framesDropped;
    sum.unparsedLines += each.unparsedLines;
    sum.actionsPending += each.actionsPending;
    sum.actionsAnswered += each.actionsAnswered;
    sum.actionsFailed += each.actionsFailed;
    sum.reconnects += each.reconnects;
    const at = each.lastFrameAt;
    if (at !== undefined && !(lastFrameAt !== undefined && lastFrameAt > at)) {
      lastFrameAt = at;
    }
  }
  return { ...sum.snapshot(), lastFrameAt };
}

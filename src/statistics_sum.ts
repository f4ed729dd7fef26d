import { addTimes } from "./listener_times.ts";
import { type DAMIStats, Statistics } from "./statistics.ts";

/**
 * Adds up the counters of several connections.
 *
 * @param all The counters of each.
 * @returns The sums; of the times the latest, and the longest `readerLag`.
 */
export function sumOf(all: Iterable<DAMIStats>): DAMIStats {
  const sum = new Statistics();
  let { listenerTimes, readerLag, lastFrameAt, lastEventAt } = sum.snapshot();
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
    sum.gaps += each.gaps;
    sum.gapTime += each.gapTime;
    listenerTimes = addTimes(listenerTimes, each.listenerTimes);
    readerLag = Math.max(readerLag, each.readerLag);
    lastFrameAt = later(lastFrameAt, each.lastFrameAt);
    lastEventAt = later(lastEventAt, each.lastEventAt);
  }
  return {
    ...sum.snapshot(),
    listenerTimes,
    readerLag,
    lastFrameAt,
    lastEventAt,
  };
}

function later(one: Date | undefined, other: Date | undefined) {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

import type { DAMIState, DAMIStats } from "../../mod.ts";
import type { Figure, Sample } from "./figure.ts";

/** One client, as it is at a moment. */
export interface ClientReading {
  /** The state of its connection. */
  readonly state: DAMIState;
  /** Its counters. */
  readonly stats: DAMIStats;
}

function counter(
  name: string,
  unit: string,
  description: string,
  of: (stats: DAMIStats) => number,
): Figure<ClientReading> {
  return {
    name,
    unit,
    kind: "counter",
    description,
    read: ({ stats }) => [{ value: of(stats) }],
  };
}

function gauge(
  name: string,
  unit: string,
  description: string,
  read: (reading: ClientReading) => readonly Sample[],
): Figure<ClientReading> {
  return { name, unit, kind: "gauge", description, read };
}

/** Returns a time in seconds since 1970; nothing if there is none. */
function secondsOf(time: Date | undefined): Sample[] {
  return time === undefined ? [] : [{ value: time.getTime() / 1_000 }];
}

/** The figures of the connection to a PBX. */
export const CLIENT_FIGURES: readonly Figure<ClientReading>[] = [
  gauge(
    "dami.connected",
    "",
    "1 while DAMI is logged in to the PBX, otherwise 0",
    ({ state }) => [{ value: state === "ready" ? 1 : 0 }],
  ),
  counter(
    "dami.events",
    "{event}",
    "Events that were received, with or without a listener",
    ({ events }) => events,
  ),
  counter(
    "dami.events.unread",
    "{event}",
    "Events that were skipped because nothing listens to them",
    ({ eventsUnread }) => eventsUnread,
  ),
  counter(
    "dami.frames",
    "{frame}",
    "Frames that were received: responses, events and free text",
    ({ frames }) => frames,
  ),
  counter(
    "dami.frames.dropped",
    "{frame}",
    "Frames that were dropped: late answers, and events over a limit",
    ({ framesDropped }) => framesDropped,
  ),
  counter(
    "dami.lines.unparsed",
    "{line}",
    "Delivered lines that are not headers",
    ({ unparsedLines }) => unparsedLines,
  ),
  {
    name: "dami.io",
    unit: "By",
    kind: "counter",
    description: "Bytes that were received from the PBX and sent to it",
    read: ({ stats }) => [
      { labels: { direction: "receive" }, value: stats.bytesReceived },
      { labels: { direction: "transmit" }, value: stats.bytesSent },
    ],
  },
  gauge(
    "dami.actions.pending",
    "{action}",
    "Actions that wait for their answer",
    ({ stats }) => [{ value: stats.actionsPending }],
  ),
  counter(
    "dami.actions.answered",
    "{action}",
    "Actions that succeeded",
    ({ actionsAnswered }) => actionsAnswered,
  ),
  counter(
    "dami.actions.failed",
    "{action}",
    "Actions that were sent and did not succeed",
    ({ actionsFailed }) => actionsFailed,
  ),
  counter(
    "dami.reconnects",
    "{connection}",
    "Reconnections after a lost connection",
    ({ reconnects }) => reconnects,
  ),
  counter(
    "dami.gaps",
    "{gap}",
    "Intervals in which events were missed",
    ({ gaps }) => gaps,
  ),
  counter(
    "dami.gaps.duration",
    "s",
    "Total length of the intervals in which events were missed",
    ({ gapTime }) => gapTime / 1_000,
  ),
  gauge(
    "dami.reader.lag",
    "s",
    "How long every read has left more data waiting, as of the last read",
    ({ stats }) => [{ value: stats.readerLag / 1_000 }],
  ),
  gauge(
    "dami.last_frame.timestamp",
    "s",
    "When the last frame was received, in seconds since 1970",
    ({ stats }) => secondsOf(stats.lastFrameAt),
  ),
  gauge(
    "dami.last_event.timestamp",
    "s",
    "When the last event was received, in seconds since 1970",
    ({ stats }) => secondsOf(stats.lastEventAt),
  ),
];

/**
 * The time of listeners as counters, for OpenTelemetry, where a histogram
 * cannot be read from counters. Prometheus has it as a histogram.
 */
export const LISTENER_FIGURES: readonly Figure<ClientReading>[] = [
  counter(
    "dami.listeners.events",
    "{event}",
    "Events whose listeners were timed: one per read",
    ({ listenerTimes }) => listenerTimes.events,
  ),
  counter(
    "dami.listeners.duration",
    "s",
    "The time that the listeners of these events took",
    ({ listenerTimes }) => listenerTimes.total / 1_000,
  ),
];

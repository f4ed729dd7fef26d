import { ListenerClock, type ListenerTimes } from "./listener_times.ts";

/** The direction of bytes: from the PBX, or to it. */
export type Direction = "received" | "sent";

/**
 * Takes bytes as they are read or written. They are overwritten after it
 * returns. It must not throw.
 */
export type OnTraffic = (bytes: Uint8Array, direction: Direction) => void;

/**
 * The counters of {@linkcode DAMI.stats}, over all connections of one DAMI.
 *
 * @example
 * ```ts
 * import { DAMI, type DAMIStats } from "@dami/dami";
 *
 * const dami = new DAMI();
 * const stats: DAMIStats = dami.stats();
 * console.log(stats.events, stats.actionsPending, stats.framesDropped);
 * ```
 */
export interface DAMIStats {
  /** The number of bytes that were received. */
  readonly bytesReceived: number;
  /** The number of bytes that were passed to the network. */
  readonly bytesSent: number;
  /** The number of frames that were received: responses, events and free text. */
  readonly frames: number;
  /** The number of frames that are events for listeners, with or without a listener. */
  readonly events: number;
  /** The number of events that were skipped because nothing listens to them. */
  readonly eventsUnread: number;
  /**
   * The number of frames that were dropped: late answers, responses that
   * nobody waits for, events that were too many to be held, or too large.
   */
  readonly framesDropped: number;
  /** The number of delivered lines that are not headers. */
  readonly unparsedLines: number;
  /** The number of actions that wait for their answer now. */
  readonly actionsPending: number;
  /** The number of actions that succeeded. */
  readonly actionsAnswered: number;
  /** The number of actions that were sent and did not succeed. */
  readonly actionsFailed: number;
  /** The number of times that DAMI has reconnected. */
  readonly reconnects: number;
  /** The number of intervals in which events were missed, as the event `gap` reports them. */
  readonly gaps: number;
  /** The length of these intervals together (milliseconds). */
  readonly gapTime: number;
  /**
   * The time over which every read from the network has left more behind
   * (milliseconds), up to the last read; 0 if that one has caught up with the
   * PBX. If it grows, the program is slower than the events arrive, and
   * Asterisk will close the connection.
   */
  readonly readerLag: number;
  /** The times that listeners took. */
  readonly listenerTimes: ListenerTimes;
  /** The time at which the last frame was received. */
  readonly lastFrameAt: Date | undefined;
  /** The time at which the last event was received, with or without a listener. */
  readonly lastEventAt: Date | undefined;
}

/**
 * The size of a read behind which more is likely to wait (bytes): the most that
 * one read of an encrypted connection gives. Asterisk writes each event by
 * itself, so that this many have piled up.
 */
const FULL_READ = 16_384;

/** The counters behind {@linkcode DAMIStats}. */
export class Statistics {
  bytesReceived = 0;
  bytesSent = 0;
  frames = 0;
  events = 0;
  eventsUnread = 0;
  framesDropped = 0;
  unparsedLines = 0;
  actionsPending = 0;
  actionsAnswered = 0;
  actionsFailed = 0;
  reconnects = 0;
  gaps = 0;
  /** The length of all gaps (milliseconds). */
  gapTime = 0;
  /** The time at which the last frame was received (milliseconds, as of `performance.now()`). */
  lastFrameAt: number | undefined;
  /** The time at which the last event was received (milliseconds, as of `performance.now()`). */
  lastEventAt: number | undefined;
  /** The times that listeners took. */
  readonly listeners = new ListenerClock();
  #receivedAt: number | undefined;
  /** The time of the first of the last reads that left more behind. */
  #behindSince: number | undefined;
  #behindFor = 0;

  /** Counts bytes. */
  countBytes(count: number, direction: Direction): void {
    if (direction === "sent") {
      this.bytesSent += count;
      return;
    }
    this.bytesReceived += count;
    this.#receivedAt = performance.now();
    this.listeners.arm();
    if (count < FULL_READ) this.#behindSince = undefined;
    else this.#behindSince ??= this.#receivedAt;
    this.#behindFor = this.#receivedAt -
      (this.#behindSince ?? this.#receivedAt);
  }

  /** Counts frames. */
  countFrames(count: number): void {
    this.frames += count;
    // Reading the clock for each frame would take longer than counting it.
    this.lastFrameAt = this.#receivedAt;
  }

  /** Counts events for listeners, which were counted as frames before. */
  countEvents(count: number): void {
    this.events += count;
    this.lastEventAt = this.#receivedAt;
  }

  /** Counts events that were left unread. */
  countUnread(count: number): void {
    this.countFrames(count);
    this.countEvents(count);
    this.eventsUnread += count;
  }

  /** Counts a reconnect, and the time for which events were missed (milliseconds). */
  countReconnect(missed: number): void {
    this.reconnects++;
    this.gaps++;
    // The clock of the machine may have been set back meanwhile.
    this.gapTime += Math.max(0, missed);
  }

  /** Returns the counters as they are now. */
  snapshot(): DAMIStats {
    const { lastFrameAt, lastEventAt, listeners, ...counters } = this;
    // One for both: equal times have equal dates.
    const origin = clockOrigin();
    return {
      ...counters,
      readerLag: this.#behindFor,
      listenerTimes: listeners.snapshot(),
      lastFrameAt: dateOf(lastFrameAt, origin),
      lastEventAt: dateOf(lastEventAt, origin),
    };
  }
}

/** Returns the date at which `performance.now()` was 0 (milliseconds since 1970), to a millisecond. */
function clockOrigin(): number {
  return Date.now() - performance.now();
}

/**
 * Returns the date of a time.
 *
 * @param time Milliseconds, as of `performance.now()`.
 * @param origin The date at which `performance.now()` was 0.
 * @returns The date, or `undefined` if there is no time.
 */
export function dateOf(time: number, origin?: number): Date;
/**
 * Returns the date of a time.
 *
 * @param time Milliseconds, as of `performance.now()`.
 * @param origin The date at which `performance.now()` was 0.
 * @returns The date, or `undefined` if there is no time.
 */
export function dateOf(
  time: number | undefined,
  origin?: number,
): Date | undefined;
export function dateOf(
  time: number | undefined,
  origin = clockOrigin(),
): Date | undefined {
  // The clock of performance.now() does not jump; only the result is a date.
  return time === undefined ? undefined : new Date(origin + time);
}

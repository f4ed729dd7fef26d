/** Which way bytes went: from the PBX, or to it. */
export type Direction = "received" | "sent";

/**
 * Takes bytes as they are read or written. They are overwritten after it
 * returns, and it must not throw.
 */
export type OnTraffic = (bytes: Uint8Array, direction: Direction) => void;

/**
 * What {@linkcode DAMI.stats} counts, over all connections of one DAMI.
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
  /** How many bytes were received. */
  readonly bytesReceived: number;
  /** How many bytes were handed to the network. */
  readonly bytesSent: number;
  /** How many frames were received: responses, events and free text. */
  readonly frames: number;
  /** How many of them are events for listeners, whether anybody listens to them or not. */
  readonly events: number;
  /** How many of these were not even read, as nobody listens to them. */
  readonly eventsUnread: number;
  /**
   * How many frames reached nobody: late answers, responses that nobody waits
   * for, events that were too many to be held, or too large.
   */
  readonly framesDropped: number;
  /** How many lines that are no headers were in what was delivered. */
  readonly unparsedLines: number;
  /** How many actions wait for their answer now. */
  readonly actionsPending: number;
  /** How many actions were answered with success. */
  readonly actionsAnswered: number;
  /** How many actions were sent and did not end with success. */
  readonly actionsFailed: number;
  /** How often a lost connection was made again. */
  readonly reconnects: number;
  /** When the last frame was received. */
  readonly lastFrameAt: Date | undefined;
}

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
  /** When the last frame was received (milliseconds, as of `performance.now()`). */
  lastFrameAt: number | undefined;
  #receivedAt: number | undefined;

  /** Takes note of bytes. */
  countBytes(count: number, direction: Direction): void {
    if (direction === "sent") {
      this.bytesSent += count;
    } else {
      this.bytesReceived += count;
      this.#receivedAt = performance.now();
    }
  }

  /** Takes note of frames. */
  countFrames(count: number): void {
    this.frames += count;
    // Asking for the time of each frame would take longer than counting them.
    this.lastFrameAt = this.#receivedAt;
  }

  /** What was counted so far. */
  snapshot(): DAMIStats {
    const { lastFrameAt, ...counters } = this;
    return { ...counters, lastFrameAt: dateOf(lastFrameAt) };
  }
}

/**
 * The date of a time.
 *
 * @param time Milliseconds, as of `performance.now()`.
 * @returns The date, or `undefined` where there is no time.
 */
export function dateOf(time: number): Date;
/**
 * The date of a time.
 *
 * @param time Milliseconds, as of `performance.now()`.
 * @returns The date, or `undefined` where there is no time.
 */
export function dateOf(time: number | undefined): Date | undefined;
export function dateOf(time: number | undefined): Date | undefined {
  // The clock of performance.now() does not jump; only what is shown is a date.
  return time === undefined
    ? undefined
    : new Date(Date.now() - performance.now() + time);
}

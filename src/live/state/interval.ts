import type { DAMIData } from "../../data.ts";

/** An event, and when it was raised (milliseconds since 1970). */
export interface IntervalEvent {
  /** The event. */
  readonly event: DAMIData;
  /** The time at which it was raised. */
  readonly at: number;
}

/** The time in which a snapshot is under way. */
export interface Interval extends Disposable {
  /** The events in it so far. */
  readonly events: readonly IntervalEvent[];
}

/**
 * The events that come while snapshots are under way.
 *
 * They are applied twice: at once, and to the snapshot when it has arrived. It
 * reports a moment somewhere between them, and what had happened before that
 * does no harm: Asterisk changes what its lists show before it raises the event
 * (the cache of Stasis is ahead of its subscribers, main/stasis_cache.c), so
 * the last event of each thing decides.
 */
export class Intervals {
  readonly #open = new Set<IntervalEvent[]>();

  /** Adds an event to each open interval. */
  add(event: DAMIData, at: number): void {
    for (const events of this.#open) events.push({ event, at });
  }

  /** Reports whether no interval is open, so that nothing needs to be added. */
  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  /** Begins an interval, which lasts until it is disposed of. */
  open(): Interval {
    const events: IntervalEvent[] = [];
    this.#open.add(events);
    return { events, [Symbol.dispose]: () => void this.#open.delete(events) };
  }
}

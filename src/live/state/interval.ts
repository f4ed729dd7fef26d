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
  /** The events in it so far; none once it has overflowed. */
  readonly events: readonly IntervalEvent[];
  /** `true` if more events came than are kept: the snapshot has to be taken again. */
  readonly hasOverflowed: boolean;
}

/**
 * The most events that are kept of one interval. The lists of 10,000 channels
 * take a second or two; more events come only where the answers wait behind
 * events that this program is late to read.
 */
const MAX_EVENTS = 20_000;

/** An interval that is open, or was. */
class OpenInterval implements Interval {
  readonly #names: ReadonlySet<string>;
  readonly #close: (interval: OpenInterval) => void;
  events: IntervalEvent[] = [];
  hasOverflowed = false;

  constructor(
    names: ReadonlySet<string>,
    close: (interval: OpenInterval) => void,
  ) {
    this.#names = names;
    this.#close = close;
  }

  add(name: string, event: DAMIData, at: number): void {
    if (!this.#names.has(name)) return;
    if (this.events.length < MAX_EVENTS) this.events.push({ event, at });
    else this.#overflow();
  }

  #overflow(): void {
    this.hasOverflowed = true;
    this.events = [];
    this.#close(this);
  }

  [Symbol.dispose](): void {
    this.#close(this);
  }
}

/**
 * The events that come while snapshots are under way.
 *
 * They are applied twice: at once, and to the snapshot when it has arrived. It
 * reports a moment somewhere between them, and what had happened before that
 * does no harm: Asterisk changes what its lists show before it raises the event
 * (the cache of Stasis is ahead of its subscribers, main/stasis_cache.c), so
 * the last event of each thing decides.
 *
 * An answer can wait behind a backlog of events for as long as that lasts: what
 * no snapshot of the interval shows is not kept, and of the rest not more than
 * a bound.
 */
export class Intervals {
  readonly #open = new Set<OpenInterval>();

  /**
   * Adds an event to each open interval.
   *
   * @param name Its name.
   * @param event The event.
   * @param at The time at which it was raised (milliseconds since 1970).
   */
  add(name: string, event: DAMIData, at: number): void {
    for (const interval of this.#open) interval.add(name, event, at);
  }

  /** Reports whether no interval is open, so that nothing needs to be added. */
  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  /**
   * Begins an interval, which lasts until it is disposed of.
   *
   * @param names The names of the events that it keeps.
   */
  open(names: ReadonlySet<string>): Interval {
    const interval = new OpenInterval(
      names,
      (closed) => this.#open.delete(closed),
    );
    this.#open.add(interval);
    return interval;
  }
}

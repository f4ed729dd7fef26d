import type { DAMIData } from "../../data.ts";

/** An event, and when it was raised (milliseconds since 1970). */
export interface Recorded {
  /** The event. */
  readonly event: DAMIData;
  /** When it was raised. */
  readonly at: number;
}

/**
 * Events that came while a snapshot was under way.
 *
 * They are applied twice: at once, and on the snapshot when it is there. It
 * tells of a moment somewhere between them, and what had happened before that
 * does no harm: Asterisk changes what its lists show before it raises the event
 * (the cache of Stasis is ahead of its subscribers, main/stasis_cache.c), so
 * the last event of each thing decides.
 */
export class Recordings {
  readonly #open = new Set<Recorded[]>();

  /** Takes an event. */
  add(event: DAMIData, at: number): void {
    for (const events of this.#open) events.push({ event, at });
  }

  /** Whether none is open, so that nothing needs to be added. */
  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  /** Begins a recording, which goes on until it is disposed of. */
  open(): { readonly events: readonly Recorded[] } & Disposable {
    const events: Recorded[] = [];
    this.#open.add(events);
    return { events, [Symbol.dispose]: () => void this.#open.delete(events) };
  }
}
